"""Pages of the library's PDFs as pictures, each drawn when somebody opens it."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from sayso.research.formats import Unreadable
from sayso.research.library.folder import Listing
from sayso.research.library.reader_process import PageDrawer, ReaderFailed

LOADED = "sayso.research.readers.pdf_picture"
SECONDS = 10.0
"""Processor time that one may take."""
_MOST_WAITING = 8


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page with a quote on it; see `sayso.research.readers.pdf_picture.Picture`."""

    page: int
    width: int
    height: int
    png: str
    """In base 64."""
    boxes: list[tuple[float, float, float, float]]
    goes_on: bool


class Picturing:
    """Draws one page after the other; the process is closed when nobody waits for another.

    Args:
        listing: tells the files that the library holds now.
    """

    def __init__(self, drawer: PageDrawer, listing: Callable[[], Listing]) -> None:
        self._drawer = drawer
        self._listing = listing
        self._turn = asyncio.Lock()
        self._waiting = 0

    async def close(self) -> None:
        await self._drawer.close()

    async def picture(self, uri: str, page: int, quote: str, before: str) -> PagePicture:
        """The page on which the quote stands in the file as it is now.

        Args:
            page: from 1; where the paragraph of the quote begins.
            before: what the document says before the quote.

        Raises:
            Unreadable: why there is none; reads as a sentence behind the file's name.
        """
        if PurePath(uri).suffix.lower() != ".pdf":
            raise Unreadable("has no pages that can be shown")
        path = next((file.path for file in self._listing().files if file.uri == uri), None)
        if path is None:
            raise Unreadable("is not in the library any more")
        if self._waiting >= _MOST_WAITING:
            raise Unreadable("cannot be shown as a page just now, as many others are; try again")
        self._waiting += 1
        try:
            async with self._turn:
                try:
                    reply = await self._drawer.draw(str(path), page, quote, before, seconds=SECONDS)
                finally:
                    if self._waiting == 1:
                        await self._drawer.close()
        except ReaderFailed as error:
            raise Unreadable("cannot be shown as a page just now") from error
        finally:
            self._waiting -= 1
        if reason := reply.head.get("reason"):
            raise Unreadable(reason)
        head = {name: reply.head[name] for name in ("page", "width", "height", "boxes", "goes_on")}
        return PagePicture(png=json.loads(reply.chunks[0]), **head)
