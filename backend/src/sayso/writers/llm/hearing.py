"""Hears a streamed answer to its end: how long it may be silent, how long it may be, and what it took."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sayso.writers.llm.exchange import Piece, Tally, finish_of, unstreamed
from sayso.writers.llm.failures import Cut
from sayso.writers.meter import Meter

if TYPE_CHECKING:  # importing these takes a second, which a server without a model need not wait for
    from httpx import Response
    from llama_index.core.base.llms.types import ChatResponse

_LONGEST_TOKEN = 6
"""Characters of a token, on average, above which an endpoint surely does not keep to the length it was told."""


@dataclass(frozen=True)
class Patience:
    """Seconds that one call may take. The defaults let a model on a small machine think."""

    first_token: float = 300.0
    """Until it says something, thinking included; the prompt is read meanwhile."""
    silence: float = 60.0
    """Between two pieces of an answer."""
    whole: float = 1_800.0
    """In all, with retries."""


PATIENCE = Patience()


class Deadlines:
    """Of one call that begins now, by the clock of the event loop."""

    def __init__(self, patience: Patience, meter: Meter) -> None:
        now, left = asyncio.get_running_loop().time(), meter.seconds_left
        self._silence = patience.silence
        self._first = now + patience.first_token
        self.end = now + (patience.whole if left is None else min(patience.whole, left))

    def next(self, tally: Tally) -> float:
        """When the next piece has to be there."""
        quiet = asyncio.get_running_loop().time() + self._silence if tally.said else self._first
        return min(self.end, quiet)

    @property
    def over(self) -> bool:
        return asyncio.get_running_loop().time() >= self.end


@dataclass(frozen=True)
class Opened:
    """A request that is being answered."""

    answer: Any
    first: "ChatResponse | None"
    allowed: int
    """Tokens that the answer may have."""
    responses: Sequence["Response"]


async def heard(opened: Opened, tally: Tally, meter: Meter, deadlines: Deadlines) -> AsyncGenerator[Piece, None]:
    """The pieces of an answer; the last says why it ended.

    Raises:
        Cut: it broke off.
        TimeoutError: it was silent for too long.
        SaidError: it is an error instead.
    """
    finish, response = None, opened.first
    if response is None and (whole := unstreamed(opened.responses)) is not None:
        tally.at_once(whole)
        yield Piece(whole.text)
        finish = whole.finish
    async with aclosing(opened.answer):
        while response is not None:
            finish = finish_of(response) or finish
            said = tally.take(response)
            if tally.said and not tally.first:
                tally.first = asyncio.get_running_loop().time()
            meter.hear(tally.heard, thinking=tally.heard > len(said))
            if said:
                yield Piece(said)
            if finish is None and (finish := _ended(tally, meter, opened.allowed)):
                break
            try:
                # a server that sends comments to keep the line open is silent too: the socket cannot tell
                async with asyncio.timeout_at(deadlines.next(tally)):
                    response = await anext(opened.answer, None)
            except TimeoutError:
                if not deadlines.over:
                    raise
                finish = "budget" if meter.seconds_left == 0 else "time"
                break
    if finish is None:
        raise Cut
    yield Piece("", finish)


def _ended(tally: Tally, meter: Meter, allowed: int) -> str | None:
    if meter.seconds_left == 0:
        return "budget"
    return "length" if tally.said > allowed * _LONGEST_TOKEN else None
