"""The files of a library's folders."""

import os
import stat
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sayso.research.formats import SUFFIXES

MAX_BYTES = 50 * 1024 * 1024
ADDED = "added"
"""Prefix of the documents that were added on the page."""
RESERVED = "has the name that documents added on the page go by; give the folder another one"
LEADS_OUT = "is a link that leads out of the library (SAYSO_LIBRARY_LINKS=follow reads it)"
_LEFT_OUT = frozenset({"node_modules", "__pycache__"})
_SOURCES, _PAGES = "_sources", "index.html"
"""A folder in which Sphinx keeps once more, as they were typed, the pages beside it."""
_COMPANIONS = frozenset(
    f".{suffix}"
    for suffix in (
        *("css", "js", "mjs", "map", "woff", "woff2", "ttf", "otf", "eot"),
        *("avif", "bmp", "gif", "ico", "jpeg", "jpg", "png", "svg", "webp"),
    )
)
"""Of what documents are shown with: styles, scripts, fonts and pictures, which nobody expects to be read."""
_KINDS_NAMED = 6


@dataclass(frozen=True, slots=True)
class Root:
    """A folder of documents. With several, the prefix tells apart what lies in them: `docs` gives `docs/a.md`."""

    folder: Path
    prefix: str = ""
    sample: bool = False
    """Comes with the program; left out without a complaint where it does not exist."""
    added: bool = False
    """Holds what was added on the page; while there is something in it, the sample is not searched."""
    follow_links: bool = False
    """Whether links that lead out of the folder are followed too."""


@dataclass(frozen=True, slots=True)
class FileState:
    """A file as last seen. `uri` is its prefixed path below the root, with slashes."""

    uri: str
    path: Path
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that is not in the index: `uri` and `reason` read together as a sentence."""

    uri: str
    reason: str


@dataclass(slots=True)
class Listing:
    files: list[FileState] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    """How many files there are of kinds that cannot be read, by suffix; "" for none."""

    def add(self, other: "Listing") -> None:
        self.files.extend(other.files)
        self.skipped.extend(other.skipped)
        self.kinds.update(other.kinds)


def kinds_said(kinds: Counter[str]) -> str:
    """ "12 files of kinds that cannot be read: 8 .xlsx, 4 .pptx"; empty if there are none."""
    if not kinds:
        return ""
    total = kinds.total()
    ordered = sorted(kinds.items(), key=lambda kind: (-kind[1], kind[0]))
    named = [f"{count:,} {suffix or 'without a suffix'}" for suffix, count in ordered[:_KINDS_NAMED]]
    if others := ordered[_KINDS_NAMED:]:
        named.append(f"{sum(count for _, count in others):,} of {len(others)} other kinds")
    return f"{total:,} file{'s' if total > 1 else ''} of kinds that cannot be read: {', '.join(named)}"


def list_files(root: Root, stopped: Callable[[], bool] = lambda: False) -> Listing:
    """Every document below `root`, in the order of its path; what was found so far once it is `stopped`.

    Hidden files and folders, `node_modules`, and what Sphinx's pages were made from, are no part of a library. Links
    are followed, each folder once, but not out of the root unless it says so: who may put a link there need not be who
    may read what it leads to.
    """
    listing = Listing()
    seen = {_identity(root.folder.stat())}

    def failed(error: OSError) -> None:
        reason = f"cannot be opened ({error.strerror})"
        listing.skipped.append(Skipped(_uri(root, Path(os.fsdecode(error.filename))), reason))

    for folder, subfolders, names in os.walk(root.folder, onerror=failed, followlinks=True):
        subfolders[:] = list(_to_enter(root, Path(folder), sorted(subfolders), seen, listing))
        for name in sorted(names):
            if stopped():
                return listing
            suffix = Path(name).suffix.lower()
            if name.startswith("."):
                continue
            if suffix in SUFFIXES:
                _add(root, Path(folder, name), listing)
            elif suffix not in _COMPANIONS:
                listing.kinds[suffix.encode("utf-8", "replace").decode("utf-8")] += 1
    return listing


def _to_enter(
    root: Root, folder: Path, names: list[str], seen: set[tuple[int, int]], listing: Listing
) -> Iterator[str]:
    for name in names:
        path = folder / name
        if name.startswith(".") or name in _LEFT_OUT or (name == _SOURCES and (folder / _PAGES).exists()):
            continue
        if _uri(root, path) == ADDED:
            listing.skipped.append(Skipped(_uri(root, path), RESERVED))
            continue
        try:
            identity = _identity(path.stat())
        except OSError as error:
            listing.skipped.append(Skipped(_uri(root, path), f"cannot be opened ({error.strerror})"))
            continue
        if identity in seen:
            listing.skipped.append(Skipped(_uri(root, path), "is a link to a folder that is read already"))
            continue
        if _leads_out(root, path):
            listing.skipped.append(Skipped(_uri(root, path), LEADS_OUT))
            continue
        seen.add(identity)
        yield name


def _add(root: Root, path: Path, listing: Listing) -> None:
    uri = _uri(root, path)
    try:
        status = path.stat()
    except FileNotFoundError:
        if path.is_symlink():
            listing.skipped.append(Skipped(uri, "is a link to nothing"))
        return  # else deleted a moment ago
    except OSError as error:
        listing.skipped.append(Skipped(uri, f"cannot be opened ({error.strerror})"))
        return
    if (reason := _unfit(root, path, status)) is not None:
        listing.skipped.append(Skipped(uri, reason))
    else:
        listing.files.append(FileState(uri, path, status.st_size, status.st_mtime_ns))


def _unfit(root: Root, path: Path, status: os.stat_result) -> str | None:
    """Why a file is not read, if it is not."""
    reasons = (
        (_leads_out(root, path), LEADS_OUT),
        (not stat.S_ISREG(status.st_mode), "is not a file"),
        (status.st_size == 0, "is empty"),
        (status.st_size > MAX_BYTES, f"is larger than {MAX_BYTES // 1024 // 1024} MB"),
        (not _is_text(str(path)), "has a name that is not valid text"),
    )
    return next((reason for holds, reason in reasons if holds), None)


def _leads_out(root: Root, path: Path) -> bool:
    """Whether it is a link to what lies outside of the root. Its folder was looked at before."""
    return not root.follow_links and path.is_symlink() and not path.resolve().is_relative_to(root.folder.resolve())


def _uri(root: Root, path: Path) -> str:
    below = path.relative_to(root.folder).as_posix()
    uri = f"{root.prefix}/{below}" if root.prefix else below
    return uri.encode("utf-8", "replace").decode("utf-8")


def _is_text(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _identity(status: os.stat_result) -> tuple[int, int]:
    return status.st_dev, status.st_ino
