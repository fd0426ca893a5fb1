"""What the clauses of a sentence claim, in a form in which two of them can be held against each other."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sayso.gate.clauses import (
    ASIDE,
    AUXILIARIES,
    PREPOSITIONS,
    PRONOUNS,
    SUBORDINATE,
    Item,
    Topics,
    clauses,
    has_subject,
    is_weekday,
    items,
    looks_like_a_name,
    reported,
    subject,
)
from sayso.gate.lexicon import FUNCTION, LIGHT_STEMS, canonical, word_set
from sayso.gate.opposites import AS_PLANNED, CONDITION, DENYING, MODALS, NEGATIONS, PART, STATES
from sayso.gate.quantities import quantities
from sayso.gate.quantity import Quantity

_FRAGMENT = AUXILIARIES | word_set("whether until which who whom whose")
"""What begins a sentence that has lost its subject."""
_JOINING = word_set("and or but nor")
_POINTING = word_set("this these those such")
_UNIVERSAL = word_set("all every each any")


@dataclass(frozen=True)
class Claim:
    """A clause. Words are in their canonical form.

    Attributes:
        words: what it is about, light words and what is counted apart.
        every: the same with the light ones.
        resolved: those of `words` that stand elsewhere, for which this clause has a pronoun or nothing.
        fronted: those in a phrase before the subject, and those behind "for": for what it holds.
        tail: those in phrases behind the figure or the state.
        names: those that are names by their looks.
        quantities: its figures; of these `topical`, the dates and times before the subject.
        states: axis of states -> 1 or -1, negations counted.
        state_words: axis -> the words that name the state.
        denies: whether it denies.
        denying: the words that deny without being negations.
        denied: words behind its negation, those of phrases apart.
        modals: "may" and "must", where it says so.
        conditions: words that say when, for which part or how far it holds.
        part: whether it speaks of a part of what was said before.
        points: whether it says of what it speaks by a word that points ("it", "this parameter").
        pointed: what that is, as far as the sentences before tell.
    """

    words: frozenset[str]
    every: frozenset[str]
    resolved: frozenset[str]
    fronted: frozenset[str]
    tail: frozenset[str]
    names: frozenset[str]
    quantities: tuple[Quantity, ...]
    topical: tuple[Quantity, ...]
    states: dict[int, int]
    state_words: dict[int, frozenset[str]]
    denies: bool
    denying: frozenset[str]
    denied: frozenset[str]
    modals: frozenset[str]
    conditions: frozenset[str]
    part: bool
    points: bool
    pointed: frozenset[str]


def claims(sentence: str, topics: Topics, names: frozenset[str]) -> list[Claim]:
    """What `sentence` claims, by clause; nothing for a question and for what has lost its subject.

    Args:
        topics: what its pronouns stand for.
        names: words that are names anywhere near.
    """
    cut = items(sentence)
    if not cut or cut[0].lower in _FRAGMENT or cut[0].word in _JOINING or sentence.rstrip().endswith("?"):
        return []
    pieces = clauses(cut)
    conditions = _conditions(sentence, pieces)
    part = bool(PART.search(sentence))
    pronoun = topics.of(sentence)
    leading = frozenset(map(canonical, subject(sentence))) or pronoun
    # "null, not false" denies a word, not the clause.
    claimed = [piece for piece in pieces if piece[0].lower not in SUBORDINATE | {ASIDE, "not"}]
    found: list[Claim] = []
    for at, piece in enumerate(claimed):
        inherited = leading if at and not has_subject(piece) else frozenset()
        reading = _Reading(leading if at else pronoun, names)
        for position, item in enumerate(piece):
            reading.read(item, position, piece[position + 1].lower if position + 1 < len(piece) else "")
        found.append(replace(reading.claim(inherited), conditions=conditions, part=part))
    return found


def _conditions(sentence: str, pieces: Sequence[list[Item]]) -> frozenset[str]:
    """Words that say when it holds, with those of the clauses that do: "if the disk is full" and "if it is not full"
    are two cases."""
    masked = reported(sentence)
    for each in reversed(quantities(masked)):
        # "17 December, when it opens" dates what follows; it is no condition.
        tail = ", when" if masked[each.span[1] :].startswith(", when") else ""
        masked = f"{masked[: each.span[0]]}§{masked[each.span[1] + len(tail) :]}"
    masked = AS_PLANNED.sub("", masked)
    return frozenset(match.group().lower() for match in CONDITION.finditer(masked)) | {
        item.quantity.text if item.quantity else canonical(item.lower)
        for piece in pieces
        if piece[0].lower in SUBORDINATE
        for item in piece
        if item.quantity or item.lower not in FUNCTION or item.lower in NEGATIONS
    }


@dataclass
class _Reading:
    """What was read of a clause so far."""

    pronoun: frozenset[str]
    names_near: frozenset[str]
    words: set[str] = field(default_factory=set)
    light: set[str] = field(default_factory=set)
    fronted: set[str] = field(default_factory=set)
    tail: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    quantities: list[Quantity] = field(default_factory=list)
    topical: list[Quantity] = field(default_factory=list)
    states: dict[int, int] = field(default_factory=dict)
    state_words: dict[int, set[str]] = field(default_factory=dict)
    denying: set[str] = field(default_factory=set)
    denied: set[str] = field(default_factory=set)
    modals: set[str] = field(default_factory=set)
    negations: int = 0
    points: bool = False
    preposition: str = ""
    before: str = ""
    """The word before."""
    universal: bool = False
    """Whether all of what follows is meant ("in all rooms"), which limits nothing."""
    opened: bool = False
    """Whether its subject has begun."""
    told: bool = False
    """Whether its figure or state has been read."""

    def read(self, item: Item, position: int, following: str) -> None:
        if item.quantity:
            self._figure(item.quantity, following)
            return
        self._grammar(item.lower)
        if item.lower not in FUNCTION and (word := canonical(item.lower)):
            self._word(item, word, position)
        self.before = item.lower

    def _figure(self, quantity: Quantity, following: str) -> None:
        self.quantities.append(quantity)
        if quantity.dimension not in ("date", "clock"):
            self.told = True
        elif not self.opened and following != "when":
            self.topical.append(quantity)

    def _grammar(self, lower: str) -> None:
        self.negations += lower in NEGATIONS
        if lower in MODALS:
            self.modals.add(MODALS[lower])
        if lower in PREPOSITIONS:
            self.preposition, self.universal = lower, False
        if lower in AUXILIARIES or lower in ("the", "a", "an"):
            self.universal = False
        if lower in _UNIVERSAL:
            self.universal = True
        if lower in AUXILIARIES:
            self.opened = self.opened or bool(self.words)
            self.preposition = ""
        if lower in _POINTING or (lower in PRONOUNS and not self.words):
            self.points = True
            self.opened = self.opened or lower in PRONOUNS

    def _word(self, item: Item, word: str, position: int) -> None:
        if self.before not in PREPOSITIONS:
            # "set to false", "moved to open" name a value or an aim.
            self._state(item.lower, word)
        if self.universal and self.preposition:
            return
        looks = looks_like_a_name(item.word)
        if word in LIGHT_STEMS and not looks:
            self.light.add(word)
            return
        self.words.add(word)
        if self.negations > len(self.denying) and not self.preposition:
            self.denied.add(word)
        if looks or item.lower[0].isdigit() or word in self.names_near or is_weekday(item.word):
            self.names.add(word)
        if self.preposition == "for" or (self.preposition and not self.opened and position == 1):
            self.fronted.add(word)
        elif self.preposition and self.told:
            self.tail.add(word)
        self.opened = self.opened or self.preposition in ("", "of")

    def _state(self, lower: str, word: str) -> None:
        for axis, sign in STATES.get(lower, ()):
            self.states[axis] = sign
            self.state_words.setdefault(axis, set()).add(word)
            self.told = True
        if lower in DENYING:
            self.denying.add(word)
            self.negations += 1

    def claim(self, inherited: frozenset[str]) -> Claim:
        """The clause as it was read; `inherited` is what it is about where it leaves that to the clause before."""
        own = frozenset(self.words)
        pointed = self.pronoun if self.points else frozenset()
        words = own | pointed | inherited
        sign = -1 if (self.negations - len(self.denying)) % 2 else 1
        return Claim(
            words=words,
            every=words | self.light,
            resolved=(pointed - own) | inherited,
            fronted=frozenset(self.fronted),
            tail=frozenset(self.tail),
            names=frozenset(self.names),
            quantities=tuple(_counted(each, own) for each in self.quantities),
            topical=tuple(self.topical),
            states={axis: state * sign for axis, state in self.states.items()},
            state_words={axis: frozenset(each) for axis, each in self.state_words.items()},
            denies=self.negations % 2 == 1,
            denying=frozenset(self.denying),
            denied=frozenset(self.denied),
            modals=frozenset(self.modals),
            conditions=frozenset(),
            part=False,
            points=self.points,
            pointed=pointed,
        )


def _counted(each: Quantity, words: frozenset[str]) -> Quantity:
    """A number that stands alone counts what its clause is about."""
    return replace(each, counted=words) if each.dimension == "count" and not each.counted else each
