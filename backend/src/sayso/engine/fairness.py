"""Slots for segments, given to whoever has the fewest of them."""

import asyncio
from collections import Counter, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class FairSlots:
    """At most so many at a time. A slot that becomes free goes to the asker who has the fewest, and of several such to
    each in turn: a thousand questions of one person make another one wait for one slot, and not for a thousand.

    Args:
        number: slots in all.
        each: slots that one asker has at most, so that whoever comes finds the process with room to work; `None` is no
            bound.
    """

    def __init__(self, number: int, each: int | None = None) -> None:
        self._free = number
        self._each = number if each is None else max(1, each)
        self._busy: Counter[str | None] = Counter()
        self._waiting: dict[str | None, deque[asyncio.Future[None]]] = {}
        """Askers in the order of their turns."""

    @asynccontextmanager
    async def slot(self, asker: str | None) -> AsyncIterator[None]:
        """Wait for a slot, and hold it for the block."""
        await self._take(asker)
        try:
            yield
        finally:
            self._give_back(asker)

    async def _take(self, asker: str | None) -> None:
        if self._free > 0 and self._busy[asker] < self._each:
            self._hold(asker)
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(asker, deque()).append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                # The slot was given in the same moment.
                self._give_back(asker)
            else:
                self._drop(asker, turn)
            raise

    def _hold(self, asker: str | None) -> None:
        self._free -= 1
        self._busy[asker] += 1

    def _give_back(self, asker: str | None) -> None:
        self._free += 1
        self._busy[asker] -= 1
        if not self._busy[asker]:
            del self._busy[asker]
        self._hand_on()

    def _hand_on(self) -> None:
        while self._free > 0:
            able = [asker for asker in self._waiting if self._busy[asker] < self._each]
            if not able:
                return
            # The first of those with the fewest: `min` keeps their order.
            asker = min(able, key=self._busy.__getitem__)
            turns = self._waiting.pop(asker)
            turn = turns.popleft()
            if turns:
                self._waiting[asker] = turns  # behind the others, until its next turn
            self._hold(asker)
            turn.set_result(None)

    def _drop(self, asker: str | None, turn: asyncio.Future[None]) -> None:
        turns = self._waiting.get(asker)
        if turns is None or turn not in turns:
            return
        turns.remove(turn)
        if not turns:
            del self._waiting[asker]
