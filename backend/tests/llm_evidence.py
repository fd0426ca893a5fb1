"""Evidence for the tests of the LLM writer."""

import asyncio

from sayso.protocol.evidence import Finding, Place, Quote, Source
from sayso.research.source import Passage
from sayso.writers.port import Query, WritingBrief

KEY = "sk-very-secret-4711"
LOCKS = (
    "VACUUM FULL rewrites the entire contents of the table into a new disk file. It requires an ACCESS EXCLUSIVE lock "
    "on each table while it is being processed."
)
PLAIN = (
    "Plain VACUUM simply reclaims space and makes it available for re-use. This form of the command can operate in "
    "parallel with normal reading and writing of the table."
)
SECRET = (
    "The moon base stores table backups in a crater under guard. Its vacuum pumps lock the doors for exactly 77 days."
)


def passage(text: str, uri: str = "sql-vacuum.html", title: str = "VACUUM") -> Passage:
    return Passage(kind="library", uri=uri, title=title, text=text, place=Place(offset=100))


def finding(id: str, claim: str, text: str, source: str, marked: tuple[int, int] | None = None) -> Finding:
    return Finding(id=id, claim=claim, quotes=[Quote(text=text, source=source, marked=marked)])


QUESTION = "When does VACUUM FULL lock a table?"
QUERY = Query(text="VACUUM FULL table lock", topic="Locks")
DROPPED = finding("f3", "The moon base locks its doors for 77 days.", SECRET, "s3", (60, len(SECRET)))


def brief(note: str = "") -> WritingBrief:
    return WritingBrief(
        question=QUESTION,
        findings=[
            finding("f1", "VACUUM FULL takes an exclusive lock on each table.", LOCKS, "s1", (74, len(LOCKS))),
            finding("f2", "Plain VACUUM runs in parallel with reading and writing.", PLAIN, "s2"),
        ],
        sources=[
            Source(id="s1", kind="library", title="VACUUM", uri="sql-vacuum.html"),
            Source(id="s2", kind="library", title="Routine Vacuuming", uri="routine-vacuuming.html"),
        ],
        numbers={"s1": 1, "s2": 2},
        topics={"f1": "Locks", "f2": "Plain VACUUM"},
        note=note,
    )


FACTS = {
    "Locks": [
        "VACUUM FULL holds an ACCESS EXCLUSIVE lock on the table until it has finished.",
        "Plain VACUUM takes a SHARE UPDATE EXCLUSIVE lock that lets readers and writers go on.",
        "The CLUSTER command blocks every other operation on the table while it runs.",
    ],
    "Disk space": [
        "VACUUM FULL needs free disk space for a second copy of the whole table.",
        "Plain VACUUM keeps reclaimed space inside the table file for later rows.",
        "The pg_repack extension writes a fresh copy of the table beside the old one.",
    ],
    "Automation": [
        "The autovacuum daemon wakes up every 60 seconds by default.",
        "Autovacuum starts after 20 percent of the rows of a table have changed.",
        "Autovacuum never runs VACUUM FULL on its own.",
    ],
}
"""Headings, and sentences that belong under them."""


def long_brief(note: str = "") -> WritingBrief:
    """Nine findings under three headings, each with a source of its own, numbered from 1 in their order."""
    told = [(heading, text) for heading, texts in FACTS.items() for text in texts]
    return WritingBrief(
        question="How does VACUUM work on a table, and what does it lock?",
        findings=[finding(f"f{n}", text, text, f"s{n}") for n, (_, text) in enumerate(told, start=1)],
        sources=[
            Source(id=f"s{n}", kind="library", title=f"Page {n}", uri=f"page{n}.html") for n in range(1, len(told) + 1)
        ],
        numbers={f"s{n}": n for n in range(1, len(told) + 1)},
        topics={f"f{n}": heading for n, (heading, _) in enumerate(told, start=1)},
        note=note,
    )


class Drafts:
    """A draft sink that remembers."""

    def __init__(self) -> None:
        self.pieces: list[tuple[str, str]] = []
        self.begun = asyncio.Event()

    async def __call__(self, section: str, text: str) -> None:
        self.pieces.append((section, text))
        self.begun.set()

    @property
    def text(self) -> str:
        return "".join(text for _, text in self.pieces)
