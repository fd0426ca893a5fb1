"""What a client without review numbers is shown of a run: one review at a time, and nothing while that is open."""

import asyncio
import json
from collections import deque
from typing import Any

from pydantic import JsonValue

from sayso.engine.feed import RETRY
from sayso.engine.reviews import Reviews
from sayso.protocol.decisions import WORDS, Decision
from sayso.protocol.tasks import TaskUpdate, Verdict
from sayso.storage.errors import StorageError
from sayso.storage.records import ENDS, StoredEvent

VERDICTS: dict[Decision, Verdict] = {Decision.APPROVE: "approved", Decision.REJECT: "rejected"}


class TaskScreen:
    """Follows a run's log from its beginning."""

    def __init__(self, reviews: Reviews, run_id: str) -> None:
        self._reviews = reviews
        self._run_id = run_id
        self._asked: deque[tuple[int, str]] = deque()
        """Reviews that were not shown yet, with what they ask."""
        self._shown: int | None = None
        self._running = False

    async def after(self, event: StoredEvent) -> list[TaskUpdate]:
        """What is to be said once `event` has come. A review is noted as sent before it is returned."""
        if event.type in ENDS:
            return [*self._at_work(), _ended(event)]
        match event.type:
            case "input_required":
                self._asked.append((event.seq, json.loads(event.body)["payload"]))
                return [*self._at_work(), *await self._show_next()]
            case "input_received":
                return await self._after_answer(json.loads(event.body)["data"])
            case _:
                return self._at_work()

    def _at_work(self) -> list[TaskUpdate]:
        # These clients hide a review at whatever they are told next.
        if self._running or self._shown is not None:
            return []
        self._running = True
        return [TaskUpdate(status="running")]

    async def _after_answer(self, decision: dict[str, Any]) -> list[TaskUpdate]:
        if self._shown not in (None, decision["review"]):
            return []
        self._shown = None
        self._running = False
        value = _as_feedback(decision["response"])
        return [TaskUpdate(status="processing_feedback", feedback_value=value), *await self._show_next()]

    async def _show_next(self) -> list[TaskUpdate]:
        while self._asked and self._shown is None:
            seq, asked = self._asked.popleft()
            if await self._is_open(seq):
                self._shown = seq
                return [TaskUpdate(status="waiting_for_review", output_to_review=asked)]
        return []

    async def _is_open(self, seq: int) -> bool:
        while True:
            try:
                return await self._reviews.send(self._run_id, seq)
            except StorageError:
                # Like the feed: who watches need not notice that the database was away.
                await asyncio.sleep(RETRY)


def _as_feedback(response: JsonValue) -> str:
    if not isinstance(response, str):
        return json.dumps(response, ensure_ascii=False)
    return VERDICTS[WORDS[response]] if response in WORDS else response


def _ended(event: StoredEvent) -> TaskUpdate:
    payload = json.loads(event.body)["payload"]
    if event.type == "final_result":
        return TaskUpdate(status="completed", final_result=payload)
    return TaskUpdate(status="failed", error=payload)
