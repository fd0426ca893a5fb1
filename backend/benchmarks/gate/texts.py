"""Texts to quote from: small business, medical and legal ones that are part of the set, and sentences written by hand.

A file of `texts/` has a head (`title:`, `half:`), numbered units in paragraphs, and the sentences made from them, as
`KIND UNITS: SENTENCE` under `[twisted]` and `[faithful]`. In a unit, `<A> ... <B>` marks the two who do something to
each other, and `[It|The board]` what a pronoun stands for; neither is part of the text.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

Half = Literal["tune", "held"]
HALVES: tuple[Half, Half] = ("tune", "held")

_FOLDER = Path(__file__).parent / "texts"
_UNIT = re.compile(r"(\d+) (.*)")
_CASE = re.compile(r"([a-z]+) ([\d ]+): (.*)")
_ROLES = re.compile(r"<(.+?)>(.*?)<(.+?)>")
_PRONOUN = re.compile(r"\[(\w+)\|([^\]]+)\]")


@dataclass(frozen=True)
class Passage:
    """A passage as a human approves it: a paragraph with its lists and tables. `source` names its text."""

    source: str
    text: str


@dataclass(frozen=True)
class Unit:
    """A sentence, an item or a row of a passage, word for word."""

    text: str
    passage: Passage
    half: Half
    origin: Literal["own", "manual"]
    roles: tuple[str, str] | None = None
    """The two who do something to each other, in the order of the text."""
    noun: tuple[str, str] | None = None
    """The pronoun that it begins with, and what that stands for."""

    @property
    def prose(self) -> bool:
        return self.text[0] not in "-|" and self.text.endswith(".")


@dataclass(frozen=True)
class Case:
    """A sentence that somebody might write from `units`.

    `twisted` says that it is false, or more than the units say; otherwise the units entail it.
    """

    text: str
    kind: str
    twisted: bool
    half: Half
    units: tuple[Unit, ...]
    by: Literal["hand", "rule"]

    @property
    def passages(self) -> tuple[Passage, ...]:
        return tuple(dict.fromkeys(unit.passage for unit in self.units))


@dataclass
class Library:
    """Units to make sentences from, and sentences that were made by hand."""

    units: list[Unit] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)


def own() -> Library:
    """The texts of this folder."""
    library = Library()
    for path in sorted(_FOLDER.glob("*.txt")):
        _read(path.read_text("utf-8"), library)
    return library


def _read(text: str, library: Library) -> None:
    body, _, made = text.partition("[twisted]")
    head, *paragraphs = body.strip().split("\n\n")
    about = dict(line.split(": ", 1) for line in head.splitlines())
    half: Half = "held" if about["half"] == "held" else "tune"
    units: dict[str, Unit] = {}
    for paragraph in paragraphs:
        lines = [line.groups() for line in map(_UNIT.fullmatch, paragraph.splitlines()) if line]
        plain = [_plain(line) for _, line in lines]
        passage = Passage(about["title"], _joined(plain))
        for (number, line), said in zip(lines, plain, strict=True):
            units[number] = Unit(said, passage, half, "own", _roles(line), _noun(line))
    library.units += units.values()
    twisted, _, faithful = made.partition("[faithful]")
    for lines_, is_twisted in ((twisted, True), (faithful, False)):
        for kind, numbers, said in (match.groups() for match in map(_CASE.fullmatch, lines_.split("\n")) if match):
            of = tuple(units[number] for number in numbers.split())
            library.cases.append(Case(said, kind, is_twisted, half, of, "hand"))


def _joined(lines: list[str]) -> str:
    """Sentences flow, items and rows keep their lines."""
    text = lines[0]
    for line in lines[1:]:
        text += ("\n" if line[0] in "-|" else " ") + line
    return text


def _plain(line: str) -> str:
    return _PRONOUN.sub(r"\1", line).replace("<", "").replace(">", "")


def _roles(line: str) -> tuple[str, str] | None:
    match = _ROLES.search(line)
    return (match[1], match[3]) if match else None


def _noun(line: str) -> tuple[str, str] | None:
    match = _PRONOUN.match(line)
    return (match[1], match[2]) if match else None
