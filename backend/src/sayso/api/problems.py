"""Errors as HTTP answers: always `{"error": {"code", "message", "field", "details"}}`, never exception text."""

import logging

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from sayso.api.headers import add_headers
from sayso.protocol.codes import HTTP_STATUS, ErrorCode
from sayso.protocol.commands import ProtocolError
from sayso.protocol.http import Problem, ProblemBody
from sayso.storage.errors import StorageError

log = logging.getLogger("sayso.api")
UNAVAILABLE = "The server cannot store anything now. Nothing was changed; try again in a moment."
INTERNAL = "Something went wrong on the server. Its log says more."


class NothingBehind(Exception):
    """The run is over, and its log has nothing behind what the client has seen. 204 is what ends an `EventSource`;
    after any other end it comes back for ever."""


def problem(error: ProtocolError) -> JSONResponse:
    """The error as an answer."""
    said = Problem(code=error.code, message=error.message, field=error.field, details=error.details)
    after = error.details.get("retry_after")
    headers = {"Retry-After": str(after)} if after is not None else None
    return JSONResponse(ProblemBody(error=said).model_dump(mode="json"), HTTP_STATUS[error.code], headers=headers)


def register_problems(app: FastAPI) -> None:
    """Map every error that a call can raise."""
    app.exception_handler(NothingBehind)(_nothing_behind)
    app.exception_handler(ProtocolError)(_protocol)
    app.exception_handler(RequestValidationError)(_invalid)
    app.exception_handler(StorageError)(_storage)
    app.exception_handler(HTTPException)(_http)
    app.exception_handler(Exception)(_internal)


async def _nothing_behind(_: Request, error: NothingBehind) -> Response:
    return Response(status_code=204)


async def _protocol(_: Request, error: ProtocolError) -> JSONResponse:
    return problem(error)


async def _invalid(_: Request, error: RequestValidationError) -> JSONResponse:
    first = error.errors()[0]
    where, *path = first["loc"]
    # Of a query the name says it; which of several values it was nobody can see.
    named = path[:1] if where == "query" else path
    field = ".".join(map(str, named))
    said = "is not a known field" if first["type"] == "extra_forbidden" else str(first["msg"]).rstrip(".")
    return problem(ProtocolError(ErrorCode.INVALID_REQUEST, f"{field or 'body'}: {said}.", field=field or None))


async def _storage(_: Request, error: StorageError) -> JSONResponse:
    log.error("storage failed", exc_info=error)
    return problem(ProtocolError(ErrorCode.UNAVAILABLE, UNAVAILABLE))


async def _http(_: Request, error: HTTPException) -> JSONResponse:
    text = {404: "There is nothing at this address.", 405: "This address does not take this method."}
    code = "not_found" if error.status_code == 404 else "invalid_request"
    message = text.get(error.status_code, "The request could not be handled.")
    return JSONResponse({"error": {"code": code, "message": message}}, error.status_code, headers=error.headers)


async def _internal(_: Request, error: Exception) -> JSONResponse:
    log.error("a request failed", exc_info=error)
    answer = problem(ProtocolError(ErrorCode.INTERNAL, INTERNAL))
    # The framework sends this one past all middleware.
    add_headers(answer.headers, private=True)
    return answer
