"""The list of sources with their numbers, and which of their quotes each sentence rests on.

A source has one number, given once, in the order in which a human saw the approved findings (`WritingBrief.numbers`).
The writer cites by it, so a draft shows it as it streams; the check takes sentences out and renumbers nothing; report
and exports list every approved source under it. Numbers by first citation would have to wait for the end of the check,
and no draft could have them.
"""

from collections.abc import Iterable

from sayso.gate.quoted import approved
from sayso.language.sentences import split
from sayso.language.terms import stems
from sayso.language.verbatim import stands
from sayso.protocol.evidence import Place, Quote
from sayso.protocol.report import Citation, ReportSource, Sentence
from sayso.writers.port import WritingBrief

_CLOSE = 0.5
"""Share of the best quote's likeness from which another quote of the same source supports a sentence too."""


def listed_sources(brief: WritingBrief) -> list[ReportSource]:
    """The approved sources by their numbers, each with all its approved quotes."""
    listed: list[ReportSource] = []
    for source in sorted(brief.sources, key=lambda source: brief.numbers[source.id]):
        quotes = [quote for quote, _ in _quotes(brief, source.id)]
        listed.append(
            ReportSource(
                n=brief.numbers[source.id],
                id=source.id,
                title=source.title,
                uri=source.uri,
                kind=source.kind,
                date=source.date,
                superseded=source.superseded,
                copies=source.copies,
                origin=source.origin,
                quotes=[quote.text for quote in quotes],
                evidence=quotes,
                place=quotes[0].place if quotes else Place(),
            )
        )
    return listed


def point_out(sentences: Iterable[Sentence], sources: list[ReportSource], brief: WritingBrief) -> None:
    """Fill in each sentence's `id` and its `cited`: for each number the quotes that it rests on, the closest first.

    Args:
        sentences: those of the whole report in reading order.
    """
    quotes = {each.n: _quotes(brief, each.id) for each in sources}
    for at, sentence in enumerate(sentences, start=1):
        sentence.id = f"u{at}"
        sentence.cited = [
            _citation(sentence.original or sentence.text, number, quotes[number]) for number in sentence.citations
        ]


def _citation(text: str, number: int, quotes: list[tuple[Quote, str]]) -> Citation:
    own = stems(text)
    likeness = [max(_likeness(text, own, each) for each in approved(quote)) for quote, _ in quotes]
    best = max(likeness)
    close = [at for at in range(len(quotes)) if likeness[at] >= best * _CLOSE and (best < 1 or likeness[at] >= 1)]
    close.sort(key=lambda at: -likeness[at])
    return Citation(n=number, quotes=close, findings=list(dict.fromkeys(quotes[at][1] for at in close)))


def _likeness(text: str, own: frozenset[str], quote: str) -> float:
    """1 where the sentence stands word for word, else below 1: its share of stems in the closest quoted sentence."""
    if stands(text, quote):
        return 1.0
    shares = [len(own & each.stems) / len(own) for each in split(quote)] if own else []
    return min(0.99, max([*shares, len(own & stems(quote)) / len(own) / 2 if own else 0.0]))


def _quotes(brief: WritingBrief, source: str) -> list[tuple[Quote, str]]:
    """The approved quotes of a source, each once, with the finding it belongs to."""
    seen: dict[str, tuple[Quote, str]] = {}
    for finding in brief.findings:
        for quote in finding.quotes:
            if quote.source == source:
                seen.setdefault(f"{quote.place.offset} {quote.text}", (quote, finding.id))
    return list(seen.values())
