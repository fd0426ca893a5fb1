"""Wishes about the order of a text, and about single units of it: "put the third sentence first", "start with the
table", "strike the last sentence"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sayso.language.tokens import folded
from sayso.wishes.ordinals import ORDINAL, place_of

_KINDS = {"bullet": "item", "point": "item"} | {
    kind: kind for kind in ("sentence", "paragraph", "table", "list", "item", "row", "code")
}
_THING = rf"(?:the\s+)?(?:{ORDINAL}\s+)?({'|'.join(_KINDS)})|u(\d+)"
_FIRST = r"first|(?:at|to)\s+the\s+(?:very\s+)?(?:top|beginning|start|front)"
_LAST = r"last|(?:at|to)\s+the\s+(?:very\s+)?(?:end|bottom)"
_PLACE = rf"(?:(?P<first>{_FIRST})|(?P<last>{_LAST})|(?P<side>before|above|after|below|behind)\s+(?P<target>{{thing}}))"
_LOOSE = r"[^,;.!?]+?"
_MOVE = re.compile(
    rf"(?:put|move|place|bring|shift|set)\s+(?P<what>{_LOOSE})\s+{_PLACE.format(thing=_LOOSE)}"
    rf"|(?P<begin>start|begin|open|lead)\s+(?:it\s+|the\s+(?:text|report)\s+)?with\s+(?P<opening>{_LOOSE})"
    rf"|(?P<finish>end|close|finish)\s+(?:it\s+|the\s+(?:text|report)\s+)?with\s+(?P<closing>{_LOOSE})"
)
_STRIKE = re.compile(
    rf"(?:strike|delete|remove|drop|cut|erase)\s+(?:out\s+)?(?P<what>{_LOOSE})|(?:leave|take)\s+(?P<left>{_LOOSE})\s+out"
)
_A_THING = re.compile(_THING)
_AROUND = re.compile(
    r"^(?:(?:please|and|also|then)\s+)+|\s+please$|\s+(?:of|in|from)\s+(?:the|this)\s+(?:text|report)(?=\s|$)"
)


@dataclass(frozen=True)
class ShownUnit:
    """A unit of a finished text, as people count them."""

    id: str
    kind: str
    """`sentence`, `item`, `row` or `code`."""
    block: int
    """Number of the paragraph, list, table or code that it is in."""
    form: str
    """`paragraph`, `list`, `table` or `code`."""


@dataclass(frozen=True)
class Order:
    """What becomes of one unit: it goes, or stands right before or after another one."""

    unit: str
    before: str = ""
    after: str = ""

    def __str__(self) -> str:
        if self.before or self.after:
            return f"{self.unit} {'before' if self.before else 'after'} {self.before or self.after}"
        return f"strike {self.unit}"

    @classmethod
    def read(cls, said: str) -> "Order":
        """The order whose `str` this is."""
        first, *rest = said.split()
        if first == "strike":
            return cls(rest[0])
        return cls(first, **{rest[0]: rest[1]})


def is_order(text: str) -> bool:
    """Whether `text` asks for another order of the text, whatever there is in it."""
    match = _MOVE.fullmatch(_bare(text))
    named = [match[name] for name in ("what", "target", "opening", "closing") if match[name]] if match else []
    return bool(named) and all(_A_THING.fullmatch(each) for each in named)


def without_orders(note: str) -> str:
    """The lines of a note that ask for no other order."""
    return "\n".join(line for line in note.split("\n") if not is_order(line))


def orders(text: str, units: Sequence[ShownUnit]) -> list[Order]:
    """What `text` asks about `units`, one order after the other; nothing if it asks for something else, or for what is
    not there."""
    line = _bare(text)
    if match := _MOVE.fullmatch(line):
        own = _things(match["what"] or match["opening"] or match["closing"], units)
        others = [each.id for each in units if each not in own]
        if not own or not others:
            return []
        if match["target"]:
            others = [each.id for each in _things(match["target"], units) if each not in own]
            ahead = match["side"] in ("before", "above")
        else:
            ahead = bool(match["first"] or match["begin"])
        if not others:
            return []
        ids = [each.id for each in (own if own[0].form == "paragraph" or len(own) == 1 else own[:1])]
        if ahead:
            return [Order(id, before=others[0]) for id in ids]
        return [Order(id, after=others[-1] if at == 0 else ids[at - 1]) for at, id in enumerate(ids)]
    if match := _STRIKE.fullmatch(line):
        return [Order(each.id) for each in _things(match["what"] or match["left"], units)]
    return []


def _bare(text: str) -> str:
    line = " ".join(folded(text).split()).strip(" .!,;")
    while (shorter := _AROUND.sub("", line).strip(" ,")) != line:
        line = shorter
    return line


def _things(said: str, units: Sequence[ShownUnit]) -> list[ShownUnit]:
    """The units that words such as "the third sentence" and "the table" stand for."""
    match = _A_THING.fullmatch(said.strip())
    if match is None:
        return []
    ordinal, kind, id = match.groups()
    if id:
        return [each for each in units if each.id == f"u{id}"]
    kind = _KINDS[kind]
    if kind in ("sentence", "item", "row"):
        groups = [[each] for each in units if each.kind == kind]
        if ordinal is None:
            return []
    else:
        own = [each for each in units if each.form == kind]
        groups = [[each for each in own if each.block == block] for block in dict.fromkeys(each.block for each in own)]
    at = place_of(ordinal) if ordinal else 0
    return groups[at] if at is not None and -len(groups) <= at < len(groups) else []
