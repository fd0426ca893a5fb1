"""What leaves this machine in a run: said before anything does."""

from collections.abc import Sequence

from sayso.research.source import SearchSource, leaves_of
from sayso.writers.port import Writer

_LEAD = "the words of each search go "
"""How sources begin to say what they send; the page knows it too."""


def leaving(sources: Sequence[SearchSource], writer: Writer | None) -> list[str]:
    """A clause for each of the run's sources that asks somebody else, and for a writer that does."""
    said = [*map(leaves_of, sources), writer.info.leaves if writer else ""]
    return [each for each in said if each]


def leaving_told(leaves: Sequence[str]) -> str:
    """The same as one line; what several get is named once: "the words of each search go to a; to b"."""
    if not leaves:
        return "Research and writing send nothing to anybody else"
    shown = [
        clause.removeprefix(_LEAD) if before.startswith(_LEAD) else clause
        for before, clause in zip(("", *leaves), leaves, strict=False)
    ]
    return f"Leaves this machine: {'; '.join(shown)}"
