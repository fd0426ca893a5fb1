"""Prose read into the fields of a decision, point by point.

1. What says how the report should read is for the writer (`note`), what limits years is `limits`.
2. What has no word of excluding or contrast, and no demand that is not known for a wish, is searched for (`search`).
3. What has one is searched for in no case. Where it says plainly what is not wanted, that is left out, or dropped if it
   is a finding; what stands before it, apart and without such a word, is searched for ("locks, not statistics").
4. All else is not understood, and so is what it may point back at.
"""

import re
from dataclasses import dataclass, field

from sayso.language.terms import content
from sayso.language.tokens import folded
from sayso.protocol.items import SearchLimits, UnitEdit
from sayso.protocol.reading import ItemField, Reading, ReadPoint, Unsure
from sayso.wishes.excluding import Unwanted, excluded, halves, joined, things
from sayso.wishes.ordering import Order, orders
from sayso.wishes.periods import Period, period, spoken, without_period
from sayso.wishes.points import points
from sayso.wishes.polarity import may_exclude
from sayso.wishes.shown import Shown
from sayso.wishes.writing import parted

_WANTING = (
    r"(?:more|add|also|include|search|find|look|tell|show|what|how|when|which|why|who|where|focus|explain"
    r"|concentrate)\b"
)
_SEPARATOR = re.compile(
    r"(\s*,?\s+(?:but|aber|sondern|mais|pero|sino|maar|however)\s+|\s*[,;:–—]\s+|\s+-\s+"
    rf"|\s+(?:and|then|and\s+then)\s+(?={_WANTING}))",
    re.IGNORECASE,
)
_CONTRAST = re.compile(r"^(?:but|aber|sondern|mais|pero|sino|maar|however)\s+", re.IGNORECASE)
_COURTESY = re.compile(
    r"(?:please|thanks?|thank\s+you|bitte|danke|merci|gracias|por\s+favor|s['’]il\s+vous\s+pla[îi]t)", re.I
)
_WANTED = re.compile(rf"(?:and\s+|then\s+|instead\s+|rather\s+)*{_WANTING}", re.IGNORECASE)
_KEEP = re.compile(r"(?:please\s+|and\s+|also\s+)*(?:keep|behalte|garde[rz]?|conserva)\s+(.+)", re.IGNORECASE)
_BACK = re.compile(
    r"(?:drop|remove|skip|ignore|omit|leave|delete|cut|strike)?\s*(?:it|that|this|them|those|these|that\s+one)(?:\s+(?:out|away))?"
    r"(?:\s+please)?[.!]?",
    re.IGNORECASE,
)
_ASKS = re.compile(r"[?？؟]\s*$")
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
        if items is None and found and len(point.split()) <= _SHORT and not shown.names_a_finding(point):
            said, before = found[-1]
            if before and all(each.field == "search" for each in before):
                found[-1] = said, None
        found.append((point, items))
    return found


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
    return "search" if _ASKS.search(point) else "leave_out"


def _items(point: str, shown: Shown) -> list[ReadPoint] | None:
    """What one point is read as; `None` if that is not sure."""
    if found := orders(point, shown.units):
        return [ReadPoint(said=point, field="text", value=str(each)) for each in found]
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
        return None if may_exclude(about) and len(about.split()) > 1 else items
    if may_exclude(about):
        more = _unwanted(point, about, shown)
    elif shown.names_a_finding(about):
        more = _kept(point, about, shown)
    else:
        more = [ReadPoint(said=point, field="search", value=about)]
    return None if more is None else items + more


def _kept(point: str, about: str, shown: Shown) -> list[ReadPoint] | None:
    match = _KEEP.fullmatch(about.strip(" .!"))
    named = things(match[1], shown.resolve) if match else None
    if named is None or not all(each.findings for each in named):
        return None
    return [ReadPoint(said=point, field="keep", value=id) for each in named for id in each.findings]


def _unwanted(point: str, about: str, shown: Shown) -> list[ReadPoint] | None:
    sorted_out = _sorted_out(about, shown)
    if sorted_out is None:
        return None
    wanted, unwanted = sorted_out
    items = left_out(point, unwanted) or []
    for each in wanted:
        matter, writing = parted(each)
        if writing:
            items.append(ReadPoint(said=point, field="note", value=writing.strip(" .,;")))
        if shown.names_a_finding(matter):
            kept = _kept(point, matter, shown)
            if kept is None:
                return None
            items += kept
        elif _says_something(matter):
            items.append(ReadPoint(said=point, field="search", value=matter))
    return items


def _sorted_out(about: str, shown: Shown) -> tuple[list[str], list[Unwanted]] | None:
    """What is wanted and what is not, clause by clause; `None` if a clause is not plain, or nothing is unwanted."""
    wanted: list[str] = []
    unwanted: list[Unwanted] = []
    pieces = _SEPARATOR.split(_CONTRAST.sub("", about))
    for at in range(0, len(pieces), 2):
        clause, contrast = pieces[at].strip(), at > 0 and any(map(str.isalpha, pieces[at - 1]))
        if not any(map(str.isalnum, clause)) or _COURTESY.fullmatch(clause.strip(" .!")):
            continue
        if may_exclude(clause):
            before, own = _apart(clause, shown)
            if own is None and not (unwanted and _BACK.fullmatch(clause)):
                return None
            wanted += [before] if before else []
            unwanted += own or []
        elif not unwanted or contrast or _WANTED.match(clause):
            wanted.append(clause)
        elif at == len(pieces) - 1 and "and" in clause.split() and (listed := things(clause, shown.resolve)):
            unwanted += listed
        else:
            return None
    return (wanted, unwanted) if unwanted else None


def _apart(clause: str, shown: Shown) -> tuple[str, list[Unwanted] | None]:
    """What a clause wants, which may be nothing, and what it does not want."""
    if own := excluded(clause, shown.resolve):
        return "", own
    for cut in (joined, halves):
        parts = cut(clause)
        if parts and not may_exclude(parts[0]) and (own := excluded(parts[1], shown.resolve)):
            return parts[0], own
    return "", None


def left_out(point: str, unwanted: list[Unwanted] | None) -> list[ReadPoint] | None:
    """What `point` leaves out or drops; `None` if that is not plain."""
    if unwanted is None:
        return None
    items = [ReadPoint(said=point, field="drop", value=id) for each in unwanted for id in each.findings]
    return items + [ReadPoint(said=point, field="leave_out", value=each.name) for each in unwanted if each.name]


def _says_something(text: str) -> bool:
    return bool(content(text)) or any(ord(char) > 0x2E7F for char in folded(text))
