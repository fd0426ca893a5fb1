"""All that a report run remembers, and the events between its steps: JSON throughout, so that it survives a restart."""

from typing import Literal

from pydantic import BaseModel, Field, JsonValue
from workflows.events import Event, StartEvent

from sayso.language.abbreviations import other_names
from sayso.language.mention import Mention
from sayso.language.tongue import code_of, language_of
from sayso.protocol.commands import ReportOptions
from sayso.protocol.evidence import FeedbackUse, Finding, Source
from sayso.protocol.items import SearchLimits
from sayso.protocol.record import RecordHead
from sayso.protocol.report import Approval, Parent, Report
from sayso.protocol.usage import StageUsage
from sayso.report.about import BELOW, NAMES, says_just, why_about
from sayso.report.text_decision import TextDecision
from sayso.research.source import Passage
from sayso.wishes.feedback import Feedback
from sayso.writers.port import Assignment, Query

Disposition = Literal["kept", "dropped", "aside"]
"""What became of a finding that was shown. `aside`: a human passed over it; it comes back by a `keep`, or if a bare
"no" found nothing new. `dropped`: it never comes back."""


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
    """What kept evidence away; what was searched for in vain are the gaps."""


class ReportState(BaseModel):
    """The one state of a run, in `ctx.store`. Steps may run twice after a crash, so every step assigns what belongs to
    its round instead of adding to it."""

    question: str = ""
    """What is researched; in a revision, the question of the report that is revised."""
    options: ReportOptions = Field(default_factory=ReportOptions)
    parent: Parent | None = None
    """The report that this run revises. Its approved findings are those of rounds before this run's first."""
    wish: str = ""
    """What a revision is to change."""
    inherited: dict[str, JsonValue] = Field(default_factory=dict)
    """Attachments of the revised report's findings, and of passages that a human added, to keep with this run."""
    first_round: int = 1
    round: int = 0
    feedback: list[Feedback] = Field(default_factory=list)
    """At most one a round, oldest first, as it was given."""
    searches: list[Search] = Field(default_factory=list)
    findings: list[Finding] = Field(default_factory=list)
    """All evidence ever shown, in the order of the ids, each with the round that found it."""
    gaps: list[Finding] = Field(default_factory=list)
    """What was searched for in vain, in the order of the ids; see `report.gaps`."""
    closed: list[str] = Field(default_factory=list)
    """Gaps that evidence has filled since."""
    passages: dict[str, list[str]] = Field(default_factory=dict)
    """`Finding.id` to the passages that its quotes were taken from, one for each quote."""
    topics: dict[str, str] = Field(default_factory=dict)
    """`Finding.id` to the topic it was found under."""
    covers: dict[str, list[str]] = Field(default_factory=dict)
    """`Finding.id` to further topics that it answers."""
    verdicts: dict[str, Disposition] = Field(default_factory=dict)
    reasons: dict[str, str] = Field(default_factory=dict)
    """Why findings were dropped, where that was said."""
    left_out_before: list[str] = Field(default_factory=list)
    abbreviations: dict[str, str] = Field(default_factory=dict)
    """What the documents that were read say abbreviations stand for."""
    limits_before: SearchLimits | None = None
    """What held for the report that is revised."""
    dropped_in: dict[str, int] = Field(default_factory=dict)
    """Findings that a human dropped, and the round whose review they were dropped in."""
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
    usage: list[StageUsage] = Field(default_factory=list)
    """What a model was asked. A step that ran twice has asked twice, so this adds up."""
    approval: Approval | None = None
    note: str = ""
    """What the approver asked of the writer."""
    rewrites: dict[str, str] = Field(default_factory=dict)
    """What was asked for when a finished text was rejected, by the `seq` of its review, oldest first."""
    record: RecordHead | None = None
    """The run's record up to the last decision."""
    edits: dict[str, TextDecision] = Field(default_factory=dict)
    """What was decided about its units then, in the same way."""
    earlier: list[str] = Field(default_factory=list)
    """The units of the report that this run revises, by their texts."""
    rejected: Report | None = None
    """The text that was rejected last."""
    report: Report | None = None
    """The finished text that a human is asked about; from then on every decision is about a text."""

    def assignment(self) -> Assignment:
        """What the writer needs to know for this round."""
        earlier = [finding for finding in self.findings if finding.round < self.round]
        return Assignment(
            question=self.question,
            round=self.round,
            feedback=[
                Feedback(round=item.round, text="\n".join(item.searches()), by=item.by)
                for item in self.feedback
                if item.round < self.round
            ],
            kept=[finding for finding in earlier if self.verdicts.get(finding.id) == "kept"],
            dropped=[finding for finding in earlier if self.verdicts.get(finding.id) != "kept"],
            searched=[search.query.text for search in self.searches if search.round < self.round],
            leave_out=self.unsayable(),
        )

    @property
    def language(self) -> str:
        """The language that the report is to be in, as a code: what was asked for by name, or that of the question."""
        return code_of(self.options.language or "") or language_of(self.question)

    def latest(self) -> Feedback | None:
        """The feedback on the round before."""
        return next((item for item in self.feedback if item.round == self.round - 1), None)

    def left_out(self) -> list[str]:
        """What nothing may speak of, as it was said, oldest first."""
        said = [*self.left_out_before, *(each for item in self.feedback for each in item.read.leave_out)]
        return list(dict.fromkeys([*said, *(self.approval.left_out if self.approval else [])]))

    def limits(self) -> SearchLimits | None:
        """What the search is limited to: the limits given last."""
        given = (item.read.limits for item in reversed(self.feedback))
        return next((each for each in given if each is not None), self.limits_before)

    def may_say(self, text: str) -> bool:
        """Whether `text` names nothing that was left out."""
        return not any(Mention.of(each).named_in(text) for each in self.unsayable())

    def may_show(self, finding: Finding) -> bool:
        """Whether `finding` is about nothing that was left out."""
        return not any(why_about(each, finding) for each in self.unsayable())

    def went_with_what_was_left_out(self, id: str) -> bool:
        """Whether a finding went because it was about that, and not because a human dropped it."""
        return self.reasons.get(id, "").startswith((NAMES, BELOW))

    def may_stand_below(self, heading: str | None) -> bool:
        """Whether what stands below `heading` is about something else than what was left out."""
        return not any(says_just(each, heading) for each in self.unsayable())

    def unsayable(self) -> list[str]:
        """What was left out, by all names that it has."""
        left_out = self.left_out()
        return [*left_out, *other_names(tuple(left_out), tuple(self.abbreviations.items()))]

    def shown(self) -> list[Finding]:
        """The evidence of the open review: what was kept from earlier rounds, then that of this round."""
        kept = [
            finding.model_copy(update={"state": "kept"})
            for finding in self.findings
            if finding.round < self.round and self.verdicts.get(finding.id) == "kept"
        ]
        return kept + [finding for finding in self.findings if finding.round == self.round]

    def open_gaps(self) -> list[Finding]:
        """What is still not found, without what a human dropped or left out."""
        return [
            gap.model_copy(update={"state": "kept" if gap.round < self.round else "new"})
            for gap in self.gaps
            if gap.id not in self.closed and self.verdicts.get(gap.id) != "dropped" and self.may_say(gap.claim)
        ]

    def aside(self) -> list[Finding]:
        """What is set aside, and may be named: a `keep` brings it back."""
        return [each for each in self.findings if self.verdicts.get(each.id) == "aside" and self.may_say(each.claim)]

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
    """The evidence is approved, or the finished text was rejected; write."""
