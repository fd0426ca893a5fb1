"""The sources that there are, by name: the one place that knows all of them."""

from collections.abc import Callable, Mapping
from pathlib import Path

from sayso.errors import SettingsError
from sayso.research.library.folder import ADDED, Root
from sayso.research.library.source import Library
from sayso.research.source import SearchSource
from sayso.research.wikipedia.source import Wikipedia
from sayso.settings import AUTO, BUNDLED, CHECKOUT, Settings


def documents_folder(settings: Settings) -> Path:
    """Where this process has the documents that were added on the page."""
    return settings.data_dir / "documents"


def open_library(settings: Settings) -> Library:
    """The library that the settings name, or the sample that comes with the program.

    Raises:
        LibraryError: the folder or the index cannot be used.
    """
    if settings.library is not None:
        roots = [Root(settings.library, follow_links=settings.library_links == "follow")]
    else:
        roots = sample_roots()
    added = documents_folder(settings)
    added.mkdir(parents=True, exist_ok=True)
    return Library(settings.data_dir / "index", [*roots, Root(added, ADDED, added=True)])


def sample_roots() -> list[Root]:
    """Sayso's own documentation and that of Next.js, as far as they came along."""
    folders = {
        "sayso": next((each for each in (BUNDLED / "docs", CHECKOUT / "docs") if each.is_dir()), CHECKOUT / "docs"),
        "next": CHECKOUT / "frontend" / "node_modules" / "next" / "dist" / "docs",
    }
    return [Root(folder, prefix, sample=True) for prefix, folder in folders.items()]


SOURCES: Mapping[str, Callable[[Settings], SearchSource]] = {
    "library": open_library,
    "wikipedia": lambda settings: Wikipedia(base_url=settings.wikipedia_url),
}
"""In the order in which they are shown and asked."""


def chosen_sources(settings: Settings) -> list[SearchSource]:
    """A source for each name in the settings.

    Raises:
        LibraryError: the folder or the index of the library cannot be used.
        SettingsError: there is no source of that name.
    """
    names = settings.sources
    if names == AUTO:
        # Whoever names their own documents did not ask for the web: nothing leaves the machine.
        names = ("library",) if settings.library else ("library", "wikipedia")
    if not names or set(names) - set(SOURCES):
        raise SettingsError(f"SAYSO_SOURCES: use auto, or any of {', '.join(SOURCES)} with commas between.")
    return [make(settings) for name, make in SOURCES.items() if name in names]
