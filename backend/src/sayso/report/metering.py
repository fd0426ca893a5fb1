"""What a model at work is at, and what it has used so far."""

import asyncio
from collections.abc import Callable

from sayso.protocol.usage import StageUsage
from sayso.writers.meter import Meter

SIGN_EVERY = 4.0
"""Seconds between two signs of life of a model at work."""


async def signs_of_life(meter: Meter, tell: Callable[[str], None]) -> None:
    """Say every few seconds what the model is at."""
    while True:
        await asyncio.sleep(SIGN_EVERY)
        if line := meter.at_work:
            tell(line)


def added(stages: list[StageUsage], used: StageUsage) -> list[StageUsage]:
    """`stages` with what was `used` in one of them."""
    before = next((each for each in stages if (each.stage, each.round) == (used.stage, used.round)), None)
    if before is None:
        return [*stages, used]
    both = before.model_copy(
        update={
            "calls": before.calls + used.calls,
            "prompt_tokens": before.prompt_tokens + used.prompt_tokens,
            "completion_tokens": before.completion_tokens + used.completion_tokens,
            "seconds": round(before.seconds + used.seconds, 3),
        }
    )
    return [both if each is before else each for each in stages]
