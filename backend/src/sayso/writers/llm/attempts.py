"""Asks an endpoint again where that helps: without what it refused, or a little later."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from typing import Any, TypeVar

from sayso.writers.llm.failures import busy, retry_delay
from sayso.writers.llm.options import RequestOptions

T = TypeVar("T")


async def attempted(
    known: RequestOptions,
    ask: Callable[[dict[str, Any]], Awaitable[T]],
    options: Callable[[int], dict[str, Any]],
    begin: Callable[[], int],
    call: ExitStack,
    patient: bool = True,
) -> tuple[T, int]:
    """The answer of `ask`, and the tokens that it was allowed. Every request is a call of the meter.

    Args:
        known: learns what is refused.
        options: keyword arguments of `ask` for an answer of so many tokens, by what is `known`.
        begin: enters a call of the meter into `call`, and gives the tokens that the answer may have.
        call: left open, for the caller to close when the answer is read.
        patient: whether to ask again when the endpoint is too busy.

    Raises:
        OverBudget: the meter does not allow the next request.
        Exception: what the last request failed with.
    """
    retries = 0
    while True:
        allowed = begin()
        sent = options(allowed)
        try:
            return await ask(sent), allowed
        except Exception as error:
            call.close()
            if known.learn(error, sent):
                continue
            delay = retry_delay(error, retries) if patient or not busy(error) else None
            if delay is None:
                raise
            retries += 1
            await asyncio.sleep(delay)
