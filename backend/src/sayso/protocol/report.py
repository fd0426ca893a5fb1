"""The report as structure: what a `final_result` of the report workflow carries, and what exports are made from."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from sayso.protocol.evidence import Conflict, Finding, Mark, Origin, Place, Quote, Record
from sayso.protocol.items import SearchLimits
from sayso.protocol.judging import JudgeScore
from sayso.protocol.record import RecordHead
from sayso.protocol.usage import Usage


class Citation(Record):
    """Which quotes of a source a sentence rests on."""

    n: int
    """`ReportSource.n`."""
    quotes: list[int]
    """Indexes into the source's `quotes`, the closest to the sentence first."""
    findings: list[str] = []
    """Ids of the findings that these quotes belong to."""


class Sentence(Record):
    """One unit of the body: a sentence, an item of a list, a row of a table (its cells apart by " | ") or a piece of
    code (its lines kept), with the numbers of its sources (`ReportSource.n`)."""

    id: str = ""
    """ "u1", "u2", ... in reading order, summary first; the same in a text to approve and in the report it becomes.
    Empty in reports of 0.1.0."""
    text: str
    citations: list[int]
    supported: bool = True
    """Whether it is marked `quoted` or `same`."""
    mark: Mark | None = None
    """Nothing is said of it in reports of 0.1.0."""
    confirmed_by: str = ""
    """Who took the wording of a unit that is marked `confirmed`."""
    confirmed_verified: bool | None = None
    """Whether that is the name of somebody who had signed in; nothing where nobody took it."""
    original: str = ""
    """Of a unit that is marked `translated`: what stands for it in its quote, word for word."""
    judged: bool = False
    """Whether a model, asked to judge it, found it supported by what it cites."""
    cited: list[Citation] = []
    """For each number of `citations`, the quotes that it stands for."""


class Block(Record):
    """What some units of a section form. See `sayso.protocol.blocks` for how they are read."""

    kind: Literal["paragraph", "list", "table", "code"] = "paragraph"
    units: list[int]
    """Indexes into the section's `sentences`, in reading order: sentences, items, rows or pieces of code."""
    lead: int | None = None
    """Index of the unit that leads into a list, table or code; it is in no `units`."""
    ordered: bool = False
    """Of a list: whether its items are numbered, from 1 without a gap."""
    header: list[str] = []
    """Of a table: the texts of its header's cells; empty where it has none."""
    rows: list[list[str]] = []
    """Of a table: for each of `units` the texts of its cells, as many in each as in `header`."""
    language: str = ""
    """Of code: what it is written in, such as "sql", where that is known."""


class Section(Record):
    heading: str
    sentences: list[Sentence]
    """All units in reading order."""
    blocks: list[Block] = []
    """What the units form, in reading order; empty means one paragraph of all of them."""


class ReportSource(Record):
    """An approved source, cited or not. `n` is its number in draft, text and exports, from 1 without a gap, in the
    order in which a human saw the approved findings."""

    n: int
    id: str
    title: str
    uri: str
    kind: str = "library"
    date: str | None = None
    superseded: bool = False
    copies: list[str] = []
    origin: Origin = Field(default_factory=Origin)
    quotes: list[str]
    """Verbatim passages, as approved."""
    evidence: list[Quote] = []
    """The same passages with their place and the marked sentence."""
    place: Place = Field(default_factory=Place)


class Approval(Record):
    """A decision that the report stands on."""

    kind: Literal["evidence", "report"] = "evidence"
    """What was approved: the evidence before writing, or the finished text (`options.review_report`)."""
    by: str
    verified: bool | None = None
    """Whether `by` is the name of somebody who had signed in, or just what was said; nothing in reports of 0.1.0."""
    at: datetime
    round: int
    kept: list[str]
    """Ids of the findings that were kept."""
    dropped: list[str]
    """All others."""
    aside: list[str] = []
    """Those of `dropped` that were only set aside."""
    left_out: list[str] = []
    """What the report may not name, as it was said up to then."""
    limits: SearchLimits | None = None
    """What the search was limited to."""
    note: str = ""
    """What the approver asked of the writer."""
    show_note: bool = False
    """Whether the approver wants readers of the report to see it; the record always holds it."""


class RemovedSentence(Record):
    """A sentence that the check after writing took out of the body, for it had no quote that could take its place."""

    text: str
    why: str


class ChangedUnit(Record):
    """A unit whose draft wording did not pass the check: text of its quote stands in its place."""

    unit: str
    """`Sentence.id` of what stands there now. Empty where that stands elsewhere in the report already."""
    text: str
    """The wording of the draft."""
    why: str


class Gate(Record):
    """Figures of the check after writing."""

    sentences: int = 0
    """Units in summary and body after the check."""
    supported: int = 0
    """Those marked `quoted` or `same`."""
    quoted: int = 0
    same: int = 0
    reworded: int = 0
    confirmed: int = 0
    translated: int = 0
    replaced: int = 0
    """Units of the draft that gave way to the text of their quotes (`Report.changed`)."""
    removed: int = 0
    citations_removed: int = 0
    """Citation numbers that pointed nowhere, or at something that was not approved."""
    quotes: int = 0
    """Approved quotes that were held against their stored passage, and stand in it word for word."""
    quotes_removed: int = 0
    """Those that did not; nothing was written from them."""
    judged: int = 0
    """Sentences that a model judged too, on top of the rule (`options.judge`)."""
    judged_by: str | None = None
    """That model."""
    judge: JudgeScore | None = None
    """How it judges statements whose truth is known; null where that was not measured."""


class Parent(Record):
    """The report that this one revises."""

    run_id: str
    title: str


class Unused(Record):
    """An approved finding that nothing in the report rests on."""

    finding: str
    """`Finding.id`."""
    claim: str
    why: str


class Report(Record):
    """A checked report: every sentence of `summary` and `sections` cites sources that a human approved."""

    title: str
    question: str
    writer: str
    """`extractive` or `llm`."""
    model: str | None = None
    note: str = ""
    """A line on how the report was written, such as that it is extractive, or why a model was not used."""
    summary: list[Sentence] = []
    """The answer in brief; checked and cited like the body. Empty when the body is brief itself."""
    summary_blocks: list[Block] = []
    """What the units of `summary` form, as `Section.blocks`."""
    sections: list[Section]
    sources: list[ReportSource]
    conflicts: list[Conflict] = []
    """Approved findings that cannot both be right."""
    not_found: list[str] = []
    approvals: list[Approval] = []
    """In the order in which they were given. Only one of kind `report` makes it an approved report; one of kind
    `evidence` says that the evidence was approved."""
    findings: list[Finding] = []
    """The approved findings, worded as they were approved."""
    searched: list[str] = []
    """What was searched for, oldest first."""
    rounds: int = 1
    """Rounds of research."""
    removed: list[RemovedSentence] = []
    changed: list[ChangedUnit] = []
    """What the check replaced by text of its quotes."""
    gate: Gate = Field(default_factory=Gate)
    usage: Usage = Field(default_factory=Usage)
    parent: Parent | None = None
    unused: list[Unused] = []
    """Approved findings of whose quotes no unit cites any."""
    record: RecordHead | None = None
    """The run's record up to the last decision that the report stands on; none in reports of 0.1.0."""

    @property
    def empty(self) -> bool:
        """Whether nothing was approved that could have been written from: no success, whoever said so."""
        return not (self.findings or self.unused or self.summary or self.sections)
