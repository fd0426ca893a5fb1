"""What was fetched, on disk, for as long as it is fresh."""

import asyncio
import contextlib
import hashlib
import json
import os
import tempfile
import time
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sayso.research.fetching import Fetched

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MOST = 500 * 1024 * 1024
"""Bytes of one cache; the oldest goes first."""
_LOOK_EVERY = 64
"""Writes between two looks at how much there is."""


class DiskCache:
    """Answers by a key. A cache that cannot be read or written is an empty one.

    Args:
        folder: its own, made if need be; nobody else on the machine can read it.
        most: bytes.
    """

    def __init__(self, folder: Path, *, most: int = MOST) -> None:
        self._folder = folder
        self._most = most
        self._writes = 0

    async def get(self, key: str, age: timedelta) -> Fetched | None:
        """What was kept under `key`, if it was fetched no longer than `age` ago."""
        return await asyncio.to_thread(self._get, key, age)

    async def put(self, key: str, fetched: Fetched) -> None:
        await asyncio.to_thread(self._put, key, fetched)

    def _path(self, key: str) -> Path:
        return self._folder / hashlib.blake2b(key.encode("utf-8", "replace"), digest_size=20).hexdigest()

    def _get(self, key: str, age: timedelta) -> Fetched | None:
        try:
            head, _, body = self._path(key).read_bytes().partition(b"\n")
            told = json.loads(head)
            kept_key, retrieved_at = told.pop("key"), datetime.fromisoformat(told.pop("retrieved_at"))
            fetched = Fetched(**told, retrieved_at=retrieved_at, body=body)
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return None
        # A clock that was wrong must not keep anything for ever.
        fresh = timedelta(0) <= datetime.now(UTC) - retrieved_at <= age
        return fetched if fresh and kept_key == key else None

    def _put(self, key: str, fetched: Fetched) -> None:
        told = {**asdict(fetched), "key": key, "retrieved_at": fetched.retrieved_at.isoformat()}
        del told["body"]
        with contextlib.suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self._folder)  # which only we can read
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(json.dumps(told).encode() + b"\n" + fetched.body)
                os.replace(name, self._path(key))
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise
            self._writes += 1
            if self._writes % _LOOK_EVERY == 1:
                self._tidy()

    def _tidy(self) -> None:
        """Remove the oldest until there is room, and what a process that died has left half written."""
        files = []
        for path in self._folder.iterdir():
            with contextlib.suppress(OSError):
                files.append((path.stat().st_mtime, path.stat().st_size, path))
        left = sum(size for _, size, _ in files) - self._most
        for written, size, path in sorted(files):
            abandoned = path.name.startswith("tmp") and written < time.time() - HOUR.total_seconds()
            if left > 0 or abandoned:
                path.unlink(missing_ok=True)
                left -= size
