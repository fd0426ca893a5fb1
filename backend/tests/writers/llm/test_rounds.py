"""Many rounds and much evidence: what is sent to a model stays within its context."""

import json

import pytest

from llm_evidence import KEY, LOCKS, QUERY, QUESTION, Drafts, finding, long_brief, passage
from model_answers import FIND, PLAN, Body, prompt, tagged, task
from model_replies import Reply
from model_server import ModelServer
from sayso.research.source import Passage
from sayso.wishes.feedback import Feedback
from sayso.writers.llm.prompts import PLAN_TASK, plan_turns
from sayso.writers.llm.writer import LLMWriter, llm_writer
from sayso.writers.port import Assignment

ROUNDS = 10


def round_ten() -> Assignment:
    """Ten rounds of 20,000 characters of feedback each, and 200 findings."""
    feedback = [
        Feedback(round=n, text=f"Round {n} wants pg_repack number {n}. " + f"Word{n} and more of it. " * 1_000)
        for n in range(1, ROUNDS + 1)
    ]
    known = [finding(f"f{n}", f"Claim {n} is about " + f"table{n} " * 40, LOCKS, "s1") for n in range(200)]
    searched = [f"query {n} about table{n} " + "word " * 30 for n in range(60)]
    return Assignment(
        question=f"{QUESTION} " + "Please be thorough. " * 90,
        round=ROUNDS + 1,
        feedback=[said.model_copy(update={"text": said.text[:20_000]}) for said in feedback],
        kept=known[:100],
        dropped=known[100:],
        searched=searched,
    )


def characters(body: Body) -> int:
    """Of a request, its schema included."""
    return sum(len(message["content"]) for message in body["messages"]) + len(
        json.dumps(body.get("response_format") or body.get("tools") or "")
    )


@pytest.mark.parametrize("window", [4_096, 8_192, 16_384, 128_000])
async def test_round_ten_stays_within_the_context(server: ModelServer, window: int) -> None:
    """Repairs included: the first answer to each request is long and no JSON."""
    writer = llm_writer(api_key=KEY, base_url=server.url, model="scripted", context_window=window)
    passages = [
        passage(f"Passage {n} says that VACUUM FULL locks table number {n}. " + f"It goes on for long{n}. " * 90)
        for n in range(120)
    ]
    server.script(Reply(text="no JSON " * 3_000))
    assert await writer.plan(round_ten())
    server.script(Reply(text="no JSON " * 3_000))
    await writer.find(round_ten(), [(QUERY, passages)])
    told = long_brief("Note. " * 5_000)
    many = [each.model_copy(update={"id": f"{each.id}{n}"}) for n in range(22) for each in told.findings]
    await writer.write(told.model_copy(update={"findings": many}), Drafts())
    assert {task(body) for body in server.chats} >= {PLAN, FIND}
    for body in server.chats:
        assert characters(body) <= 3 * (window - body["max_tokens"])
        assert body["max_tokens"] == writer.model.max_output_tokens
    await writer.aclose()


@pytest.mark.parametrize("budget", [2_000, 6_000, 24_000])
def test_the_newest_feedback_comes_first(budget: int) -> None:
    """The last round is told at length, the ones before in ever less, and nothing beyond the budget."""
    _, (_, said) = plan_turns(round_ten(), budget=budget)
    assert len(said) <= budget + len(PLAN_TASK)
    told = {int(named["round"]): text for named, text in tagged("feedback", said)}
    assert list(told) == sorted(told)
    lengths = [len(told[n]) for n in sorted(told, reverse=True)]
    assert lengths[:-1] == sorted(lengths[:-1], reverse=True)
    assert told[ROUNDS].startswith(f"Round {ROUNDS} wants pg_repack number {ROUNDS}.")
    assert len(told) >= 3
    assert budget < 6_000 or all(tagged(tag, said) for tag in ("kept", "dropped", "searched"))


def test_feedback_that_fits_is_told_whole() -> None:
    feedback = [Feedback(round=n, text=f"Wish number {n}.") for n in range(1, 11)]
    _, (_, said) = plan_turns(Assignment(question=QUESTION, round=11, feedback=feedback), budget=6_000)
    assert [text for _, text in tagged("feedback", said)] == [one.text for one in feedback]
    one = Feedback(round=1, text="x" * 3_000)
    _, (_, said) = plan_turns(Assignment(question=QUESTION, round=2, feedback=[one]), budget=8_000)
    assert tagged("feedback", said)[0][1] == one.text


def at(uri: str, text: str) -> Passage:
    return passage(text, uri, uri)


async def test_other_documents_that_say_the_same(writer: LLMWriter, server: ModelServer) -> None:
    main = "VACUUM FULL requires an exclusive lock on each table."
    shown = [
        at("a", f"{main} And so on."),
        at("b", "To run VACUUM FULL an exclusive lock of the table is required. More text."),
        at("c", "Elephants sleep while standing under trees. Nothing more."),
        at("d", "VACUUM FULL takes the exclusive lock within 9 seconds. More."),
        at("a", "In short: VACUUM FULL requires the exclusive lock of a table."),
        at("e", "An exclusive lock is what VACUUM FULL waits for."),
    ]
    # 1, 2: a; 3, 4: b; 5, 6: c; 7, 8: d; 9: a again; 10: e
    answer = {"statement": 1, "claim": "VACUUM FULL locks each table.", "also": [3, 3, 5, 8, 9, 99, 10, 1, 0]}
    server.script(Reply(text=json.dumps({"findings": [answer]})))
    (candidate,) = await writer.find(Assignment(question=QUESTION), [(QUERY, shown)])
    assert candidate.passage.text[slice(*candidate.marked)] == main
    carried = [(one.passage.uri, one.passage.text[slice(*one.marked)]) for one in candidate.also]
    assert carried == [
        ("b", "To run VACUUM FULL an exclusive lock of the table is required."),
        ("e", "An exclusive lock is what VACUUM FULL waits for."),
    ]
    assert "also" in json.dumps(server.chats[0]["response_format"])


async def test_other_numbers_do_not_agree(writer: LLMWriter, server: ModelServer) -> None:
    shown = [at("a", "The lock is held for 30 days."), at("b", "The lock is held for 45 days.")]
    answer = {"statement": 1, "claim": "The lock is held for 30 days.", "also": [2]}
    server.script(Reply(text=json.dumps({"findings": [answer]})))
    (candidate,) = await writer.find(Assignment(question=QUESTION), [(QUERY, shown)])
    assert candidate.also == []


async def test_the_scripted_model_finds_agreement(writer: LLMWriter, server: ModelServer) -> None:
    shown = [at("a", LOCKS), at("b", LOCKS.replace("It requires an", "It needs an"))]
    (candidate, *_) = await writer.find(Assignment(question=QUESTION), [(QUERY, shown)])
    assert [one.passage.uri for one in candidate.also] == ["b"]
    assert "pass" in prompt(server.chats[0])
