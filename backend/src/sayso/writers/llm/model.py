"""A chat model behind an OpenAI-compatible endpoint, through LlamaIndex."""

import asyncio
import json
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import ExitStack, aclosing
from typing import TYPE_CHECKING, Any, TypeVar

from sayso.writers.llm.attempts import attempted
from sayso.writers.llm.endpoint import Endpoint, chat_models
from sayso.writers.llm.exchange import Piece, Tally, length, messages
from sayso.writers.llm.failures import OutOfBudget, PromptCut, ThoughtOnly, explained, status_of
from sayso.writers.llm.greeting import greeted
from sayso.writers.llm.hearing import PATIENCE, Deadlines, Opened, Patience, heard
from sayso.writers.llm.options import RequestOptions
from sayso.writers.llm.pace import Pace
from sayso.writers.llm.plaintext import without_thinking
from sayso.writers.llm.prompts import Turn
from sayso.writers.meter import CHARS_PER_TOKEN, Meter, estimated_tokens
from sayso.writers.port import WriterError

if TYPE_CHECKING:  # importing these takes a second, which a server without a model need not wait for
    from httpx import Response
    from llama_index.core.base.llms.types import ChatResponse
    from llama_index.llms.openai import OpenAI

T = TypeVar("T")
DEFAULT_MODEL = "gpt-5.4-mini"
_CHECK_SECONDS = 60.0
"""A local server may have to load the model first."""
_TRIED = 4
"""Models of a list that are greeted until one answers."""
_LEAST_WINDOW = 1_024

logger = logging.getLogger(__name__)


class ChatModel:
    """One model at one endpoint. Safe to use from many runs at once, in one event loop.

    What an endpoint does not understand (JSON schemas, a temperature, ...) is learned from its refusal, once.

    Args:
        api_key, base_url, official: see `Endpoint`.
        patience: how long a call may take.
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
        patience: Patience = PATIENCE,
        max_output_tokens: int | None = None,
        context_window: int | None = None,
        official: bool | None = None,
    ) -> None:
        self.patience = patience
        timeout = max(patience.first_token, patience.silence)
        self._endpoint = Endpoint(api_key=api_key, base_url=base_url, timeout=timeout, official=official)
        self.name = model or (DEFAULT_MODEL if self._endpoint.official else None)
        self.context_window = context_window or (128_000 if self._endpoint.official else 16_384)
        wanted = max_output_tokens or (16_384 if self._endpoint.official else 4_096)
        self.max_output_tokens = min(wanted, self.context_window // 2)
        self.cut_at: int | None = None
        """Tokens after which the endpoint was seen to cut a prompt."""
        self.pace = Pace()
        self.one_at_a_time = False  # set once the endpoint has refused calls side by side
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
        meter, text, finish = meter or Meter(), "", None
        async with aclosing(self.stream(turns, schema=schema, meter=meter)) as pieces:
            async for piece in pieces:
                text += piece.text
                finish = piece.finish or finish
        if finish == "budget" and not text.strip():
            raise OutOfBudget(meter.exhausted or "This run's budget is used up.")
        if finish == "time":
            raise self._explained(TimeoutError(), self.patience.whole, meter)
        if finish == "length" and not without_thinking(text).strip():
            raise ThoughtOnly(str(self.name), self.max_output_tokens)
        return text

    async def stream(
        self,
        turns: list[Turn],
        *,
        schema: dict[str, Any] | None = None,
        meter: Meter | None = None,
        patient: bool = True,
    ) -> AsyncGenerator[Piece, None]:
        """The model's answer as it arrives; close the iterator (`aclosing`) to stop the model.

        Thinking that an endpoint sends apart from the answer is no piece of it, but a sign of life.

        Args:
            patient: whether to ask again when the endpoint is too busy.

        Raises:
            OutOfBudget: the budget of `meter` does not allow the call.
            Busy: the endpoint has too many requests to answer, or was silent for too long.
            PromptCut: the endpoint read only a part of the prompt; less of it is sent from now on.
            WriterError: says why there is no answer, or why it breaks off.
        """
        meter = meter or Meter()
        await self._within(self.patience.whole, self._built)  # what takes long at the first call is not its time
        deadlines = Deadlines(self.patience, meter)
        tally = Tally(length(turns) + (len(json.dumps(schema)) if schema else 0))
        responses = self._endpoint.watch_responses()
        began, finish = asyncio.get_running_loop().time(), None
        try:
            with ExitStack() as call:
                async with asyncio.timeout_at(deadlines.next(tally)):
                    opened = await self._opened(turns, schema, meter, call, patient, responses)
                async with aclosing(heard(opened, tally, meter, deadlines)) as pieces:
                    async for piece in pieces:
                        finish = piece.finish
                        if piece.text:
                            yield piece
                if finish == "length" and opened.allowed < self.max_output_tokens:
                    finish = "budget"
        except (asyncio.CancelledError, TimeoutError) as error:
            tally.answered = True  # it has read, and maybe thought, until it was hung up on
            if isinstance(error, asyncio.CancelledError):
                raise
            waited = self.patience.silence if tally.said else self.patience.first_token
            raise self._explained(error, waited, meter) from None
        except Exception as error:
            raise self._explained(error, meter=meter) from None
        finally:
            if tally.answered:
                meter.count(*tally.tokens)
                self.pace.learn(*tally.tokens, began=began, first=tally.first, now=asyncio.get_running_loop().time())
            for response in responses:
                await response.aclose()
        self._look_for_cuts(tally)
        yield Piece("", finish)

    async def check(self) -> str:
        """The model's name, once it has answered a tiny question.

        Raises:
            WriterError: says what is wrong.
        """
        return await self._within(_CHECK_SECONDS, self._checked)

    async def aclose(self) -> None:
        """Close the connections to the endpoint."""
        await self._endpoint.aclose()

    async def _checked(self) -> str:
        listed = await self._endpoint.models()
        names = [self.name] if self.name else chat_models(listed or [])
        if not names:
            raise WriterError(f"{self.host} does not say which models it has", "set SAYSO_MODEL")
        failures: list[WriterError] = []
        for name in names[:_TRIED]:
            try:
                await greeted(self._endpoint, name, self._options, self.context_window)
            except Exception as error:
                failures.append(self._explained(error, name=name))
            else:
                self.name = name
                return name
        raise failures[0]

    async def _opened(
        self,
        turns: list[Turn],
        schema: dict[str, Any] | None,
        meter: Meter,
        call: ExitStack,
        patient: bool,
        responses: list["Response"],
    ) -> Opened:
        llm = await self._built()

        async def opened(options: dict[str, Any]) -> tuple[Any, "ChatResponse | None"]:
            answer = await llm.astream_chat(messages(turns), **options)
            return answer, await anext(answer, None)  # the request is sent by the first step

        (answer, response), allowed = await attempted(
            self._options,
            opened,
            lambda allowed: self._options.of(allowed, schema, streamed=True),
            lambda: call.enter_context(meter.call(estimated_tokens(length(turns)), self.max_output_tokens)),
            call,
            patient,
        )
        return Opened(answer, response, allowed, responses)

    async def _within(self, seconds: float, call: Callable[[], Awaitable[T]]) -> T:
        try:
            async with asyncio.timeout(seconds):
                return await call()
        except Exception as error:
            raise self._explained(error, seconds) from None

    def _explained(
        self, error: Exception, seconds: float | None = None, meter: Meter | None = None, name: str | None = None
    ) -> WriterError:
        if isinstance(error, TimeoutError) and meter is not None and meter.seconds_left == 0:
            return OutOfBudget(meter.exhausted)
        # the exception's text may hold what the endpoint echoes of the request, so only its kind is logged
        logger.warning("model call failed: %s, status %s", type(error).__name__, status_of(error))
        name = name or self.name or "(none chosen)"
        return explained(error, model=name, host=self.host, seconds=seconds or self.patience.first_token)

    def _look_for_cuts(self, tally: "Tally") -> None:
        """Raises `PromptCut` if the endpoint counted far fewer tokens than it was sent, and sends less from now on."""
        read = tally.cut
        if read is not None and read < self.context_window:
            self.context_window = max(_LEAST_WINDOW, read)
            self.max_output_tokens = min(self.max_output_tokens, self.context_window // 2)
            self.cut_at = self.context_window
            raise PromptCut(str(self.name), read)

    async def _built(self) -> "OpenAI":
        if self.name is None:
            await self._checked()
        async with self._building:
            if self._llm is None:
                self._llm = await self._endpoint.llm(str(self.name), self.context_window)
            return self._llm
