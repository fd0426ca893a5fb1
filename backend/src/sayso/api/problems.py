"""Errors as HTTP answers: `{"error": {"code", "message", "field", "details"}}`, or `{"detail": message}` to clients of
PocketFlow's calls; never exception text."""

import logging
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from sayso.api.headers import TASKS, add_headers, below
from sayso.protocol.codes import HTTP_STATUS, ErrorCode
from sayso.protocol.commands import ProtocolError
from sayso.protocol.http import Problem, ProblemBody
from sayso.storage.errors import StorageError

log = logging.getLogger("sayso.api")
UNAVAILABLE = "The server cannot store anything now. Nothing was changed; try again in a moment."
DELETED = "This run was deleted. Ask again to start another."
INTERNAL = "Something went wrong on the server. Its log says more."


class NothingBehind(Exception):
    """The run is over, and its log has nothing behind what the client has seen. 204 is what ends an `EventSource`;
    after any other end it comes back for ever."""


def problem(error: ProtocolError, path: str) -> JSONResponse:
    """The error as an answer to a request of `path`."""
    said = Problem(code=error.code, message=error.message, field=error.field, details=error.details)
    after = error.details.get("retry_after")
    headers = {"Retry-After": str(after)} if after is not None else None
    body = _body(ProblemBody(error=said).model_dump(mode="json"), path)
    return JSONResponse(body, HTTP_STATUS[error.code], headers=headers)


def _body(said: dict[str, Any], path: str) -> dict[str, Any]:
    return {"detail": said["error"]["message"]} if any(below(path, each) for each in TASKS) else said


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


async def _protocol(request: Request, error: ProtocolError) -> JSONResponse:
    return problem(error, request.url.path)


async def _invalid(request: Request, error: RequestValidationError) -> JSONResponse:
    return problem(_refused(request, error), request.url.path)


def _refused(request: Request, error: RequestValidationError) -> ProtocolError:
    first = error.errors()[0]
    where, *path = first["loc"]
    if first["type"] == "json_invalid":
        message = f"body: it is no JSON ({first['ctx']['error']}, at character {path[0]})."
        return ProtocolError(ErrorCode.INVALID_REQUEST, message)
    # What does not say that it is JSON is handed on as bytes.
    if isinstance(error.body, bytes):
        said = request.headers.get("content-type")
        message = f"content-type: it is {said!r}" if said else "content-type: there is none"
        return ProtocolError(
            ErrorCode.INVALID_REQUEST, f"{message}; send the body as application/json.", field="content-type"
        )
    # Of a query the name says it; which of several values it was nobody can see.
    named = path[:1] if where == "query" else path
    field = ".".join(map(str, named))
    said = "is not a known field" if first["type"] == "extra_forbidden" else str(first["msg"]).rstrip(".")
    return ProtocolError(ErrorCode.INVALID_REQUEST, f"{field or 'body'}: {said}.", field=field or None)


async def _storage(request: Request, error: StorageError) -> JSONResponse:
    log.error("storage failed", exc_info=error)
    return problem(ProtocolError(ErrorCode.UNAVAILABLE, UNAVAILABLE), request.url.path)


async def _http(request: Request, error: HTTPException) -> JSONResponse:
    text = {
        400: "body: it is no JSON, or not in UTF-8.",
        404: "There is nothing at this address.",
        405: "This address does not take this method.",
    }
    code = "not_found" if error.status_code == 404 else "invalid_request"
    message = text.get(error.status_code, "The request could not be handled.")
    body = _body({"error": {"code": code, "message": message}}, request.url.path)
    return JSONResponse(body, error.status_code, headers=error.headers)


async def _internal(request: Request, error: Exception) -> JSONResponse:
    log.error("a request failed", exc_info=error)
    answer = problem(ProtocolError(ErrorCode.INTERNAL, INTERNAL), request.url.path)
    # The framework sends this one past all middleware.
    add_headers(answer.headers, private=True)
    return answer
