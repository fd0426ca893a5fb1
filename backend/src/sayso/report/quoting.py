"""What a run has shown so far, so that a quote is cut once and nothing comes back."""

from collections.abc import Set
from dataclasses import dataclass, field
from functools import cached_property

from sayso.language.lists import carried_on, inner_list, whole_list
from sayso.language.meaning import LANGUAGE
from sayso.language.sameness import Said, repeats
from sayso.language.sentences import readable
from sayso.language.statements import Statement, statements
from sayso.language.structure import CELL, FENCE, unfinished
from sayso.language.verbatim import stands
from sayso.protocol.evidence import Finding, Place, Quote, Source
from sayso.research.formats import HEADING_SEPARATOR
from sayso.research.source import Passage
from sayso.writers.port import Carrier

_SAYING = 4
"""Words from which a statement says within another one what it says by itself."""
QUOTE_WORDS = 100
"""A quote grows by whole sentences around the marked one to about this many words, which is a paragraph: who decides
sees what it stands in."""

_ALONE = ("row", "code")
"""Kinds of statements that are quoted without what stands around them: what they need leads into them."""

Document = tuple[str, str]
"""Kind and `uri` of a source."""


@dataclass(frozen=True)
class _Used:
    """A stretch of a document that was shown, and its marked sentence."""

    document: Document
    start: int
    end: int
    text: str
    marks: tuple[int, int]
    """Where in the document the marked sentence is."""
    marked: str
    finding: str
    earlier: bool = False
    """It was shown in an earlier round, and may have been dropped."""
    freed: bool = False
    """It went for what its sentence names; what only surrounded that may come back by itself."""

    @cached_property
    def said(self) -> Said:
        return Said.of(self.marked)


@dataclass
class ShownQuotes:
    """What was shown in a run so far. Says whether a candidate is new and cuts its quote so that two quotes never
    share text: what is dropped with one finding must not come back inside another."""

    used: list[_Used] = field(default_factory=list)
    reserved: list[tuple[Document, int, int]] = field(default_factory=list)
    """Stretches of documents that other candidates of this round carry: no quote grows over them."""
    reserved_texts: dict[str, None] = field(default_factory=dict)
    """What those candidates mark: no quote grows over the same text in another document either."""

    @classmethod
    def of(cls, findings: list[Finding], sources: list[Source], freed: Set[str] = frozenset()) -> "ShownQuotes":
        """What `findings` of earlier rounds show, of which those with the ids `freed` went for what they name."""
        documents = {source.id: (source.kind, source.uri) for source in sources}
        shown = cls()
        for finding in findings:
            for quote in finding.quotes:
                shown.add(quote, documents[quote.source], finding.id, earlier=True, freed=finding.id in freed)
        return shown

    def reserve(self, carrier: Carrier) -> None:
        """Keep a candidate's statement out of the quotes of others."""
        passage = carrier.passage
        self.reserved_texts[readable(passage.text[slice(*carrier.marked)])] = None
        if passage.place.offset is not None:
            start, end = (passage.place.offset + each for each in carrier.marked)
            self.reserved.append(((passage.kind, passage.uri), start, end))

    def add(
        self, quote: Quote, document: Document, finding: str = "", *, earlier: bool = False, freed: bool = False
    ) -> None:
        start = quote.place.offset or 0
        first, last = quote.marked or (0, len(quote.text))
        marked = readable(quote.text[first:last])
        marks = start + first, start + last
        end = start + len(quote.text)
        self.used.append(_Used(document, start, end, quote.text, marks, marked, finding, earlier, freed))

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
            if _within(marked, used.text if used.earlier and not used.freed else used.marked) or _within(
                used.marked, marked
            ):
                return None
            if used.finding != beside and repeats(own, used.said):
                return None
            barred = used.marks if used.freed else (used.start, used.end)
            if self._overlaps(used, barred, passage, first, last):
                return None
        statement, lead = _statement(passage, first, last)
        start, end = (first, last) if statement.kind in _ALONE else self._window(passage, statement)
        place = passage.place.model_copy(update={"offset": _offset(passage.place, start), "lead": lead})
        marks = (first - start, last - start)
        return Quote(text=passage.text[start:end], source=source, marked=marks, kind=statement.kind, place=place)

    def told_in(self, carrier: Carrier) -> str | None:
        """The finding of this round whose quote holds the carrier's statement, as one of its list."""
        mine = (used for used in self.used if not used.earlier)
        return next((used.finding for used in mine if self._shares(used, carrier.passage, *carrier.marked)), None)

    def _window(self, passage: Passage, marked: Statement) -> tuple[int, int]:
        around = statements(passage.text, lead=passage.place.lead or "")
        start, end = first, last = marked.start, marked.end
        inner = inner_list(marked, around) if marked.kind == "item" else []
        if inner and not any(self._shown(passage, each.start, each.end) for each in inner):
            return passage.text.rfind("\n", 0, first) + 1, inner[-1].end
        whole = whole_list(marked, around, passage.text)
        if whole or (marked.kind == "item" and marked.lead):
            others = [each for each in whole if each.start != first]
            # Other candidates of the list are told with it, not beside it.
            apart = not whole or any(self._shown(passage, each.start, each.end) for each in others)
            # From the mark of the first item on, by which the quote is seen to be a list.
            return (first, last) if apart else (passage.text.rfind("\n", 0, whole[0].start) + 1, whole[-1].end)
        if marked.kind == "answer":
            # Beside it stands the answer to another question.
            around = [each for each in around if each.kind == "answer" and each.lead == marked.lead]
        before = [each for each in around if each.end <= first][::-1]
        after = [each for each in around if each.start >= last]
        size = len(passage.text[first:last].split())
        while before or after:
            # What follows a claim explains it more often than what precedes it, so two after for one before.
            side = before if before and (not after or (first - start) * 2 < end - last) else after
            each = side.pop(0)
            size += len(each.text.split())
            if start <= each.start and each.end <= end:
                size -= len(each.text.split())
                continue
            if size > QUOTE_WORDS or _belongs_elsewhere(each) or self._taken(passage, each.start, each.end):
                side.clear()
                size -= len(each.text.split())
                continue
            start, end = min(start, each.start), max(end, each.end)
        return start, end

    def _taken(self, passage: Passage, start: int, end: int) -> bool:
        if self._shown(passage, start, end) or any(
            stands(text, passage.text[start:end]) for text in self.reserved_texts if text
        ):
            return True
        offset, document = passage.place.offset, (passage.kind, passage.uri)
        return offset is not None and any(
            document == other and offset + start < last and first < offset + end for other, first, last in self.reserved
        )

    def _shown(self, passage: Passage, start: int, end: int) -> bool:
        return any(self._blocks(used, passage, start, end) for used in self.used)

    def _blocks(self, used: _Used, passage: Passage, start: int, end: int) -> bool:
        text = passage.text[start:end]
        return self._shares(used, passage, start, end) or stands(text, used.text) or stands(used.marked, text)

    def _shares(self, used: _Used, passage: Passage, start: int, end: int) -> bool:
        return self._overlaps(used, (used.start, used.end), passage, start, end)

    @staticmethod
    def _overlaps(used: _Used, stretch: tuple[int, int], passage: Passage, start: int, end: int) -> bool:
        if used.document != (passage.kind, passage.uri) or passage.place.offset is None:
            return False
        return passage.place.offset + start < stretch[1] and stretch[0] < passage.place.offset + end


def _within(marked: str, shown: str) -> bool:
    """Whether what is marked was shown word for word. Of a few words, such as an item "hens", only by itself: within a
    sentence they say something else."""
    return stands(marked, shown) if len(marked.split()) >= _SAYING else marked == shown


def _belongs_elsewhere(beside: Statement) -> bool:
    """Whether a neighbour is none of what surrounds a sentence: code, a row, or an item of a list with a line above."""
    return beside.kind in _ALONE or (beside.kind == "item" and beside.lead is not None)


def _statement(passage: Passage, first: int, last: int) -> tuple[Statement, str | None]:
    """The statement that is marked, and what leads into it."""
    carried = passage.place.lead
    held = statements(passage.text, lead=carried or "")
    going_on = carried_on(held, passage.text)
    for at, each in enumerate(held):
        if (each.start, each.end) == (first, last):
            led = each.led(passage.text) or (carried if at < going_on else None)
            return each, (_below_heading(passage.place, led) if each.kind == "item" else led) or None
    return Statement("sentence", first, last, passage.text[first:last]), None


def _below_heading(place: Place, led: str | None) -> str:
    """What leads into an item: the line that introduces its list, or else the heading above it, which may say "Not
    allowed", with the item that it stands within."""
    if led and unfinished(led, LANGUAGE, only_marked=False):
        return led
    last = (place.heading or "").rsplit(HEADING_SEPARATOR, 1)[-1]
    heading = "" if CELL in last or last.startswith(FENCE) else last
    return HEADING_SEPARATOR.join(filter(None, (heading, led)))


def _offset(place: Place, start: int) -> int | None:
    return None if place.offset is None else place.offset + start
