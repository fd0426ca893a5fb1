"""What a segment decides, without a workflow, a database or a clock."""

import json
from datetime import UTC, datetime
from typing import Any, cast

import pytest
from workflows.events import (
    Event,
    HumanResponseEvent,
    InputRequiredEvent,
    StepState,
    StepStateChanged,
    StopEvent,
    WorkflowIdleEvent,
)

from sayso.engine.batch import Batch
from sayso.engine.deadlines import DuePolicy
from sayso.engine.hosting import HostedWorkflow
from sayso.engine.responses import Responses
from sayso.engine.segment_state import CHECKPOINT_PAUSE, CHECKPOINT_SHARE, SETTLE_PAUSE, SegmentState
from sayso.events import ProgressEvent
from sayso.protocol.frames import RecordedDecision, RunFigures, Status
from sayso.storage.records import Claim, Delivery, Ending, Run, SegmentCommit

AT = datetime(2026, 11, 26, tzinfo=UTC)
BEGAN = 100.0


class Hosted:
    """The one method of a hosted workflow that is asked here."""

    def responses(self, asked: InputRequiredEvent, waiter: object) -> Responses:
        return Responses([HumanResponseEvent])


def context(*, running: bool = True, journal: int = 5, **worker: Any) -> dict[str, Any]:
    """A workflow's context as `Context.to_dict()` gives it, idle unless `worker` says otherwise."""
    rest: dict[str, Any] = {"queue": [], "in_progress": [], "collected_waiters": []}
    return {"is_running": running, "deliveries": [], "journal_seq": journal, "workers": {"step": {**rest, **worker}}}


BUSY = context(in_progress=[{"received": []}])
SENDING = context(in_progress=[{"received": [0]}])
WAITER = {"has_requirements": True, "resolved_event": None, "work_item_id": "w"}


def delivery(review: int, fingerprint: str = "") -> Delivery:
    return Delivery(review, "m:C", RecordedDecision(review=review, response="yes", by="Ada"), AT, fingerprint)


class Case:
    """A segment of a run that was claimed so."""

    def __init__(
        self,
        checkpoint: str | None = None,
        checkpoint_seq: int = 0,
        deliveries: list[Delivery] | None = None,
        ahead: list[str] | None = None,
        last_seq: int = 0,
        *,
        interrupted: bool = False,
    ) -> None:
        run = Run("r", "why?", "w", "fp", {}, "Ada", Status.RUNNING, AT, AT, last_seq, 1, 1, RunFigures())
        claim = Claim(run, checkpoint, checkpoint_seq, deliveries or [], ahead or [])
        self.batch = Batch(claim, cast(HostedWorkflow, Hosted()), DuePolicy())
        self.state = SegmentState(claim, self.batch, interrupted=interrupted, now=BEGAN)

    def publish(self, *events: Event) -> None:
        for event in events:
            self.state.published(event)

    def take(self) -> SegmentCommit:
        commit = self.batch.take()
        assert commit is not None
        return commit


def restored(**worker: Any) -> str:
    return json.dumps(context(**worker))


def finished() -> StepStateChanged:
    return StepStateChanged(
        name="step", step_state=StepState.NOT_RUNNING, worker_id="0", input_event_name="A", output_event_name="B"
    )


def test_nothing_is_worth_a_look_before_something_has_happened() -> None:
    case = Case()
    assert case.state.wait(BEGAN + 999) is None
    case.publish(ProgressEvent(msg="so far"), finished())
    assert case.state.wait(BEGAN) == pytest.approx(CHECKPOINT_PAUSE)
    assert case.state.wait(BEGAN + 1) == 0.0
    assert case.state.look(BUSY, BEGAN + 1, 0.01).stored
    assert case.state.wait(BEGAN + 999) is None
    commit = case.take()
    assert (commit.progressed, commit.covers, commit.ending) == (True, 1, None)


def test_a_checkpoint_that_costs_much_is_taken_seldom() -> None:
    case = Case()
    case.state.look(BUSY, BEGAN, 1.0)
    case.publish(finished())
    assert case.state.wait(BEGAN + 1) == pytest.approx(CHECKPOINT_SHARE - 1)


def test_a_question_is_looked_at_at_once_and_an_idle_workflow_pauses() -> None:
    case = Case()
    case.publish(InputRequiredEvent(prefix="So?"))
    assert case.state.wait(BEGAN) == 0.0
    look = case.state.look(context(), BEGAN, 0.0)
    assert (look.stored, look.again, look.send) == (True, None, [])
    commit = case.take()
    assert (commit.ending, commit.covers, len(commit.events)) == (Ending.PAUSE, 1, 1)


def test_what_would_be_done_twice_is_not_stored_but_looked_at_again() -> None:
    case = Case()
    case.publish(InputRequiredEvent(prefix="So?"))
    look = case.state.look(SENDING, BEGAN, 0.0)
    assert not look.stored
    assert look.again == pytest.approx(CHECKPOINT_PAUSE)
    assert case.take().checkpoint is None


def test_going_on_takes_a_pause_back() -> None:
    case = Case()
    case.publish(InputRequiredEvent(prefix="So?"))
    case.state.look(context(), BEGAN, 0.0)
    assert case.state.answered([delivery(1)])
    assert [each.review for each in case.state.sendable()] == [1]
    assert case.take().ending is None


def test_an_answer_is_sent_once_and_nothing_is_stored_before_it_was_taken() -> None:
    case = Case(restored(), 1, [delivery(1)], last_seq=2)
    assert case.state.wait(BEGAN) is None
    assert [each.review for each in case.state.sendable()] == [1]
    assert case.state.sendable() == []
    assert not case.state.answered([delivery(1)]), "the database calls it undelivered until the next commit"
    case.publish(finished())
    assert case.state.wait(BEGAN + 1) is None
    case.state.confirmed(1)
    assert case.state.wait(BEGAN + 1) == 0.0
    assert case.state.look(BUSY, BEGAN + 1, 0.0).stored
    assert case.take().delivered == [1]


def test_a_restored_workflow_that_is_idle_pauses_by_itself() -> None:
    case = Case(restored(), 1, last_seq=1)
    assert case.state.wait(BEGAN) == 0.0
    assert case.state.look(context(), BEGAN, 0.0).stored
    assert case.take().ending is Ending.PAUSE


def test_an_answer_waits_until_the_waiters_are_registered_again() -> None:
    case = Case(restored(collected_waiters=[WAITER]), 1, [delivery(1)], last_seq=2)
    assert case.state.sendable() == []
    not_yet = context(journal=5, collected_waiters=[WAITER], queue=[{"work_item_id": "w"}])
    look = case.state.look(not_yet, BEGAN, 0.0)
    assert (look.send, look.again) == ([], SETTLE_PAUSE)
    look = case.state.look(context(journal=7, collected_waiters=[WAITER]), BEGAN + 1, 0.0)
    assert [each.review for each in look.send] == [1]
    assert not look.stored


def test_an_answer_to_a_question_that_is_to_be_asked_again_waits_for_it() -> None:
    asking = Case()
    asking.publish(InputRequiredEvent(prefix="So?"))
    opens = asking.take().events[0].opens
    assert opens is not None
    case = Case(restored(in_progress=[{"received": []}]), 1, [delivery(2, opens.fingerprint)], [opens.fingerprint], 3)
    case.state.want()
    look = case.state.look(BUSY, BEGAN, 0.0)
    assert (look.stored, look.send) == (False, []), "it would claim to cover a question that was not asked again yet"
    case.publish(InputRequiredEvent(prefix="So?"))
    assert [each.review for each in case.state.sendable()] == [2]


def test_a_question_that_is_not_asked_again_is_no_reason_to_wait_once_the_workflow_is_idle() -> None:
    case = Case(restored(), 1, [delivery(2, "other")], ["other"], 3)
    assert case.state.sendable() == []
    assert [each.review for each in case.state.look(context(), BEGAN, 0.0).send] == [2]


def test_an_answer_that_cannot_be_sent_yet_is_a_reason_to_look() -> None:
    case = Case(restored(collected_waiters=[WAITER]), 1, last_seq=1)
    case.state.look(context(collected_waiters=[WAITER]), BEGAN, 0.0)
    assert case.state.wait(BEGAN + 999) is None
    assert case.state.answered([delivery(1)])
    assert case.state.wait(BEGAN) == 0.0


def test_idle_is_looked_at_unless_it_was_seen_already() -> None:
    case = Case()
    case.publish(WorkflowIdleEvent())
    assert case.state.wait(BEGAN) == 0.0
    case.publish(InputRequiredEvent(prefix="So?"))
    case.state.look(context(), BEGAN, 0.0)
    case.publish(WorkflowIdleEvent())
    assert case.state.wait(BEGAN) != 0.0


def test_nothing_follows_the_last_entry() -> None:
    case = Case(restored(), 1, [delivery(1)], last_seq=2, interrupted=True)
    case.state.sendable()
    case.publish(StopEvent(result="done"), ProgressEvent(msg="late"))
    assert case.state.over
    commit = case.take()
    assert [each.body.split('"')[3] for each in commit.events] == ["progress", "final_result"]
    assert (commit.ending, commit.delivered) == (Ending.COMPLETE, [1])
