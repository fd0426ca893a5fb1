"""The sources that there are, by name: the one place that knows all of them."""

import ipaddress
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from sayso.addresses import Addresses
from sayso.errors import SettingsError
from sayso.research.arxiv.source import Arxiv
from sayso.research.fetching import user_agent
from sayso.research.library.folder import ADDED, Root
from sayso.research.library.source import Library
from sayso.research.mcp.server import McpServer
from sayso.research.mcp.source import McpTool
from sayso.research.onnx import text_model
from sayso.research.source import SearchSource
from sayso.research.web.engines import brave, searxng, tavily
from sayso.research.web.source import Web
from sayso.research.wikipedia.source import ADDRESS, Wikipedia
from sayso.settings import AUTO, BUNDLED, CHECKOUT, Settings


def documents_folder(settings: Settings) -> Path:
    """Where this process has the documents that were added on the page."""
    return settings.data_dir / "documents"


def open_library(settings: Settings) -> Library:
    """The library that the settings name, or the sample that comes with the program.

    Raises:
        LibraryError: the folder or the index cannot be used.
        SettingsError: the model that is to read it cannot be used.
    """
    model = text_model(settings.semantic) if settings.semantic else None
    if settings.library is not None:
        roots = [Root(settings.library, follow_links=settings.library_links == "follow")]
    else:
        roots = sample_roots()
    added = documents_folder(settings)
    added.mkdir(parents=True, exist_ok=True)
    encoder = model if model and not model.pairs else None
    return Library(settings.data_dir / "index", [*roots, Root(added, ADDED, added=True)], encoder=encoder)


def sample_roots() -> list[Root]:
    """Sayso's own documentation and that of Next.js, as far as they came along."""
    folders = {
        "sayso": next((each for each in (BUNDLED / "docs", CHECKOUT / "docs") if each.is_dir()), CHECKOUT / "docs"),
        "next": CHECKOUT / "frontend" / "node_modules" / "next" / "dist" / "docs",
    }
    return [Root(folder, prefix, sample=True) for prefix, folder in folders.items()]


def open_web(settings: Settings) -> Web:
    """The web, by the first search that the settings name."""
    engine = None
    if settings.searxng_url:
        engine = searxng(settings.searxng_url)
    elif settings.tavily_api_key:
        engine = tavily(settings.tavily_api_key.get_secret_value())
    elif settings.brave_api_key:
        engine = brave(settings.brave_api_key.get_secret_value())
    own = [ipaddress.ip_network(each) for each in settings.web_networks]
    return Web(
        engine,
        settings.data_dir / "cache" / "web",
        agent=user_agent(settings.contact),
        addresses=Addresses(own, setting="SAYSO_WEB_NETWORKS"),
        pages=settings.web_pages,
        bytes=settings.web_megabytes * 1_000_000,
    )


def mcp_tools(settings: Settings) -> list[SearchSource]:
    """A source for each MCP server that the settings name.

    Raises:
        SettingsError: one is not named as it should be.
    """
    try:
        servers = [McpServer.parse(each) for each in settings.mcp]
    except ValueError as error:
        raise SettingsError(f"SAYSO_MCP: {error}.") from error
    names = [server.name for server in servers]
    if taken := [name for name in names if name in SOURCES or names.count(name) > 1 or name in AUTO]:
        raise SettingsError(f"SAYSO_MCP: {taken[0]} is the name of another source.")
    if not servers:
        raise SettingsError(
            "SAYSO_MCP: name a server, as name=https://host/mcp#tool, or leave mcp out of SAYSO_SOURCES."
        )
    agent = user_agent(settings.contact)
    return [McpTool(replace(each, token=settings.mcp_token(each.name)), agent=agent) for each in servers]


SOURCES: Mapping[str, Callable[[Settings], SearchSource | list[SearchSource]]] = {
    "library": open_library,
    "wikipedia": lambda settings: Wikipedia(
        language=settings.wikipedia, contact=settings.contact, base_url=settings.wikipedia_url or ADDRESS
    ),
    "arxiv": lambda settings: Arxiv(
        settings.data_dir / "cache" / "arxiv", agent=user_agent(settings.contact), base_url=settings.arxiv_url
    ),
    "web": open_web,
    "mcp": mcp_tools,
}
"""In the order in which they are shown and asked."""


def chosen_sources(settings: Settings) -> list[SearchSource]:
    """A source for each name in the settings, and one for each MCP server.

    Raises:
        LibraryError: the folder or the index of the library cannot be used.
        SettingsError: there is no source of that name, or it lacks a setting.
    """
    names = settings.sources
    if names == AUTO:
        # Whoever names their own documents did not ask for the web: nothing leaves the machine.
        names = ("library",) if settings.library else ("library", "wikipedia")
    if not names or set(names) - set(SOURCES):
        raise SettingsError(f"SAYSO_SOURCES: use auto, or any of {', '.join(SOURCES)} with commas between.")
    made = (make(settings) for name, make in SOURCES.items() if name in names)
    return [source for each in made for source in (each if isinstance(each, list) else [each])]
