"""How many of some sources are independent of one another.

Two are not if they have the same publisher, or an author in common: a site that says a thing on ten pages has said it
once, and so has somebody who wrote two papers. A document of which neither is known stands for itself.
"""

from collections.abc import Iterable

from sayso.language.tokens import folded
from sayso.protocol.evidence import Source


def independent(sources: Iterable[Source]) -> int:
    """The number of groups that `sources` fall into, see above."""
    groups: list[set[str]] = []
    for source in sources:
        group = _known_by(source)
        apart = [each for each in groups if not each & group]
        groups = [*apart, group.union(*(each for each in groups if each & group))]
    return len(groups)


def _known_by(source: Source) -> set[str]:
    origin = source.origin
    known = {f"author {folded(' '.join(name.split()))}" for name in origin.authors}
    if origin.publisher:
        known.add(f"publisher {origin.publisher.casefold()}")
    return known or {f"document {source.kind} {source.uri}"}
