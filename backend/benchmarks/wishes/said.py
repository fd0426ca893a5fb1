"""What people say of a report, with what is meant by it: the sets that the reading is learned from and held against."""

import re
from dataclasses import dataclass
from pathlib import Path

SETS = Path(__file__).parents[2] / "tests" / "wishes" / "sets"
_MARKED = re.compile(r"\[([^]]+)]|\{([^}]+)\}")
MEANINGS = {"-": "unwanted", "~": "both", "+": "wanted", "w": "writing", "?": "unclear", "k": "keep"}


@dataclass(frozen=True)
class Said:
    """One thing that was said."""

    trade: str
    meaning: str
    """One of the values of `MEANINGS`."""
    text: str
    unwanted: tuple[tuple[int, int], ...] = ()
    """Where in `text` it names what is to be left out: start and end of each."""
    wanted: tuple[tuple[int, int], ...] = ()
    """Where it says what is to be searched for, if that is not all of it."""

    @property
    def language(self) -> str:
        """`en`, or the code before the trade."""
        return self.trade.partition(":")[0] if ":" in self.trade else "en"

    def named(self, spans: tuple[tuple[int, int], ...]) -> list[str]:
        """The words at `spans`."""
        return [self.text[start:end] for start, end in spans]


def said(name: str) -> list[Said]:
    """The lines of a set, such as `learning.txt`."""
    found: list[Said] = []
    trade = ""
    for line in (SETS / name).read_text("utf-8").splitlines():
        if line.startswith("## "):
            trade = line[3:]
        elif line and not line.startswith("#"):
            found.append(_parsed(trade, line))
    return found


def learning() -> list[Said]:
    """The lines that the reading is learned from."""
    return [line for file in sorted(SETS.glob("learning*.txt")) if "held" not in file.stem for line in said(file.name)]


def _parsed(trade: str, line: str) -> Said:
    text = ""
    spans: dict[str, list[tuple[int, int]]] = {"[": [], "{": []}
    end = 0
    marked = line[2:]
    for match in _MARKED.finditer(marked):
        text += marked[end : match.start()]
        inner = match[1] or match[2]
        spans[match.group()[0]].append((len(text), len(text) + len(inner)))
        text += inner
        end = match.end()
    return Said(trade, MEANINGS[line[0]], text + marked[end:], tuple(spans["["]), tuple(spans["{"]))
