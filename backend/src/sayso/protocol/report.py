"""The report as structure: what a `final_result` of the report workflow carries."""

from datetime import datetime

from pydantic import Field

from sayso.protocol.evidence import Place, Quote, Record


class Sentence(Record):
    """One sentence of the body and the numbers of its sources (`ReportSource.n`)."""

    text: str
    citations: list[int]
    supported: bool = True


class Section(Record):
    heading: str
    sentences: list[Sentence]


class ReportSource(Record):
    """A cited source. `n` is its number in the text, from 1 without a gap."""

    n: int
    id: str
    title: str
    uri: str
    kind: str = "library"
    quotes: list[str]
    """Verbatim passages, as approved."""
    evidence: list[Quote] = []
    """The same passages with their place and the marked sentence."""
    place: Place = Field(default_factory=Place)


class Approval(Record):
    """The decision that the report stands on."""

    by: str
    at: datetime
    round: int
    kept: list[str]
    """Ids of the findings that were kept."""
    dropped: list[str]


class RemovedSentence(Record):
    """A sentence that the check after writing took out of the body."""

    text: str
    why: str


class Gate(Record):
    """Figures of the check after writing."""

    sentences: int = 0
    """Sentences in the body after the check."""
    supported: int = 0
    removed: int = 0
    citations_removed: int = 0
    """Citation numbers that pointed nowhere, or at something that was not approved."""


class Report(Record):
    """A checked report: every sentence of `sections` cites sources that a human approved."""

    title: str
    question: str
    writer: str
    """`extractive` or `llm`."""
    model: str | None = None
    note: str = ""
    """A line on how the report was written, such as that it is extractive, or why a model was not used."""
    sections: list[Section]
    sources: list[ReportSource]
    not_found: list[str] = []
    approvals: list[Approval] = []
    removed: list[RemovedSentence] = []
    gate: Gate = Field(default_factory=Gate)
