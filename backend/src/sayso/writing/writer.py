"""The port that every writer implements, and what goes in and out of it."""

from collections.abc import Awaitable, Callable
from typing import Protocol

from pydantic import BaseModel, Field

from sayso.protocol.evidence import Finding, Source
from sayso.protocol.http import WriterInfo
from sayso.protocol.report import Section
from sayso.research.source import Passage


class Feedback(BaseModel):
    """What a human said when rejecting a round. `text` may be empty: a bare no."""

    round: int
    text: str
    by: str = ""


class Assignment(BaseModel):
    """What one round of research is about, with all that earlier rounds learned."""

    question: str
    round: int = 1
    feedback: list[Feedback] = Field(default_factory=list)
    """Oldest first."""
    kept: list[Finding] = Field(default_factory=list)
    dropped: list[Finding] = Field(default_factory=list)
    """Never to be shown again."""
    searched: list[str] = Field(default_factory=list)
    """Queries of earlier rounds."""


class Query(BaseModel):
    """One search. `topic` groups findings and becomes a section of the report."""

    text: str
    topic: str = ""
    feedback: int | None = None
    """The round whose feedback it follows."""


class Candidate(BaseModel):
    """A finding before it has an id: a claim, the passage that carries it, and the sentence within it."""

    claim: str
    passage: Passage
    marked: tuple[int, int]
    """Start and end of the carrying sentence within `passage.text`, end exclusive."""
    topic: str = ""
    strength: float = 0.0
    feedback: int | None = None


class WritingBrief(BaseModel):
    """All that a writer gets to see: the approved findings and nothing else."""

    question: str
    findings: list[Finding]
    sources: list[Source]
    """Those that the findings quote, in the order of their numbers."""
    numbers: dict[str, int]
    """`Source.id` to its number in the text, from 1 without a gap."""
    topics: dict[str, str] = Field(default_factory=dict)
    """`Finding.id` to the heading it was found under."""
    edited: list[str] = Field(default_factory=list)
    """Ids of the findings whose claim a human reworded; such a claim is to be kept as worded."""
    note: str = ""
    """What the approver asked of the writer."""


class DraftReport(BaseModel):
    """A report before the check. Sentences carry their citation numbers apart from the text."""

    title: str
    sections: list[Section]
    note: str = ""


DraftSink = Callable[[str, str], Awaitable[None]]
"""Called with (section heading, next piece of text) as a report is written."""


class WriterError(Exception):
    """A writer that cannot go on. The message is safe to show and says what to do."""


class Writer(Protocol):
    """Plans queries, words findings and writes the report."""

    @property
    def info(self) -> WriterInfo: ...

    async def plan(self, assignment: Assignment) -> list[Query]:
        """Search queries for this round, none of them in `assignment.searched`.

        Raises:
            WriterError: try another writer.
        """
        ...

    async def find(self, assignment: Assignment, found: list[tuple[Query, list[Passage]]]) -> list[Candidate]:
        """The claims that the passages carry, best first. Too little evidence gives few or none.

        Raises:
            WriterError: try another writer.
        """
        ...

    async def write(self, brief: WritingBrief, draft: DraftSink) -> DraftReport:
        """The report from `brief.findings`; every sentence cites by `brief.numbers`.

        Raises:
            WriterError: try another writer.
        """
        ...
