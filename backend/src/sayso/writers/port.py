"""The port that every writer implements, and what goes in and out of it."""

from collections.abc import Awaitable, Callable, Iterable
from typing import Literal, NamedTuple, Protocol, runtime_checkable

from pydantic import BaseModel, Field

from sayso.protocol.evidence import Conflict, Finding, Source
from sayso.protocol.http import WriterInfo
from sayso.protocol.report import Block, Section, Sentence
from sayso.research.source import Passage
from sayso.wishes.checking import Item
from sayso.wishes.feedback import Feedback
from sayso.wishes.shown import Shown
from sayso.writers.meter import Meter


class Assignment(BaseModel):
    """What one round of research is about, with all that earlier rounds learned."""

    question: str
    round: int = 1
    feedback: list[Feedback] = Field(default_factory=list)
    """Oldest first. Their texts are what is to be searched for, a line each; empty asks for more of the question."""
    kept: list[Finding] = Field(default_factory=list)
    dropped: list[Finding] = Field(default_factory=list)
    """Never to be shown again."""
    searched: list[str] = Field(default_factory=list)
    """Queries of earlier rounds."""
    leave_out: list[str] = Field(default_factory=list)
    """What no query, claim or heading may name."""
    queries: list["Query"] = Field(default_factory=list)
    """Searches that are made in any case. What they are about are the parts of what is asked (`parts`)."""
    candidates: list["Candidate"] = Field(default_factory=list)
    """What words found in the passages, the best first: to choose from and to add to."""
    titles: list[str] = Field(default_factory=list)
    """Of documents that may be searched, as far as they are known."""
    lacking: list["Part"] = Field(default_factory=list)
    """Parts on which little was found so far: only these are planned for, in other words."""
    read: list[Passage] = Field(default_factory=list)
    """What was found on them, the best first."""

    @property
    def parts(self) -> list["Part"]:
        """The parts of what is asked, in order; at least one."""
        found = dict.fromkeys(each.part for each in self.queries if each.topic)
        return self.lacking or list(found) or [Part(" ".join(self.question.split()))]


class Part(NamedTuple):
    """One part of what is asked. Queries, candidates and gaps of the same part have its topic, letter by letter."""

    topic: str
    """In the words of who asked."""
    feedback: int | None = None
    """The round whose feedback asked for it."""


class Query(BaseModel):
    """One search. `topic` groups findings and becomes a section of the report."""

    text: str
    topic: str = ""
    feedback: int | None = None
    """The round whose feedback it follows."""
    added: bool = False
    """A model thought of it, beside what words give."""

    @property
    def part(self) -> Part:
        return Part(self.topic, self.feedback)


class Carrier(BaseModel):
    """A passage and the sentence in it that carries a claim."""

    passage: Passage
    marked: tuple[int, int]
    """Start and end of the carrying sentence within `passage.text`, end exclusive."""


class Candidate(Carrier):
    """A finding before it has an id: a claim and what carries it."""

    claim: str
    topic: str = ""
    match: float = 0.0
    """0 to 1: how well the carrying sentence matches what was asked."""
    near: bool = False
    """Whether it is only near to that: what matches no better is mostly beside the point."""
    feedback: int | None = None
    by_words: bool = False
    """Whether a model left it out, so that it is kept as words found it."""
    covers: list[str] = Field(default_factory=list)
    """Topics of further parts that have nothing better of their own."""
    also: list[Carrier] = Field(default_factory=list)
    """Sentences of other documents that say the same, the best first."""

    @property
    def part(self) -> Part:
        return Part(self.topic, self.feedback)


class EarlierUnit(BaseModel):
    """A unit of a text that a human wants changed, with the kind of its block and what was said on it."""

    text: str
    kind: Literal["paragraph", "list", "table", "code"] = "paragraph"
    comment: str = ""


class WritingBrief(BaseModel):
    """All that a writer gets to see: the approved findings and nothing else."""

    question: str
    language: str = ""
    """That the report is to be in, as a code; where it is not said, that of the question."""
    findings: list[Finding]
    sources: list[Source]
    """Those that the findings quote, in the order of their numbers."""
    numbers: dict[str, int]
    """`Source.id` to its number in draft, text and list of sources: from 1 without a gap, each of `sources`."""
    topics: dict[str, str] = Field(default_factory=dict)
    """`Finding.id` to the heading it was found under."""
    edited: list[str] = Field(default_factory=list)
    """Ids of the findings whose claim a human reworded: to be written as worded, a sentence of its own."""
    conflicts: list[Conflict] = Field(default_factory=list)
    """Findings among these that cannot both be right: the text must say so, or keep silent on it."""
    note: str = ""
    """What the approver asked of the writer."""
    earlier: list[EarlierUnit] = Field(default_factory=list)
    """The text that was rejected, or that is revised, in reading order; nothing in it names what is withheld."""


class DraftReport(BaseModel):
    """A report before the check. Sentences carry their citation numbers apart from the text.

    Of its blocks the check takes what units they have, and nothing that they say: it gives a table its cells from the
    texts of the rows, and a header only where that stands above them in their document.
    """

    title: str
    summary: list[Sentence] = Field(default_factory=list)
    """The answer in brief, in sentences that cite like the others; empty when the report is brief itself."""
    summary_blocks: list[Block] = Field(default_factory=list)
    sections: list[Section]
    note: str = ""
    untold: str = ""
    """How many findings it does not tell; said where nobody else tells them."""


class Told(NamedTuple):
    """What a human said of what is shown, point by point."""

    points: list[str]
    shown: Shown


DraftSink = Callable[[str, str], Awaitable[None]]
"""Called with (section heading, next piece of text) as a report is written."""


class Chosen(list[Candidate]):
    """Candidates, best first, and what they leave open."""

    def __init__(self, candidates: Iterable[Candidate] = (), unanswered: Iterable[Part] = ()) -> None:
        super().__init__(candidates)
        self.unanswered = tuple(unanswered)
        """The parts of what is asked that nothing of what was read answers, in the writer's eyes."""


class WriterError(Exception):
    """A writer that cannot go on. The message is safe to show; it says what happened, and what the operator can do.

    Args:
        reason: what happened; all that readers of a report are told.
        remedy: what to do about it, as the operator is told.
    """

    def __init__(self, reason: str, remedy: str = "") -> None:
        super().__init__(f"{reason}: {remedy}." if remedy else reason)
        self.reason = reason


class UnusableAnswer(WriterError):
    """A model answered what cannot be used here; it may do better at something else."""


class Writer(Protocol):
    """Plans queries, words findings and writes the report.

    What a writer asks of a model it reports to the `meter` it is given, which also says when the run's budget ends.
    """

    @property
    def info(self) -> WriterInfo: ...

    async def plan(self, assignment: Assignment, meter: Meter) -> list[Query]:
        """Search queries for this round, none of them in `assignment.searched`.

        Raises:
            WriterError: try another writer.
        """
        ...

    async def find(
        self, assignment: Assignment, found: list[tuple[Query, list[Passage]]], meter: Meter
    ) -> list[Candidate]:
        """The claims that the passages carry, best first. Too little evidence gives few or none.

        Raises:
            WriterError: try another writer.
        """
        ...

    async def write(self, brief: WritingBrief, draft: DraftSink, meter: Meter) -> DraftReport:
        """The report from `brief.findings`; every sentence cites by `brief.numbers`.

        Raises:
            WriterError: try another writer.
        """
        ...


@runtime_checkable
class Reviser(Protocol):
    """A writer that can change single units of a text."""

    async def revise(self, brief: WritingBrief, meter: Meter) -> dict[int, list[Sentence]]:
        """For units of `brief.earlier` that have a comment, by their index, the units that take their place.

        Raises:
            WriterError: try another writer.
        """
        ...


@runtime_checkable
class Reader(Protocol):
    """A writer whose model can read prose into the fields of a decision. Whoever asks checks what it reads."""

    async def read(self, told: Told, meter: Meter) -> list[Item]:
        """What is read in each point.

        Raises:
            WriterError: the rules alone read.
        """
        ...
