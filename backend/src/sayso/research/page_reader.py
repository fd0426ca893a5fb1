"""Files from elsewhere, read like those of the library: in a process of their own, with bounds on time and memory."""

import asyncio
import codecs
import tempfile
from dataclasses import replace
from pathlib import Path

from sayso.protocol.evidence import Origin
from sayso.research.document import Document
from sayso.research.fetching import Fetched
from sayso.research.formats import Unreadable
from sayso.research.library.index import Entry
from sayso.research.library.reader_process import ReaderFailed, ReaderProcess
from sayso.research.readers.encoding import MEANT
from sayso.research.source import SourceError

SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
}
"""Media types that can be read, and what files of them are called."""
SECONDS = 15.0
"""Processor time that one may take."""
_NAME = "page"
"""Of the file while it is read; says nothing about its title or date."""


class PageReader:
    """Reads one after the other. The process starts with the first."""

    def __init__(self) -> None:
        self._process = ReaderProcess()
        self._turn = asyncio.Lock()

    async def close(self) -> None:
        await self._process.close()

    async def read(
        self,
        fetched: Fetched,
        *,
        uri: str,
        title: str,
        fixed_title: bool = False,
        date: str | None = None,
        origin: Origin | None = None,
    ) -> Document:
        """What `fetched` holds.

        Args:
            uri: what it is cited by.
            title: for one that has none, or for any if it is fixed.
            date: what is known of it, if anything.

        Raises:
            SourceError: it cannot be read.
        """
        suffix = SUFFIXES.get(fetched.kind)
        if suffix is None:
            raise SourceError(f"{fetched.url} is {fetched.kind or 'of no kind'}, which is not read.")
        try:
            async with self._turn:
                with tempfile.TemporaryDirectory(prefix="sayso-") as folder:
                    path = Path(folder) / f"{_NAME}{suffix}"
                    await asyncio.to_thread(path.write_bytes, _in_unicode(fetched))
                    reply = await self._process.read(str(path), None, seconds=SECONDS)
        except (Unreadable, ReaderFailed) as error:
            raise SourceError(f"{fetched.url} {error}.") from None
        head = reply.head
        if reason := head.get("reason"):
            raise SourceError(f"{fetched.url} {reason}.")
        own = " ".join(head["title"].split())
        head["title"] = own if own not in ("", _NAME) and not fixed_title else title
        head["date"] = date or head["date"]
        document = Document(uri, head["title"], head["text"], Entry(uri, 0, 0, head, reply.chunks))
        return replace(document, origin=origin) if origin else document


def _in_unicode(fetched: Fetched) -> bytes:
    """The body; text whose encoding the server has named in the one that every reader knows at first sight."""
    if fetched.charset is None or not fetched.kind.startswith(("text/", "application/xhtml")):
        return fetched.body
    try:
        declared = codecs.lookup(fetched.charset).name
        return fetched.body.decode(MEANT.get(declared, declared), "replace").encode("utf-8-sig", "replace")
    except LookupError:
        return fetched.body
