"""A run's record: its links, made in the very transactions that make what they are about."""

import json
from collections.abc import Sequence

from pydantic import JsonValue

from sayso.record.chain import Link, linked
from sayso.record.run import EARLIER, KINDS, START, contents, earlier
from sayso.storage.kept import Erased, StoredRecord
from sayso.storage.records import Run, StoredEvent
from sayso.storage.transactions.rows import to_erased, to_event, to_link, to_run
from sayso.storage.transactions.transaction import Ask, Transaction


def begin(run: Run) -> Transaction[None]:
    """The first link of a new run: what was asked."""
    link = linked(run.id, None, START, seq=0, at=run.created_at.isoformat(), content=_start(run))
    yield from _append([link])


def extend(run_id: str, appended: Sequence[StoredEvent], at: str) -> Transaction[None]:
    """A link for each event that was just appended and belongs into the record. The run is locked.

    The record of a run of an earlier version begins here, with what its log held before.
    """
    told = [event for event in appended if event.type in KINDS]
    if not told:
        return
    row = (yield Ask("last_link", {"run_id": run_id})).row
    last = to_link(row) if row else (yield from _catch_up(run_id, told[0].seq - 1, at))
    made: list[Link] = []
    for event in told:
        last = linked(run_id, last, KINDS[event.type], seq=event.seq, at=at, content=json.loads(event.body))
        made.append(last)
    yield from _append(made)


def catch_up(run_id: str, at: str) -> Transaction[None]:
    """A link about what the log holds without one, because an earlier version wrote it; none if there is nothing."""
    yield Ask("lock_run", {"id": run_id})
    row = (yield Ask("run_by_id", {"id": run_id})).row
    if row is not None:
        yield from _catch_up(run_id, row["last_seq"], at)


def record(run_id: str) -> Transaction[StoredRecord | None]:
    """The run's record as it stands; `None` if there is no such run."""
    row = (yield Ask("run_by_id", {"id": run_id})).row
    if row is None:
        return None
    run = to_run(row)
    links = yield from _links(run_id)
    about, left = contents(_start(run), (yield from _entries(run_id)), links)
    return StoredRecord(list(zip(links, about, strict=True)), complete=bool(links) and not left)


def erased(run_id: str) -> Transaction[Erased | None]:
    """What is left of the record of a run that was erased, if anything is."""
    row = (yield Ask("erased_record", {"run_id": run_id})).row
    return to_erased(row) if row else None


def _catch_up(run_id: str, until: int, at: str) -> Transaction[Link | None]:
    run = to_run((yield Ask("run_by_id", {"id": run_id})).one)
    links = yield from _links(run_id)
    entries = yield from _entries(run_id)
    _, left = contents(_start(run), entries, links)
    before = [entries[seq] for seq in left if seq <= until]
    if links and not before:
        return links[-1]
    content = earlier(_start(run), before)
    link = linked(run_id, links[-1] if links else None, EARLIER, seq=until, at=at, content=content)
    yield from _append([link])
    return link


def _links(run_id: str) -> Transaction[list[Link]]:
    return [to_link(row) for row in (yield Ask("links", {"run_id": run_id})).rows]


def _entries(run_id: str) -> Transaction[dict[int, JsonValue]]:
    """The entries of the log that belong into the record, by `seq`."""
    rows = (yield Ask("events_after", {"run_id": run_id, "after": 0, "limit": 2**31 - 1})).rows
    return {event.seq: json.loads(event.body) for event in map(to_event, rows) if event.type in KINDS}


def _start(run: Run) -> JsonValue:
    return {
        "run_id": run.id,
        "question": run.question,
        "workflow": run.workflow,
        "fingerprint": run.fingerprint,
        "options": run.options,
        "by": run.by,
        "at": run.created_at.isoformat(),
        **({"verified": True} if run.verified else {}),
        **({"retry_of": run.retry_of} if run.retry_of else {}),
    }


def _append(links: list[Link]) -> Transaction[None]:
    yield Ask(
        "append_link",
        [
            {
                "run_id": link.chain,
                "position": link.position,
                "kind": link.kind,
                "seq": link.seq,
                "at": link.at,
                "content_hash": link.content_hash,
                "previous": link.previous,
                "hash": link.hash,
            }
            for link in links
        ],
    )
