"""Findings that cannot both be right.

Two findings of different documents conflict if and only if the sentences that carry them are about the same thing,
name the same names, and

- give different numbers or dates for the same: each has exactly one figure of a kind ("time", "bytes", a year, the
  word that is counted), these differ, and neither is a bound ("at least 30" and "40" can both hold), or
- one denies what the other states ("is supported" and "is not supported", "enabled" and "disabled").

What they are about is the same if they share `SAME` of their content stems and at least `_FEW` of them, and no
condition ("if", "unless", a setting named in the heading above) holds for only one. Rather a conflict too few than one
that is none: a human has to look at each.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from sayso.language.figures import Quantity, denies, quantities
from sayso.language.sameness import Said
from sayso.language.sentences import readable, split
from sayso.language.terms import is_technical, likeness, stem, words
from sayso.protocol.evidence import Conflict, Finding, Quote, Source

SAME = 0.6
"""Jaccard index of two sentences' content stems, those of the differing figures apart, from which they can conflict."""
SAME_DENIED = 0.7
"""The same where one denies: there the words alone tell what the two are about."""
_FEW, _FEW_IN_ALL = 3, 2
"""Content stems that two sentences must share, and where they are all that one of them has."""
_CONDITION = re.compile(
    r"\b(?:if|unless|when|whenever|while|until|except|only|before|after|without|otherwise|instead|during|in case)\b",
    re.I,
)
_OPPOSITES = {
    stem(denied): stem(stated)
    for stated, denied in (
        ("enabled", "disabled"),
        ("enable", "disable"),
        ("supported", "unsupported"),
        ("allowed", "forbidden"),
        ("allowed", "prohibited"),
        ("permitted", "forbidden"),
        ("required", "optional"),
        ("possible", "impossible"),
        ("safe", "unsafe"),
        ("increases", "decreases"),
        ("reversible", "irreversible"),
    )
}


@dataclass(frozen=True)
class _Claim:
    finding: Finding
    uri: str
    said: Said
    stems: frozenset[str]
    denies: bool
    quantities: list[Quantity]
    conditions: frozenset[str]
    setting: frozenset[str]
    """Names in the heading above, of which the sentence may tell without naming them."""


def conflicts(findings: Sequence[Finding], sources: Sequence[Source]) -> list[Conflict]:
    """Every two of `findings` that cannot both be right, in their order. What has no quotes is passed over."""
    documents = {source.id: (source.kind, source.uri) for source in sources}
    claims = [_claims(finding, documents) for finding in findings if finding.quotes]
    found = []
    for ones, others in combinations(claims, 2):
        whys = (_why(one, other) for one in ones for other in others if one.uri != other.uri)
        if why := next(filter(None, whys), ""):
            found.append(Conflict(findings=[ones[0].finding.id, others[0].finding.id], why=why))
    return found


def _claims(finding: Finding, documents: dict[str, tuple[str, str]]) -> list[_Claim]:
    """One for each carrying sentence: there are two where one leans on the other."""
    text = carried(finding.quotes[0])
    return [_claim(finding, sentence.readable, documents) for sentence in split(text)] or [
        _claim(finding, text, documents)
    ]


def _claim(finding: Finding, text: str, documents: dict[str, tuple[str, str]]) -> _Claim:
    quote = finding.quotes[0]
    said = Said.of(text)
    opposite = said.stems & _OPPOSITES.keys()
    return _Claim(
        finding=finding,
        uri=" ".join(documents.get(quote.source, ("", quote.source))),
        said=said,
        stems=frozenset(_OPPOSITES.get(each, each) for each in said.stems),
        denies=denies(text) ^ (len(opposite) % 2 == 1),
        quantities=quantities(text),
        conditions=frozenset(match.group().lower() for match in _CONDITION.finditer(text)),
        setting=frozenset(
            stem(word) for word in words((quote.place.heading or "").rsplit(" › ", 1)[-1]) if _is_name(word)
        ),
    )


def carried(quote: Quote) -> str:
    """What of a quote carries its claim."""
    start, end = quote.marked or (0, len(quote.text))
    return readable(quote.text[start:end])


def _why(one: _Claim, other: _Claim) -> str:
    if one.said.names != other.said.names or one.conditions != other.conditions:
        return ""
    if one.setting != other.setting and not (one.setting | other.setting) <= one.said.stems & other.said.stems:
        return ""
    first, second = one.finding.id, other.finding.id
    for mine, theirs in _unequal(one.quantities, other.quantities):
        counted = {stem(word) for each in (mine, theirs) for word in words(each.text)}
        if _same(one.stems - counted, other.stems - counted, SAME) and one.denies == other.denies:
            return f"{first} says {mine.text}, {second} says {theirs.text}."
    told = one.denies != other.denies and one.said.figures == other.said.figures
    if told and _same(one.stems, other.stems, SAME_DENIED):
        return f"{first} denies what {second} states." if one.denies else f"{second} denies what {first} states."
    return ""


def _same(one: frozenset[str], other: frozenset[str], share: float) -> bool:
    common = len(one & other)
    whole = common >= _FEW_IN_ALL and common == min(len(one), len(other))
    return (common >= _FEW or whole) and likeness(one, other) >= share


def _unequal(one: list[Quantity], other: list[Quantity]) -> list[tuple[Quantity, Quantity]]:
    """The figures of a kind that each has exactly one of, where they cannot both hold; none if another one differs in
    number, for then it is the sentences that differ."""
    kinds = {each.kind for each in (*one, *other)}
    pairs = []
    for kind in sorted(kinds):
        mine, theirs = [each for each in one if each.kind == kind], [each for each in other if each.kind == kind]
        if len(mine) != 1 or len(theirs) != 1:
            if sorted(each.value for each in mine) != sorted(each.value for each in theirs):
                return []
            continue
        if mine[0].value != theirs[0].value and mine[0].bound == theirs[0].bound:
            pairs.append((mine[0], theirs[0]))
    # Two figures that differ at once are two cases of something rather than two opinions on it.
    return pairs if len(pairs) == 1 else []


def _is_name(word: str) -> bool:
    return is_technical(word) and not word[:1].isdigit()
