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


class Verdict(BaseModel):
    sentence: int
    supported: bool


class Verdicts(BaseModel):
    """What a model answers when judging."""

    verdicts: list[Verdict]


async def judged(model: ChatModel, claims: list[Claimed], meter: Meter, *, budget: int) -> list[bool]:
    """For each claim, whether the model lets it stand.

    Only a clear "no" takes a sentence out. The rule has passed every one of them already, so a sentence without a
    verdict stays: one that the model passes over, one whose quotes do not fit into a prompt whole, and those of a
    request that fails. Of two verdicts on one sentence the "no" counts.

    Args:
        budget: characters of a prompt.

    Raises:
        WriterError: no request at all was answered.
    """
    standing = [True] * len(claims)
    failure: WriterError | None = None
    answered = False
    for batch in _batches(claims, budget):
        turns = judge_turns([text for _, text in batch])
        try:
            answer = await ask(model, turns, Verdicts, meter=meter)
        except WriterError as error:
            failure = error
            if isinstance(error, OutOfBudget):
                break
            continue
        answered = True
        for verdict in answer.verdicts:
            if 1 <= verdict.sentence <= len(batch) and not verdict.supported:
                standing[batch[verdict.sentence - 1][0]] = False
    if failure is not None and not answered:
        raise failure
    return standing


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
