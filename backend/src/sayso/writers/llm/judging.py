"""The model's own judgement of whether quotes support sentences, on top of the rule."""

from collections.abc import Iterator
from typing import Literal

from pydantic import BaseModel

from sayso.writers.judgement import Claimed, Judgement, Judgements
from sayso.writers.llm.failures import OutOfBudget
from sayso.writers.llm.judge_prompts import judge_block, judge_turns
from sayso.writers.llm.model import ChatModel
from sayso.writers.llm.plaintext import one_line
from sayso.writers.llm.prompts import leaked
from sayso.writers.llm.structured import ask
from sayso.writers.meter import Meter
from sayso.writers.port import WriterError

_BATCH = 5
"""Sentences of one request: of more, a model reads the later ones by the verdicts on the first."""
_REASON = 160
_SUPPORTED = {"yes": True, "unclear": None, "no": False}


class JudgedSentence(BaseModel):
    """In the order in which a model is to think: what the quotes say, how the sentence differs, the verdict."""

    sentence: int
    evidence: str = ""
    reason: str = ""
    verdict: Literal["yes", "unclear", "no"]


class Verdicts(BaseModel):
    """What a model answers when judging."""

    verdicts: list[JudgedSentence]


async def judged(model: ChatModel, claims: list[Claimed], meter: Meter, *, budget: int) -> Judgements:
    """For each claim, whether the model finds it supported, and why.

    Nothing is said of a sentence that it passes over, of one whose quotes do not fit into a prompt whole, and of those
    of a request that fails. Of several verdicts on one sentence the worst counts.

    Args:
        budget: characters of a prompt.

    Raises:
        WriterError: no request at all was answered.
    """
    found: list[Judgement | None] = [None] * len(claims)
    failure: WriterError | None = None
    answered = False
    for batch in _batches(claims, budget):
        turns = judge_turns([text for _, text in batch])
        try:
            answer = await ask(model, turns, Verdicts, meter=meter, allowed={"sentence": range(1, len(batch) + 1)})
        except WriterError as error:
            failure = error
            if isinstance(error, OutOfBudget):
                break
            continue
        answered = True
        for verdict in answer.verdicts:
            if 1 <= verdict.sentence <= len(batch):
                at = batch[verdict.sentence - 1][0]
                found[at] = _worse(found[at], verdict)
    if failure is not None and not answered:
        raise failure
    return Judgements(found, failure.reason if failure else "")


def _worse(known: Judgement | None, verdict: JudgedSentence) -> Judgement:
    reason = one_line(verdict.reason, limit=_REASON)
    said = Judgement(_SUPPORTED[verdict.verdict], "" if leaked(reason) else reason)
    if known is None or known.supported or said.supported is False:
        return said
    return known


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
