"""From a writer's candidates to findings: ids, quotes with their place, and nothing that was shown before."""

from dataclasses import dataclass, field

from sayso.protocol.evidence import Finding, Place, Quote, Source
from sayso.report.state import ReportState
from sayso.research.source import Passage
from sayso.writing.sentences import contains, readable, split
from sayso.writing.terms import alike, stems
from sayso.writing.writer import Candidate

MAX_FINDINGS = 10
"""New findings of one round."""
QUOTE_WORDS = 70
"""A quote grows by whole sentences around the marked one to about this many words."""


@dataclass
class _Used:
    """A stretch of a document that was shown, and the text of its marked sentence."""

    document: tuple[str, str]
    start: int
    end: int
    text: str
    marked: str


@dataclass
class Ledger:
    """What was shown in a run so far. Says whether a candidate is new and cuts its quote so that two quotes never
    share text: what is dropped with one finding must not come back inside another."""

    used: list[_Used] = field(default_factory=list)

    @classmethod
    def of(cls, findings: list[Finding], sources: list[Source]) -> "Ledger":
        documents = {source.id: (source.kind, source.uri) for source in sources}
        ledger = cls()
        for finding in findings:
            for quote in finding.quotes:
                ledger.add(quote, documents[quote.source])
        return ledger

    def add(self, quote: Quote, document: tuple[str, str]) -> None:
        start = quote.place.offset or 0
        first, last = quote.marked or (0, len(quote.text))
        self.used.append(_Used(document, start, start + len(quote.text), quote.text, readable(quote.text[first:last])))

    def quote(self, candidate: Candidate, source: str) -> Quote | None:
        """The candidate's quote, or nothing when its sentence was shown before, here or word for word elsewhere."""
        passage = candidate.passage
        first, last = candidate.marked
        if not 0 <= first < last <= len(passage.text):
            return None
        marked = readable(passage.text[first:last])
        own = stems(marked)
        for used in self.used:
            if contains(used.text, marked) or alike(own, stems(used.marked)):
                return None
            if self._overlaps(used, passage, first, last):
                return None
        start, end = self._window(passage, first, last)
        place = passage.place.model_copy(update={"offset": _offset(passage.place, start)})
        return Quote(text=passage.text[start:end], source=source, marked=(first - start, last - start), place=place)

    def _window(self, passage: Passage, first: int, last: int) -> tuple[int, int]:
        sentences = split(passage.text)
        start, end = first, last
        before = [each for each in sentences if each.end <= first][::-1]
        after = [each for each in sentences if each.start >= last]
        size = len(passage.text[first:last].split())
        while before or after:
            # What follows a claim explains it more often than what precedes it, so two after for one before.
            side = before if before and (not after or (first - start) * 2 < end - last) else after
            each = side.pop(0)
            size += len(each.text.split())
            if size > QUOTE_WORDS or any(self._blocks(used, passage, each.start, each.end) for used in self.used):
                side.clear()
                size -= len(each.text.split())
                continue
            start, end = min(start, each.start), max(end, each.end)
        return start, end

    def _blocks(self, used: _Used, passage: Passage, start: int, end: int) -> bool:
        text = passage.text[start:end]
        return self._overlaps(used, passage, start, end) or contains(used.text, text) or contains(text, used.marked)

    @staticmethod
    def _overlaps(used: _Used, passage: Passage, start: int, end: int) -> bool:
        if used.document != (passage.kind, passage.uri) or passage.place.offset is None:
            return False
        return passage.place.offset + start < used.end and used.start < passage.place.offset + end


def add_findings(state: ReportState, candidates: list[Candidate]) -> None:
    """Give this round's candidates their ids and set `findings`, `topics` and `sources`; safe to run again."""
    earlier = [finding for finding in state.findings if finding.round < state.round]
    sources = list(state.sources)
    ids = {(source.kind, source.uri): source.id for source in sources}
    ledger = Ledger.of(earlier, sources)
    fresh: list[Finding] = []
    for candidate in candidates:
        if len(fresh) == MAX_FINDINGS:
            break
        passage = candidate.passage
        document = (passage.kind, passage.uri)
        source = ids.get(document, f"s{len(sources) + 1}")
        quote = ledger.quote(candidate, source)
        if quote is None:
            continue
        if document not in ids:
            ids[document] = source
            title = " ".join(passage.title.split()) or passage.uri
            sources.append(Source(id=source, kind=passage.kind, title=title, uri=passage.uri))
        ledger.add(quote, document)
        finding = Finding(
            id=f"f{len(earlier) + len(fresh) + 1}",
            claim=" ".join(candidate.claim.split()),
            round=state.round,
            strength=round(max(0.0, min(1.0, candidate.strength)), 3),
            quotes=[quote],
        )
        state.topics[finding.id] = candidate.topic
        fresh.append(finding)
    state.findings = earlier + fresh
    state.sources = sources


def _offset(place: Place, start: int) -> int | None:
    return None if place.offset is None else place.offset + start
