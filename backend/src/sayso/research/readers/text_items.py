"""The items of lists in plain text, and what names a list."""

import re

from sayso.research.readers.list_mark import mark

ITEM = re.compile(r"\s*(?:[-*+•]|\(?(\d+|[a-z])[.)]|\[(\d+)\])\s+(?=\S)")
TITLE = re.compile(r"[^.!?:;,|]{3,80}")
"""A line by itself, without a stop, names what stands below it."""


def begins(lines: list[str], line: str, item: re.Match[str]) -> bool:
    """Whether an item below other text is the first of several, and no dash or number that a line begins with."""
    if item[1] is None:
        return sum(other.startswith(line[: item.end()]) for other in lines) > 1
    return item[1] == "1" and any((other := ITEM.match(each)) and other[1] == "2" for each in lines)


def mark_of(item: re.Match[str], within: int) -> str:
    """The mark of an item, as lists have them here; the number of a source ("[3]") is cited elsewhere and stays."""
    if item[2]:
        return f"[{item[2]}] "
    return f"{item[1]}) " if item[1] else mark([None] * within)


def follows(sign: str, numbers: dict[bool, str]) -> bool:
    """Whether an item has this number or letter, and not a sentence that goes on with it on a new line."""
    before = numbers.get(sign.isdigit())
    if before is None:
        return sign in ("1", "a")
    return sign == before or (int(sign) - int(before) == 1 if sign.isdigit() else ord(sign) - ord(before) == 1)


def names_list(lines: list[str]) -> bool:
    """Whether the first line is the name of the list below it."""
    first, item = lines[0], ITEM.match(lines[1]) if len(lines) > 1 else None
    is_name = TITLE.fullmatch(first.strip()) is not None and not ITEM.match(first)
    return is_name and item is not None and begins(lines, lines[1], item)
