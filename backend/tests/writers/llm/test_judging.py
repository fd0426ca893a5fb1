"""The model's own judgement of sentences, on top of the rule."""

import json

import pytest

from llm_evidence import LOCKS, PLAIN
from model_answers import JUDGE, answer, task
from model_replies import Reply
from model_server import ModelServer
from sayso.writers.llm.writer import LLMWriter
from sayso.writers.port import Claimed, Judge, WriterError


async def test_the_models_own_judgement(writer: LLMWriter, server: ModelServer) -> None:
    assert isinstance(writer, Judge)
    claims = [Claimed(text="VACUUM FULL rewrites the entire contents of the table.", quotes=[LOCKS])] * 25
    claims[3] = Claimed(text="Plain VACUUM can shut down the whole server.", quotes=[PLAIN])
    claims[22] = Claimed(text="It locks the table for 30 days.", quotes=[LOCKS])
    assert await writer.judge(claims) == [at not in (3, 22) for at in range(25)]
    assert [task(body) for body in server.chats] == [JUDGE, JUDGE]


async def test_a_sentence_without_a_verdict_was_not_judged(writer: LLMWriter, server: ModelServer) -> None:
    verdicts = [(2, False), (2, True), (7, False), (0, False), (-1, False)]
    said = {"verdicts": [{"sentence": number, "supported": supported} for number, supported in verdicts]}
    server.script(Reply(text=json.dumps(said)))
    assert await writer.judge([Claimed(text="It locks.", quotes=[LOCKS])] * 3) == [None, False, None]
    huge = Claimed(text="It locks.", quotes=["No. " * 20_000])
    assert await writer.judge([huge]) == [None]
    assert len(server.chats) == 1


async def test_a_batch_without_an_answer_was_not_judged_and_no_answer_at_all_is_an_error(
    writer: LLMWriter, server: ModelServer
) -> None:
    claims = [Claimed(text="It locks the moon for 77 days.", quotes=[LOCKS])] * 25
    server.script(Reply(text="no"), Reply(text="no"), Reply(text=answer))
    assert await writer.judge(claims) == [None] * 20 + [False] * 5
    server.otherwise = Reply(text="no")
    with pytest.raises(WriterError, match="twice"):
        await writer.judge(claims)
    assert await writer.judge([]) == []
