"""Findings that cannot both be right.

Sentences are compared clause by clause: what a finding claims with every sentence of another one's quotes. Two clauses
about the same thing (`same_thing.py`)

- contradict each other if one denies what the other states, or each names the opposite state ("passed", "failed"),
- give figures that differ if they give the same in the same dimension, without a value that both leave open: units are
  converted; ranges, bounds and roundings are honoured.

A year, a condition or a part for which only one holds makes them two cases. Rather a conflict too few than one that is
none: a human has to look at each.
"""

from collections.abc import Sequence
from itertools import combinations, product
from typing import Literal

from sayso.gate.claims import Claim
from sayso.gate.lexicon import ONCE
from sayso.gate.quantity import Quantity, agree, comparable
from sayso.gate.said import Said, said
from sayso.gate.same_thing import Side, may_meet, same_thing
from sayso.protocol.evidence import Conflict, Finding, Source

VERSION = 0.6
"""Share of common words from which two sentences of different years are versions of one another."""

_Told = tuple[Literal["contradiction", "figures_differ"], str]


def conflicts(findings: Sequence[Finding], sources: Sequence[Source]) -> list[Conflict]:
    """Every two of `findings` that cannot both be right, in their order. What has no quotes is passed over."""
    documents = {source.id: source for source in sources}
    sentences = [said(finding, documents) for finding in findings if finding.quotes]
    claimed = {each.text for own in sentences for each in own if each.carries}
    # What another finding claims is held against that one.
    sentences = [[each for each in own if each.carries or each.text not in claimed] for own in sentences]
    found = []
    for ones, others in combinations(sentences, 2):
        pairs = ((one, other) for one, other in product(ones, others) if one.carries or other.carries)
        if told := next(filter(None, (_told(one, other) for one, other in pairs)), None):
            grade, why = told
            found.append(Conflict(findings=[ones[0].finding, others[0].finding], why=why, grade=grade))
    return found


def _told(one: Said, other: Said) -> _Told | None:
    """The grade of a conflict of two sentences and what it is about, if there is one."""
    if one.text == other.text or not may_meet(one, other) or _versions(one, other):
        return None
    first, second = (each.finding if each.carries else f"the quote of {each.finding}" for each in (one, other))
    differing: dict[tuple[str, str], None] = {}
    for mine, theirs in product(one.claims, other.claims):
        if not mine.words & theirs.words or mine.conditions != theirs.conditions or mine.part or theirs.part:
            continue
        denying = _contradicts(Side(mine, one), Side(theirs, other))
        if denying is mine:
            return "contradiction", f"{first} denies what {second} states."
        if denying is theirs:
            return "contradiction", f"{second} denies what {first} states."
        if figures := _differ(Side(mine, one), Side(theirs, other)):
            differing[figures] = None
    # Two figures that differ at once are two cases of something rather than two opinions on it.
    if len(differing) != 1:
        return None
    ((own, others),) = differing
    return "figures_differ", f"{first} says {own}, {second} says {others}."


def _versions(one: Said, other: Said) -> bool:
    """Whether one is the other as it stood in another year: the newer one replaces it."""
    apart = bool(one.year and other.year) and one.year != other.year
    return apart and len(one.own & other.own) >= VERSION * len(one.own | other.own)


def _contradicts(mine: Side, theirs: Side) -> Claim | None:
    """The one of two clauses that denies what the other states, if one does."""
    sides = (mine, theirs)
    shared = [axis for axis in mine.claim.states if axis in theirs.claim.states]
    opposite = [axis for axis in shared if mine.claim.states[axis] != theirs.claim.states[axis]]
    if len(opposite) == 1:
        axis = opposite[0]
        stated, denying = sides if mine.claim.states[axis] > 0 else sides[::-1]
        differing, least = stated.claim.state_words[axis] | denying.claim.state_words[axis], 1
    elif not shared and mine.claim.denies != theirs.claim.denies:
        stated, denying = sides if theirs.claim.denies else sides[::-1]
        if not denying.claim.denied <= stated.claim.every:
            return None
        differing, least = denying.claim.denying, 2
    else:
        return None
    if not _one_case(stated.claim, denying.claim):
        return None
    same = same_thing(stated, denying, differing=differing, spare=stated.claim.tail, least=least)
    return denying.claim if same else None


def _one_case(stated: Claim, denying: Claim) -> bool:
    """Whether what is denied is what is stated, by its modals, its dates and its figures."""
    dated = [any(each.dimension == "date" for each in claim.quantities) for claim in (stated, denying)]
    if stated.modals != denying.modals or (dated[0] != dated[1] and (stated.topical or denying.topical)):
        return False
    for each in denying.quantities:
        alike = [other for other in stated.quantities if comparable(each, other)]
        if not alike or not all(agree(each, other) for other in alike):
            return False
    return True


def _differ(mine: Side, theirs: Side) -> tuple[str, str] | None:
    """The figures of two clauses that have no value in common, as they are written; None if the clauses are not about
    the same."""
    one, other = mine.claim, theirs.claim
    if one.denies != other.denies or any(
        one.states[axis] != other.states.get(axis, one.states[axis]) for axis in one.states
    ):
        return None
    unequal = [(a, b) for a, b in _paired(one.quantities, other.quantities) if not agree(a, b)]
    if not unequal or (len(unequal) > 1 and any(a.dimension != "clock" for a, _ in unequal)):
        return None
    topical = any(a in one.topical or b in other.topical for a, b in unequal)
    if unequal[0][0].dimension == "date" and (topical or not ONCE & one.every & other.every):
        return None
    if not same_thing(mine, theirs, figures=unequal):
        return None
    return " to ".join(a.text for a, _ in unequal), " to ".join(b.text for _, b in unequal)


def _paired(mine: Sequence[Quantity], theirs: Sequence[Quantity]) -> list[tuple[Quantity, Quantity]]:
    """Each quantity with its counterpart; none at all where one has none or several."""
    pairs = []
    left = list(theirs)
    for each in mine:
        alike = [other for other in left if comparable(each, other)]
        if not alike or (len(alike) > 1 and each.dimension != "clock"):
            return []
        left.remove(alike[0])
        pairs.append((each, alike[0]))
    return [] if left else pairs
