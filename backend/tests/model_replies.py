"""Ways to answer a chat request, good and bad, for `model_server`."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field

from model_answers import Body, answer


@dataclass(frozen=True)
class Reply:
    """How the server answers one chat request. The answer is computed if there is no `text`."""

    text: str | Callable[[Body], str] | None = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: str | None = None
    """Sent as it is instead of a completion."""
    delay: float = 0.0
    """Seconds before the answer, and a tenth of it between the pieces of a stream."""
    hang: bool = False
    """Never answer; of a stream, never go on after the first piece."""
    pings: bool = False
    """Keep a hanging stream open with comments, as gateways do."""
    cut_after: int | None = None
    """Break the connection after so many pieces."""
    endless: bool = False
    """Say the text again and again, until the client goes away."""
    finish: str | None = "stop"
    chunk: int = 12
    """Characters of a piece."""
    usage: bool = True
    calls_tool: bool = True
    """Whether the answer to a request with `tools` is a call of the first."""


def failing(status: int, *, retry_after: str | None = None, message: str = "scripted failure", code: str = "") -> Reply:
    """An error as OpenAI words it."""
    body = json.dumps({"error": {"message": message, "type": "scripted", "code": code or None, "param": None}})
    return Reply(status=status, body=body, headers={"retry-after": retry_after} if retry_after is not None else {})


BEHAVIOURS: dict[str, Reply] = {
    "good": Reply(),
    "slow": Reply(delay=1.0),
    "hang": Reply(hang=True),
    "thinking": Reply(text=lambda body: f"<think>Let me see. ## Not this [1].</think>\n{answer(body)}"),
    "refused": failing(401, message="Incorrect API key provided"),
    "busy": failing(429, retry_after="60"),
    "down": failing(500),
    "broken": Reply(text='{"queries": [{"query": '),
    "empty": Reply(text=""),
    "cut": Reply(cut_after=3),
    "endless": Reply(endless=True),
}
