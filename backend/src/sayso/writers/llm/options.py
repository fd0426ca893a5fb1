"""What is sent along with a chat request, and what an endpoint has been found not to understand of it."""

from collections.abc import Mapping
from typing import Any

from sayso.writers.llm.failures import named_refusals

_TEMPERATURE = 0.2


class RequestOptions:
    """The options of requests to one endpoint. What it refuses is left out from then on.

    A schema is asked for in the best way that the endpoint has not refused yet: `response_format`, then a tool that
    the model has to call, then by the words of the prompt alone.

    Args:
        official: whether the endpoint is OpenAI's own.
    """

    def __init__(self, *, official: bool) -> None:
        self._official = official
        self._refused: set[str] = set()

    def of(self, max_tokens: int, schema: dict[str, Any] | None = None, *, streamed: bool = False) -> dict[str, Any]:
        """Keyword arguments for one request.

        Args:
            schema: "name", "strict" and "schema", as in OpenAI's `json_schema`.
        """
        import openai

        limit = "max_completion_tokens" if "max_tokens" in self._refused else "max_tokens"
        # OpenAI's reasoning models refuse a temperature of one's own; LlamaIndex sends one unless it is omitted here
        plain = self._official or "temperature" in self._refused
        options: dict[str, Any] = {limit: max_tokens, "temperature": openai.omit if plain else _TEMPERATURE}
        if schema is not None and "response_format" not in self._refused:
            options["response_format"] = {"type": "json_schema", "json_schema": schema}
        elif schema is not None and "tools" not in self._refused:
            function = {
                "name": schema["name"],
                "description": "Gives the answer. Always call it.",
                "parameters": schema["schema"],
            }
            options["tools"] = [{"type": "function", "function": function}]
            options["tool_choice"] = {"type": "function", "function": {"name": schema["name"]}}
        if streamed and "stream_options" not in self._refused:
            options["stream_options"] = {"include_usage": True}
        return options

    def learn(self, error: Exception, sent: Mapping[str, object]) -> bool:
        """Take note of what `error` refuses of the options `sent`; whether it is worth asking again without it.

        A refusal that names no option is put down to the way the schema was asked for, which many servers do not know.
        """
        import openai

        given = {name for name, value in sent.items() if value is not openai.omit}
        refused = named_refusals(error, given)
        self._refused |= refused
        return bool(refused)
