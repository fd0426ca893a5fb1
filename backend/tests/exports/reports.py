"""Reports to export: one with everything in it, and any number of hostile ones."""

from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

from exports.hostile import hostile_text
from sayso.protocol.evidence import Conflict, Finding, Place, Quote, Rewording
from sayso.protocol.record import RecordHead
from sayso.protocol.report import (
    Approval,
    Block,
    Citation,
    Gate,
    Parent,
    RemovedSentence,
    Report,
    ReportSource,
    Section,
    Sentence,
    Unused,
)
from sayso.protocol.usage import StageUsage, Usage

AT = datetime(2026, 11, 22, 14, 6, 7, 890_123, tzinfo=UTC)


def sentence(text: str, *numbers: int) -> Sentence:
    return Sentence(text=text, citations=list(numbers), cited=[Citation(n=n, quotes=[0]) for n in numbers])


def source(n: int, title: str, uri: str, quote: str, marked: tuple[int, int] | None = None) -> ReportSource:
    place = Place(heading="Part › Chapter", page=7)
    evidence = Quote(text=quote, source=f"s{n}", marked=marked, place=place)
    return ReportSource(n=n, id=f"s{n}", title=title, uri=uri, quotes=[quote], evidence=[evidence], place=place)


def full() -> Report:
    """A report with a value in every field that readers see."""
    lock = "It takes an exclusive lock. Nothing else can use the table meanwhile."
    return Report(
        title="VACUUM FULL and its lock",
        question="When does VACUUM FULL lock a table?",
        writer="llm",
        model="some-model-7b",
        note="The model was slow.",
        summary=[sentence("The table is locked.", 1)],
        sections=[
            Section(heading="What it locks", sentences=[sentence("An exclusive lock is taken.", 1, 2)]),
            Section(heading="日本語の資料", sentences=[sentence("テーブルは骨まで鍵が掛かる。", 2)]),
        ],
        sources=[
            source(1, "Vacuum", "https://example.org/vacuum?a=1&b=2", lock, (0, 27)),
            source(2, "手引き", "手引き.md", "テーブルは鍵が掛かる。次の文。", (0, 11)).model_copy(
                update={"date": "2024-05-17", "superseded": True, "copies": ["copies/one.md", "copies/two.md"]}
            ),
        ],
        conflicts=[Conflict(findings=["f1", "f2"], why="They disagree on the lock.")],
        not_found=["No evidence on maintenance windows was found."],
        approvals=[
            Approval(by="Ada", at=AT, round=2, kept=["f1", "f2"], dropped=["f777"], note="Be brief.", show_note=True),
            Approval(kind="report", by="Grace", at=AT, round=2, kept=[], dropped=[]),
        ],
        findings=[
            Finding(
                id="f1",
                claim="It locks.",
                quotes=[Quote(text=lock, source="s1")],
                reworded=Rewording(by="Grace", at=AT, was="It takes a lock."),
            ),
            Finding(id="f2", claim="It does not lock.", quotes=[Quote(text="x", source="s2")]),
        ],
        searched=["table lock", "exclusive lock"],
        rounds=2,
        removed=[RemovedSentence(text="It is always fast.", why="no quote supports it")],
        gate=Gate(sentences=2, supported=2, removed=1, citations_removed=3, quotes=4, quotes_removed=1, judged=2),
        usage=Usage(
            stages=[
                StageUsage(stage="write", round=2, calls=3, prompt_tokens=12_345, completion_tokens=678, seconds=9)
            ],
            price_in=2,
            price_out=10,
        ),
        parent=Parent(run_id="run-before", title="An earlier report"),
        unused=[Unused(finding="f2", claim="It does not lock.", why="The writer did not use it.")],
        record=RecordHead(links=5, head="ab" * 32),
    )


SCRIPT = 'def wait(`tick`):\n    while True:\n        print("a | b  <b>")\n\n    # ```` 直'

ROWS = [["Free", "1 seat | 2 on Sundays", "0 €"], ["Pro", "", "12 €"]]


def in_blocks() -> Report:
    """A report with a list, a numbered list, a table and code in its body, another list and table in its summary, and
    evidence of each kind."""
    table = [sentence(" | ".join(row), 1, 2) for row in ROWS]
    evidence = [
        *(("row", "Free | 1 seat | 0 €\nPro | 5 seats | 12 €", (20, 40), "Plan | Seats | Price"),),
        *(
            ("item", "Saturday: 10:00 to 14:00", (0, 24), "Opening hours"),
            ("answer", "About eleven.", None, "How long?"),
        ),
        *(("definition", "A lock that all wait for.", (0, 25), "exclusive"), ("code", SCRIPT, None, "Like this:")),
    ]
    quotes = [
        Quote(text=text, source="s1", kind=kind, marked=marked, place=Place(heading="Part", lead=lead))
        for kind, text, marked, lead in evidence
    ]
    report = full()
    first = report.sources[0].model_copy(update={"quotes": [quote.text for quote in quotes], "evidence": quotes})
    body = Section(
        heading="Plans",
        sentences=[
            *(sentence("Anyone may come.", 1), sentence("These are the hours:", 1)),
            *(sentence("Saturday: 10:00 to 14:00", 1), sentence("1. not a number", 2)),
            *(sentence("First this.", 1), sentence("Then that.", 2)),
            *(sentence("The plans are these:", 2), *table),
            *(sentence("It goes like this:", 1), sentence(SCRIPT, 1, 2)),
            sentence("Alone again.", 1),
        ],
        blocks=[
            Block(units=[0]),
            Block(kind="list", lead=1, units=[2, 3]),
            Block(kind="list", units=[4, 5], ordered=True),
            Block(kind="table", lead=6, units=[7, 8], header=["Plan", "", "Price"], rows=ROWS),
            Block(kind="code", lead=9, units=[10], language="python"),
        ],
    )
    return report.model_copy(
        update={
            "summary": [sentence("Come on Saturday.", 1), *table],
            "summary_blocks": [Block(kind="list", units=[0]), Block(kind="table", units=[1, 2], rows=ROWS)],
            "sections": [body],
            "sources": [first, report.sources[1]],
        }
    )


SAID = [
    "VACUUM FULL and its lock",
    "When does VACUUM FULL lock a table?",
    "Evidence approved by Ada",
    "2026-11-22 14:06 UTC: 2 of 3 findings, round 2",
    "Be brief.",
    "Report approved by Grace",
    "2 sentences, all supported",
    "1 removed by the check",
    "3 citations removed",
    "4 quotes verified word for word",
    "1 quote not found in the source and left out",
    "2 judged by a model too",
    "2 sources",
    "2 rounds",
    "The model was slow.",
    "Revises “An earlier report”, run run-before",
    "Summary",
    "The table is locked.",
    "What it locks",
    "An exclusive lock is taken.",
    "[1][2]",
    "日本語の資料",
    "テーブルは骨まで鍵が掛かる。",
    "Where the evidence disagrees",
    "They disagree on the lock.",
    "It does not lock.",
    "Not found",
    "No evidence on maintenance windows was found.",
    "Sources",
    "https://example.org/vacuum?a=1&b=2",
    "dated 2024-05-17",
    "superseded",
    "same text in copies/one.md, copies/two.md",
    "Part › Chapter › page 7",
    "It takes an exclusive lock. Nothing else can use the table meanwhile.",
    "テーブルは鍵が掛かる。次の文。",
    "Removed by the check",
    "It is always fast.",
    "no quote supports it",
    "Written by a language model, some-model-7b.",
    "Searched for: table lock · exclusive lock.",
    "A model was asked 3 times: 12,345 tokens in, 678 tokens out, 9.0 s, cost 0.0315.",
]
"""What every format for readers says of it."""


def nothing() -> Report:
    """A run in which nothing was approved."""
    return Report(title="Nothing", question="Nothing?", writer="extractive", sections=[], sources=[])


def many(count: int = 200) -> Report:
    """A report with many sources, each cited with the one before."""
    sentences = [sentence(f"Sentence {n} stands.", *([n - 1, n] if n > 1 else [n])) for n in range(1, count + 1)]
    return Report(
        title="Many sources",
        question="Many?",
        writer="extractive",
        sections=[Section(heading="All", sentences=sentences)],
        sources=[
            source(n, f"Document {n}", f"folder/{n}.md", f"Quote number {n}.", (0, 5)) for n in range(1, count + 1)
        ],
        gate=Gate(sentences=count, supported=count),
    )


KINDS: st.SearchStrategy[Any] = st.sampled_from(["sentence", "item", "row", "answer", "definition", "code"])


@st.composite
def hostile_section(draw: st.DrawFn) -> Section:
    """Lists, tables and code with hostile text, some of their indexes wrong."""
    text = hostile_text()
    width = draw(st.integers(1, 22))
    rows = [[draw(text) for _ in range(min(width, 3))] + [""] * max(0, width - 3) for _ in range(2)]
    return Section(
        heading="Blocks",
        sentences=[sentence(draw(text), 1), sentence(draw(text), 1), *(sentence(" | ".join(row), 1) for row in rows)],
        blocks=[
            Block(kind="code", lead=9, units=[0, 77], language=draw(st.sampled_from(["sql", ""]))),
            Block(kind="list", lead=3, units=[1, 0], ordered=draw(st.booleans())),
            Block(kind="table", units=[2, 3], header=draw(st.just([]) | st.just(rows[0])), rows=rows),
        ],
    )


@st.composite
def hostile_reports(draw: st.DrawFn) -> Report:
    """Hostile text in every field that comes from people, models or documents."""
    text = hostile_text()
    quote = draw(hostile_text(min_size=1))
    kind = draw(KINDS)
    # A statement that is set apart from what stands around it begins and ends with its letters.
    start = 0 if kind in ("row", "code") else draw(st.integers(0, len(quote)))
    end = len(quote) if kind in ("row", "code") else draw(st.integers(start, len(quote)))
    return Report(
        title=draw(text),
        question=draw(text),
        writer="llm",
        model=draw(text),
        note=draw(text),
        summary=[sentence(draw(text), 1)],
        sections=[
            Section(heading=draw(text), sentences=[sentence(draw(text), 1), sentence(draw(text), 9)]),
            draw(hostile_section()),
        ],
        sources=[
            ReportSource(
                n=1,
                id="s1",
                title=draw(text),
                uri=draw(st.one_of(text, text.map("https://example.org/".__add__))),
                date=draw(text),
                copies=[draw(text)],
                quotes=[quote],
                evidence=[
                    Quote(
                        text=quote,
                        source="s1",
                        kind=kind,
                        marked=(start, end),
                        place=Place(heading=draw(text), page=3, lead=draw(st.none() | text)),
                    ),
                ],
            )
        ],
        conflicts=[Conflict(findings=["f1", "f9"], why=draw(text))],
        findings=[
            Finding(
                id="f1",
                claim=draw(text),
                quotes=[Quote(text=quote, source="s1")],
                reworded=Rewording(by=draw(text), at=AT, was=draw(text)),
            )
        ],
        not_found=[draw(text)],
        approvals=[
            Approval(by=draw(text), at=AT, round=1, kept=["f1"], dropped=[], note=draw(text), show_note=True),
            Approval(kind="report", by=draw(text), at=AT.replace(tzinfo=None), round=1, kept=[], dropped=[]),
        ],
        removed=[RemovedSentence(text=draw(text), why=draw(text))],
        parent=Parent(run_id=draw(text), title=draw(text)),
        unused=[Unused(finding="f2", claim=draw(text), why=draw(text))],
    )


def texts(report: Report) -> list[str]:
    """All its text that comes from outside and that readers see."""
    one = report.sources[0]
    heading = one.evidence[0].place.heading or ""
    return [
        *(report.title, report.model or "", report.note),
        *(each.text for each in [*report.summary, *report.sections[0].sentences, *report.sections[1].sentences[:2]]),
        *(report.sections[0].heading, one.title, one.uri, one.date or "", *one.copies, *one.quotes),
        *([heading] if heading != one.title else []),
        *(report.conflicts[0].why, report.findings[0].claim, *report.not_found),
        *(each.by for each in report.approvals),
        *(report.approvals[0].note, report.removed[0].text, report.removed[0].why),
        *(each.reworded.was for each in report.findings if each.reworded),
        *(part for each in report.unused for part in (each.claim, each.why)),
    ]
