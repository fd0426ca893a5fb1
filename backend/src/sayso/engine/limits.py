"""How much one person may have going, or one address where there is no person."""

import math
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from sayso.protocol.codes import ErrorCode
from sayso.protocol.commands import ProtocolError
from sayso.storage.limits import RunLimits


@dataclass(frozen=True)
class Limits:
    """`None` is no limit.

    Attributes:
        runs: of those, see `RunLimits`.
        frames: frames and writing calls a second; five seconds' worth at once.
        connections: sockets and streams at a time.
        segments: of the slots of a process, see `FairSlots`.
    """

    runs: RunLimits = field(default_factory=RunLimits)
    frames: int | None = None
    connections: int | None = None
    segments: int | None = None


def too_many(what: str, seconds: float) -> ProtocolError:
    """With when to try again."""
    after = max(1, math.ceil(seconds))
    message = f"{what} Try again in {_said(after)}."
    return ProtocolError(ErrorCode.TOO_MANY, message, details={"retry_after": after})


def _said(seconds: int) -> str:
    if seconds < 120:
        return f"{seconds} s"
    return f"{math.ceil(seconds / 60)} min"


class FrameMeter:
    """Counts what one client sends, second by second.

    Args:
        rate: a second, in the long run; `None` is no limit.
        clock: seconds.
    """

    BURST = 5
    """Seconds' worth that may come at once."""
    KNOWN = 10_000
    """Clients that are remembered; who has sent nothing for a while is as good as new."""

    def __init__(self, rate: int | None, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = rate
        self._clock = clock
        self._full_at: dict[str | None, float] = {}
        """When the allowance of a client is whole again."""

    def take(self, client: str | None) -> None:
        """One frame.

        Raises:
            ProtocolError: `too_many`.
        """
        if self._rate is None:
            return
        now, each = self._clock(), 1 / self._rate
        if len(self._full_at) >= self.KNOWN:
            self._full_at = {name: at for name, at in self._full_at.items() if at > now}
        full_at = max(now, self._full_at.get(client, now)) + each
        if full_at - now > self.BURST:
            raise too_many(f"More than {self._rate} frames a second are too many.", full_at - now - self.BURST)
        self._full_at[client] = full_at


class Sparing:
    """Lets through the first of many of a kind: so many a minute of each client."""

    MOST = 20

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._minute = 0
        self._seen: Counter[str] = Counter()

    def allows(self, client: str) -> bool:
        """Whether this is one of the first of this minute."""
        minute = int(self._clock() // 60)
        if minute != self._minute:
            self._minute, self._seen = minute, Counter()
        self._seen[client] += 1
        return self._seen[client] <= self.MOST and len(self._seen) <= FrameMeter.KNOWN
