"""From a writer's candidates to findings: ids, quotes with their place, and nothing that was shown before.

A finding quotes its own sentence first, then sentences of other documents that say the same, at most `MAX_QUOTES` in
all. What is the same text in another document (`report.copies`) is no further source: its address is noted in
`Source.copies` of the one that is quoted, which is that of the better candidate.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sayso.gate.claimed import claim_and_mark, say_the_same
from sayso.language.sameness import Said, agrees
from sayso.language.sentences import readable
from sayso.protocol.evidence import Finding, Quote, Source
from sayso.report.copies import same_text
from sayso.report.independence import independent
from sayso.report.quoting import Document, ShownQuotes
from sayso.report.state import ReportState
from sayso.report.strength import strength
from sayso.research.source import Passage
from sayso.writers.port import Candidate, Carrier

MAX_FINDINGS = 16
"""New findings of one round: as many as words find, and what a model adds to them."""
MAX_QUOTES = 4
"""Quotes of one finding."""


@dataclass
class _Fresh:
    """A finding of this round in the making."""

    id: str
    candidate: Candidate
    quotes: list[Quote]
    carriers: list[Carrier]
    """What the quotes were cut from, in their order."""

    @property
    def said(self) -> Said:
        return Said.of(_marked(self.candidate))


@dataclass
class _Round:
    """The findings of one round as they come together."""

    shown: ShownQuotes
    sources: list[Source]
    first_id: int
    fresh: list[_Fresh] = field(default_factory=list)
    covers: dict[str, list[str]] = field(default_factory=dict)
    """By finding, topics of candidates that its quote holds."""
    copies: dict[Document, set[str]] = field(default_factory=dict)
    """By quoted document, the addresses of others that hold the same text."""

    def open(self, candidate: Candidate) -> bool:
        """A new finding, if the candidate tells something new."""
        quote = self.shown.quote(candidate, self._id(candidate.passage))
        if quote is None and (home := self.shown.told_in(candidate)):
            self.covers.setdefault(home, []).append(candidate.topic)
        if quote is None or len(self.fresh) == MAX_FINDINGS:
            return False
        fresh = _Fresh(f"f{self.first_id + len(self.fresh)}", candidate, [], [])
        self.fresh.append(fresh)
        self._attach(fresh, candidate, quote)
        return True

    def support(self, fresh: _Fresh, carrier: Carrier) -> None:
        """A further quote, if the carrier is a source of its own."""
        document = _document(carrier.passage)
        if any(document == _document(other.passage) for other in fresh.carriers):
            return
        if self.note_copy(fresh, carrier) or len(fresh.quotes) == MAX_QUOTES:
            return
        if any(self._copied(document, _document(other.passage)) for other in fresh.carriers):
            return
        quote = self.shown.quote(carrier, self._id(carrier.passage), beside=fresh.id)
        if quote is not None and say_the_same(fresh.quotes[0], quote):
            self._attach(fresh, carrier, quote)

    def note_copy(self, fresh: _Fresh, carrier: Carrier) -> bool:
        """Whether the carrier is the same text as one that the finding quotes from another document."""
        document = _document(carrier.passage)
        for other in fresh.carriers:
            quoted = _document(other.passage)
            if document != quoted and same_text(other, carrier):
                self.copies.setdefault(quoted, set()).add(document[1])
                return True
        return False

    def preferred(self, candidate: Candidate) -> Candidate:
        """The candidate, from a document that is quoted already if that holds the same text."""
        quoted = {(source.kind, source.uri) for source in self.sources}
        if _document(candidate.passage) in quoted:
            return candidate
        for other in candidate.also:
            if _document(other.passage) in quoted and same_text(candidate, other):
                also = [Carrier(passage=candidate.passage, marked=candidate.marked), *candidate.also]
                claim = candidate.claim if candidate.claim != _marked(candidate) else _marked(other)
                return candidate.model_copy(
                    update={"passage": other.passage, "marked": other.marked, "claim": claim, "also": also}
                )
        return candidate

    def _copied(self, one: Document, other: Document) -> bool:
        return one[1] in self.copies.get(other, ()) or other[1] in self.copies.get(one, ())

    def _attach(self, fresh: _Fresh, carrier: Carrier, quote: Quote) -> None:
        passage = carrier.passage
        if all(source.id != quote.source for source in self.sources):
            title = " ".join(passage.title.split()) or passage.uri
            self.sources.append(
                Source(
                    id=quote.source,
                    kind=passage.kind,
                    title=title,
                    uri=passage.uri,
                    date=passage.date,
                    origin=passage.origin,
                )
            )
        self.shown.add(quote, _document(passage), fresh.id)
        fresh.quotes.append(quote)
        fresh.carriers.append(carrier)

    def _id(self, passage: Passage) -> str:
        known = (source.id for source in self.sources if (source.kind, source.uri) == _document(passage))
        return next(known, f"s{len(self.sources) + 1}")


def add_findings(state: ReportState, candidates: list[Candidate], superseded: frozenset[str] = frozenset()) -> None:
    """Give this round's candidates their ids and set `findings`, `topics` and `sources`; safe to run again.

    Findings of earlier rounds stay as they were shown. A candidate that says what a finding of this round says already
    is a further quote of that one, if it is a source of its own.

    Args:
        superseded: addresses of documents that hold no more (`sayso.research.versions`).
    """
    earlier = [finding for finding in state.findings if finding.round < state.round]
    quoted = {quote.source for finding in earlier for quote in finding.quotes}
    sources = [source for source in state.sources if source.id in quoted]
    shown = ShownQuotes.of(earlier, sources, _freed(state, earlier))
    making = _Round(shown, sources, 1 + sum(each.kind == "evidence" for each in earlier))
    for candidate in candidates:
        making.shown.reserve(candidate)
    passages: dict[str, Passage] = {}
    rest: list[Candidate] = []
    for candidate in candidates:
        first = passages.setdefault(candidate.passage.text, candidate.passage)
        if _document(first) != _document(candidate.passage):
            # The same passage of two documents is quoted from the one that came first.
            making.copies.setdefault(_document(first), set()).add(candidate.passage.uri)
            candidate = candidate.model_copy(update={"passage": first})
        candidate = making.preferred(candidate)
        if not making.open(candidate):
            rest.append(candidate)
    agreeing = [(fresh, [*fresh.candidate.also, *_agreeing(fresh, rest)]) for fresh in making.fresh]
    # All copies are known before the first further source is counted.
    for fresh, carriers in agreeing:
        for carrier in [*carriers, *rest]:
            making.note_copy(fresh, carrier)
    for fresh, carriers in agreeing:
        for carrier in carriers:
            making.support(fresh, carrier)
    state.findings = earlier + [_finding(fresh, making.sources, state) for fresh in making.fresh]
    state.topics = {**state.topics, **{fresh.id: fresh.candidate.topic for fresh in making.fresh}}
    covers = {each.id: [*each.candidate.covers, *making.covers.get(each.id, [])] for each in making.fresh}
    state.covers = {**state.covers, **covers}
    state.sources = _known(making, superseded)


def _freed(state: ReportState, earlier: list[Finding]) -> set[str]:
    """Which findings went with what was left out: they take nothing along that is not about it."""
    return {each.id for each in earlier if state.went_with_what_was_left_out(each.id)}


def backed(candidates: Sequence[Candidate], passages: Sequence[Passage]) -> list[Candidate]:
    """The candidates that rest on `passages`: only what a source gave is evidence, whatever a writer hands back."""
    given = {passage.key: passage for passage in passages}
    return [
        each.model_copy(
            update={
                "passage": given[each.passage.key],
                "also": [other for other in each.also if other.passage.key in given],
            }
        )
        for each in candidates
        if each.passage.key in given
    ]


def _agreeing(fresh: _Fresh, rest: list[Candidate]) -> list[Carrier]:
    """What carries candidates that make the same claim and so are no findings of their own."""
    said = fresh.said
    return [
        carrier
        for candidate in rest
        if agrees(Said.of(_marked(candidate)), said)
        for carrier in (candidate, *candidate.also)
    ]


def _finding(fresh: _Fresh, sources: list[Source], state: ReportState) -> Finding:
    match = max(0.0, min(1.0, fresh.candidate.match))
    quoted = {quote.source for quote in fresh.quotes}
    agreeing = independent([source for source in sources if source.id in quoted])
    claim, mark = claim_and_mark(fresh.candidate.claim, fresh.quotes[0], state.language, state.question)
    return Finding(
        id=fresh.id,
        claim=claim,
        mark=mark,
        by_words=fresh.candidate.by_words,
        topic=fresh.candidate.topic,
        round=state.round,
        strength=strength(agreeing, match),
        agreeing=agreeing,
        match=match,
        near=fresh.candidate.near,
        quotes=fresh.quotes,
    )


def _known(making: _Round, superseded: frozenset[str]) -> list[Source]:
    """The sources, with what the documents that were read tell of them."""
    own = {source.uri for source in making.sources}
    return [
        source.model_copy(
            update={
                "copies": sorted({*source.copies, *making.copies.get((source.kind, source.uri), ())} - own),
                "superseded": source.superseded or source.uri in superseded,
            }
        )
        for source in making.sources
    ]


def _marked(carrier: Carrier) -> str:
    return readable(carrier.passage.text[slice(*carrier.marked)])


def _document(passage: Passage) -> Document:
    return passage.kind, passage.uri
