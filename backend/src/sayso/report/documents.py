"""Which documents a run reads: said with what was read of them."""

from collections.abc import Sequence

from pydantic import JsonValue

from sayso.exports.wording import count
from sayso.report.progress import Tell
from sayso.research.source import Passage

_NAMED = 100
"""Documents that a line of progress names at most."""
_LONGEST = 200
"""Characters of a title."""


def tell_read(tell: Tell, passages: Sequence[Passage], before: Sequence[Passage] | None = None) -> None:
    """Say how much was read, and of which documents.

    Args:
        before: what was told of already; only what is new is, if there is anything.
    """
    known = {passage.key for passage in before or ()}
    new = [passage for passage in passages if passage.key not in known]
    if before is not None and not new:
        return
    titles = {(passage.kind, passage.uri): passage.title for passage in new}
    read: list[JsonValue] = [
        {"source": kind, "uri": uri, "title": title[:_LONGEST]} for (kind, uri), title in list(titles.items())[:_NAMED]
    ]
    more = "more " if known else ""
    line = f"Read {count(len(new), f'{more}passage')} from {count(len(titles), 'document')}"
    tell(line, details={"passages": len(new), "documents": len(titles), "read": read})
