"""A report as its readers see it: in order, in words, with text that every format can carry."""

from collections.abc import Iterable
from dataclasses import dataclass

from sayso.exports import wording
from sayso.exports.approvals import Approved, approved
from sayso.exports.remarks import Remarks, remarks
from sayso.exports.text import clean, code_lines, one_line, one_lines, web_address
from sayso.protocol.blocks import blocks_of, cells
from sayso.protocol.evidence import Quote
from sayso.protocol.report import Block, Report, ReportSource, Sentence


@dataclass(frozen=True)
class Cited:
    """A sentence, an item or code, and the sources that it cites."""

    text: str
    citations: list[int]
    mark: str = ""
    """How it stands to them, in a word; nothing where it is quoted, or nothing is said of it."""


@dataclass(frozen=True)
class Paragraph:
    sentences: list[Cited]
    leads: bool = False
    """Whether it leads into what comes next, and stays with it."""


@dataclass(frozen=True)
class Bullets:
    """A list."""

    items: list[Cited]
    ordered: bool = False


@dataclass(frozen=True)
class Row:
    cells: list[str]
    citations: list[int]
    mark: str = ""


@dataclass(frozen=True)
class Table:
    header: list[str]
    """Empty where it has none."""
    rows: list[Row]
    """Each with as many cells as the others and the header."""


@dataclass(frozen=True)
class Code:
    """Lines as they are, their citations below."""

    code: Cited
    language: str = ""


Shape = Paragraph | Bullets | Table | Code


@dataclass(frozen=True)
class Part:
    heading: str
    blocks: list[Shape]


@dataclass(frozen=True)
class Disagreement:
    why: str
    claims: list[Cited]


@dataclass(frozen=True)
class Excerpt:
    """A verbatim quote, cut at the statement that carries the claim. Only `before` has text when none is marked."""

    before: str
    marked: str
    after: str
    place: str
    lead: str = ""
    """The line that leads into it; none where that is the header of a table."""
    statement: Table | Code | None = None
    """What is marked, where that is a row or code."""

    @property
    def text(self) -> str:
        return self.before + self.marked + self.after


@dataclass(frozen=True)
class Listed:
    """A source in the list of sources."""

    n: int
    title: str
    uri: str
    link: str | None
    about: list[str]
    quotes: list[Excerpt]


@dataclass(frozen=True)
class ReportView:
    title: str
    question: str
    """Empty when the title says the same."""
    revises: str
    approvals: list[Approved]
    closed: str
    """In place of the approvals, where nothing was approved that could have been written from; else empty."""
    figures: list[str]
    note: str
    summary: list[Shape]
    sections: list[Part]
    conflicts: list[Disagreement]
    not_found: list[str]
    sources: list[Listed]
    remarks: list[Remarks]
    made: list[str]


def view(report: Report) -> ReportView:
    """All that the formats for readers show of a report."""
    body = [*report.summary, *(sentence for section in report.sections for sentence in section.sentences)]
    cited = {number for sentence in body for number in sentence.citations}
    return ReportView(
        title=one_line(report.title) or "Report",
        question=one_line(wording.question(report)),
        revises=one_line(f"Revises “{report.parent.title}”, run {report.parent.run_id}") if report.parent else "",
        approvals=[] if report.empty else list(map(approved, report.approvals)),
        closed=one_line(wording.closed(report)) if report.empty else "",
        figures=wording.figures(report),
        note=one_line(wording.note(report)),
        summary=list(_shapes(report.summary, report.summary_blocks)),
        sections=[Part(one_line(each.heading), list(_shapes(each.sentences, each.blocks))) for each in report.sections],
        conflicts=_conflicts(report),
        not_found=[one_line(line) for line in report.not_found],
        sources=[_listed(source, cited) for source in report.sources],
        remarks=remarks(report),
        made=[one_line(line) for line in wording.made(report)],
    )


def _shapes(units: list[Sentence], blocks: list[Block]) -> Iterable[Shape]:
    for block in blocks_of(units, blocks):
        own = [units[at] for at in block.units]
        if block.lead is not None:
            yield Paragraph([_cited(units[block.lead])], leads=True)
        if block.kind == "list":
            yield Bullets(list(map(_cited, own)), block.ordered)
        elif block.kind == "table":
            rows = zip(block.rows, own, strict=True)
            told = [Row(one_lines(each), unit.citations, wording.marked(unit)) for each, unit in rows]
            yield Table(one_lines(block.header), told)
        elif block.kind == "code":
            yield from (
                Code(Cited(code_lines(unit.text), unit.citations, wording.marked(unit)), block.language) for unit in own
            )
        else:
            yield Paragraph(list(map(_cited, own)))


def _cited(unit: Sentence) -> Cited:
    return Cited(one_line(unit.text), unit.citations, wording.marked(unit))


def _conflicts(report: Report) -> list[Disagreement]:
    numbers = {source.id: source.n for source in report.sources}
    claims = {
        finding.id: Cited(
            one_line(finding.claim),
            list(dict.fromkeys(numbers[quote.source] for quote in finding.quotes if quote.source in numbers)),
        )
        for finding in report.findings
    }
    return [
        Disagreement(one_line(each.why), [claims[name] for name in each.findings if name in claims])
        for each in report.conflicts
    ]


def _listed(source: ReportSource, cited: set[int]) -> Listed:
    known = {quote.text: quote for quote in source.evidence}
    quotes = [known.get(text) or Quote(text=text, source=source.id) for text in source.quotes]
    return Listed(
        n=source.n,
        title=one_line(source.title),
        uri=one_line(source.uri),
        link=web_address(source.uri),
        about=[one_line(line) for line in wording.about(source, cited=source.n in cited)],
        quotes=[excerpt(quote, _place(quote, source)) for quote in quotes],
    )


def _place(quote: Quote, source: ReportSource) -> str:
    """Where the quote stands, if the source itself does not say so already."""
    known = quote.place.model_copy(update={"lead": source.place.lead}) == source.place
    return "" if known else one_line(wording.place(quote.place, source.title))


def excerpt(quote: Quote, place: str = "") -> Excerpt:
    """A quote as what it is.

    Args:
        place: what to say of where it stands.
    """
    text, lead = quote.text, one_line(quote.place.lead or "")
    start, end = quote.marked or ((0, len(text)) if quote.kind == "code" else (len(text), len(text)))
    statement: Table | Code | None = None
    if quote.kind == "code":
        # The marked lines begin where their line does.
        start -= len(text[:start]) - len(text[:start].rstrip(" \t"))
        statement = Code(Cited(code_lines(text[start:end]), []))
    elif quote.kind == "row" and text[start:end].strip():
        statement = _marked_row(text[start:end], lead)
    return Excerpt(
        before=clean(text[:start]),
        marked=clean(text[start:end]),
        after=clean(text[end:]),
        place=place,
        lead="" if isinstance(statement, Table) else lead,
        statement=statement,
    )


def _marked_row(text: str, lead: str) -> Table:
    unit = Sentence(text=one_line(text), citations=[])
    [block] = blocks_of([unit], [Block(kind="table", units=[0], header=cells(lead) if lead else [])])
    return Table(one_lines(block.header), [Row(one_lines(block.rows[0]), [])])
