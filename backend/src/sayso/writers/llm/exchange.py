"""Between `ChatModel` and LlamaIndex: messages there, and back what a response holds and what it took."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sayso.writers.llm.failures import SaidError
from sayso.writers.llm.prompts import Turn
from sayso.writers.meter import estimated_tokens

if TYPE_CHECKING:  # importing these takes a second, which a server without a model need not wait for
    from httpx import Response
    from llama_index.core.base.llms.types import ChatResponse

_LONG_PROMPT = 6_000
"""Characters from which too few tokens mean that a prompt was cut."""
_CHARACTERS = 8
"""Of a token: no tokenizer has as many on average over a long text."""


@dataclass(frozen=True)
class Piece:
    """A piece of a streamed answer; `finish` is set on the last: "stop", "length", "time" or "budget"."""

    text: str
    finish: str | None = None


@dataclass
class Tally:
    """What one request and its answer took."""

    asked: int
    """Characters of the request."""
    said: int = 0
    """Characters of the answer, thinking included."""
    counted: tuple[int, int] | None = None
    """Tokens of prompt and answer, if the endpoint counts them; some say the sum so far with every piece."""
    answered: bool = False
    called: int = 0
    """Characters of a tool's arguments so far."""
    first: float = 0.0
    """When it said, or thought, something first, by the clock of the event loop."""
    heard: int = 0
    """Characters of the last piece, of whatever kind."""

    @property
    def tokens(self) -> tuple[int, int]:
        """Of prompt and answer; estimated where the endpoint does not count."""
        return self.counted or (estimated_tokens(self.asked), estimated_tokens(self.said))

    @property
    def cut(self) -> int | None:
        """Tokens of the prompt that were read, if these are far too few for what was sent."""
        read = self.counted[0] if self.counted else 0
        return read if read and self.asked >= _LONG_PROMPT and self.asked > _CHARACTERS * read else None

    def take(self, response: "ChatResponse") -> str:
        """Add a piece of the answer; what it says, be it text or the arguments of a tool."""
        counts = response.additional_kwargs
        arguments = called(response)
        text = response.delta or arguments[self.called :]
        self.called = max(self.called, len(arguments))
        thinking = len(counts.get("thinking_delta") or "")
        self.answered = True
        self.heard = len(text) + thinking
        self.said += self.heard
        prompt, completion = counts.get("prompt_tokens") or 0, counts.get("completion_tokens") or 0
        if prompt or completion:
            self.counted = prompt, completion
        return text

    def at_once(self, whole: "Unstreamed") -> None:
        """Add an answer that came whole."""
        self.answered = True
        self.said += len(whole.text)
        self.counted = whole.counted


@dataclass(frozen=True)
class Unstreamed:
    """An answer that came whole though a stream was asked for."""

    text: str
    finish: str
    counted: tuple[int, int] | None


def unstreamed(responses: Sequence["Response"]) -> Unstreamed | None:
    """The answer in the last of `responses` if that is JSON and no stream.

    Raises:
        SaidError: it is an error, whatever the status says.
    """
    if not responses or not is_json(responses[-1]):
        return None
    try:
        body = responses[-1].json()
        if body.get("error"):
            raise SaidError(str(body["error"]))
        choice, counts = body["choices"][0], body.get("usage") or {}
        calls = choice["message"].get("tool_calls") or []
        text = calls[0]["function"]["arguments"] if calls else choice["message"].get("content") or ""
        counted = int(counts.get("prompt_tokens") or 0), int(counts.get("completion_tokens") or 0)
        return Unstreamed(text, choice.get("finish_reason") or "stop", counted if any(counted) else None)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        raise ValueError("JSON that is no chat completion") from None


def is_json(response: "Response") -> bool:
    """Whether a response says that it is JSON, which no stream is."""
    return "json" in response.headers.get("content-type", "")


def length(turns: list[Turn]) -> int:
    """Characters of all that is said."""
    return sum(len(text) for _, text in turns)


def called(response: "ChatResponse") -> str:
    """The arguments of the tool that the model called, as JSON; empty if it called none."""
    for called in response.message.additional_kwargs.get("tool_calls") or []:
        arguments: str = getattr(getattr(called, "function", None), "arguments", "") or ""
        if arguments:
            return arguments
    return ""


def messages(turns: list[Turn]) -> list[Any]:
    """`turns` as LlamaIndex's messages."""
    from llama_index.core.base.llms.types import ChatMessage, MessageRole

    return [ChatMessage(role=MessageRole(role), content=text) for role, text in turns]


def finish_of(response: "ChatResponse") -> str | None:
    """Why the model stopped, if it did."""
    choices = getattr(response.raw, "choices", None)
    return choices[0].finish_reason if choices else None
