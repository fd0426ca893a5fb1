"""A crash after every single commit: from each image of the database, the run must come to its one right end."""

import asyncio
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from workflows import Workflow

from sayso.engine import checkpoint, segment_state
from sayso.engine.hosting import HostedWorkflow
from sayso.engine.service import Service
from sayso.protocol.commands import Answer
from sayso.record.check import check as check_links
from sayso.record.run import KINDS
from sayso.storage.sqlite.store import SqliteStore
from support.images import FilmingStore
from support.trap_workflows import AsksWhileSending, AsksWhileWorking, Survey
from support.watching import Frame, kinds, start
from support.workflows import FanOut, Rewrite, TwoWaits

CASES: dict[type[Workflow], Any] = {
    Rewrite: {"question": "why?"},
    FanOut: {"parts": [0, 1, 2, 3], "response": "1"},
    TwoWaits: {"a": "a", "b": "b"},
    Survey: {str(n): str(n) for n in range(Survey.QUESTIONS)},
    AsksWhileSending: {"notes": [0, 1, 2, 3], "response": "1"},
    AsksWhileWorking: {"pieces": 10, "response": "1"},
}
REVIEWS = {Rewrite: 3, FanOut: 1, TwoWaits: 2, Survey: 6, AsksWhileSending: 1, AsksWhileWorking: 1}


@pytest.fixture(autouse=True)
def every_cut_is_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segment_state, "CHECKPOINT_PAUSE", 0.0005)
    monkeypatch.setattr(segment_state, "CHECKPOINT_SHARE", 0)


def respond(kind: type[Workflow], asked: Frame, nth: int) -> str:
    """What is answered depends on the question alone, so that every way to the end has the same result."""
    if kind is Rewrite:
        return "yes" if nth == REVIEWS[Rewrite] else "no"
    return str(asked["data"]["details"].get("key", nth))


async def drive(service: Service, run: str, kind: type[Workflow]) -> list[Frame]:
    """Answer whatever is open, one after the other, until the run is over; its log."""
    log: list[Frame] = []
    asked = 0
    async with asyncio.timeout(20):
        async for events in service.watch(run, 0):
            log += [json.loads(event.body) for event in events]
            open_reviews = (await service.run(run)).open_reviews
            questions = [frame for frame in log if frame["type"] == "input_required"]
            for nth, frame in enumerate(questions[asked:], start=asked + 1):
                if frame["seq"] in open_reviews:
                    await service.answer(run, Answer(response=respond(kind, frame, nth), review=frame["seq"]))
            asked = len(questions)
            if events[-1].last:
                return log
    raise AssertionError("unreachable")


def hosted(kind: type[Workflow]) -> list[HostedWorkflow]:
    return [HostedWorkflow("trap", kind(timeout=None))]


async def film(kind: type[Workflow], tmp_path: Path) -> tuple[str, list[Path]]:
    """A run without a crash, and the images of its commits."""
    (tmp_path / "data").mkdir()
    store = FilmingStore(tmp_path / "data" / "sayso.db", tmp_path / "album")
    service = Service(store, hosted(kind))
    await service.open()
    run = await start(service, "trap")
    check(kind, await drive(service, run, kind))
    await service.close()
    return run, store.images


def check(kind: type[Workflow], log: list[Frame]) -> None:
    assert [frame["seq"] for frame in log] == list(range(1, len(log) + 1))
    assert kinds(log).count("input_required") == REVIEWS[kind]
    assert kinds(log).count("input_received") == REVIEWS[kind]
    assert log[-1]["type"] == "final_result", log[-1]
    result = log[-1]["data"]["result"]
    # Counted in `ctx.store`, to which a step that is interrupted may write again.
    rounds = result.pop("rounds", REVIEWS[kind])
    assert rounds >= REVIEWS[kind]
    assert result == CASES[kind]


async def check_record(service: Service, run: str, log: list[Frame]) -> None:
    """It holds, and has each question, each answer and the end once."""
    record = await service.results.record(run)
    verdict = check_links(record)
    assert verdict.holds, verdict
    assert [(link.seq, link.content) for link in record.links[1:]] == [
        (frame["seq"], frame) for frame in log if frame["type"] in KINDS
    ]


@pytest.mark.parametrize("kind", CASES, ids=lambda kind: kind.__name__)
async def test_from_every_image_to_the_same_end(kind: type[Workflow], tmp_path: Path) -> None:
    run, images = await film(kind, tmp_path)
    assert len(images) >= 3
    for image in images:
        service = Service(SqliteStore(image / "sayso.db"), hosted(kind))
        await service.open()
        log = await drive(service, run, kind)
        try:
            await check_record(service, run, log)
            check(kind, log)
        except AssertionError as error:
            error.add_note(f"after commit {image.name} of {len(images)}: {[frame['payload'] for frame in log]}")
            raise
        await service.close()


async def test_what_a_checkpoint_says_was_asked_is_in_the_log(tmp_path: Path) -> None:
    """And what the log has is not asked again: a question of `Survey` is in the queue of `ask`, or in the log."""
    run, images = await film(Survey, tmp_path)
    compared = 0
    for image in images:
        stored, covered, log = read(image / "sayso.db", run)
        if stored is None:
            continue
        split, ask = stored["workers"]["split"], stored["workers"]["ask"]
        if split["queue"] or split["in_progress"]:
            assert covered == 0
            continue
        pending = json.dumps([stored["deliveries"], ask["queue"], ask["in_progress"]])
        for n in range(Survey.QUESTIONS):
            asked = [frame for frame in log if frame["payload"] == f"Question {n}?" and frame["seq"] <= covered]
            assert (f'\\"n\\": {n}' in pending) != bool(asked), (image.name, n, pending)
            compared += 1
        assert checkpoint.storable(stored)
    assert compared > 3 * Survey.QUESTIONS


def read(path: Path, run: str) -> tuple[checkpoint.State | None, int, list[Frame]]:
    """The checkpoint, the last event that it covers, and the log."""
    with closing(sqlite3.connect(path)) as connection:
        row = connection.execute("SELECT state, seq FROM checkpoints WHERE run_id = ?", [run]).fetchone()
        bodies = connection.execute("SELECT body FROM events WHERE run_id = ? ORDER BY seq", [run]).fetchall()
    log = [json.loads(body) for (body,) in bodies]
    return (json.loads(row[0]), row[1], log) if row else (None, 0, log)
