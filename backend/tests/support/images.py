"""A store that keeps an image of its database after every commit of a segment: what a crash right then would leave."""

import shutil
from pathlib import Path

from sayso.storage.records import Committed, SegmentCommit
from sayso.storage.sqlite.store import SqliteStore


class FilmingStore(SqliteStore):
    """`images` are folders with a `sayso.db` each, in the order of the commits."""

    def __init__(self, path: Path, album: Path) -> None:
        super().__init__(path)
        self._folder = path.parent
        self._album = album
        self.images: list[Path] = []

    async def commit(self, commit: SegmentCommit) -> Committed:
        committed = await super().commit(commit)
        image = self._album / f"{len(self.images):03}"
        # Synchronous, so nothing can be written meanwhile: the write-ahead log is part of the image.
        shutil.copytree(self._folder, image, ignore=shutil.ignore_patterns("*-shm"))
        self.images.append(image)
        return committed
