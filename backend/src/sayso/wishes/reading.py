"""Prose read into the fields of a decision, point by point.

1. What says how the report should read is for the writer (`note`), what limits years is `limits`.
2. What as good as certainly excludes nothing is searched for (`search`).
3. What surely excludes something is searched for in no case. What it plainly names is left out, or dropped if it is a
   finding; what it wants beside that is searched for ("locks, not statistics").
4. All else is not understood, and so is what it may point back at.
"""

from dataclasses import dataclass, field

from sayso.language.segments import is_question
from sayso.language.terms import content
from sayso.language.tokens import folded
from sayso.protocol.items import SearchLimits, UnitEdit
from sayso.protocol.reading import ItemField, Reading, ReadPoint, Unsure
from sayso.wishes.commands import commanded, drops, is_torn
from sayso.wishes.excluding import Unwanted, sorted_out, things
from sayso.wishes.ordering import Order, orders
from sayso.wishes.periods import Period, period, spoken, without_period
from sayso.wishes.points import points
from sayso.wishes.polarity import LEFT_OUT, may_exclude, understood
from sayso.wishes.shown import Shown
from sayso.wishes.tokens import FINDING, tokens
from sayso.wishes.writing import parted

_DENIALS = frozenset({"not", "n't", "never", "nicht", "pas", "no", "non", "não", "niet"})
_RATHER = 0.5
"""Probability from which a point rather excludes something than wants it."""
_SHORT = 6
"""Words up to which a point that is not understood may speak of the point before it."""


@dataclass
class Prose:
    """What a text was read as."""

    points: list[ReadPoint] = field(default_factory=list)
    unsure: list[Unsure] = field(default_factory=list)

    def take(self, point: str, items: list[ReadPoint] | None, shown: Shown) -> None:
        """Add what a point was read as; `None` is not sure."""
        if items is None:
            self.unsure.append(Unsure(said=point, field=_missing_field(point, shown)))
        else:
            self.points += items

    def reading(self, limits: SearchLimits | None = None) -> Reading:
        """The same as the fields of a decision.

        Args:
            limits: those that were sent, which hold instead of those that were read.
        """

        def values(field: ItemField) -> list[str]:
            return list(dict.fromkeys(point.value for point in self.points if point.field == field))

        dropped = {point.value: "" if point.sent else point.said for point in self.points if point.field == "drop"}
        read = next((found for point in self.points if point.field == "limits" and (found := period(point.said))), None)
        return Reading(
            keep=values("keep"),
            drop=dropped,
            search=values("search"),
            leave_out=values("leave_out"),
            limits=limits or (_dates(read) if read else None),
            note="\n".join(values("note")),
            text=[edit_of(Order.read(value)) for value in values("text")],
            unsure=self.unsure,
            points=self.points,
        )


def read(text: str, shown: Shown) -> Prose:
    """Read `text`, which was said of what is `shown`. The same text is always read in the same way."""
    prose = Prose()
    for point, items in by_point(text, shown):
        prose.take(point, items, shown)
    return prose


def by_point(text: str, shown: Shown) -> list[tuple[str, list[ReadPoint] | None]]:
    """Each point of `text` with what it is read as; `None` if that is not sure."""
    found: list[tuple[str, list[ReadPoint] | None]] = []
    listing = False
    for point in points(text):
        if listing:
            found.append((point, left_out(point, things(point, shown.resolve))))
            continue
        listing = point.endswith(":") and may_exclude(point)
        if listing:
            continue
        items = _items(point, shown)
        if not items and found:
            said, before = found[-1]
            if together := _with_the_one_before(text, said, point, shown):
                found[-1] = together
                continue
            if items is None and before and _speaks_of_it(point, before, shown):
                found[-1] = said, None
        found.append((point, items))
    return found


def _with_the_one_before(text: str, said: str, point: str, shown: Shown) -> tuple[str, list[ReadPoint]] | None:
    """A point that says nothing by itself with the one before it in its line ("Prices? No thanks."), and what they
    exclude; `None` if they do not plainly."""
    start, end = text.find(said), text.find(point)
    both = text[start : end + len(point)]
    if not 0 <= start < end or "\n" in both or is_question(point) or shown.names_a_finding(point):
        return None
    items = _items(both, shown) if understood(both).excludes >= LEFT_OUT else None
    # Of the point itself only that is taken which it rather means by itself too.
    excludes = understood(point).excludes >= _RATHER
    fits = all(each.value in said or (each.field == "search") != excludes for each in items or [])
    return (both, items) if items and fits else None


def _speaks_of_it(point: str, before: list[ReadPoint], shown: Shown) -> bool:
    """Whether a point that is not understood may speak of the wish before it."""
    short = len(point.split()) <= _SHORT and not shown.names_a_finding(point)
    return short and all(each.field == "search" for each in before)


def edit_of(order: Order) -> UnitEdit:
    """The same as the protocol says it."""
    if order.before or order.after:
        return UnitEdit(unit=order.unit, before=order.before or None, after=order.after or None)
    return UnitEdit(unit=order.unit, strike=True)


def _dates(limit: Period) -> SearchLimits:
    first, last = limit
    return SearchLimits(since=str(first) if first else None, until=str(last) if last else None)


def _missing_field(point: str, shown: Shown) -> ItemField:
    if shown.names_a_finding(point):
        return "drop"
    return "search" if is_question(point) else "leave_out"


def _items(point: str, shown: Shown) -> list[ReadPoint] | None:
    """What one point is read as; `None` if that is not sure."""
    if found := orders(point, shown.units):
        return [ReadPoint(said=point, field="text", value=str(each)) for each in found]
    if (command := commanded(point, shown)) is not None:
        return command
    if is_torn(point):
        return None
    items: list[ReadPoint] = []
    rest = point
    if limit := period(point):
        items.append(ReadPoint(said=point, field="limits", value=spoken(limit)))
        rest = without_period(point)
    about, writing = parted(rest)
    if writing:
        items.append(ReadPoint(said=point, field="note", value=writing.strip(" .,;")))
    about = about.strip(" ,;")
    if not _says_something(about):
        # A bare "no" is no exclusion; "not so sure" may be one.
        denied = any(each.form in _DENIALS for each in tokens(about)) or may_exclude(about)
        return None if len(about.split()) > 1 and denied else items
    more: list[ReadPoint] | None = None
    if may_exclude(about):
        more = _unwanted(point, about, shown)
    elif shown.names_a_finding(about):
        more = _kept(point, about, shown)
    elif understood(about).may_be_searched:
        more = [ReadPoint(said=point, field="search", value=about)]
    return None if more is None else items + more


def _kept(point: str, about: str, shown: Shown) -> list[ReadPoint] | None:
    """The findings of `about` that are to stay; `None` if there are none, or others than are shown."""
    named = [shown.resolve(about[each.start : each.end]) for each in tokens(about) if each.form == FINDING]
    if not understood(about).keeps or not named or None in named or (len(named) > 1 and drops(about)):
        return None
    return [ReadPoint(said=point, field="keep", value=id) for each in named if each for id in each.findings]


def _unwanted(point: str, about: str, shown: Shown) -> list[ReadPoint] | None:
    apart = sorted_out(about, shown.resolve)
    if apart is None:
        return None
    wanted, unwanted = apart
    items = left_out(point, unwanted) or []
    for each in wanted:
        if shown.names_a_finding(each):
            kept = _kept(point, each, shown)
            if kept is None:
                return None
            items += kept
        elif _says_something(each):
            items.append(ReadPoint(said=point, field="search", value=each))
    return items or None


def left_out(point: str, unwanted: list[Unwanted] | None) -> list[ReadPoint] | None:
    """What `point` leaves out or drops; `None` if that is not plain."""
    if unwanted is None:
        return None
    items = [ReadPoint(said=point, field="drop", value=id) for each in unwanted for id in each.findings]
    return items + [ReadPoint(said=point, field="leave_out", value=each.name) for each in unwanted if each.name]


def _says_something(text: str) -> bool:
    return bool(content(text)) or any(ord(char) > 0x2E7F for char in folded(text))
