"""Files read in a process of its own: a parser that hangs, crashes or hogs memory harms nobody else."""

import asyncio
import contextlib
import json
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping
from typing import Protocol

from sayso.research.formats import SECONDS_PER_FILE, Unreadable
from sayso.research.library import reader_worker
from sayso.research.library.reader_worker import Reply

MEMORY = 200 * 1024 * 1024
"""Bytes that all readers together may take beyond what each has for itself, which is at most 160 MB. With four of them
and a server that is 1 GB."""
_MAX_LINE = 64 * 1024 * 1024
"""Bytes of a document's text, or of a chunk of its passages, as JSON."""
_LARGE = 1_000_000
_START_SECONDS = 120
_END_SECONDS = 1
_CLOCK = 6
"""Times the processor time that a file may take on the clock, for the machine may be busy."""


class FileReader(Protocol):
    """Reads one file after the other."""

    async def read(
        self, path: str, known: str | None, *, seconds: float = SECONDS_PER_FILE, memory: int = MEMORY
    ) -> Reply:
        """The reply that `reader_worker` describes.

        Args:
            seconds: processor time that the file may take.
            memory: bytes that it may take.

        Raises:
            Unreadable: with the reason.
            ReaderFailed: no file can be read at all.
        """
        ...

    async def close(self) -> object: ...


class PageDrawer(Protocol):
    """Draws one page after the other."""

    async def draw(self, path: str, page: int, quote: str, before: str, *, seconds: float) -> Reply:
        """A page of a PDF with a quote on it, as `reader_worker` describes the reply. See `FileReader.read`."""
        ...

    async def close(self) -> object: ...


class TooSlow(Unreadable):
    """The file took all the time it was given."""


class ReaderCrashed(Unreadable):
    """The process ended over a file. That may have been the system's doing, so the file deserves another try."""


class ReaderFailed(Exception):
    """The reader process does not start."""


class InlineReader:
    """Reads in a thread of this process: no start-up time and no protection. For tests and tools."""

    async def read(
        self, path: str, known: str | None, *, seconds: float = SECONDS_PER_FILE, memory: int = MEMORY
    ) -> Reply:
        return await asyncio.to_thread(reader_worker.read, path, known)

    async def draw(self, path: str, page: int, quote: str, before: str, *, seconds: float) -> Reply:
        return await asyncio.to_thread(reader_worker.draw, path, page, quote, before)

    async def close(self) -> None:
        pass


class ReaderProcess:
    """Starts a process for the first file and a new one after each that was lost.

    Args:
        loaded: the module that the process loads when it starts.
    """

    def __init__(self, loaded: str = "sayso.research.library.documents") -> None:
        self._loaded = loaded
        self._process: Process | None = None

    @property
    def pid(self) -> int | None:
        """Of the process, while there is one."""
        return self._process.pid if self._process else None

    async def read(
        self, path: str, known: str | None, *, seconds: float = SECONDS_PER_FILE, memory: int = MEMORY
    ) -> Reply:
        return await self._ask({"path": path, "known": known}, seconds, memory)

    async def draw(self, path: str, page: int, quote: str, before: str, *, seconds: float) -> Reply:
        picture = {"page": page, "quote": quote, "before": before}
        return await self._ask({"path": path, "picture": picture}, seconds, MEMORY)

    async def _ask(self, asked: Mapping[str, object], seconds: float, memory: int) -> Reply:
        process = self._process or await self._start()
        request = {**asked, "seconds": seconds, "memory": memory}
        try:
            # Not `wait_for`, which before Python 3.12 may lose that it was cancelled.
            async with asyncio.timeout(seconds * _CLOCK):
                reply = await _exchange(process, request)
        except TimeoutError:
            await self.close()
            raise TooSlow(_too_slow(seconds)) from None
        except ValueError:  # longer than the limit
            await self.close()
            raise Unreadable("has more text than can be indexed") from None
        except (ConnectionError, asyncio.IncompleteReadError):
            status = await self.close()
            if status == -signal.SIGPROF:
                raise TooSlow(_too_slow(seconds)) from None
            raise ReaderCrashed("makes the reader crash") from None
        except asyncio.CancelledError:
            # A reply may still come, and would be taken for the answer about the next file.
            await self.close()
            raise

        if reply.head.pop("grown", 0) > memory / 2 or reply.head.get("memory"):
            # Little is given back to the system, and the next file would have to do with the rest.
            await self.close()
        return reply

    async def close(self) -> int | None:
        """End the process, whatever it is doing. Returns its exit status, if there was one."""
        process, self._process = self._process, None
        if process is None:
            return None
        if process.stdout is not None and process.stdout.at_eof():
            # It is about to end by itself, and a signal now would lose why.
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(process.wait(), _END_SECONDS)
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
        # Reading to the end lets the transport close its pipes now, not in the garbage collector.
        await process.communicate()
        return process.returncode

    async def _start(self) -> Process:
        self._process = process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", reader_worker.__name__, str(os.getpid()), self._loaded),
            stdin=PIPE,
            stdout=PIPE,
            limit=_MAX_LINE,
            start_new_session=True,  # Ctrl+C is for the parent to handle
            # Readers share the cores among themselves; threads of their own would only wait for each other.
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
        )
        assert process.stdout is not None
        try:
            ready = await asyncio.wait_for(process.stdout.readline(), _START_SECONDS)
        except (TimeoutError, asyncio.CancelledError):
            await self.close()
            raise
        if not ready:
            await self.close()
            raise ReaderFailed("The process that reads files does not start; see the messages above.")
        return process


async def _exchange(process: Process, request: Mapping[str, object]) -> Reply:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(request).encode() + b"\n")
    await process.stdin.drain()
    line = await _line(process.stdout)
    # The text of a large document takes a while.
    head = await asyncio.to_thread(json.loads, line) if len(line) > _LARGE else json.loads(line)
    return Reply(head, tuple([await _line(process.stdout) for _ in range(head.get("chunks", 0))]))


async def _line(stream: asyncio.StreamReader) -> bytes:
    line = await stream.readline()
    if not line.endswith(b"\n"):
        raise ConnectionResetError
    return line


def _too_slow(seconds: float) -> str:
    return f"takes longer than {seconds:g} s to read"
