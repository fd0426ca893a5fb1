"""The model's own judgement of whether quotes support sentences, on top of the rule."""

from collections.abc import Iterator

from pydantic import BaseModel

from sayso.writers.llm.failures import OutOfBudget
from sayso.writers.llm.model import ChatModel
from sayso.writers.llm.report_prompts import judge_block, judge_turns
from sayso.writers.llm.structured import ask
from sayso.writers.meter import Meter
from sayso.writers.port import Claimed, WriterError

_BATCH = 20
"""Sentences of one request."""


class JudgedSentence(BaseModel):
    sentence: int
    supported: bool


class Judgement(BaseModel):
    """What a model answers when judging."""

    verdicts: list[JudgedSentence]


async def judged(model: ChatModel, claims: list[Claimed], meter: Meter, *, budget: int) -> list[bool | None]:
    """For each claim, whether the model finds it supported; `None` where it did not say.

    It does not say of a sentence that it passes over, of one whose quotes do not fit into a prompt whole, and of those
    of a request that fails. Of two verdicts on one sentence the "no" counts.

    Args:
        budget: characters of a prompt.

    Raises:
        WriterError: no request at all was answered.
    """
    supported: list[bool | None] = [None] * len(claims)
    failure: WriterError | None = None
    answered = False
    for batch in _batches(claims, budget):
        turns = judge_turns([text for _, text in batch])
        try:
            answer = await ask(model, turns, Judgement, meter=meter)
        except WriterError as error:
            failure = error
            if isinstance(error, OutOfBudget):
                break
            continue
        answered = True
        for verdict in answer.verdicts:
            if 1 <= verdict.sentence <= len(batch):
                at = batch[verdict.sentence - 1][0]
                supported[at] = supported[at] is not False and verdict.supported
    if failure is not None and not answered:
        raise failure
    return supported


def _batches(claims: list[Claimed], budget: int) -> Iterator[list[tuple[int, str]]]:
    """Indexes of claims, and what the model is told of each; numbers begin at 1 in every batch."""
    batch: list[tuple[int, str]] = []
    left = budget
    for at, claim in enumerate(claims):
        text = judge_block(len(batch) + 1, claim)
        if batch and (len(text) >= left or len(batch) == _BATCH):
            yield batch
            batch, left = [], budget
            text = judge_block(1, claim)
        if len(text) < left:
            batch.append((at, text))
            left -= len(text) + 1
    if batch:
        yield batch
