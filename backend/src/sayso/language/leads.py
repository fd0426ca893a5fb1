"""What leads into the items of lists, of lists within lists too."""

import re
from typing import Generic, TypeVar

Lead = TypeVar("Lead")

_FIRST = frozenset("1a")
_MARKED = re.compile(r"(?P<indent>[ \t>]*)(?P<bracket>\(?)(?P<sign>\d+|.)")


def kind(mark: str) -> str:
    """What a list's marks have in common: "1" for all numbers, "a" for all letters, else the sign itself; how far in
    they stand, and their brackets."""
    match = _MARKED.match(mark)
    if match is None:
        return ""
    sign = match["sign"]
    sort = "1" if sign[0].isdigit() else "a" if sign.isalpha() else sign
    return f"{match['indent']}{match['bracket']}{sort}"


class Leads(Generic[Lead]):
    """Goes through the items of a text in their order.

    An item that introduces others ("3. Do one of these:") opens a list of another kind of marks. The next item of its
    own kind closes that: it is none of "these".
    """

    def __init__(self) -> None:
        self._open: list[tuple[str, Lead | None]] = []
        self._next: Lead | None = None

    def close(self) -> None:
        """What follows belongs to no list under way."""
        self._open.clear()
        self._next = None

    def introduce(self, lead: Lead) -> None:
        """The next item begins a list that `lead` leads into."""
        self.close()
        self._next = lead

    def item(self, mark: str, introduction: Lead | None = None) -> Lead | None:
        """What leads into the item.

        Args:
            mark: with the blanks before it.
            introduction: what stands right before the item, if that introduces something.
        """
        introduction, self._next = introduction or self._next, None
        own = kind(mark)
        kinds = [each for each, _ in self._open]
        if own in kinds:
            del self._open[kinds.index(own) + 1 :]
            if self._open[-1][1] is None and introduction is not None:
                # A list within a list whose marks are alike.
                self._open[-1] = (own, introduction)
        elif introduction is not None:
            self._open.append((own, introduction))
        elif not self._open or _begins(mark):
            self._open.append((own, self._open[-1][1] if self._open else None))
        else:
            # It goes on with a list that began earlier than what is read here.
            self._open = [(own, None)]
        return self._open[-1][1]


def _begins(mark: str) -> bool:
    """Whether a list can begin with this mark."""
    sign = mark.strip(" \t>(.)")
    return sign in _FIRST or not sign.isalnum()
