"""What a step says while it is at work."""

from typing import Any, Protocol

from pydantic import JsonValue
from workflows import Context

from sayso.events import ProgressEvent


class Tell(Protocol):
    """Says one line to whoever watches the run."""

    def __call__(
        self,
        line: str,
        done: int | None = None,
        total: int | None = None,
        *,
        details: dict[str, JsonValue] | None = None,
    ) -> None: ...


def teller(ctx: Context[Any], stage: str, round: int) -> Tell:
    """Says lines of one step."""

    def tell(
        line: str,
        done: int | None = None,
        total: int | None = None,
        *,
        details: dict[str, JsonValue] | None = None,
    ) -> None:
        ctx.write_event_to_stream(
            ProgressEvent(msg=line, stage=stage, done=done, total=total, round=round, details=details or {})
        )

    return tell
