"""The files of a refresh, read by several readers: the good ones first, none longer or with more memory than it may."""

import asyncio
import contextlib
import time
from collections import deque
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass

from sayso.research.formats import Unreadable, seconds_for
from sayso.research.library.folder import FileState
from sayso.research.library.index import Entry, Known
from sayso.research.library.reader_process import MEMORY, FileReader, ReaderCrashed, TooSlow
from sayso.research.library.reader_worker import Reply

MOST_READERS = 4
_LARGE = 2_000_000
"""Bytes of a file that is read after the others."""
_MEMORY_PER_BYTE = 16
"""Of a file: as much as its text, its passages and their words take."""
LOST_SECONDS = 300.0
"""Time that one refresh may lose with files that take too long."""
_SHORT_PATIENCE = 5.0
"""Seconds for a file from then on."""
_PUT_OFF = "is put off until the next start, because it and others take too long to read"


@dataclass(frozen=True, slots=True)
class _Job:
    file: FileState
    known: Known | None
    alone: bool = False
    """It gets all the memory, while no other file is read."""


class Reading:
    """What is to be read. Each reader takes the next file when it is done with the one before.

    Attributes:
        total: number of files.
    """

    def __init__(self, files: Sequence[FileState], known: Mapping[str, Known], readers: int) -> None:
        jobs = [_Job(file, before) for file in files if _differs(file, before := known.get(file.uri))]
        self.total = len(jobs)
        self._jobs = deque(sorted(jobs, key=_lateness))
        self._share = MEMORY // max(1, readers)
        self._memory = _Memory(MEMORY)
        self._lost = 0.0

    async def read(self, reader: FileReader, done: "asyncio.Queue[Entry | Exception]") -> None:
        """Read files until there are no more. What goes wrong altogether is put into `done` as well."""
        try:
            while self._jobs:
                job = self._jobs.popleft()
                if (reply := await self._attempt(reader, job)) is None:
                    self._jobs.append(_Job(job.file, job.known, alone=True))
                    continue
                # What could not be read by chance may be readable the next time, so it must not look unchanged then.
                mtime = -1 if reply.head.get("retry") else job.file.mtime_ns
                await done.put(Entry(job.file.uri, job.file.size, mtime, reply.head, reply.chunks))
        except Exception as error:
            await done.put(error)

    async def _attempt(self, reader: FileReader, job: _Job) -> Reply | None:
        """What was read, or nothing if it is to be tried once more with all the memory."""
        size = job.file.size
        memory = MEMORY if job.alone else min(MEMORY, max(self._share, size * _MEMORY_PER_BYTE))
        async with self._memory.held(memory):
            try:
                reply = await self._read(reader, job, memory)
            finally:
                if memory > self._share:
                    # It keeps what it took.
                    await reader.close()
        if memory < MEMORY and (reply.head.get("memory") or reply.head.get("crashed")):
            return None
        return reply

    async def _read(self, reader: FileReader, job: _Job, memory: int) -> Reply:
        allowed = seconds_for(job.file.size)
        seconds = allowed if self._lost < LOST_SECONDS else min(allowed, _SHORT_PATIENCE)
        # A file that could not be read is read again even with the same content: it may have been a matter of time.
        digest = job.known.digest if job.known and job.known.reason is None else None
        started = time.monotonic()
        try:
            return await reader.read(str(job.file.path), digest, seconds=seconds, memory=memory)
        except TooSlow as error:
            self._lost += time.monotonic() - started
            put_off = seconds < allowed
            return Reply({"digest": "", "reason": _PUT_OFF if put_off else str(error), "retry": put_off})
        except Unreadable as error:
            crashed = isinstance(error, ReaderCrashed)
            return Reply({"digest": "", "reason": str(error), "retry": crashed, "crashed": crashed})


class _Memory:
    """Bytes that readers share."""

    def __init__(self, total: int) -> None:
        self._left = total
        self._given_back = asyncio.Condition()

    @contextlib.asynccontextmanager
    async def held(self, amount: int) -> AsyncIterator[None]:
        async with self._given_back:
            await self._given_back.wait_for(lambda: self._left >= amount)
            self._left -= amount
        try:
            yield
        finally:
            self._left += amount
            async with self._given_back:
                self._given_back.notify_all()


def _differs(file: FileState, known: Known | None) -> bool:
    return known is None or (file.size, file.mtime_ns) != (known.size, known.mtime_ns)


def _lateness(job: _Job) -> tuple[bool, bool]:
    """Later the more is known against it; else in the order of the listing."""
    return job.known is not None and job.known.reason is not None, job.file.size > _LARGE
