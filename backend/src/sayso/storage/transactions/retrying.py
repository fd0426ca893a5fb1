"""Another try of a failed run: a new run that begins as the failed one stood before it failed."""

import json

from sayso.people.actor import ANYBODY, Actor
from sayso.people.audit import Action, Entry
from sayso.storage.limits import RunLimits
from sayso.storage.records import NewEvent, NewRun, Run, StoredEvent
from sayso.storage.transactions.auditing import note
from sayso.storage.transactions.recording import begin, extend
from sayso.storage.transactions.rows import to_event, to_run
from sayso.storage.transactions.telling import tell
from sayso.storage.transactions.transaction import Ask, HandOver, Transaction
from sayso.storage.transactions.writing import NO_LIMITS, insert


def retry(
    run: NewRun, notice: NewEvent, limits: RunLimits = NO_LIMITS, actor: Actor = ANYBODY
) -> Transaction[tuple[Run, bool]]:
    """`run`, which goes on from the last checkpoint of the failed run `run.retry_of`, and whether it is new: a known
    `request_id` gives the run it started.

    Its log begins with the entries of the failed one up to its failure, and then `notice`; its reviews and their
    answers, its attachments and its checkpoint are the same. The failed run is left as it is.

    Raises:
        TooManyRuns: of its asker.
    """
    assert run.retry_of is not None
    yield Ask("lock_run", {"id": run.retry_of})
    inserted = yield from insert(run, limits)
    if not inserted:
        return to_run((yield Ask("run_by_request", {"request_id": run.request_id})).one), False
    yield HandOver(run.id)
    entries = yield from _entries(run, notice)
    yield Ask("copy_run_figures", {"old": run.retry_of, "new": run.id, "last_seq": len(entries)})
    yield Ask("append_event", [{"run_id": run.id, "seq": each.seq, "body": each.body} for each in entries])
    for statement in ("copy_reviews", "copy_attachments", "copy_checkpoint"):
        yield Ask(statement, {"old": run.retry_of, "new": run.id})
    created = to_run((yield Ask("run_by_id", {"id": run.id})).one)
    yield from begin(created)
    yield from extend(run.id, entries, run.at.isoformat())
    yield from note(Entry(Action.RETRIED, actor, run.at, run.by, run.id, {"retry_of": run.retry_of}))
    # What is told elsewhere of a review names its run, and here is one more that waits. All else that is copied is old.
    waiting = {row["seq"] for row in (yield Ask("open_reviews", {"run_id": run.id})).rows}
    yield from tell(run.id, [entry for entry in entries if entry.seq in waiting], run.at.isoformat())
    return created, True


def _entries(run: NewRun, notice: NewEvent) -> Transaction[list[StoredEvent]]:
    rows = (yield Ask("events_after", {"run_id": run.retry_of, "after": 0, "limit": 2**31 - 1})).rows
    before = [event for event in map(to_event, rows) if not event.last]
    copied = [StoredEvent(event.seq, _of(run.id, event.body)) for event in before]
    return [*copied, StoredEvent(len(copied) + 1, notice.numbered(len(copied) + 1))]


def _of(run_id: str, body: str) -> str:
    """The same entry in the log of another run."""
    return json.dumps({**json.loads(body), "run_id": run_id}, ensure_ascii=False, separators=(",", ":"))
