"""Records of made-up runs, as a store makes them."""

from dataclasses import asdict
from typing import Any

from sayso.protocol.record import RecordLink, RunRecord
from sayso.record.chain import Link, linked
from sayso.record.run import EARLIER, KINDS, START, earlier

AT = "2026-11-22T12:00:00+00:00"
Frame = dict[str, Any]
BEGUN: Frame = {"run_id": "r", "question": "When are backups made?", "by": "Ada", "options": {}, "at": AT}


def frame(seq: int, type: str, payload: str = "", **data: Any) -> Frame:
    return {"seq": seq, "type": type, "payload": payload, "run_id": "r", "at": AT, "data": data}


def shown(seq: int, round: int = 1) -> Frame:
    return frame(
        seq, "input_required", kind="research_review", round=round, findings=[{"id": "f1", "kind": "evidence"}]
    )


def decided(seq: int, review: int, response: str = "approve", by: str = "Ada") -> Frame:
    return frame(seq, "input_received", review=review, response=response, by=by, keep=["f1"])


def written(seq: int, head: RecordLink | None = None) -> Frame:
    record = {"links": head.position, "head": head.hash} if head else None
    return frame(seq, "final_result", title="Backups", approvals=[{"by": "Ada", "at": AT}], record=record)


def record_of(frames: list[Frame], *, run: str = "r", late: int = 0) -> RunRecord:
    """The record of a run with these entries.

    Args:
        late: how many of them an earlier version wrote, without a record.
    """
    before = [each for each in frames if each["seq"] <= late]
    content: Any = earlier({**BEGUN, "run_id": run}, list(before)) if late else {**BEGUN, "run_id": run}
    first = linked(run, None, EARLIER if late else START, seq=late, at=AT, content=content)
    links = [to_wire(first, content)]
    last = first
    for each in frames[len(before) :]:
        last = linked(run, last, KINDS[each["type"]], seq=each["seq"], at=AT, content=each)
        links.append(to_wire(last, each))
    return RunRecord(run_id=run, links=links)


def to_wire(link: Link, content: Any) -> RecordLink:
    return RecordLink(**asdict(link), content=content)


def whole() -> RunRecord:
    """Asked, rejected, asked again, approved, written."""
    frames = [shown(2), decided(3, 2, "reject"), shown(7, 2), decided(8, 7)]
    return record_of([*frames, written(9, record_of(frames).links[-1])])
