"""What the links of a run's record are about, out of what the run's log holds."""

from collections.abc import Mapping, Sequence

from pydantic import JsonValue

from sayso.record.chain import Link

START = "start"
"""The question, with its options and who asked; it is in no log."""
EARLIER = "earlier"
"""What stood in the log without a link, as it was when this link was made: it proves nothing about before."""
KINDS = {
    "input_required": "shown",
    "input_received": "decided",
    "input_expired": "expired",
    "final_result": "written",
    "error": "failed",
    "cancelled": "cancelled",
}
"""Entries of a log that become links, by their type."""
ENDS = ("written", "failed", "cancelled")


def contents(
    start: JsonValue, entries: Mapping[int, JsonValue], links: Sequence[Link]
) -> tuple[list[JsonValue], list[int]]:
    """What each of `links` is about, and the `seq` of every entry that none is about.

    Args:
        start: the run as it was started.
        entries: the log's entries of `KINDS`, by `seq`.
    """
    own = {link.seq for link in links if link.kind not in (START, EARLIER)}
    left = [seq for seq in sorted(entries) if seq not in own]
    found: list[JsonValue] = []
    for link in links:
        if link.kind == START:
            found.append(start)
        elif link.kind == EARLIER:
            found.append(earlier(start, [entries[seq] for seq in left if seq <= link.seq]))
            left = [seq for seq in left if seq > link.seq]
        else:
            found.append(entries.get(link.seq))
    return found, left


def earlier(start: JsonValue, entries: list[JsonValue]) -> JsonValue:
    """What a link of kind `EARLIER` is about."""
    return {"start": start, "entries": entries}
