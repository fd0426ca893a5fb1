"""What is refused before any code of ours reads it: foreign origins, and bodies that are too large."""

import json

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sayso.protocol.codes import HTTP_STATUS, ErrorCode
from sayso.protocol.commands import MAX_FRAME
from sayso.protocol.http import Problem, ProblemBody

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def origin_allowed(origin: str | None, allowed: frozenset[str]) -> bool:
    """Whether a page of this origin may act here. A client without an `Origin` is no page, and passes.

    Browsers do not apply CORS to websockets: without this check any page that a person visits could open one.
    """
    return origin is None or origin in allowed


class Guard:
    """ASGI middleware for HTTP; the websocket endpoint checks its origin itself, to close with a reason."""

    def __init__(self, app: ASGIApp, *, origins: frozenset[str]) -> None:
        self._app = app
        self._origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in SAFE_METHODS:
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if not origin_allowed(headers.get("origin"), self._origins):
            text = "Pages of this origin may not change anything here. Add it to SAYSO_ALLOWED_ORIGINS if they should."
            await _refuse(send, ErrorCode.FORBIDDEN_ORIGIN, text)
            return
        body = await _body(receive)
        if body is None:
            await _refuse(send, ErrorCode.TOO_LARGE, f"The body is too large; the limit is {MAX_FRAME // 1024} KiB.")
            return
        await self._app(scope, _replay(body, receive), send)


async def _body(receive: Receive) -> bytes | None:
    """The whole body, or `None` if it is over the limit."""
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return b"".join(parts)
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > MAX_FRAME:
            return None
        if not message.get("more_body", False):
            return b"".join(parts)


def _replay(body: bytes, receive: Receive) -> Receive:
    sent = False

    async def replay() -> Message:
        nonlocal sent
        if sent:
            return await receive()
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay


async def _refuse(send: Send, code: ErrorCode, message: str) -> None:
    body = ProblemBody(error=Problem(code=code, message=message)).model_dump(mode="json")
    headers = [(b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": HTTP_STATUS[code], "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(body).encode()})
