"""How much may be fetched for one question."""

import contextlib
import time
from collections.abc import Iterator
from dataclasses import dataclass

from sayso.research.source import SourceError

_FORGOTTEN = 3_600.0
"""Seconds after the last fetch from which the same question is a new one."""


@dataclass(slots=True)
class _Left:
    pages: int
    bytes: int
    used_at: float


@dataclass(slots=True)
class Page:
    """A page that may be fetched.

    Attributes:
        most: bytes that it may have.
        used: bytes that it had, to be set by who fetched it; all of them until then.
    """

    most: int
    used: int


class Allowances:
    """Counts pages and bytes by question.

    Args:
        pages: of one question.
        bytes: of them together.
        most: bytes of one page.
    """

    def __init__(self, *, pages: int, bytes: int, most: int) -> None:
        self._pages, self._bytes, self._most = pages, bytes, most
        self._left: dict[str, _Left] = {}

    @contextlib.contextmanager
    def page(self, question: str) -> Iterator[Page]:
        """Room for one more page, taken before it is fetched.

        Raises:
            SourceError: there is none left.
        """
        now = time.monotonic()
        self._left = {key: each for key, each in self._left.items() if now - each.used_at < _FORGOTTEN}
        left = self._left.setdefault(question, _Left(self._pages, self._bytes, now))
        left.used_at = now
        if left.pages < 1 or left.bytes < 1:
            what = f"{self._pages} pages" if left.pages < 1 else f"{self._bytes / 1_000_000:g} MB"
            raise SourceError(f"{what} were fetched for this question, which is as much as it may.")
        most = min(self._most, left.bytes)
        page = Page(most, most)
        left.pages -= 1
        left.bytes -= most
        try:
            yield page
        finally:
            left.bytes += most - min(page.used, most)
