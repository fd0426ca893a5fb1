"""The exported page as static files, with the headers that a page cannot give itself."""

from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.staticfiles import StaticFiles
from starlette.types import Message, Receive, Scope, Send

from sayso.settings import BUNDLED, CHECKOUT

HASHED = "/_next/static/"
"""Files named after their content: what has another content has another name."""
HEADERS = {
    # The rest of the policy stands in the page itself, with the hashes of its scripts; this part may not stand there.
    "content-security-policy": "frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
}


class PageFiles(StaticFiles):
    """`StaticFiles` whose answers, the 404 page too, carry `HEADERS`; what is hashed may be kept for ever."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                # Of the others a browser keeps what it needs to go on while the server is away.
                if message["status"] in (200, 304) and scope["path"].startswith(HASHED):
                    headers["cache-control"] = "public, max-age=31536000, immutable"
            await send(message)

        await super().__call__(scope, receive, send_with_headers)


def default_page() -> Path | None:
    """The page that the wheel carries, or as `make run` builds it."""
    folders = (BUNDLED / "page", CHECKOUT / "frontend" / "out")
    return next((folder for folder in folders if folder.is_dir()), None)
