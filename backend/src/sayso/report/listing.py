"""Several things in one sentence."""

from collections.abc import Iterable


def listed(items: Iterable[str], most: int = 20) -> str:
    """Items as people list them, each once: "a, b and c"; beyond `most`, "and 3 more". Nothing of none."""
    items = list(dict.fromkeys(items))
    if len(items) > most:
        items = [*items[: most - 1], f"{len(items) - most + 1} more"]
    return f"{', '.join(items[:-1])} and {items[-1]}" if len(items) > 1 else "".join(items)


def quoted(items: Iterable[str], most: int = 20) -> str:
    """The same in quotation marks."""
    return listed((f"“{item}”" for item in items), most)
