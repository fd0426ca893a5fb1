"""What every answer says to a browser: what it may not guess, frame or keep."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEALTH = ("/healthz", "/readyz", "/metrics")
"""Asked by whatever watches the process, which knows it by any name."""
TASKS = ("/submit", "/stream", "/feedback")
"""The calls of PocketFlow's service."""
CALLS = ("/api", *TASKS)
PUBLIC = ("/api/docs", "/api/openapi.json")
"""Below `/api`, and the same on every server."""
PRIVATE = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cache-control": "no-store",
}
"""Of whatever is below `CALLS`, unless it has its own policy, or is one that a browser may keep and asks about."""
KEPT = "etag"


class AnswerHeaders:
    """ASGI middleware: `PRIVATE` below `CALLS` and for what is no page, `nosniff` everywhere."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        private = any(below(scope["path"], each) for each in (*CALLS, *HEALTH))

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                add_headers(MutableHeaders(scope=message), private=private)
            await send(message)

        await self._app(scope, receive, send_with_headers)


def add_headers(headers: MutableHeaders, *, private: bool) -> None:
    """See `PRIVATE`."""
    headers["x-content-type-options"] = "nosniff"
    if not private:
        return
    if KEPT not in headers:
        headers["cache-control"] = PRIVATE["cache-control"]
    for name, value in PRIVATE.items():
        headers.setdefault(name, value)


def below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder + "/")
