"""A chat model behind an OpenAI-compatible endpoint, through LlamaIndex."""

import asyncio
import json
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import ExitStack, aclosing
from typing import TYPE_CHECKING, Any, TypeVar

from sayso.writers.llm.attempts import attempted
from sayso.writers.llm.endpoint import Endpoint
from sayso.writers.llm.exchange import Piece, Tally, called, finish_of, length, messages
from sayso.writers.llm.failures import Cut, OutOfBudget, explained, status_of
from sayso.writers.llm.options import RequestOptions
from sayso.writers.llm.prompts import Turn
from sayso.writers.meter import CHARS_PER_TOKEN, Meter, estimated_tokens
from sayso.writers.port import WriterError

if TYPE_CHECKING:  # importing these takes a second, which a server without a model need not wait for
    from llama_index.core.base.llms.types import ChatResponse
    from llama_index.llms.openai import OpenAI

T = TypeVar("T")
DEFAULT_MODEL = "gpt-5.4-mini"
_LONGEST_TOKEN = 6
"""Characters of a token, on average, above which an endpoint surely does not keep to the length it was told."""
_CHECK_SECONDS = 10.0
_CHECK_TOKENS = 16
"""Some endpoints refuse less."""

logger = logging.getLogger(__name__)


class ChatModel:
    """One model at one endpoint. Safe to use from many runs at once, in one event loop.

    What an endpoint does not understand (JSON schemas, a temperature, ...) is learned from its refusal, once.

    Args:
        api_key, base_url, timeout, official: see `Endpoint`.
        model: `None` is `DEFAULT_MODEL` at OpenAI, and elsewhere the first model that the endpoint lists.
        max_seconds: for one call in all, with its retries.
        max_output_tokens: of one answer, thinking included; `None` is 16,384 at OpenAI and 4,096 elsewhere.
            Never more than half of the context window.
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
        self.max_seconds = max_seconds
        self.context_window = context_window or (128_000 if self._endpoint.official else 16_384)
        wanted = max_output_tokens or (16_384 if self._endpoint.official else 4_096)
        self.max_output_tokens = min(wanted, self.context_window // 2)
        self._timeout = timeout
        self.one_at_a_time = False
        """Set once the endpoint has refused calls side by side."""
        self._options = RequestOptions(official=self._endpoint.official)
        self._building = asyncio.Lock()
        self._llm: OpenAI | None = None

    @property
    def host(self) -> str:
        """Host and port of the endpoint, without anything secret."""
        return self._endpoint.host

    @property
    def room(self) -> int:
        """Characters of a prompt that leave room for the longest answer, by `CHARS_PER_TOKEN`."""
        return (self.context_window - self.max_output_tokens) * CHARS_PER_TOKEN

    async def complete(
        self, turns: list[Turn], *, schema: dict[str, Any] | None = None, meter: Meter | None = None
    ) -> str:
        """The model's whole answer. With `schema` the endpoint is asked to keep to it, where it can.

        Raises:
            OutOfBudget: the budget of `meter` does not allow the call, or ended it.
            WriterError: says why there is no answer.
        """
        meter = meter or Meter()
        await self._within(self.max_seconds, self._built)  # what takes long at the first call is not the model's time
        left = meter.seconds_left
        seconds = self.max_seconds if left is None else min(self.max_seconds, left)
        return await self._within(seconds, lambda: self._chat(turns, schema, self.max_output_tokens, meter), meter)

    async def stream(
        self, turns: list[Turn], *, meter: Meter | None = None, patient: bool = True
    ) -> AsyncGenerator[Piece, None]:
        """The model's answer as it arrives; close the iterator (`aclosing`) to stop the model.

        Args:
            patient: whether to ask again when the endpoint is too busy.

        Raises:
            OutOfBudget: the budget of `meter` does not allow the call.
            Busy: the endpoint has too many requests to answer, or was silent for too long.
            WriterError: says why there is no answer, or why it breaks off.
        """
        meter = meter or Meter()
        await self._within(self.max_seconds, self._built)
        clock = asyncio.get_running_loop().time
        left = meter.seconds_left
        deadline = clock() + (self.max_seconds if left is None else min(self.max_seconds, left))
        responses = self._endpoint.watch_responses()
        tally = Tally(length(turns))
        try:
            with ExitStack() as call:
                async with asyncio.timeout_at(deadline):
                    answer, response, allowed = await self._opened(turns, meter, call, patient)
                finish = None
                async with aclosing(answer):
                    while response is not None:
                        finish = finish_of(response) or finish
                        tally.take(response)
                        if response.delta:
                            yield Piece(response.delta)
                        if finish is None and meter.seconds_left == 0:
                            finish = "budget"
                            break
                        if tally.said > allowed * _LONGEST_TOKEN:
                            finish = "length"
                            break
                        try:
                            # a server that sends comments to keep the line open is silent too: the socket cannot tell
                            async with asyncio.timeout_at(min(deadline, clock() + self._timeout)):
                                response = await anext(answer, None)
                        except TimeoutError:
                            if clock() < deadline:
                                raise
                            finish = "budget" if meter.seconds_left == 0 else "time"
                            break
                if finish is None:
                    raise Cut
                if finish == "length" and allowed < self.max_output_tokens:
                    finish = "budget"
        except Exception as error:
            raise self._explained(error, meter=meter) from None
        finally:
            self._count(tally, meter)
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
            raise WriterError(f"{self.host} does not say which models it has", "set SAYSO_MODEL")
        if listed is None or not {self.name, f"{self.name}:latest"} & set(listed):
            await self._chat([("user", "Say yes.")], None, _CHECK_TOKENS)
        return self.name

    async def _chat(
        self, turns: list[Turn], schema: dict[str, Any] | None, max_tokens: int, meter: Meter | None = None
    ) -> str:
        meter = meter or Meter()
        llm = await self._built()
        tally = Tally(length(turns) + (len(json.dumps(schema)) if schema else 0))

        with ExitStack() as call:
            answer, _ = await attempted(
                self._options,
                lambda options: llm.achat(messages(turns), **options),
                lambda allowed: self._options.of(allowed, schema),
                lambda: call.enter_context(meter.call(estimated_tokens(tally.asked), max_tokens)),
                call,
            )
            text = called(answer) or answer.message.content or ""
            tally.take(answer, text)
            self._count(tally, meter)
        return text

    async def _opened(
        self, turns: list[Turn], meter: Meter, call: ExitStack, patient: bool
    ) -> tuple[Any, "ChatResponse | None", int]:
        llm = await self._built()

        async def opened(options: dict[str, Any]) -> tuple[Any, "ChatResponse | None"]:
            answer = await llm.astream_chat(messages(turns), **options)
            return answer, await anext(answer, None)  # the request is sent by the first step

        (answer, response), allowed = await attempted(
            self._options,
            opened,
            lambda allowed: self._options.of(allowed, streamed=True),
            lambda: call.enter_context(meter.call(estimated_tokens(length(turns)), self.max_output_tokens)),
            call,
            patient,
        )
        return answer, response, allowed

    async def _within(self, seconds: float, call: Callable[[], Awaitable[T]], meter: Meter | None = None) -> T:
        try:
            async with asyncio.timeout(seconds):
                return await call()
        except Exception as error:
            raise self._explained(error, seconds, meter) from None

    def _explained(self, error: Exception, seconds: float | None = None, meter: Meter | None = None) -> WriterError:
        if isinstance(error, TimeoutError) and meter is not None and meter.seconds_left == 0:
            return OutOfBudget(meter.exhausted)
        # the exception's text may hold what the endpoint echoes of the request, so only its kind is logged
        logger.warning("model call failed: %s, status %s", type(error).__name__, status_of(error))
        waited = min(self._timeout, seconds or self._timeout)
        return explained(error, model=self.name or "(none chosen)", host=self.host, seconds=waited)

    def _count(self, tally: "Tally", meter: Meter) -> None:
        if tally.answered:
            meter.count(*tally.tokens)

    async def _built(self) -> "OpenAI":
        if self.name is None:
            await self._checked()
        async with self._building:
            if self._llm is None:
                self._llm = await self._endpoint.llm(str(self.name), self.context_window)
            return self._llm
