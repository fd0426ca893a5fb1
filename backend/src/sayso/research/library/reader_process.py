"""Files read in a process of its own: a parser that hangs, crashes or hogs memory harms nobody else."""

import asyncio
import contextlib
import json
import sys
from asyncio.subprocess import PIPE, Process
from typing import Any, Protocol

from sayso.research.formats import SECONDS_PER_FILE, Unreadable
from sayso.research.library import reader_worker

_MAX_REPLY = 256 * 1024 * 1024
"""Bytes of one document's text and passages as JSON."""
_START_SECONDS = 120


class FileReader(Protocol):
    """Reads one file after the other."""

    async def read(self, path: str, known: str | None) -> dict[str, Any]:
        """The reply that `reader_worker` describes.

        Raises:
            Unreadable: with the reason.
            ReaderFailed: no file can be read at all.
        """
        ...

    async def close(self) -> None: ...


class ReaderCrashed(Unreadable):
    """The process ended over a file. That may have been the system's doing, so the file deserves another try."""


class ReaderFailed(Exception):
    """The reader process does not start."""


class InlineReader:
    """Reads in a thread of this process: no start-up time and no protection. For tests and tools."""

    async def read(self, path: str, known: str | None) -> dict[str, Any]:
        return await asyncio.to_thread(reader_worker.read, path, known)

    async def close(self) -> None:
        pass


class ReaderProcess:
    """Starts a process for the first file and a new one after each that was lost."""

    def __init__(self, *, seconds: float = SECONDS_PER_FILE) -> None:
        self._seconds = seconds
        self._process: Process | None = None

    @property
    def pid(self) -> int | None:
        """Of the process, while there is one."""
        return self._process.pid if self._process else None

    async def read(self, path: str, known: str | None) -> dict[str, Any]:
        process = self._process or await self._start()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(json.dumps({"path": path, "known": known}).encode() + b"\n")
            await process.stdin.drain()
            line = await asyncio.wait_for(process.stdout.readline(), self._seconds)
            if not line:
                raise ConnectionResetError
            reply: dict[str, Any] = json.loads(line)
            return reply
        except TimeoutError:
            await self.close()
            raise Unreadable(f"takes longer than {self._seconds:g} s to read") from None
        except ValueError:  # longer than the limit
            await self.close()
            raise Unreadable("has more text than can be indexed") from None
        except ConnectionError:
            await self.close()
            raise ReaderCrashed("makes the reader crash") from None
        except asyncio.CancelledError:
            # A reply may still come, and would be taken for the answer about the next file.
            await self.close()
            raise

    async def close(self) -> None:
        """End the process, whatever it is doing."""
        process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        # Reading to the end lets the transport close its pipes now, not in the garbage collector.
        await process.communicate()

    async def _start(self) -> Process:
        self._process = process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", reader_worker.__name__),
            stdin=PIPE,
            stdout=PIPE,
            limit=_MAX_REPLY,
            start_new_session=True,  # Ctrl+C is for the parent to handle
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
