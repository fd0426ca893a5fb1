"""A workflow whose report has a block of each kind: what it says is in `DOCUMENT`, and nothing was searched."""

from typing import Any

from workflows import Context, Workflow, step
from workflows.events import StartEvent

from sayso.events import DecisionEvent, DraftEvent, ResultEvent, ReviewEvent
from sayso.exports.markdown import report_markdown
from sayso.gate.check import check
from sayso.protocol.decisions import DECISION_SCHEMA
from sayso.protocol.evidence import Finding, Place, Quote, Source
from sayso.protocol.report import Approval, Block, Report, Section, Sentence
from sayso.protocol.review import ReviewData
from sayso.report.markdown import review_markdown
from sayso.writers.drafted import pieces
from sayso.writers.port import DraftReport, WritingBrief

HEADER = "Plan | Seats | Storage | Support | Retention of backups | Price per month"
ROWS = [
    "Free | 1 | 5 GB | community_forum_only | 7 days | 0 €",
    "Pro | 5 | 100 GB | answer_within_one_working_day | 30 days | 12 €",
    "Team | 50 | 2,000 GB | answer_within_one_hour_day_and_night | 365 days | 79 €",
]
HOURS = ["Monday: closed", "Saturday: 10:00 to 14:00", "Sunday: 11:00 to 13:00"]
STEPS = ["Write to the desk.", "Wait for the letter.", "Bring the letter along."]
CODE = 'async function load(url) {\n  const answer = await fetch(url, { cache: "no-store" });\n\n  return answer;\n}'
LONG = "curl --silent --fail --location --header 'Accept: application/json' https://example.org/" + "x" * 90


def _quote(kind: Any, text: str, lead: str | None = None, marked: str = "") -> Quote:
    start = text.index(marked) if marked else 0
    span = (start, start + len(marked or text))
    return Quote(text=text, source="s1", kind=kind, marked=span, place=Place(heading="Handbook", lead=lead))


QUOTES = [
    *(_quote("row", f"{ROWS[0]}\n{row}", HEADER, row) for row in ROWS),
    *(_quote("item", hour, "The library is open:") for hour in HOURS),
    *(_quote("item", each, "To get a card:") for each in STEPS),
    _quote("answer", "About eleven hours at full brightness.", "How long does the lamp last?"),
    _quote("definition", "A lock that everybody waits for.", "exclusive lock"),
    *(_quote("code", text, "A request that is never cached:") for text in (CODE, LONG)),
]
BRIEF = WritingBrief(
    question="What are the plans?",
    findings=[
        Finding(id=f"f{n}", claim=f"A claim on {quote.kind} {n}.", topic="Plans", quotes=[quote])
        for n, quote in enumerate(QUOTES, start=1)
    ],
    sources=[Source(id="s1", kind="library", title="Handbook", uri="handbook.md")],
    numbers={"s1": 1},
)
UNITS = [
    *("The lamp lasts about eleven hours at full brightness.", "A lock that everybody waits for."),
    *("The library is open:", *HOURS, "To get a card:", *STEPS),
    *(*ROWS, "A request that is never cached:", CODE, LONG),
]
BLOCKS = [
    Block(units=[0, 1]),
    Block(kind="list", lead=2, units=[3, 4, 5]),
    Block(kind="list", lead=6, units=[7, 8, 9], ordered=True),
    Block(kind="table", units=[10, 11, 12], header=HEADER.split(" | ")),
    Block(kind="code", lead=13, units=[14, 15], language="js"),
]
TABLE = Block(kind="table", units=[0, 1], header=HEADER.split(" | "))


def written() -> Report:
    """The report as the check leaves it."""
    units = [Sentence(text=text, citations=[1]) for text in UNITS]
    body = Section(heading="Plans", sentences=units, blocks=BLOCKS)
    draft = DraftReport(title="Plans", summary=units[10:12], summary_blocks=[TABLE], sections=[body])
    checked = check(draft, BRIEF)
    return Report(
        title="Plans and hours of the library",
        question=BRIEF.question,
        writer="extractive",
        summary=checked.summary,
        summary_blocks=checked.summary_blocks,
        sections=checked.sections,
        sources=checked.sources,
        findings=BRIEF.findings,
        removed=checked.removed,
        changed=checked.changed,
        gate=checked.gate,
    )


class InBlocks(Workflow):
    """A report in blocks"""

    @step
    async def ask(self, ev: StartEvent) -> ReviewEvent:
        review = ReviewData(
            kind="research_review",
            question=BRIEF.question,
            findings=BRIEF.findings,
            sources=BRIEF.sources,
            response_schema=DECISION_SCHEMA,
        )
        return ReviewEvent(payload=review_markdown(review), review=review)

    @step
    async def write(self, ctx: Context, ev: DecisionEvent) -> ReviewEvent | ResultEvent:
        report = written()
        asked: dict[str, Any] | None = await ctx.store.get("asked", default=None)
        if asked is None:
            approval = Approval(by=ev.by, at=ev.at, round=1, kept=[each.id for each in BRIEF.findings], dropped=[])
            report.approvals.append(approval)
            await ctx.store.set("asked", report.model_dump(mode="json"))
            for section in report.sections:
                for piece in pieces(section.sentences, section.blocks):
                    ctx.write_event_to_stream(DraftEvent(text=piece, section=section.heading))
            review = ReviewData(
                kind="report_review", question=BRIEF.question, report=report, response_schema=DECISION_SCHEMA
            )
            return ReviewEvent(payload=review_markdown(review), review=review)
        report = Report.model_validate(asked)
        report.approvals.append(Approval(kind="report", by=ev.by, at=ev.at, round=1, kept=[], dropped=[]))
        return ResultEvent(payload=report_markdown(report), data=report.model_dump(mode="json"))
