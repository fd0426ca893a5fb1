"""What leaves this machine in a run: said before anything does."""

from collections.abc import Sequence

from sayso.research.source import SearchSource, leaves_of
from sayso.writers.port import Writer


def leaving(sources: Sequence[SearchSource], writer: Writer | None) -> list[str]:
    """A clause for each of the run's sources that asks somebody else, and for a writer that does."""
    said = [*map(leaves_of, sources), writer.info.leaves if writer else ""]
    return [each for each in said if each]


def leaving_told(leaves: Sequence[str]) -> str:
    """The same as one line."""
    return (
        f"Leaves this machine: {'; '.join(leaves)}" if leaves else "Research and writing send nothing to anybody else"
    )
