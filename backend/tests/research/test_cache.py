"""What was fetched, kept on disk."""

import stat
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sayso.research.cache import DAY, DiskCache
from sayso.research.fetching import Fetched


def fetched(body: bytes = b"text\nof two lines", age: timedelta = timedelta(0)) -> Fetched:
    return Fetched("https://example.org/ä", 200, "text/html", "utf-8", body, datetime.now(UTC) - age)


def files(folder: Path) -> list[Path]:
    return [*folder.iterdir()]


async def test_what_is_fresh_comes_back_as_it_was(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path / "c")
    assert await cache.get("key", DAY) is None
    await cache.put("key", fetched())
    kept = await DiskCache(tmp_path / "c").get("key", DAY)
    assert kept is not None
    assert (kept.body, kept.url, kept.charset) == (b"text\nof two lines", "https://example.org/ä", "utf-8")
    assert await cache.get("other", DAY) is None


async def test_what_is_old_or_from_the_future_is_not_there(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path)
    await cache.put("old", fetched(age=timedelta(hours=25)))
    await cache.put("future", fetched(age=timedelta(hours=-25)))
    assert await cache.get("old", DAY) is None
    assert await cache.get("old", 2 * DAY) is not None
    assert await cache.get("future", DAY) is None


async def test_a_damaged_file_is_none(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path)
    for damage in (b"", b"{", b"[]\nx", b'{"key": "key"}\n', b"\xff\xfe\n", b'{"key": "key", "retrieved_at": "x"}\n'):
        await cache.put("key", fetched())
        (file,) = files(tmp_path)
        file.write_bytes(damage)
        assert await cache.get("key", DAY) is None


async def test_nobody_else_can_read_it(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path / "data" / "cache")
    await cache.put("key", fetched())
    (file,) = files(tmp_path / "data" / "cache")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


async def test_it_keeps_within_its_size(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path, most=100_000)
    for n in range(130):
        await cache.put(f"key {n}", replace(fetched(), body=b"x" * 10_000))
    kept = sum(file.stat().st_size for file in files(tmp_path))
    assert kept < 100_000 + 70 * 11_000
    assert await cache.get("key 129", DAY) is not None
    assert await cache.get("key 0", DAY) is None


async def test_a_folder_that_cannot_be_written_is_an_empty_cache(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = DiskCache(tmp_path / "file" / "cache")
    await cache.put("key", fetched())
    assert await cache.get("key", DAY) is None
