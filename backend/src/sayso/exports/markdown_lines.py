"""Lines of Markdown that make lists, tables and code (CommonMark 0.31 and GitHub's tables). Texts come in escaped."""

import re
from collections.abc import Sequence

_BACKTICKS = re.compile("`+")


def bullet(number: int | None, *, other: bool = False) -> str:
    """What an item begins with: its number, or a hyphen.

    Args:
        other: the sign that parts a list from one right before it.
    """
    if number is None:
        return "* " if other else "- "
    return f"{number}) " if other else f"{number}. "


def table_head(header: Sequence[str]) -> str:
    """The header's line and the one below it, which makes a table of them; a table without a header has empty cells."""
    return f"{table_line(header)}\n{table_line(['---'] * len(header))}\n"


def table_line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def fenced(code: str, language: str = "") -> str:
    """Code between fences that are longer than any run of backticks in it."""
    longest = max((len(run) for run in _BACKTICKS.findall(code)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{code}\n{fence}"
