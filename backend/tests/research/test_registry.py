"""Every source that there is can be chosen by its name."""

from pathlib import Path

import pytest

from sayso.errors import SettingsError
from sayso.research.registry import SOURCES, chosen_sources
from sayso.settings import Settings, read_settings


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SAYSO_SOURCES", raising=False)
    return read_settings(data_dir=tmp_path / "data", library=tmp_path)


async def close(sources: list[object]) -> None:
    for source in sources:
        if closing := getattr(source, "close", None):
            await closing()


@pytest.mark.parametrize("name", SOURCES)
async def test_a_source_goes_by_its_name(settings: Settings, name: str) -> None:
    sources = chosen_sources(settings.model_copy(update={"sources": (name,)}))
    assert [source.name for source in sources] == [name]
    assert sources[0].title
    readiness = await sources[0].readiness()
    assert readiness.why
    await close([*sources])


async def test_sources_have_one_order(settings: Settings) -> None:
    backwards = tuple(SOURCES)[::-1]
    sources = chosen_sources(settings.model_copy(update={"sources": backwards}))
    assert [source.name for source in sources] == list(SOURCES)
    await close([*sources])


@pytest.mark.parametrize("names", [(), ("gossip",), ("library", "gossip"), ("auto", "library")])
def test_a_source_that_there_is_not_is_refused(settings: Settings, names: tuple[str, ...]) -> None:
    with pytest.raises(SettingsError, match="SAYSO_SOURCES: use auto, or any of library"):
        chosen_sources(settings.model_copy(update={"sources": names}))
