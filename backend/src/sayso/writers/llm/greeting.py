"""A tiny question to a model: only an answer shows that it can be talked to."""

from contextlib import ExitStack

from sayso.writers.llm.attempts import attempted
from sayso.writers.llm.endpoint import Endpoint
from sayso.writers.llm.exchange import messages
from sayso.writers.llm.options import RequestOptions
from sayso.writers.meter import Meter

_TOKENS = 16
"""Some endpoints refuse less."""


async def greeted(endpoint: Endpoint, name: str, options: RequestOptions, context_window: int) -> None:
    """Ask the model of this name to say yes.

    Raises:
        Exception: it does not answer; see `sayso.writers.llm.failures.explained`.
    """
    llm = await endpoint.llm(name, context_window)
    with ExitStack() as call:
        await attempted(
            options,
            lambda sent: llm.achat(messages([("user", "Say yes.")]), **sent),
            lambda allowed: options.of(allowed),
            lambda: call.enter_context(Meter().call(0, _TOKENS)),
            call,
        )
