"""The statements of one round's passages, with their words and meanings."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sayso.language.lists import carried_on
from sayso.language.meaning import Vectors, embedded
from sayso.language.statements import Statement, statements
from sayso.language.tokens import apart, compounds, folded, spellings, tokens
from sayso.research.source import Passage
from sayso.research.versions import says_superseded, superseded

LABEL = 3
"""Words of an item, at most, that is the heading of a list within it: "Dragonflies and damselflies"."""
MANY = 30
"""Passages from which on a round has read much."""


@dataclass(frozen=True, slots=True)
class Read:
    """A statement of a passage that was read."""

    passage: Passage
    statement: Statement
    lead: str
    """What introduces it, or nothing."""
    above: str
    """Title, last heading and lead."""
    stems: frozenset[str]
    stems_above: frozenset[str]
    superseded: bool
    """Whether its document or section holds no more."""
    about: frozenset[str]
    """The names of several parts that its last heading, or its title, consists of; none where that says more."""

    @property
    def text(self) -> str:
        return self.statement.text


class Pool:
    """All statements of the passages of one round, each passage once."""

    def __init__(self, passages: Sequence[Passage], language: str) -> None:
        self.language = language
        self.read: list[Read] = []
        best: dict[tuple[str, str], Passage] = {}
        for passage in passages:
            key = passage.uri, passage.text
            if key not in best or passage.score > best[key].score:
                best[key] = passage
        self.passage_of: list[int] = []
        """For each statement the place of its passage in `passages`."""
        replaced = superseded(best.values())
        for number, passage in enumerate(best.values()):
            self.read.extend(_read(passage, language, replaced=passage.uri in replaced))
            self.passage_of += [number] * (len(self.read) - len(self.passage_of))
        self.passages: Vectors = embedded([f"{passage.title}. {passage.text}" for passage in best.values()])
        texts = [f"{each.above}. {each.text}" for each in self.read]
        self.vectors: Vectors = embedded(texts)
        numbers: dict[str, int] = {"": 0}
        self.word_starts: list[int] = []
        self.word_numbers: list[int] = []
        for each in self.read:
            self.word_starts.append(len(self.word_numbers))
            own = {word for word in spellings(each.text) if word.isalpha() and len(word) > 2} or {""}
            self.word_numbers.extend(numbers.setdefault(word, len(numbers)) for word in sorted(own))
        self.word_vectors: Vectors = embedded(list(numbers)) if self.read else np.zeros((1, 1), np.float32)

    def __len__(self) -> int:
        return len(self.read)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """All stems of the statements and of what stands above them."""
        return frozenset().union(*(each.stems | each.stems_above for each in self.read))

    @property
    def crowd(self) -> float:
        """How much was read, 0 to 1. Of a few passages all were found for the question; of many, most are beside it."""
        return min(1.0, len(self.passages) / MANY)


_BESIDE = re.compile(r"^\W*\d[\d.]*\s+|\s*\([^()]*\)$")
"""What a heading has beside its words: a number before them, a remark in brackets behind."""


def _names(heading: str) -> frozenset[str]:
    """The compounds that a heading consists of, such as `work_mem` of "work_mem (integer)"."""
    rest = _BESIDE.sub("", heading)
    found = compounds(rest)
    return frozenset(found) if not spellings(apart(rest, found)) else frozenset()


def _is_label(text: str) -> bool:
    """Whether an item is no more than a heading of the list within it."""
    return len(text.split()) <= LABEL and not any(map(str.isdigit, text))


def _read(passage: Passage, language: str, *, replaced: bool) -> list[Read]:
    heading = (passage.place.heading or "").rsplit(" › ", 1)[-1]
    carried = passage.place.lead or ""
    about = _names(heading or passage.title)
    found = []
    sheet: Statement | None = None
    held = statements(passage.text, lead=carried)
    going_on = carried_on(held, passage.text)
    titles = {folded(passage.title), folded(heading)}
    leads = {each.lead for each in held if each.kind == "item"}
    for at, each in enumerate(held):
        heads = (each.start, each.end) in leads and _is_label(each.text)
        if heads or (each.kind == "sentence" and folded(each.text) in titles):
            continue
        lead = each.led(passage.text) or (carried if at < going_on else "")
        bare = each.kind == "row" and not lead
        sheet = (sheet or each) if bare else None
        # The first of the facts about something often says what it is.
        about_it = sheet.text if sheet and sheet is not each else ""
        above = " ".join(filter(None, (passage.title, heading, lead, about_it)))
        found.append(
            Read(
                passage,
                each,
                lead,
                above,
                frozenset([*tokens(each.text, language), *compounds(each.text)]),
                frozenset([*tokens(above, language), *compounds(above)]),
                replaced or says_superseded(heading),
                about,
            )
        )
    return found
