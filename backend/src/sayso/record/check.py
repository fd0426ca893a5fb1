"""Whether a run's record holds, from its file alone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sayso.protocol.record import RecordLink, RunRecord
from sayso.record.canonical import digest
from sayso.record.chain import Link
from sayso.record.run import EARLIER, ENDS, KINDS, START

REPORT_REVIEWS = ("research_review", "report_review")
SHORTEST_HEAD = 12
"""Digits of a hash that name a link among the few of a record."""


@dataclass
class Verdict:
    """What came of a check."""

    links: list[list[str]]
    """For each link what is wrong with it; nothing where it holds."""
    whole: list[str] = field(default_factory=list)
    """What is wrong with the record as a whole."""
    behind_head: int | None = None
    """How many links follow the one that was known beforehand; `None` if none was known."""

    @property
    def holds(self) -> bool:
        return not self.whole and not any(self.links)


def check(record: RunRecord, known_head: str | None = None) -> Verdict:
    """Hold every link against its content and the link before, and what the contents say against each other.

    Args:
        known_head: a hash, or the first digits of one, that the record is known to have had as its last.
    """
    before: RecordLink | None = None
    verdict = Verdict([])
    for link in record.links:
        verdict.links.append([*_link(link, record.run_id), *_joint(link, before)])
        before = link
    if not record.links:
        verdict.whole.append("It has no link.")
    elif record.links[0].kind not in (START, EARLIER):
        verdict.whole.append("Its beginning is missing: the first link is not about the question.")
    verdict.whole += _left_out(record.links)
    if known_head is not None:
        at = next((at for at, each in enumerate(record.links) if _names(known_head, each.hash)), None)
        if at is None:
            verdict.whole.append(
                "No link has the hash that was known to be its last: its end is missing, it was made anew, "
                "or it is the record of another run."
            )
        else:
            verdict.behind_head = len(record.links) - 1 - at
    return verdict


def _names(known: str, hash: str) -> bool:
    return len(known) >= SHORTEST_HEAD and hash.startswith(known.strip().lower())


def _link(link: RecordLink, run_id: str) -> Iterator[str]:
    """What is wrong with a link by itself."""
    if link.chain != run_id:
        yield f"It is of another run, {link.chain}."
    try:
        same = digest(link.content) == link.content_hash
    except (ValueError, RecursionError):
        same = False
    if not same:
        yield "Its content is not what was recorded: something in it was changed."
    if not Link(**link.model_dump(exclude={"content"})).holds():
        yield "The link itself was changed: its hash is not that of its fields."
    if link.kind in KINDS.values() and not _is_about(link, run_id):
        yield "Its content is not the entry that the link is about."


def _is_about(link: RecordLink, run_id: str) -> bool:
    entry = link.content
    if not isinstance(entry, dict):
        return False
    type = entry.get("type")
    said = KINDS.get(type) if isinstance(type, str) else None
    return (said, entry.get("seq"), entry.get("run_id", run_id)) == (link.kind, link.seq, run_id)


def _joint(link: RecordLink, before: RecordLink | None) -> Iterator[str]:
    """What is wrong between a link and the one before."""
    position = before.position + 1 if before else 1
    if link.position > position:
        one = link.position == position + 1
        yield f"Link {position} is missing before it." if one else f"Links from {position} on are missing before it."
    elif link.position < position:
        yield "It stands in the wrong place: the links were put into another order, or it is there twice."
    elif link.previous != (before.hash if before else None):
        yield "It does not follow from the link before: one of them was changed, or comes from another record."
    if before is not None and before.kind in ENDS and link.kind != EARLIER:
        yield "The run was over before it."


def _left_out(links: Sequence[RecordLink]) -> Iterator[str]:
    """What the contents say of decisions and links that are not there, as where a record was made anew without one."""
    asked: list[int] = []
    decided: set[int] = set()
    decisions: set[tuple[str, datetime | None]] = set()
    # In the order of the log: what was recorded afterwards stands further back in the record.
    for entry in sorted((each for link in links for each in _entries(link)), key=lambda entry: entry["seq"]):
        data = entry["data"]
        match entry.get("type"):
            case "input_required":
                # A report run asks again only after a decision; another workflow may ask several things at once.
                if data.get("kind") in REPORT_REVIEWS and (open := [seq for seq in asked if seq not in decided]):
                    yield f"A decision was left out: none on what entry {open[-1]} shows is in it, and the run went on."
                asked.append(entry["seq"])
            case "input_received":
                review = data.get("review")
                if not isinstance(review, int) or review not in asked:
                    yield f"What entry {entry['seq']} decides about was never shown."
                else:
                    decided.add(review)
                decisions.add((str(data.get("by")), _time(entry.get("at"))))
            case "final_result":
                yield from _unfounded(data, decisions, links)


def _entries(link: RecordLink) -> list[dict[str, Any]]:
    """The entries of the log that a link is about."""
    content = link.content
    if not isinstance(content, dict):
        return []
    entries = content.get("entries") if link.kind == EARLIER else [content]
    return [
        each
        for each in (entries if isinstance(entries, list) else [])
        if isinstance(each, dict) and isinstance(each.get("seq"), int) and isinstance(each.get("data"), dict)
    ]


def _unfounded(
    data: dict[str, Any], decisions: set[tuple[str, datetime | None]], links: Sequence[RecordLink]
) -> Iterator[str]:
    """A report names the decisions that it stands on, and how far the record had come."""
    approvals = data.get("approvals")
    for approval in approvals if isinstance(approvals, list) else []:
        if isinstance(approval, dict) and (str(approval.get("by")), _time(approval.get("at"))) not in decisions:
            yield f"A decision was left out: the report says that {approval.get('by')} approved, {approval.get('at')}."
    record = data.get("record")
    if isinstance(record, dict) and not any(
        (record.get("links"), record.get("head")) == (link.position, link.hash) for link in links
    ):
        yield "It is not the record that the report names: a link before the report is another one."


def _time(text: object) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
