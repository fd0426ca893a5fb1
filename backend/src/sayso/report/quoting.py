"""What a run has shown so far, so that a quote is cut once and nothing comes back."""

from dataclasses import dataclass, field
from functools import cached_property

from sayso.language.sameness import Said, repeats
from sayso.language.sentences import readable, split
from sayso.language.verbatim import stands
from sayso.protocol.evidence import Finding, Place, Quote, Source
from sayso.research.source import Passage
from sayso.writers.port import Carrier

QUOTE_WORDS = 70
"""A quote grows by whole sentences around the marked one to about this many words."""

Document = tuple[str, str]
"""Kind and `uri` of a source."""


@dataclass(frozen=True)
class _Used:
    """A stretch of a document that was shown, and the text of its marked sentence."""

    document: Document
    start: int
    end: int
    text: str
    marked: str
    finding: str

    @cached_property
    def said(self) -> Said:
        return Said.of(self.marked)


@dataclass
class ShownQuotes:
    """What was shown in a run so far. Says whether a candidate is new and cuts its quote so that two quotes never
    share text: what is dropped with one finding must not come back inside another."""

    used: list[_Used] = field(default_factory=list)

    @classmethod
    def of(cls, findings: list[Finding], sources: list[Source]) -> "ShownQuotes":
        documents = {source.id: (source.kind, source.uri) for source in sources}
        shown = cls()
        for finding in findings:
            for quote in finding.quotes:
                shown.add(quote, documents[quote.source], finding.id)
        return shown

    def add(self, quote: Quote, document: Document, finding: str = "") -> None:
        start = quote.place.offset or 0
        first, last = quote.marked or (0, len(quote.text))
        marked = readable(quote.text[first:last])
        self.used.append(_Used(document, start, start + len(quote.text), quote.text, marked, finding))

    def quote(self, carrier: Carrier, source: str, beside: str | None = None) -> Quote | None:
        """The carrier's quote, or nothing when its sentence was shown before, here or word for word elsewhere.

        Args:
            beside: a finding whose claim it may repeat in other words.
        """
        passage = carrier.passage
        first, last = carrier.marked
        if not 0 <= first < last <= len(passage.text):
            return None
        marked = readable(passage.text[first:last])
        own = Said.of(marked)
        for used in self.used:
            if stands(marked, used.text) or stands(used.marked, marked):
                return None
            if used.finding != beside and repeats(own, used.said):
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
        return self._overlaps(used, passage, start, end) or stands(text, used.text) or stands(used.marked, text)

    @staticmethod
    def _overlaps(used: _Used, passage: Passage, start: int, end: int) -> bool:
        if used.document != (passage.kind, passage.uri) or passage.place.offset is None:
            return False
        return passage.place.offset + start < used.end and used.start < passage.place.offset + end


def _offset(place: Place, start: int) -> int | None:
    return None if place.offset is None else place.offset + start
