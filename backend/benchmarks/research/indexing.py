"""How long a library takes to index: `python -m benchmarks.research.indexing [manual] [text] [hostile]`.

Each figure is of a refresh with reader processes of their own: the wall clock, and the
processor time of this process and all readers together. `manual` is PostgreSQL's in HTML, as Debian's package
postgresql-doc-15 installs it.
"""

import asyncio
import random
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from sayso.research.library.indexing import IndexReport
from sayso.research.library.source import Library, Root

MANUAL = Path("/usr/share/doc/postgresql-doc-15/html")
MEGABYTES = (2, 5, 10)
_WORDS = [
    "the",
    "a",
    "of",
    "to",
    "and",
    "in",
    "is",
    "that",
    "for",
    "with",
    "on",
    "by",
    "are",
    "be",
    "this",
    "which",
    "when",
    "from",
    "or",
    "can",
    "each",
    "all",
    "has",
    "not",
    "it",
    "as",
    "at",
    "server",
    "table",
    "index",
    "lock",
    "row",
    "vacuum",
    "transaction",
    "query",
    "column",
    "value",
    "backup",
    "writer",
    "reader",
    "page",
    "cache",
    "memory",
    "session",
    "quickly",
    "slowly",
    "always",
    "never",
    "keeps",
    "takes",
    "gives",
    "reads",
    "writes",
    "waits",
    "stops",
    "starts",
    "changes",
    "returns",
    "holds",
    "moves",
    "counts",
]


def text_of(megabytes: int) -> str:
    """Paragraphs of six sentences of words that an English manual has, the same on each call."""
    choice = random.Random(megabytes)
    paragraphs: list[str] = []
    size = 0
    while size < megabytes * 1_000_000:
        sentences = [" ".join(choice.choices(_WORDS, k=12)).capitalize() + "." for _ in range(6)]
        paragraphs.append(" ".join(sentences))
        size += len(paragraphs[-1]) + 2
    return "\n\n".join(paragraphs)


async def measured(name: str, library: Library) -> IndexReport:
    """Refresh `library` and print what it took."""
    began, spent = time.monotonic(), _processor_seconds()
    report = await library.refresh()
    wall, processor = time.monotonic() - began, _processor_seconds() - spent
    print(f"{name:<28} {wall:7.2f} s  {processor:7.2f} s processor  {report.documents:,} documents", flush=True)
    return report


async def manual(data: Path) -> None:
    """The manual from nothing, and then one changed page of it."""
    folder = data / "manual"
    shutil.copytree(MANUAL, folder)
    library = Library(data / "index", [Root(folder)])
    try:
        await measured("manual from nothing", library)
        page = folder / "sql-vacuum.html"
        page.write_text(page.read_text().replace("</body>", "<p>One more paragraph stands here.</p></body>"))
        changed = await measured("one page changed", library)
        assert changed.indexed == 1
        await measured("nothing changed", library)
    finally:
        await library.close()


async def texts(data: Path) -> None:
    """One large text alone."""
    for megabytes in MEGABYTES:
        folder = data / f"text-{megabytes}"
        folder.mkdir()
        (folder / "large.txt").write_text(text_of(megabytes))
        library = Library(data / f"index-{megabytes}", [Root(folder)])
        try:
            await measured(f"a text of {megabytes} MB", library)
        finally:
            await library.close()


async def hostile(data: Path) -> None:
    """The hostile files of the tests, together."""
    from research.library.hostile_files import write_hostile_files

    folder = data / "hostile"
    folder.mkdir()
    count = len(write_hostile_files(folder))
    library = Library(data / "index", [Root(folder)])
    try:
        report = await measured(f"{count} hostile files", library)
    finally:
        await library.close()
    for skipped in report.skipped:
        if skipped.reason.startswith(("takes", "needs", "makes")):
            print(f"  {skipped.uri}: {skipped.reason}")


def _processor_seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


PARTS: dict[str, Callable[[Path], Awaitable[None]]] = {"manual": manual, "text": texts, "hostile": hostile}


async def main(names: list[str]) -> None:
    for name in names or PARTS:
        with tempfile.TemporaryDirectory() as data:
            await PARTS[name](Path(data))


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))
    asyncio.run(main(sys.argv[1:]))
