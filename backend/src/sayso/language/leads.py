"""What leads into the items of lists, of lists within lists too."""

import re
from dataclasses import dataclass
from typing import Generic, TypeVar

Lead = TypeVar("Lead")

_FIRST = frozenset("1a")
_INNER = "•◦‣"
"""The bullets of a list, of one within it, and of one within that."""
PARENT = 25
"""Words of an item, at most, that leads into the list within it as it is."""
_MARKED = re.compile(r"(?P<indent>[ \t>]*)(?P<bracket>[(\[]?)(?P<sign>\d+|.)")


def kind(mark: str) -> str:
    """What a list's marks have in common: "1" for all numbers, "a" for all letters, else the sign itself; how far in
    they stand, and their brackets."""
    match = _MARKED.match(mark)
    if match is None:
        return ""
    sign = match["sign"]
    sort = "1" if sign[0].isdigit() else "a" if sign.isalpha() else sign
    return f"{match['indent']}{match['bracket']}{sort}"


@dataclass(frozen=True, slots=True)
class _List(Generic[Lead]):
    """A list under way: what its marks have in common, what leads into its items, and whether that introduces them."""

    kind: str
    lead: Lead | None = None
    introduced: bool = False


class Leads(Generic[Lead]):
    """Goes through the items of a text in their order.

    An item that introduces others ("3. Do one of these:") opens a list of another kind of marks. The next item of its
    own kind closes that: it is none of "these". A list further in that nothing introduces is led by what introduces the
    list around it ("You may not:" holds for all of it), or else by the item that it is within.
    """

    def __init__(self) -> None:
        self._open: list[_List[Lead]] = []
        self._next: Lead | None = None
        self._item: Lead | None = None
        """The last item."""

    def close(self) -> None:
        """What follows belongs to no list under way."""
        self._open.clear()
        self._next = self._item = None

    def introduce(self, lead: Lead) -> None:
        """The next item begins a list that `lead` leads into."""
        self.close()
        self._next = lead

    def item(self, mark: str, introduction: Lead | None = None, itself: Lead | None = None) -> Lead | None:
        """What leads into the item.

        Args:
            mark: with the blanks before it.
            introduction: what stands right before the item, if that introduces something.
            itself: the item, as what leads into a list within it; none of one that is too long for that.
        """
        introduction, self._next = introduction or self._next, None
        around, self._item = self._item, itself
        own = kind(mark)
        kinds = [each.kind for each in self._open]
        if own in kinds:
            del self._open[kinds.index(own) + 1 :]
            if self._open[-1].lead is None and introduction is not None:
                # A list within a list whose marks are alike.
                self._open[-1] = _List(own, introduction, introduced=True)
        elif introduction is not None:
            self._open.append(_List(own, introduction, introduced=True))
        elif not self._open:
            self._open.append(_List(own))
        elif _begins(mark):
            outer = self._open[-1]
            within = around is not None and not outer.introduced and _is_within(own, outer.kind)
            self._open.append(_List(own, around if within else outer.lead, outer.introduced))
        else:
            # It goes on with a list that began earlier than what is read here.
            self._open = [_List(own)]
        return self._open[-1].lead


def _is_within(inner: str, outer: str) -> bool:
    """Whether a list with such marks stands in an item of one with those: further in, or by the order of bullets."""
    if inner in _INNER and outer in _INNER:
        return _INNER.index(inner) > _INNER.index(outer)
    return len(inner) - len(inner.lstrip()) > len(outer) - len(outer.lstrip())


def _begins(mark: str) -> bool:
    """Whether a list can begin with this mark."""
    sign = mark.strip(" \t>(.)[]")
    return sign in _FIRST or not sign.isalnum()
