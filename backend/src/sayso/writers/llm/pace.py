"""How fast an endpoint reads and writes, as it was measured: a slow one is sent as much as it can take in."""

from dataclasses import dataclass

_ENOUGH = 100
"""Tokens from which a call tells something."""
_SHARE = 0.35
"""Of the time that is left for a stage, what one prompt may take to be read."""
_FASTEST = 5_000.0
"""Tokens a second above which nothing was read, but remembered."""


@dataclass
class Pace:
    """Tokens a second; `None` before anything was measured."""

    reading: float | None = None
    writing: float | None = None

    def learn(self, prompt: int, answer: int, *, began: float, first: float, now: float) -> None:
        """Take a call into account.

        Args:
            prompt, answer: its tokens.
            began, first, now: when it was sent, when its first token came (0 if none did), and when it ended, in
                seconds.
        """
        reading, writing = (first or now) - began, now - first
        if prompt >= _ENOUGH and reading > 0:
            self.reading = _mean(self.reading, min(_FASTEST, prompt / reading))
        if first and answer >= _ENOUGH and writing > 0:
            self.writing = _mean(self.writing, answer / writing)

    def readable(self, seconds: float | None) -> int | None:
        """Tokens of a prompt that leave room for an answer in `seconds`; `None` where that is not bounded."""
        if self.reading is None or seconds is None:
            return None
        return int(self.reading * seconds * _SHARE)

    def writable(self, seconds: float | None) -> int | None:
        """Tokens of an answer that can be written in what `seconds` have left when the prompt is read."""
        if self.writing is None or seconds is None:
            return None
        return int(self.writing * seconds * (1 - 2 * _SHARE))


def _mean(known: float | None, new: float) -> float:
    return new if known is None else (known + new) / 2
