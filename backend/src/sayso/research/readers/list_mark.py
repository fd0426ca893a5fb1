"""The mark of a list's item, as plain text has it."""

from collections.abc import Sequence

_BULLETS = "•◦‣"


def mark(within: Sequence[int | None], number: int | None = None) -> str:
    """The mark of a list's item, with the blank behind it.

    Lists of one kind within each other have marks of their own, by which a reader, and `sayso.language.leads`, tells
    where the inner one ends.

    Args:
        within: the lists around its list, from the outermost on: a number for one whose items are numbered.
        number: of the item; none for a bullet.
    """
    depth = sum((each is None) == (number is None) for each in within)
    if number is None:
        return f"{_BULLETS[min(depth, len(_BULLETS) - 1)]} "
    return f"({number}) " if depth % 2 else f"{number}) "
