"""Whether two clauses are about the same thing.

They are if all that one of them says of it is said by the other, or stands around the other; where each has something
the other has not, they speak of two things, unless it is two words of one meaning. A name or an exception that only one
has makes it another thing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sayso.gate.claims import Claim
from sayso.gate.lexicon import CONTRASTS, GENERIC, LIGHT_STEMS
from sayso.gate.quantity import Quantity, agree
from sayso.gate.said import Said
from sayso.language.meaning import embedded

_ONE_MEANING = 0.7
"""Cosine of two words from which they mean the same, if they are no opposites."""
_TAIL = 1
"""Words of phrases behind a figure that may be said on one side only."""


@dataclass(frozen=True)
class Side:
    """A clause and the sentence it is of."""

    claim: Claim
    said: Said


def may_meet(one: Said, other: Said) -> bool:
    """Whether two sentences can be about the same, by the names and headings around them."""
    settings = one.setting ^ other.setting
    if settings and not settings <= (one.own | one.before) & (other.own | other.before):
        return False
    if one.document == other.document or not one.names or not other.names:
        return True
    # What begins a sentence does not look like the name that it may be.
    return bool(one.names & (other.before | other.own) or other.names & (one.before | one.own))


def same_thing(
    mine: Side,
    theirs: Side,
    *,
    differing: frozenset[str] = frozenset(),
    spare: frozenset[str] = frozenset(),
    least: int = 1,
    figures: Sequence[tuple[Quantity, Quantity]] = (),
) -> bool:
    """Whether two clauses are about the same thing.

    Args:
        differing: words that do not count, for being what they differ in.
        spare: words that only `mine` may have.
        least: how many words they must share.
        figures: the figures that differ.
    """
    one, other = mine.claim, theirs.claim
    common = (one.words & other.words) - differing - GENERIC
    fronted = (one.fronted ^ other.fronted) - (one.every & other.every)
    if len(common) < least or fronted or not (_pointed_at(one, other) and _pointed_at(other, one)):
        return False
    missing = _missing(one, other, differing)
    lacking = _missing(other, one, differing)
    if figures:
        missing, lacking = _beside_figures(one, other, missing, lacking, figures)
    missing -= spare
    if not figures and len(missing) + len(lacking) > len(common):
        return False
    if missing and lacking:
        named = (missing | lacking) & (one.names | other.names)
        return len(missing) == len(lacking) == 1 and not named and _one_meaning(*missing, *lacking)
    return _known(missing, lacking, mine.said, theirs.said) and _anchored(common, mine, theirs)


def _pointed_at(one: Claim, other: Claim) -> bool:
    """Whether what `one` points to is what the `other` names, or points to as well."""
    both = one.pointed & (other.every | other.pointed)
    return not one.points or any(not word[0].isdigit() for word in both - GENERIC - LIGHT_STEMS)


def _missing(one: Claim, other: Claim, differing: frozenset[str]) -> frozenset[str]:
    """What of `one` the `other` does not say; of what a pronoun stands for nothing, if a word of it is said."""
    own = one.words - differing - other.every
    return own - one.resolved if one.resolved & other.every else own


def _beside_figures(
    one: Claim,
    other: Claim,
    missing: frozenset[str],
    lacking: frozenset[str],
    figures: Sequence[tuple[Quantity, Quantity]],
) -> tuple[frozenset[str], frozenset[str]]:
    """The same without what the other side counts, with what is counted beyond what both do, and without a word or so
    that stands behind a figure."""
    mine = frozenset[str]().union(*(each.counted for each, _ in figures))
    theirs = frozenset[str]().union(*(each.counted for _, each in figures))
    both = (mine & theirs) or mine | theirs
    missing = (missing - theirs) | (mine - both - other.words)
    lacking = (lacking - mine) | (theirs - both - one.words)
    return _but_tail(missing, one), _but_tail(lacking, other)


def _but_tail(words: frozenset[str], claim: Claim) -> frozenset[str]:
    behind = words & claim.tail - claim.names
    return words - behind if len(behind) <= _TAIL else words


def _one_meaning(one: str, other: str) -> bool:
    if frozenset((one, other)) in CONTRASTS:
        return False
    vectors = embedded([one, other])
    return float(vectors[0] @ vectors[1]) >= _ONE_MEANING


def _known(missing: frozenset[str], lacking: frozenset[str], one: Said, other: Said) -> bool:
    """Whether what one clause says more is what stands around the other one."""
    if one.document == other.document:
        # What comes after may be what it is set against.
        return missing <= other.before and lacking <= one.before
    return missing <= other.quoted and lacking <= one.quoted


def _anchored(common: frozenset[str], mine: Side, theirs: Side) -> bool:
    """Whether what two clauses share is enough to tell what they are about: two words, or a word and a date, or a word
    where what stands around them is about the same."""
    one, other = mine.said, theirs.said
    named = bool(common & one.names & other.names)
    if one.document == other.document:
        return one.heading == other.heading or len(common) > 2 or named
    dated = any(
        a.dimension == b.dimension == "date" and agree(a, b)
        for a in mine.claim.quantities
        for b in theirs.claim.quantities
    )
    if named or len(common) + dated >= 2:
        return True
    beside = (one.quoted - one.own) & other.quoted | (other.quoted - other.own) & one.quoted
    return any(not word[0].isdigit() for word in beside - common - GENERIC - LIGHT_STEMS)
