"""The text as it is written, in pieces that are worth sending."""

import time
from collections.abc import Callable

from sayso.events import DraftEvent
from sayso.writers.meter import Meter
from sayso.writers.port import DraftReport, Writer, WritingBrief

EVERY = 0.25
"""Seconds between two pieces, at the least."""


class Drafts:
    """A `DraftSink` that gathers tokens into a few events a second; `finish` sends what is left.

    Args:
        attempt: higher than that of a text that this one replaces.
    """

    def __init__(
        self, emit: Callable[[DraftEvent], None], clock: Callable[[], float] = time.monotonic, *, attempt: int = 0
    ) -> None:
        self._emit = emit
        self._attempt = attempt
        self._clock = clock
        self._section = ""
        self._text = ""
        self._sent_at = clock()

    async def __call__(self, section: str, text: str) -> None:
        if section != self._section:
            self.finish()
            self._section = section
        self._text += text
        if self._clock() - self._sent_at >= EVERY:
            self.finish()

    def finish(self) -> None:
        """Send what was gathered."""
        if self._text:
            self._emit(DraftEvent(text=self._text, section=self._section, attempt=self._attempt))
        self._text = ""
        self._sent_at = self._clock()


async def drafted(
    emit: Callable[[DraftEvent], None], writer: Writer, brief: WritingBrief, meter: Meter, own: Writer | None
) -> DraftReport:
    """What `writer` makes of `brief`, sent in pieces as it is written.

    Args:
        own: the run's writer; another one takes over where it broke off, and begins anew.
    """
    drafts = Drafts(emit, attempt=int(writer is not own))
    draft = await writer.write(brief, drafts, meter)
    drafts.finish()
    return draft
