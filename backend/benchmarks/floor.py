"""What no server can be faster than: the workflow alone, the wire alone, and one write to the disk."""

import asyncio
import json
import os
from pathlib import Path
from time import perf_counter

from websockets.asyncio.client import connect
from workflows import Context
from workflows.events import HumanResponseEvent, StopEvent, WorkflowIdleEvent

from benchmarks.workflow import Trivial

PARTS = ("workflow to the question", "workflow to the result", "connect", "round trip", "fsync")


class Floor:
    """Samples of each part, in seconds."""

    def __init__(self, echo: str, folder: Path) -> None:
        self.samples: dict[str, list[float]] = {part: [] for part in PARTS}
        self._echo = echo
        self._file = folder / "fsync"
        self._workflow = Trivial(timeout=None)

    async def sample(self) -> None:
        """One of each."""
        state = await self._to_question()
        await self._to_result(state)
        await self._wire()
        await asyncio.to_thread(self._sync)

    async def _to_question(self) -> str:
        began = perf_counter()
        handler = self._workflow.run(question="what")
        async for event in handler.stream_events(expose_internal=True):
            if isinstance(event, WorkflowIdleEvent):
                break
        state = json.dumps(handler.ctx.to_dict())
        self._took("workflow to the question", began)
        await handler.cancel_run()
        return state

    async def _to_result(self, state: str) -> None:
        began = perf_counter()
        handler = self._workflow.run(ctx=Context.from_dict(self._workflow, json.loads(state)))
        handler.ctx.send_event(HumanResponseEvent(response="yes"))
        async for event in handler.stream_events(expose_internal=True):
            if isinstance(event, StopEvent):
                break
        await handler
        self._took("workflow to the result", began)

    async def _wire(self) -> None:
        began = perf_counter()
        async with connect(self._echo) as socket:
            self._took("connect", began)
            began = perf_counter()
            await socket.send('{"question": "what"}')
            await socket.recv()
            self._took("round trip", began)

    def _sync(self) -> None:
        with self._file.open("ab", buffering=0) as file:
            began = perf_counter()
            file.write(bytes(4096))
            os.fsync(file.fileno())
            self._took("fsync", began)

    def _took(self, part: str, began: float) -> None:
        self.samples[part].append(perf_counter() - began)
