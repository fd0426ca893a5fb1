"""Budgets: what a run may ask of a model, and what happens when it is used up."""

import pytest

from llm_evidence import LOCKS, QUERY, QUESTION, Drafts, brief, long_brief, passage
from model_answers import answer
from model_replies import Reply, failing
from model_server import ModelServer
from sayso.errors import SettingsError
from sayso.protocol.usage import Budget, StageUsage
from sayso.settings import read_settings
from sayso.writers.llm.writer import LLMWriter, llm_writer
from sayso.writers.meter import Meter, OverBudget, estimated_tokens
from sayso.writers.port import Assignment, WriterError

ASSIGNMENT = Assignment(question=QUESTION)


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_calls_tokens_and_seconds_add_up() -> None:
    clock = Clock()
    meter = Meter("find", 3, spent=[StageUsage(stage="plan", round=1, calls=2, prompt_tokens=70)], clock=clock)
    for seconds in (1.5, 2.0):
        with meter.call(prompt=10, answer=500) as allowed:
            clock.now += seconds
        assert allowed == 500
        meter.count(40, 8)
    assert meter.used == StageUsage(stage="find", round=3, calls=2, prompt_tokens=80, completion_tokens=16, seconds=3.5)
    assert (meter.tokens_left, meter.seconds_left, meter.exhausted) == (None, None, "")


def test_what_calls_at_work_may_use_is_set_aside() -> None:
    meter = Meter(budget=Budget(tokens=1_000))
    with meter.call(prompt=100, answer=300):
        assert meter.tokens_left == 600
        with meter.call(prompt=100, answer=900) as allowed:
            assert allowed == 500
            assert meter.tokens_left == 0
            with pytest.raises(OverBudget, match="1,000 tokens"), meter.call(prompt=10, answer=100):
                pass
    assert meter.tokens_left == 1_000
    assert meter.used.calls == 2


@pytest.mark.parametrize(
    ("budget", "spent", "said"),
    [
        (Budget(calls=1), StageUsage(stage="plan", round=1, calls=1), "budget of 1 model calls is used up"),
        (Budget(tokens=90), StageUsage(stage="plan", round=1, completion_tokens=90), "budget of 90 tokens is used up"),
        (Budget(tokens=90), StageUsage(stage="plan", round=1, completion_tokens=60), "budget of 90 tokens is used up"),
        (Budget(seconds=2.5), StageUsage(stage="plan", round=1, seconds=2.48), "budget of 2.5 seconds"),
    ],
)
def test_earlier_stages_count(budget: Budget, spent: StageUsage, said: str) -> None:
    meter = Meter(budget=budget, spent=[spent])
    with pytest.raises(OverBudget, match=said), meter.call(prompt=20, answer=100):
        pass
    assert meter.used.calls == 0


def test_seconds_of_calls_at_work_count() -> None:
    clock = Clock()
    meter = Meter(budget=Budget(seconds=10), clock=clock)
    with meter.call(), meter.call():
        clock.now += 3
        assert meter.seconds_left == 4
        clock.now += 2
        assert "10 seconds" in meter.exhausted
    assert meter.used.seconds == 10


async def test_every_answer_counts(writer: LLMWriter, server: ModelServer) -> None:
    server.script(failing(500), Reply(text="no JSON"), Reply())
    meter = Meter("plan")
    await writer.plan(ASSIGNMENT, meter)
    assert meter.used.calls == len(server.chats) == 3
    counted = [len(str(body["messages"])) // 4 for body in server.chats[1:]]
    assert meter.used.prompt_tokens == sum(counted)
    assert meter.used.completion_tokens > 0
    assert meter.used.seconds > 0


async def test_all_calls_of_a_report_count(writer: LLMWriter, server: ModelServer) -> None:
    """Outline, sections side by side and summary, each once, as the endpoint counts them."""
    meter = Meter()
    await writer.write(long_brief(), Drafts(), meter)
    assert meter.used.calls == len(server.chats) == 5
    assert meter.used.prompt_tokens == sum(len(str(body["messages"])) // 4 for body in server.chats)
    assert meter.used.completion_tokens == sum(len(answer(body)) // 4 for body in server.chats)


@pytest.mark.parametrize("streamed", [False, True])
async def test_tokens_are_estimated_where_an_endpoint_does_not_count(
    writer: LLMWriter, server: ModelServer, streamed: bool
) -> None:
    text = "## Locks\nIt locks [1]." if streamed else '{"queries": [{"query": "vacuum lock"}]}'
    server.script(Reply(text=text, usage=False))
    meter = Meter()
    await (writer.write(brief(), Drafts(), meter) if streamed else writer.plan(ASSIGNMENT, meter))
    (body,) = server.chats
    asked = sum(len(message["content"]) for message in body["messages"])
    assert meter.used.completion_tokens == estimated_tokens(len(text))
    assert asked / 3 <= meter.used.prompt_tokens <= asked / 3 + 300  # the schema counts too


async def test_planning_and_finding_over_budget_is_left_to_another_writer(
    writer: LLMWriter, server: ModelServer
) -> None:
    spent = [StageUsage(stage="plan", round=1, calls=3)]
    for budget in (Budget(calls=3), Budget(tokens=200)):
        with pytest.raises(WriterError, match="is used up"):
            await writer.plan(ASSIGNMENT, Meter("plan", budget=budget, spent=spent))
        with pytest.raises(WriterError, match="is used up"):
            await writer.find(ASSIGNMENT, [(QUERY, [passage(LOCKS)])], Meter("find", budget=budget, spent=spent))
    assert server.chats == []


async def test_a_repair_counts_too(writer: LLMWriter, server: ModelServer) -> None:
    server.otherwise = Reply(text="no JSON")
    with pytest.raises(WriterError, match="budget of 1 model calls is used up"):
        await writer.plan(ASSIGNMENT, Meter("plan", budget=Budget(calls=1)))
    assert len(server.chats) == 1


async def test_a_call_asks_for_no_more_than_is_left(writer: LLMWriter, server: ModelServer) -> None:
    meter = Meter("plan", budget=Budget(tokens=2_000))
    await writer.plan(ASSIGNMENT, meter)
    (body,) = server.chats
    prompt = sum(len(message["content"]) for message in body["messages"])
    assert 64 <= body["max_tokens"] <= 2_000 - prompt / 3
    assert body["max_tokens"] < writer.model.max_output_tokens


async def test_a_call_takes_no_longer_than_is_left(writer: LLMWriter, server: ModelServer) -> None:
    server.otherwise = Reply(hang=True)
    with pytest.raises(WriterError, match=r"budget of 0\.3 seconds with the model is used up"):
        await writer.plan(ASSIGNMENT, Meter("plan", budget=Budget(seconds=0.3)))
    with pytest.raises(WriterError, match=r"budget of 0\.3 seconds with the model is used up"):
        await writer.write(brief(), Drafts(), Meter(budget=Budget(seconds=0.3)))


async def test_a_report_over_its_seconds_ends_with_what_is_there(writer: LLMWriter, server: ModelServer) -> None:
    text = "## Locks\nVACUUM FULL takes an exclusive lock on each table [1]. It is not yet"
    server.script(Reply(text=text, hang=True, chunk=10_000))
    report = await writer.write(brief(), Drafts(), Meter(budget=Budget(seconds=0.5)))
    assert [one.text for one in report.sections[0].sentences] == ["VACUUM FULL takes an exclusive lock on each table."]
    assert "budget of 0.5 seconds with the model is used up." in report.note
    assert report.untold == "1 approved finding was not written about."


async def test_a_report_over_its_calls_ends_with_what_is_there(writer: LLMWriter, server: ModelServer) -> None:
    meter = Meter(budget=Budget(calls=3))  # the outline, and two of three sections
    report = await writer.write(long_brief(), Drafts(), meter)
    assert [section.heading for section in report.sections] == ["Locks", "Disk space"]
    assert report.summary == []
    assert "budget of 3 model calls is used up." in report.note
    assert report.untold == "3 approved findings were not written about."
    assert len(server.chats) == meter.used.calls == 3


async def test_a_report_over_its_tokens_ends_with_what_is_there(server: ModelServer) -> None:
    """An endpoint that keeps to `max_tokens` cuts the section that the budget ends in."""
    writer = llm_writer(api_key="key", base_url=server.url, model="scripted")
    free = Meter()
    await writer.write(long_brief(), Drafts(), free)
    used = free.used.prompt_tokens + free.used.completion_tokens
    asked = len(server.chats)
    assert server.most_at_once > 1
    server.most_at_once = 0
    budget = used * 2 // 3
    meter = Meter(budget=Budget(tokens=budget))
    report = await writer.write(long_brief(), Drafts(), meter)
    assert server.most_at_once == 1  # side by side it could end amid all of them
    assert 0 < len(report.sections) < 3
    assert f"budget of {budget:,} tokens is used up." in report.note
    assert "not written about" in report.untold
    assert meter.used.prompt_tokens + meter.used.completion_tokens <= budget
    assert all(body["max_tokens"] < budget for body in server.chats[asked:])
    await writer.aclose()


async def test_a_report_with_nothing_written_is_left_to_another_writer(writer: LLMWriter, server: ModelServer) -> None:
    with pytest.raises(WriterError, match="budget of 1 model calls is used up"):
        await writer.write(long_brief(), Drafts(), Meter(budget=Budget(calls=1)))
    assert len(server.chats) == 1


async def test_an_answer_longer_than_allowed_is_cut_by_the_budget(writer: LLMWriter, server: ModelServer) -> None:
    sentences = "".join(f"Sentence number {n} is about locks [1]. " for n in range(2_000))
    server.script(Reply(text=f"## Locks\n{sentences}", endless=True, chunk=200))
    meter = Meter(budget=Budget(tokens=1_400))
    report = await writer.write(brief(), Drafts(), meter)
    assert report.sections
    assert "budget of 1,400 tokens is used up" in report.note
    await server.gone.wait()


def test_the_settings_of_a_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAYSO_BUDGET_TOKENS", "50000")
    monkeypatch.setenv("SAYSO_BUDGET_SECONDS", "90.5")
    monkeypatch.setenv("SAYSO_PRICE_IN", "0")
    settings = read_settings()
    assert settings.budget == Budget(tokens=50_000, seconds=90.5, stage_seconds=120)
    assert (settings.price_in, settings.price_out, settings.model_parallel, settings.judge) == (0.0, None, 4, False)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("SAYSO_BUDGET_CALLS", "0", "greater than or equal to 1"),
        ("SAYSO_BUDGET_SECONDS", "nan", "finite"),
        ("SAYSO_PRICE_OUT", "-1", "greater than or equal to 0"),
        ("SAYSO_MODEL_PARALLEL", "0", "greater than or equal to 1"),
        ("SAYSO_JUDGE", "perhaps", "boolean"),
        ("SAYSO_CONTEXT_WINDOW", "1000", "greater than or equal to 4096"),
        ("SAYSO_MAX_OUTPUT_TOKENS", "5000", "at most half of SAYSO_CONTEXT_WINDOW, which is 8,192"),
    ],
)
def test_settings_that_cannot_be(monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str) -> None:
    monkeypatch.setenv("SAYSO_CONTEXT_WINDOW", "8192")
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        read_settings()
    assert str(caught.value).startswith(name)
    assert said in str(caught.value)
