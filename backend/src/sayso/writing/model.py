"""A chat model behind an OpenAI-compatible endpoint, through LlamaIndex."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from sayso.writing.endpoint import Endpoint
from sayso.writing.failures import Cut, explained, refused_options, retry_delay, status_of
from sayso.writing.prompts import Turn
from sayso.writing.writer import WriterError

if TYPE_CHECKING:  # importing these takes a second, which a server without a model need not wait for
    from llama_index.core.base.llms.types import ChatResponse
    from llama_index.llms.openai import OpenAI

T = TypeVar("T")
DEFAULT_MODEL = "gpt-5.4-mini"
_TEMPERATURE = 0.2
_CHECK_SECONDS = 10.0
_CHECK_TOKENS = 16
"""Some endpoints refuse less."""

logger = logging.getLogger(__name__)


@dataclass
class Usage:
    """Calls answered, and the tokens that the endpoint counted for them (0 where it does not count)."""

    calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0


@dataclass(frozen=True)
class Piece:
    """A piece of a streamed answer; `finish` is set on the last ("stop", "length")."""

    text: str
    finish: str | None = None


class ChatModel:
    """One model at one endpoint. Safe to use from many runs at once, in one event loop.

    What an endpoint does not understand (JSON schemas, a temperature, ...) is learned from its refusal, once.

    Args:
        api_key, base_url, timeout, official: see `Endpoint`.
        model: `None` is `DEFAULT_MODEL` at OpenAI, and elsewhere the first model that the endpoint lists.
        max_seconds: for one call in all, with its retries.
        max_output_tokens: of one answer, thinking included; `None` is 16,384 at OpenAI and 4,096 elsewhere.
        context_window: tokens of prompt and answer together; `None` is 128,000 at OpenAI and 16,384 elsewhere.
    """

    def __init__(
        self,
        *,
        api_key: str | None,
        base_url: str | None = None,
        model: str | None = None,
        timeout: float = 60.0,
        max_seconds: float = 240.0,
        max_output_tokens: int | None = None,
        context_window: int | None = None,
        official: bool | None = None,
    ) -> None:
        self._endpoint = Endpoint(api_key=api_key, base_url=base_url, timeout=timeout, official=official)
        self.name = model or (DEFAULT_MODEL if self._endpoint.official else None)
        self.usage = Usage()
        self.max_seconds = max_seconds
        self.max_output_tokens = max_output_tokens or (16_384 if self._endpoint.official else 4_096)
        self.context_window = context_window or (128_000 if self._endpoint.official else 16_384)
        self._timeout = timeout
        self._refused: set[str] = set()
        self._building = asyncio.Lock()
        self._llm: OpenAI | None = None

    @property
    def host(self) -> str:
        """Host and port of the endpoint, without anything secret."""
        return self._endpoint.host

    async def complete(self, turns: list[Turn], *, schema: dict[str, Any] | None = None) -> str:
        """The model's whole answer. With `schema` the endpoint is asked to keep to it, where it can.

        Raises:
            WriterError: says why there is no answer.
        """
        return await self._within(self.max_seconds, lambda: self._chat(turns, schema, self.max_output_tokens))

    async def stream(self, turns: list[Turn]) -> AsyncGenerator[Piece, None]:
        """The model's answer as it arrives; close the iterator (`aclosing`) to stop the model.

        Raises:
            WriterError: says why there is no answer, or why it breaks off.
        """
        clock = asyncio.get_running_loop().time
        deadline = clock() + self.max_seconds
        responses = self._endpoint.watch_responses()
        try:
            async with asyncio.timeout_at(deadline):
                answer, response = await self._opened(turns)
            finish = None
            async with aclosing(answer):
                while response is not None:
                    finish = _finish(response) or finish
                    self._count(response)
                    if response.delta:
                        yield Piece(response.delta)
                    try:
                        # a server that sends comments to keep the line open is silent too: the socket cannot tell
                        async with asyncio.timeout_at(min(deadline, clock() + self._timeout)):
                            response = await anext(answer, None)
                    except TimeoutError:
                        if clock() < deadline:
                            raise
                        finish = "time"
                        break
            if finish is None:
                raise Cut
        except Exception as error:
            raise self._explained(error) from None
        finally:
            for opened in responses:
                await opened.aclose()
        yield Piece("", finish)

    async def check(self) -> str:
        """Ask the endpoint once, cheaply and briefly, whether key and model are good.

        Returns:
            the model's name.

        Raises:
            WriterError: says what is wrong.
        """
        return await self._within(_CHECK_SECONDS, self._checked)

    async def aclose(self) -> None:
        """Close the connections to the endpoint."""
        await self._endpoint.aclose()

    async def _checked(self) -> str:
        listed = await self._endpoint.models()
        if self.name is None:
            self.name = next((name for name in listed or [] if "embed" not in name.lower()), None)
        if self.name is None:
            raise WriterError(f"{self.host} does not say which models it has: set SAYSO_MODEL.")
        if listed is None or not {self.name, f"{self.name}:latest"} & set(listed):
            await self._chat([("user", "Say yes.")], None, _CHECK_TOKENS)
        return self.name

    async def _chat(self, turns: list[Turn], schema: dict[str, Any] | None, max_tokens: int) -> str:
        llm = await self._built()
        answer = await self._attempts(
            lambda options: llm.achat(_messages(turns), **options), lambda: self._options(max_tokens, schema)
        )
        self._count(answer)
        return answer.message.content or ""

    async def _opened(self, turns: list[Turn]) -> tuple[Any, "ChatResponse | None"]:
        llm = await self._built()

        async def opened(options: dict[str, Any]) -> tuple[Any, "ChatResponse | None"]:
            answer = await llm.astream_chat(_messages(turns), **options)
            return answer, await anext(answer, None)  # the request is sent by the first step

        return await self._attempts(opened, lambda: self._options(self.max_output_tokens, streamed=True))

    def _options(
        self, max_tokens: int, schema: dict[str, Any] | None = None, *, streamed: bool = False
    ) -> dict[str, Any]:
        import openai

        limit = "max_completion_tokens" if "max_tokens" in self._refused else "max_tokens"
        # OpenAI's reasoning models refuse a temperature of one's own; LlamaIndex sends one unless it is omitted here
        plain = self._endpoint.official or "temperature" in self._refused
        options: dict[str, Any] = {limit: max_tokens, "temperature": openai.omit if plain else _TEMPERATURE}
        if schema is not None and "response_format" not in self._refused:
            options["response_format"] = {"type": "json_schema", "json_schema": schema}
        if streamed and "stream_options" not in self._refused:
            options["stream_options"] = {"include_usage": True}
        return options

    async def _attempts(
        self, call: Callable[[dict[str, Any]], Awaitable[T]], options: Callable[[], dict[str, Any]]
    ) -> T:
        retries = 0
        while True:
            sent = options()
            try:
                return await call(sent)
            except Exception as error:
                refused = refused_options(error, sent)
                if refused:
                    self._refused |= refused
                    continue
                delay = retry_delay(error, retries)
                if delay is None:
                    raise
                retries += 1
                await asyncio.sleep(delay)

    async def _within(self, seconds: float, call: Callable[[], Awaitable[T]]) -> T:
        try:
            async with asyncio.timeout(seconds):
                return await call()
        except Exception as error:
            raise self._explained(error, seconds) from None

    def _explained(self, error: Exception, seconds: float | None = None) -> WriterError:
        # the exception's text may hold what the endpoint echoes of the request, so only its kind is logged
        logger.warning("model call failed: %s, status %s", type(error).__name__, status_of(error))
        waited = min(self._timeout, seconds or self._timeout)
        return explained(error, model=self.name or "(none chosen)", host=self.host, seconds=waited)

    def _count(self, response: "ChatResponse") -> None:
        counted = response.additional_kwargs
        if "prompt_tokens" in counted:
            self.usage.calls += 1
            self.usage.prompt_tokens += counted["prompt_tokens"] or 0
            self.usage.completion_tokens += counted["completion_tokens"] or 0

    async def _built(self) -> "OpenAI":
        if self.name is None:
            await self._checked()
        async with self._building:
            if self._llm is None:
                self._llm = await self._endpoint.llm(str(self.name), self.context_window)
            return self._llm


def _messages(turns: list[Turn]) -> list[Any]:
    from llama_index.core.base.llms.types import ChatMessage, MessageRole

    return [ChatMessage(role=MessageRole(role), content=text) for role, text in turns]


def _finish(response: "ChatResponse") -> str | None:
    choices = getattr(response.raw, "choices", None)
    return choices[0].finish_reason if choices else None
