"""Errors as HTTP answers: always `{"error": {"code", "message", "field", "details"}}`, never exception text."""

import logging

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from sayso.protocol.codes import HTTP_STATUS, ErrorCode
from sayso.protocol.commands import ProtocolError
from sayso.protocol.http import Problem, ProblemBody
from sayso.storage.store import StorageError

log = logging.getLogger("sayso.api")


def register_problems(app: FastAPI) -> None:
    """Map every error that a call can raise."""
    app.exception_handler(ProtocolError)(_protocol)
    app.exception_handler(RequestValidationError)(_invalid)
    app.exception_handler(StorageError)(_storage)
    app.exception_handler(HTTPException)(_http)
    app.exception_handler(Exception)(_internal)


async def _protocol(_: Request, error: ProtocolError) -> JSONResponse:
    return _answer(error.code, error.message, field=error.field, details=error.details)


async def _invalid(_: Request, error: RequestValidationError) -> JSONResponse:
    first = error.errors()[0]
    where, *path = first["loc"]
    # Of a query the name says it; which of several values it was nobody can see.
    named = path[:1] if where == "query" else path
    field = ".".join(map(str, named))
    said = "is not a known field" if first["type"] == "extra_forbidden" else str(first["msg"]).rstrip(".")
    return _answer(ErrorCode.INVALID_REQUEST, f"{field or 'body'}: {said}.", field=field or None)


async def _storage(_: Request, error: StorageError) -> JSONResponse:
    log.error("storage failed", exc_info=error)
    return _answer(
        ErrorCode.UNAVAILABLE, "The server cannot store anything now. Nothing was changed; try again in a moment."
    )


async def _http(_: Request, error: HTTPException) -> JSONResponse:
    text = {404: "There is nothing at this address.", 405: "This address does not take this method."}
    problem = {"error": {"code": "not_found" if error.status_code == 404 else "invalid_request"}}
    problem["error"]["message"] = text.get(error.status_code, "The request could not be handled.")
    return JSONResponse(problem, error.status_code)


async def _internal(_: Request, error: Exception) -> JSONResponse:
    log.error("a request failed", exc_info=error)
    return _answer(ErrorCode.INTERNAL, "Something went wrong on the server. Its log says more.")


def _answer(
    code: ErrorCode, message: str, *, field: str | None = None, details: dict[str, object] | None = None
) -> JSONResponse:
    problem = Problem(code=code, message=message, field=field, details=details or {})
    return JSONResponse(ProblemBody(error=problem).model_dump(mode="json"), HTTP_STATUS[code])
