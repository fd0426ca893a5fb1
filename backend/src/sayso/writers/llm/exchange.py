"""Between `ChatModel` and LlamaIndex: messages there, and back what a response holds and what it took."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sayso.writers.llm.prompts import Turn
from sayso.writers.meter import estimated_tokens

if TYPE_CHECKING:  # importing these takes a second, which a server without a model need not wait for
    from llama_index.core.base.llms.types import ChatResponse


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

    @property
    def tokens(self) -> tuple[int, int]:
        """Of prompt and answer; estimated where the endpoint does not count."""
        return self.counted or (estimated_tokens(self.asked), estimated_tokens(self.said))

    def take(self, response: "ChatResponse", text: str | None = None) -> None:
        """Add a piece of the answer, or the whole of it, whose text is `text`."""
        counts = response.additional_kwargs
        self.answered = True
        self.said += len(response.delta or "" if text is None else text) + len(counts.get("thinking_delta") or "")
        prompt, completion = counts.get("prompt_tokens") or 0, counts.get("completion_tokens") or 0
        if prompt or completion:
            self.counted = prompt, completion


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
