"""A timer that can be set anew."""

import asyncio
from collections.abc import Callable


class Alarm:
    """Calls back once, when it was last set to."""

    def __init__(self, ring: Callable[[], None]) -> None:
        self._ring = ring
        self._timer: asyncio.TimerHandle | None = None

    @property
    def is_set(self) -> bool:
        return self._timer is not None

    def set(self, delay: float) -> None:
        """Ring in `delay` seconds, and not when it was set to before."""
        self.clear()
        self._timer = asyncio.get_running_loop().call_later(delay, self._rings)

    def clear(self) -> None:
        """Do not ring."""
        if self._timer:
            self._timer.cancel()
            self._timer = None

    def _rings(self) -> None:
        self._timer = None
        self._ring()
