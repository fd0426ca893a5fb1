"""The model's own judgement of sentences, on top of the rule."""

import json
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from llm_evidence import LOCKS, PLAIN
from model_answers import JUDGE, answer, prompt, task
from model_replies import Reply
from model_server import ModelServer
from sayso.writers.judgement import Claimed, Judge, Judgement, Judgements
from sayso.writers.llm.calibration import known_statements, measured, remember, remembered
from sayso.writers.llm.model import ChatModel
from sayso.writers.llm.writer import LLMWriter
from sayso.writers.port import WriterError


def supported(judgements: Judgements) -> list[bool | None]:
    """What was said of each; `None` also where nothing was."""
    return [each and each.supported for each in judgements.of]


def verdict(sentence: int, said: str, reason: str = "") -> dict[str, object]:
    return {"sentence": sentence, "evidence": "", "reason": reason, "verdict": said}


async def test_the_models_own_judgement(writer: LLMWriter, server: ModelServer) -> None:
    assert isinstance(writer, Judge)
    claims = [Claimed(text="VACUUM FULL rewrites the entire contents of the table.", quotes=[LOCKS])] * 12
    claims[3] = Claimed(text="Plain VACUUM can shut down the whole server.", quotes=[PLAIN])
    claims[11] = Claimed(text="It locks the table for 30 days.", quotes=[LOCKS])
    assert supported(await writer.judge(claims)) == [at not in (3, 11) for at in range(12)]
    assert [task(body) for body in server.chats] == [JUDGE] * 3


async def test_evidence_comes_before_the_sentence_and_before_the_verdict(
    writer: LLMWriter, server: ModelServer
) -> None:
    await writer.judge([Claimed(text="It locks.", quotes=[LOCKS])])
    text = prompt(server.chats[0])
    assert text.index(LOCKS) < text.index("It locks.</sentence>")
    shape = server.chats[0]["response_format"]["json_schema"]["schema"]["$defs"]["JudgedSentence"]
    assert shape["required"] == ["sentence", "evidence", "reason", "verdict"]
    assert shape["properties"]["sentence"]["enum"] == [1]


async def test_a_sentence_without_a_verdict_was_not_judged_and_of_several_the_worst_counts(
    writer: LLMWriter, server: ModelServer
) -> None:
    said = [
        verdict(2, "no", "It says\nnothing of\tthat."),
        *(verdict(2, "yes"), verdict(7, "no"), verdict(0, "no"), verdict(-1, "no")),
        *(verdict(3, "yes"), verdict(3, "unclear", "A moss kite has a tail bell.")),
    ]
    server.script(Reply(text=json.dumps({"verdicts": said})))
    told = await writer.judge([Claimed(text="It locks.", quotes=[LOCKS])] * 3)
    assert list(told.of) == [None, Judgement(False, "It says nothing of that."), Judgement(None, "")]
    huge = Claimed(text="It locks.", quotes=["No. " * 20_000])
    assert supported(await writer.judge([huge])) == [None]
    assert len(server.chats) == 1


async def test_a_batch_without_an_answer_was_not_judged_and_no_answer_at_all_is_an_error(
    writer: LLMWriter, server: ModelServer
) -> None:
    claims = [Claimed(text="It locks the moon for 77 days.", quotes=[LOCKS])] * 8
    server.script(Reply(text="no"), Reply(text="no"), Reply(text=answer))
    told = await writer.judge(claims)
    assert supported(told) == [None] * 5 + [False] * 3
    assert "twice" in told.failure
    server.otherwise = Reply(text="no")
    with pytest.raises(WriterError, match="twice"):
        await writer.judge(claims)
    assert list((await writer.judge([])).of) == []


def test_half_of_the_known_statements_are_twisted_in_many_ways() -> None:
    known = known_statements()
    assert Counter(each.true for each in known) == {True: 30, False: 30}
    assert len({each.kind for each in known if not each.true}) >= 15
    assert len({each.statement for each in known}) == 60
    pairs = [(each.quote, other.quote) for each, other in pairwise(known)]
    assert sum(one == other for one, other in pairs) < 5


async def test_a_judge_is_measured_and_its_score_is_remembered_for_its_model(
    writer: LLMWriter, server: ModelServer, tmp_path: Path
) -> None:
    server.otherwise = Reply(text=lambda _: json.dumps({"verdicts": [verdict(n, "yes") for n in range(1, 9)]}))
    score = await measured(writer)
    assert (score.accepted, score.true, score.refused, score.twisted) == (30, 30, 0, 30)
    server.otherwise = Reply(text=lambda _: json.dumps({"verdicts": [verdict(n, "unclear") for n in range(1, 9)]}))
    unsure = await measured(writer)
    assert (unsure.accepted, unsure.refused) == (0, 0)
    assert remembered(writer, tmp_path) is None
    remember(score, writer, tmp_path)
    assert remembered(writer, tmp_path) == score
    other = LLMWriter(ChatModel(api_key=None, base_url=server.url, model="another"))
    assert remembered(other, tmp_path) is None
    (tmp_path / "judge.json").write_text("{")
    assert remembered(writer, tmp_path) is None
