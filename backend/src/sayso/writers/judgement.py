"""What a model that judges is asked, and what it says."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol, runtime_checkable

from pydantic import BaseModel

from sayso.writers.meter import Meter


class Judgement(NamedTuple):
    """What a model, asked to judge a sentence, said of it."""

    supported: bool | None
    """Whether its quotes support it; `None` where the model could not tell."""
    reason: str = ""
    """In the model's words."""


class Judgements(NamedTuple):
    """What it said of several."""

    of: Sequence[Judgement | None]
    """For each sentence, in order; `None` where it was not judged."""
    failure: str = ""
    """Why some were not, where a request failed."""


class Claimed(BaseModel):
    """A sentence and the quotes that it cites, to be judged."""

    text: str
    quotes: list[str]


@runtime_checkable
class Judge(Protocol):
    """A writer whose model can say whether quotes support a sentence."""

    async def judge(self, claims: list[Claimed], meter: Meter) -> Judgements:
        """For each claim, in the same order, whether its quotes support it.

        Raises:
            WriterError: it cannot be told; the rule alone decides.
        """
        ...
