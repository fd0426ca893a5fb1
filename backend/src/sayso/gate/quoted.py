"""The approved quotes by source and by unit, as the check holds drafts against them."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from sayso.gate.grammar import NEUTRAL, PREPOSITIONS
from sayso.gate.wording import Wording, Words, wording
from sayso.language.segments import asked_by
from sayso.language.sentences import readable
from sayso.language.statements import Statement, statements
from sayso.language.structure import leans
from sayso.language.terms import stems
from sayso.language.tongue import language_of, plainly_english
from sayso.language.verbatim import folded
from sayso.protocol.blocks import row
from sayso.protocol.evidence import Quote

_GRAMMAR = 0.25
"""Share of words of English grammar, a few of which other languages have too, from which a text is English."""
_FEW, _SHARE, _SURE = 3, 0.08, 0.9
"""Words, and share of words of grammar among them, from which English is told; how sure it has to be that a text is
not English."""


_MISSED = re.compile(r"(?<=[^\W_][^\W_]\.)\s+(?=[A-Z])|(?<=/\w\.)\s+(?=[A-Z])")
"""Ends of sentences that may have been taken for those of abbreviations."""
_ABBREVIATED = re.compile(
    r"\b(?:Dr|Mr|Mrs|Ms|Prof|St|Inc|Ltd|Co|Corp|vs|etc|No|Fig|Jr|Sr|cf|approx|al|Art|Sec|Vol|pp|ed|Gen|Col|Gov|Sen|Rep"
    r"|Rev|Hon|Lt|Sgt|Capt|Mt|Ave|Blvd|Rd|Dept|Univ|Assn|Bros|Nr|Nos|Eq|Eqs|Figs|Ref|Refs|ca|viz|resp|incl|est)\.$"
)


@dataclass(frozen=True, eq=False)
class QuotedUnit:
    """A sentence, an item, a row or code of a quote, or a line that leads into some (`kind` "lead")."""

    text: str
    kind: str
    quote: Quote
    at: int
    """Its place among the units of its quote."""
    carries: bool
    """Whether it carries the claim that the quote was approved for."""
    siblings: list["QuotedUnit"] = field(repr=False)
    """All units of its quote."""
    heading: str = ""

    @cached_property
    def wording(self) -> Wording:
        return wording(self.text)

    @cached_property
    def stems(self) -> frozenset[str]:
        return stems(self.text)

    @cached_property
    def bare(self) -> str:
        """Its text for comparison, without what ends it."""
        return _bare(folded(self.text))

    @cached_property
    def told(self) -> frozenset[str]:
        """Stems of it and of the line that leads into it."""
        return self.stems | (self.lead.stems if self.lead is not None and self.kind == "item" else frozenset())

    @cached_property
    def subjects(self) -> list[Words]:
        """What its pronouns may stand for: how the sentence before begins, the sentence itself, the heading."""
        before = [each for each in self.siblings[: self.at] if each.kind not in ("row", "code")][::-1]
        opening = next((each.wording.keys for each in before if not _leans(each.wording.keys)), ())
        return [words for words in (opening, self.wording.keys, wording(self.heading).keys) if words]

    @property
    def with_what_it_leans_on(self) -> list["QuotedUnit"]:
        """It, behind the sentences that its first word points back to."""
        told = [self]
        while told[0].kind == "sentence" and leans(told[0].text) and told[0].at:
            before = self.siblings[told[0].at - 1]
            if before.kind != "sentence":
                break
            told.insert(0, before)
        return told

    @cached_property
    def names(self) -> frozenset[str]:
        """Names of the unit and of what stands around it."""
        return frozenset(name for each in self.siblings for name in each.wording.names)

    @cached_property
    def lead(self) -> Wording | None:
        """The line that leads into it."""
        if self.kind not in ("item", "row", "answer", "definition", "code"):
            return None
        own = next((each for each in reversed(self.siblings[: self.at]) if each.kind == "lead"), None)
        text = self.quote.place.lead or (own.text if own else "")
        return wording(text) if text else None


def _leans(words: Words) -> bool:
    return bool(words) and words[0] in {"it", "they", "he", "she", "this", "these", "its", "their", "that", "those"}


@dataclass(frozen=True)
class SourceQuotes:
    """The quotes of one source."""

    quotes: list[Quote]
    title: str
    units: list[QuotedUnit]
    stems: frozenset[str]
    around: frozenset[str]

    @classmethod
    def of(cls, quotes: list[Quote], title: str) -> "SourceQuotes":
        units = [unit for quote in quotes for unit in units_of(quote)]
        around = stems(" ".join([title, *(quote.place.heading or "" for quote in quotes)]))
        held = frozenset[str]().union(
            *(unit.stems for unit in units), *(stems(quote.place.lead or "") for quote in quotes)
        )
        return cls(quotes, title, units, held, around)

    def whole(self, text: str) -> list[QuotedUnit]:
        """The units of a quote that `text` is, word for word: one, or some that follow each other. No part of a unit:
        what it is a part of may deny it."""
        wanted = _bare(folded(_plain(text)))
        starting = (unit for unit in self.units if unit.kind != "code" and wanted.startswith(unit.bare))
        return next((run for unit in starting if (run := _run(wanted, unit))), [])

    @cached_property
    def english(self) -> bool:
        """Whether its words of grammar are known here."""
        text = " ".join(quote.text for quote in self.quotes)
        told = re.findall(r"[^\W\d_]+", text.lower())
        grammar = sum(word in NEUTRAL or word in PREPOSITIONS for word in told)
        if grammar >= _GRAMMAR * len(told) and ("the" in told or "a" in told):
            return True
        return plainly_english(text, enough=_FEW, share=_SHARE) or language_of(text, sure=_SURE) == "en"


def approved(quote: Quote) -> list[str]:
    """The texts that were approved with a quote: its own, the line that leads into it, and the question above it."""
    return [quote.text, *filter(None, (quote.place.lead, asked_by(quote.place.heading)))]


def _run(wanted: str, first: QuotedUnit) -> list[QuotedUnit]:
    """The units from `first` on that are `wanted`; none if they are not."""
    run: list[QuotedUnit] = []
    for unit in first.siblings[first.at :]:
        if not unit.bare or not wanted.startswith(unit.bare):
            return []
        run.append(unit)
        rest = wanted[len(unit.bare) :]
        if not rest:
            return run
        if rest[0] not in " .!?:;":
            return []
        wanted = rest.lstrip(" .!?:;…")
    return []


def _bare(text: str) -> str:
    return text.strip(" .!:;…")


def units_of(quote: Quote) -> list[QuotedUnit]:
    """The units of a quote in reading order, with the lines that lead into them."""
    found: list[QuotedUnit] = []
    heading = (quote.place.heading or "").rsplit(" › ", 1)[-1]
    start, end = quote.marked or (0, len(quote.text))
    leads: set[tuple[int, int]] = set()
    for lead in filter(None, (asked_by(quote.place.heading), quote.place.lead)):
        found.append(QuotedUnit(_plain(lead), "lead", quote, len(found), False, found, heading))
    if quote.kind == "code":
        found.append(QuotedUnit(quote.text, "code", quote, len(found), True, found, heading))
        return found
    for each in _apart(statements(quote.text, lead=quote.place.lead or "")):
        if each.lead and each.lead not in leads and each.kind != "code":
            leads.add(each.lead)
            found.append(QuotedUnit(_plain(each.led(quote.text)), "lead", quote, len(found), False, found, heading))
        carries = start <= each.start < end
        for text in _told(each):
            found.append(QuotedUnit(text, each.kind, quote, len(found), carries, found, heading))
    if not any(each.kind != "lead" for each in found):
        found.append(QuotedUnit(_plain(quote.text), "sentence", quote, len(found), True, found, heading))
    return found


def _apart(told: list[Statement]) -> list[Statement]:
    """Without those that are two sentences of which each is told too."""
    return [
        each
        for at, each in enumerate(told)
        if not (0 < at < len(told) - 1 and told[at - 1].start == each.start and told[at + 1].end == each.end)
    ]


def _told(statement: Statement) -> list[str]:
    """The texts of a statement's units: a sentence that has another one's end in it is two."""
    if statement.kind == "code":
        return [statement.text]
    text = _plain(statement.text)
    if statement.kind == "row":
        return [row(text)]
    cut = [match.start() for match in _MISSED.finditer(text) if not _ABBREVIATED.search(text[: match.start()])]
    return [text[first:last].strip() for first, last in pairwise([0, *cut, len(text)])]


def _plain(text: str) -> str:
    return " ".join(readable(text).split())
