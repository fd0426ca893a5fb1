"""Every source that there is can be chosen by its name."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from pydantic import SecretStr

from sayso.errors import SettingsError
from sayso.research.registry import SOURCES, chosen_sources
from sayso.research.source import leaves_of
from sayso.settings import Settings, read_settings


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SAYSO_SOURCES", raising=False)
    mcp = ("tickets=https://127.0.0.1:9/mcp#search", "wiki=/nowhere/server --stdio")
    return read_settings(data_dir=tmp_path / "data", library=tmp_path, mcp=mcp)


def named(names: Sequence[str]) -> list[str]:
    """What the sources of these settings are called."""
    return [each for name in names for each in (["tickets", "wiki"] if name == "mcp" else [name])]


async def close(sources: list[object]) -> None:
    for source in sources:
        if closing := getattr(source, "close", None):
            await closing()


@pytest.mark.parametrize("name", SOURCES)
async def test_a_source_goes_by_its_name(settings: Settings, name: str) -> None:
    sources = chosen_sources(settings.model_copy(update={"sources": (name,)}))
    assert [source.name for source in sources] == named([name])
    for source in sources:
        assert source.title
        assert (await source.readiness()).why
        # Whoever asks somebody else says whom.
        assert (leaves_of(source) == "") == (name in ("library", "web")), "without a search nothing leaves"
    await close([*sources])


async def test_sources_have_one_order(settings: Settings) -> None:
    backwards = tuple(SOURCES)[::-1]
    sources = chosen_sources(settings.model_copy(update={"sources": backwards}))
    assert [source.name for source in sources] == named(list(SOURCES))
    await close([*sources])


@pytest.mark.parametrize("names", [(), ("gossip",), ("library", "gossip"), ("auto", "library")])
def test_a_source_that_there_is_not_is_refused(settings: Settings, names: tuple[str, ...]) -> None:
    with pytest.raises(SettingsError, match="SAYSO_SOURCES: use auto, or any of library"):
        chosen_sources(settings.model_copy(update={"sources": names}))


@pytest.mark.parametrize(
    ("mcp", "why"),
    [
        ((), "name a server"),
        (("nonsense",), "does not read like"),
        (("library=https://h/mcp",), "library is the name of another source"),
        (("a=https://h/mcp", "a=https://i/mcp"), "a is the name of another source"),
    ],
)
def test_mcp_servers_have_names_of_their_own(settings: Settings, mcp: tuple[str, ...], why: str) -> None:
    with pytest.raises(SettingsError, match=f"SAYSO_MCP: .*{why}"):
        chosen_sources(settings.model_copy(update={"sources": ("mcp",), "mcp": mcp}))


@pytest.mark.parametrize(
    ("given", "host"),
    [
        ({"searxng_url": "http://search.internal", "brave_api_key": SecretStr("k")}, "SearXNG (search.internal)"),
        ({"tavily_api_key": SecretStr("k"), "brave_api_key": SecretStr("k")}, "Tavily (api.tavily.com)"),
        ({"brave_api_key": SecretStr("k")}, "Brave (api.search.brave.com)"),
    ],
)
async def test_the_web_is_searched_by_the_first_that_is_named(
    settings: Settings, given: dict[str, object], host: str
) -> None:
    (web,) = chosen_sources(settings.model_copy(update={"sources": ("web",), **given}))
    assert (await web.readiness()).why == host
    assert host in leaves_of(web)
    await close([web])
