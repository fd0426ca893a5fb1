"""A report as its readers see it: in order, in words, with text that every format can carry."""

from dataclasses import dataclass

from sayso.exports import wording
from sayso.exports.text import clean, one_line, web_address
from sayso.protocol.evidence import Quote
from sayso.protocol.report import Report, ReportSource, Sentence


@dataclass(frozen=True)
class Approved:
    who: str
    """`Evidence approved by Ada`."""
    when: str
    """`2026-11-22 14:06 UTC: 8 of 9 findings, round 2`."""
    note: str
    """What the approver asked of the writer."""


@dataclass(frozen=True)
class Cited:
    """A sentence and the sources that it cites."""

    text: str
    citations: list[int]


@dataclass(frozen=True)
class Part:
    heading: str
    sentences: list[Cited]


@dataclass(frozen=True)
class Disagreement:
    why: str
    claims: list[Cited]


@dataclass(frozen=True)
class Excerpt:
    """A verbatim quote, cut at the sentence that carries the claim. Only `before` has text when none is marked."""

    before: str
    marked: str
    after: str
    place: str

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
    figures: list[str]
    note: str
    summary: list[Cited]
    sections: list[Part]
    conflicts: list[Disagreement]
    not_found: list[str]
    sources: list[Listed]
    removed: list[tuple[str, str]]
    """Sentence and reason."""
    made: list[str]


def view(report: Report) -> ReportView:
    """All that the formats for readers show of a report."""
    body = [*report.summary, *(sentence for section in report.sections for sentence in section.sentences)]
    cited = {number for sentence in body for number in sentence.citations}
    return ReportView(
        title=one_line(report.title) or "Report",
        question=one_line(wording.question(report)),
        revises=one_line(f"Revises “{report.parent.title}”, run {report.parent.run_id}") if report.parent else "",
        approvals=[
            Approved(one_line(wording.approved_by(each)), wording.approved_when(each), one_line(each.note))
            for each in report.approvals
        ],
        figures=wording.figures(report),
        note=one_line(wording.note(report)),
        summary=_cited(report.summary),
        sections=[Part(one_line(each.heading), _cited(each.sentences)) for each in report.sections],
        conflicts=_conflicts(report),
        not_found=[one_line(line) for line in report.not_found],
        sources=[_listed(source, cited) for source in report.sources],
        removed=[(one_line(each.text), one_line(each.why)) for each in report.removed],
        made=[one_line(line) for line in wording.made(report)],
    )


def _cited(sentences: list[Sentence]) -> list[Cited]:
    return [Cited(one_line(sentence.text), sentence.citations) for sentence in sentences]


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
        quotes=[_excerpt(quote, source) for quote in quotes],
    )


def _excerpt(quote: Quote, source: ReportSource) -> Excerpt:
    start, end = quote.marked or (len(quote.text), len(quote.text))
    where = "" if quote.place == source.place else wording.place(quote.place, source.title)
    text = quote.text
    return Excerpt(clean(text[:start]), clean(text[start:end]), clean(text[end:]), one_line(where))
