"""What somebody else than the rules read in a human's prose, such as a model, held against the prose and the rules.

1. An item counts if its words stand in its point, and, if it is about a finding, if these words name that finding.
2. A point with an item that does not count, or with one that says the opposite of what the rules read, is not sure.
3. What may be an exclusion is searched for in no case, whoever finds that it is none.
4. What the rules read as not wanted stays so, and a point on which nothing was said is what the rules read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sayso.language.mention import Mention
from sayso.language.terms import content, stem, stems
from sayso.language.tokens import folded
from sayso.protocol.reading import ReadPoint
from sayso.wishes.excluding import things
from sayso.wishes.periods import period, spoken
from sayso.wishes.polarity import may_exclude, understood
from sayso.wishes.reading import Prose, by_point, left_out
from sayso.wishes.shown import Shown

_WISHED = 0.2
"""Probability of being an exclusion below which a point leaves nothing out, whoever finds that it does."""
Said = Literal["search", "leave_out", "drop", "keep", "limits", "note", "unsure"]


@dataclass(frozen=True)
class Item:
    """One thing that was read in one point."""

    point: int
    """From 1, in the order of `by_point`."""
    field: Said
    words: str
    """Of the point, letter by letter but for case and spaces."""
    finding: str = ""
    """Id of what is dropped or kept."""


def checked(text: str, shown: Shown, items: Sequence[Item]) -> Prose:
    """`text` as `items` read it, as far as they stand up to the rules' own reading."""
    prose = Prose()
    for number, (said, by_rules) in enumerate(by_point(text, shown), start=1):
        own = [each for each in items if each.point == number]
        prose.take(said, _agreed(said, by_rules, own, shown) if own else by_rules, shown)
    return prose


def _agreed(said: str, by_rules: list[ReadPoint] | None, own: list[Item], shown: Shown) -> list[ReadPoint] | None:
    read: list[ReadPoint] = []
    for item in own:
        grounded = _grounded(said, item, shown)
        if grounded is None:
            return None
        read += [each for each in grounded if each not in read]
    rules = by_rules or []
    if any(each.field == "text" for each in rules):
        return rules  # which units of the text are meant is exact
    searched = [each.value for each in rules if each.field == "search"]
    excludes = by_rules is None or may_exclude(said)
    for each in read:
        if each.field == "search" and excludes and not any(_within(each.value, query) for query in searched):
            return None
    denied = understood(said).excludes < _WISHED and any(each.field in ("leave_out", "drop") for each in read)
    if denied or any(_opposite(one, other) for one in rules for other in read):
        return None
    named = [item.words for item in own if item.field == "drop"]  # a finding, rather than all that it speaks of
    bound = [
        each
        for each in rules
        if each.field in ("drop", "limits")
        or (each.field == "leave_out" and not any(_within(each.value, words) for words in named))
    ]
    return [*read, *(each for each in bound if not any(_same(each, other) for other in read))]


def _grounded(said: str, item: Item, shown: Shown) -> list[ReadPoint] | None:
    """The item as it counts; `None` if it does not."""
    words = " ".join(item.words.split()).strip(' .,;:!"“”')
    if item.field == "unsure" or not words or not _within(words, said):
        return None
    match item.field:
        case "leave_out":
            return left_out(said, things(words, shown.resolve))
        case "drop" | "keep":
            id = item.finding.strip().lower()
            return [ReadPoint(said=said, field=item.field, value=id)] if _names(words, id, shown) else None
        case "limits":
            limit = period(words) or period(said)
            return [ReadPoint(said=said, field="limits", value=spoken(limit))] if limit else None
        case "search":
            if may_exclude(words) or shown.names_a_finding(words) or not content(words):
                return None
    return [ReadPoint(said=said, field=item.field, value=words)]


def _names(words: str, id: str, shown: Shown) -> bool:
    """Whether `words` name the finding: by its id, its place, its document, or a word of what it says."""
    finding = next((each for each in shown.findings if each.id == id), None)
    if finding is None:
        return False
    named = shown.resolve(words)
    if named is not None or shown.names_a_finding(words):
        return id in (named.findings if named else ()) or id in folded(words).split()
    told = stems(" ".join([finding.claim, *(quote.text for quote in finding.quotes)]))
    return any(stem(word) in told for word in content(words))


def _opposite(one: ReadPoint, other: ReadPoint) -> bool:
    """Whether one of them wants what the other does not want."""
    for wanted, unwanted in ((one, other), (other, one)):
        match wanted.field, unwanted.field:
            case "search" | "note", "leave_out":
                opposite = Mention.of(unwanted.value).named_in(wanted.value)
            case "keep", "drop":
                opposite = wanted.value == unwanted.value
            case _:
                opposite = False
        if opposite:
            return True
    # The rules read a wish where a finding is dropped, or another limit.
    fields = one.field, other.field
    return fields == ("search", "drop") or (fields == ("limits", "limits") and one.value != other.value)


def _same(one: ReadPoint, other: ReadPoint) -> bool:
    return one.field == other.field and folded(one.value) == folded(other.value)


def _within(words: str, text: str) -> bool:
    """Whether `words` stand in `text`, as whole words."""
    inner, outer = " ".join(folded(words).split()), " ".join(folded(text).split())
    at = outer.find(inner)
    while at >= 0:
        before, after = outer[at - 1 : at], outer[at + len(inner) : at + len(inner) + 1]
        if not (before.isalnum() and inner[0].isalnum()) and not (after.isalnum() and inner[-1].isalnum()):
            return True
        at = outer.find(inner, at + 1)
    return False
