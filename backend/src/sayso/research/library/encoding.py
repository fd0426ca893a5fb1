"""The passages of a library read by a text model of the operator's own, so that they are searched by its vectors.

That takes a while (some dozens of passages a second), so it goes on beside everything else and is kept with the index.
Until all passages have been read the table that comes along does for all of them: the cosines of two models do not
compare.
"""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

import numpy as np

from sayso.research.encoder import Encoder, Floats
from sayso.research.library.index import Index

BATCH = 16
"""Passages a transaction."""

T = TypeVar("T")


@dataclass(slots=True)
class Encoded:
    """How far it is, in passages."""

    done: int
    total: int


class Encoding:
    """Reads what has no vector yet.

    Args:
        write: runs a function where the index is written.

    Attributes:
        model: its name.
        progress: while it is at work.
    """

    def __init__(self, index: Index, encoder: Encoder, write: Callable[[Callable[[], bool]], Awaitable[bool]]) -> None:
        self.model = encoder.name
        self.progress: Encoded | None = None
        self._index = index
        self._encoder = encoder
        self._write = write
        # One thread: what answers people has the other processors.
        self._thread = ThreadPoolExecutor(1, "library-encoding")

    async def run(self, tell: Callable[[int, int], None]) -> None:
        """Until every passage has its vector. What was read stays when this is cancelled.

        Args:
            tell: called with passages done, and how many there are.

        Raises:
            sqlite3.Error: the index cannot be read or written.
        """
        try:
            model = self._encoder.digest
            while (batch := await self._in_thread(partial(self._index.unencoded, model, BATCH))).passages:
                self.progress = Encoded(batch.total - batch.left, batch.total)
                tell(self.progress.done, self.progress.total)
                vectors = [
                    (id, _packed(await self._in_thread(partial(self._encoder.vector, text))))
                    for id, text in batch.passages
                ]
                last = len(vectors) == batch.left
                # If the documents have changed meanwhile nothing is stored, and the next round looks again.
                await self._write(partial(self._index.store_vectors, batch.version, model, vectors, last=last))
        finally:
            self.progress = None

    async def close(self) -> None:
        """Wait for the thread; `run` must be cancelled before."""
        await asyncio.to_thread(self._thread.shutdown)

    async def _in_thread(self, function: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, function)


def _packed(vector: Floats) -> bytes:
    """One byte a number, see `sayso.language.meaning.packed`."""
    return np.asarray((vector * 127).round(), np.int8).tobytes()
