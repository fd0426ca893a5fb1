"""What is refused before any code of ours reads it: strangers' names and origins, and bodies that are too large."""

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sayso.api.headers import CALLS, HEALTH, PUBLIC, below
from sayso.api.hosts import AllowedHosts
from sayso.api.identity.authorize import SAFE_METHODS
from sayso.api.problems import problem
from sayso.protocol.codes import ErrorCode
from sayso.protocol.commands import MAX_FRAME, ProtocolError
from sayso.research.library.folder import MAX_BYTES

PRIVATE = (*CALLS, "/query")
"""Where there is something to read that is not everybody's. The page itself is the same for all."""

FOREIGN_HOST = ProtocolError(
    ErrorCode.FORBIDDEN_HOST, "This server does not go by this name. Add it to SAYSO_ALLOWED_HOSTS if it should."
)
FOREIGN_ORIGIN = ProtocolError(
    ErrorCode.FORBIDDEN_ORIGIN,
    "Pages of this origin may not change anything here. Add it to SAYSO_ALLOWED_ORIGINS if they should.",
)
FOREIGN_SITE = ProtocolError(
    ErrorCode.FORBIDDEN_ORIGIN,
    "Pages of other sites may read nothing here. Open the address by itself, or add the page's origin to "
    "SAYSO_ALLOWED_ORIGINS.",
)
TOO_LARGE = ProtocolError(ErrorCode.TOO_LARGE, f"The body is too large; the limit is {MAX_FRAME // 1024} KiB.")

TOO_LARGE_DOCUMENT = ProtocolError(
    ErrorCode.TOO_LARGE, f"The document is too large; the limit is {MAX_BYTES // 1024 // 1024} MB."
)


class Guard:
    """ASGI middleware for HTTP and websockets.

    Browsers do not apply CORS to websockets: without this any page that a person visits could open one. A client
    without an `Origin` is no page, and passes.

    Args:
        hosts: the names that this server goes by.
        origins: whose pages may act and read here.
    """

    def __init__(self, app: ASGIApp, *, hosts: AllowedHosts, origins: frozenset[str]) -> None:
        self._app = app
        self._hosts = hosts
        self._origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        refused = self._refused(scope)
        if refused is None and scope["type"] == "http" and scope["method"] not in SAFE_METHODS:
            large = scope["path"] == "/api/library"
            body = await _body(receive, MAX_BYTES if large else MAX_FRAME)
            if body is None:
                refused = TOO_LARGE_DOCUMENT if large else TOO_LARGE
            else:
                receive = _replay(body, receive)
        if refused is None:
            await self._app(scope, receive, send)
        elif scope["type"] == "http" or "websocket.http.response" in scope.get("extensions", {}):
            await problem(refused, scope["path"])(scope, receive, send)
        else:
            # Closing before accepting answers the handshake with a bare 403.
            await send({"type": "websocket.close"})

    def _refused(self, scope: Scope) -> ProtocolError | None:
        headers, path = Headers(scope=scope), scope["path"]
        if path not in HEALTH and not self._hosts.allows(headers.getlist("host")):
            return FOREIGN_HOST
        origin = headers.get("origin")
        writes = scope["type"] == "websocket" or scope["method"] not in SAFE_METHODS
        if writes and origin is not None and origin not in self._origins:
            return FOREIGN_ORIGIN
        stranger = headers.get("sec-fetch-site") == "cross-site" and origin not in self._origins
        if stranger and path not in PUBLIC and any(below(path, part) for part in PRIVATE):
            return FOREIGN_SITE
        return None


async def _body(receive: Receive, most: int) -> bytes | None:
    """The whole body, or `None` if it is over the limit."""
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return b"".join(parts)
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > most:
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
