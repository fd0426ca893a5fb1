"""Watching a run through the service."""

import asyncio
import json
from typing import Any

from sayso.engine.service import Service
from sayso.protocol.commands import Start

Frame = dict[str, Any]


async def start(service: Service, workflow: str, question: str = "why?") -> str:
    return (await service.start(Start(question=question, workflow=workflow))).id


async def frames_until(service: Service, run_id: str, kind: str, *, after: int = 0, count: int = 1) -> list[Frame]:
    """The run's frames behind `after`, up to and with the `count`-th of this type."""
    seen: list[Frame] = []
    async with asyncio.timeout(20):
        async for events in service.watch(run_id, after):
            for event in events:
                seen.append(json.loads(event.body))
                count -= seen[-1]["type"] == kind
                if count == 0:
                    return seen
    raise AssertionError("unreachable")


def kinds(frames: list[Frame]) -> list[str]:
    return [frame["type"] for frame in frames]
