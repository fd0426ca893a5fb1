"""All that a report run remembers, and the events between its steps: JSON throughout, so that it survives a restart."""

from typing import Literal

from pydantic import BaseModel, Field, JsonValue
from workflows.events import Event, StartEvent

from sayso.protocol.commands import ReportOptions
from sayso.protocol.evidence import FeedbackUse, Finding, Source
from sayso.protocol.report import Approval
from sayso.research.source import Passage
from sayso.writing.writer import Assignment, Feedback, Query, WritingBrief

Verdict = Literal["kept", "dropped", "aside"]
"""What became of a finding that was shown. `aside`: a bare "no" passed over it; it comes back only if nothing new
is found. `dropped`: a human left it out of `keep`; it never comes back."""


class Hits(BaseModel):
    """What one query found in all sources."""

    query: Query
    passages: list[Passage]


class Search(BaseModel):
    """A query and the round that searched it."""

    round: int
    query: Query


class Outcome(BaseModel):
    """What one round came to."""

    round: int
    feedback_used: list[FeedbackUse] = Field(default_factory=list)
    not_found: list[str] = Field(default_factory=list)


class ReportState(BaseModel):
    """The one state of a run, in `ctx.store`. Steps may run twice after a crash, so every step assigns what belongs to
    its round instead of adding to it."""

    question: str = ""
    options: ReportOptions = Field(default_factory=ReportOptions)
    round: int = 0
    feedback: list[Feedback] = Field(default_factory=list)
    """At most one a round, oldest first."""
    searches: list[Search] = Field(default_factory=list)
    findings: list[Finding] = Field(default_factory=list)
    """All ever shown, in the order of their ids, each with the round that found it."""
    topics: dict[str, str] = Field(default_factory=dict)
    """`Finding.id` to the topic it was found under."""
    verdicts: dict[str, Verdict] = Field(default_factory=dict)
    chosen: list[str] = Field(default_factory=list)
    """Findings that a human named in `keep`; a bare "no" does not set them aside."""
    edited: list[str] = Field(default_factory=list)
    """Findings whose claim a human reworded."""
    sources: list[Source] = Field(default_factory=list)
    """Every document quoted so far, in the order of their ids."""
    outcomes: list[Outcome] = Field(default_factory=list)
    failed_sources: dict[str, str] = Field(default_factory=dict)
    """Sources that could not be searched in this round, by title, and why."""
    fallbacks: dict[str, str] = Field(default_factory=dict)
    """Stage and round ("find 2") to why the chosen writer could not do it."""
    approval: Approval | None = None
    note: str = ""
    """What the approver asked of the writer."""

    def assignment(self) -> Assignment:
        """What the writer needs to know for this round."""
        earlier = [finding for finding in self.findings if finding.round < self.round]
        return Assignment(
            question=self.question,
            round=self.round,
            feedback=[item for item in self.feedback if item.round < self.round],
            kept=[finding for finding in earlier if self.verdicts.get(finding.id) == "kept"],
            dropped=[finding for finding in earlier if self.verdicts.get(finding.id) != "kept"],
            searched=[search.query.text for search in self.searches if search.round < self.round],
        )

    def shown(self) -> list[Finding]:
        """The findings of the open review: those kept from earlier rounds, then those of this round."""
        kept = [
            finding.model_copy(update={"state": "kept"})
            for finding in self.findings
            if finding.round < self.round and self.verdicts.get(finding.id) == "kept"
        ]
        return kept + [finding for finding in self.findings if finding.round == self.round]

    def brief(self) -> WritingBrief:
        """What the writer gets to see once the evidence is approved: the kept findings and nothing of the others."""
        kept = self.approval.kept if self.approval else []
        findings = [finding for finding in self.findings if finding.id in kept]
        numbers: dict[str, int] = {}
        for finding in findings:
            for quote in finding.quotes:
                numbers.setdefault(quote.source, len(numbers) + 1)
        by_id = {source.id: source for source in self.sources}
        return WritingBrief(
            question=self.question,
            findings=findings,
            sources=[by_id[id] for id in numbers],
            numbers=numbers,
            topics={finding.id: self.topics.get(finding.id, "") for finding in findings},
            edited=[id for id in self.edited if id in kept],
            note=self.note,
        )

    def quoted(self, findings: list[Finding]) -> list[Source]:
        """The sources that `findings` quote, in the order of their ids."""
        used = {quote.source for finding in findings for quote in finding.quotes}
        return [source for source in self.sources if source.id in used]

    def outcome(self) -> Outcome:
        """The outcome of this round."""
        return next((each for each in self.outcomes if each.round == self.round), Outcome(round=self.round))


class AskEvent(StartEvent):
    """A question, as the engine starts it."""

    question: str
    options: dict[str, JsonValue] = Field(default_factory=dict)
    by: str = ""


class RoundEvent(Event):
    """A round after the first begins."""

    round: int


class PlannedEvent(Event):
    """Queries to search."""

    queries: list[Query]


class SearchedEvent(Event):
    """What the sources answered."""

    hits: list[Hits]


class ApprovedEvent(Event):
    """The evidence is approved; write."""
