import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from live.conftest import write_library
from sayso.cli.private_files import keep_private
from sayso.settings import Settings, read_settings
from support.server import Server


@pytest.fixture(autouse=True)
def usual_umask() -> Iterator[None]:
    """Files that others can read, as on most machines."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SAYSO_DATABASE_URL", raising=False)
    return read_settings(data_dir=tmp_path / "data")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def as_left_by_an_earlier_version(folder: Path) -> list[Path]:
    (folder / "index").mkdir(parents=True)
    names = ("sayso.db", "sayso.db-wal", "sayso.db-shm", "serve.lock", "index/index.db", "index/index.db-wal")
    for name in names:
        (folder / name).touch()
    assert (mode(folder), mode(folder / "sayso.db")) == (0o755, 0o644)
    return [folder / name for name in names]


def test_what_an_earlier_version_left_is_closed(settings: Settings) -> None:
    files = as_left_by_an_earlier_version(settings.data_dir)
    keep_private(settings)
    assert {mode(path) for path in files} == {0o600}
    assert {mode(path) for path in (settings.data_dir, settings.data_dir / "index")} == {0o700}


def test_a_folder_with_other_things_in_it_stays_as_it_is(settings: Settings) -> None:
    files = as_left_by_an_earlier_version(settings.data_dir)
    other = settings.data_dir / "photos"
    other.mkdir()
    keep_private(settings)
    assert {mode(path) for path in files} == {0o600}
    assert (mode(settings.data_dir), mode(other)) == (0o755, 0o755)


def test_what_belongs_to_somebody_else_stays_as_it_is(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    files = as_left_by_an_earlier_version(settings.data_dir)
    monkeypatch.setattr(os, "geteuid", lambda: settings.data_dir.stat().st_uid + 1)
    keep_private(settings)
    assert {mode(path) for path in files} == {0o644}
    assert mode(settings.data_dir) == 0o755


def test_a_database_elsewhere_is_closed_and_its_folder_is_not(settings: Settings, tmp_path: Path) -> None:
    elsewhere = tmp_path / "databases"
    elsewhere.mkdir()
    for name in ("runs.db", "runs.db-wal", "index", "other.db"):
        (elsewhere / name).touch()
    keep_private(settings.model_copy(update={"database_url": f"sqlite:///{elsewhere / 'runs.db'}"}))
    assert [mode(elsewhere / name) for name in ("runs.db", "runs.db-wal")] == [0o600, 0o600]
    assert [mode(elsewhere / name) for name in ("index", "other.db")] == [0o644, 0o644]
    assert mode(elsewhere) == 0o755


def test_a_server_leaves_nothing_that_others_can_read(tmp_path: Path) -> None:
    write_library(tmp_path / "library")
    with Server(tmp_path) as server:
        data = tmp_path / "data"
        written = {path.relative_to(data).as_posix() for path in data.rglob("*")}
        assert written >= {"sayso.db", "sayso.db-wal", "sayso.db-shm", "serve.lock", "index", "index/index.db"}
        assert not [path for path in (data, *data.rglob("*")) if mode(path) & 0o077]
        server.stop()
    # As 0.1.0 left them.
    for path in (data, *data.rglob("*")):
        path.chmod(mode(path) | 0o055 if path.is_dir() else 0o644)
    with Server(tmp_path) as server:
        assert not [path for path in (data, *data.rglob("*")) if mode(path) & 0o077]
