"""An endpoint that reads slowly is sent less, and what it does not do in its time is done by words."""

import json
from time import monotonic

from llm_evidence import Drafts, brief, long_brief
from model_answers import FIND, Body, answer, numbered, prompt, tagged, task
from model_replies import Reply
from model_server import ModelServer
from report.driving import Run, evidence, quotes
from report.shelf import QUESTION, ShelfSource
from sayso.protocol.usage import Budget, Usage
from sayso.report.workflow import ReportWorkflow
from sayso.writers.extractive.writer import ExtractiveWriter
from sayso.writers.llm.pace import Pace
from sayso.writers.llm.planning import Plan
from sayso.writers.llm.reading import Findings
from sayso.writers.llm.structured import parsed, prompt_budget
from sayso.writers.llm.writer import LLMWriter, llm_writer
from sayso.writers.meter import Meter
from sayso.writers.port import Writer

STAGE = Budget(stage_seconds=100)


def test_pace_is_learned_from_calls_that_tell_something() -> None:
    pace = Pace()
    pace.learn(20, 5, began=0, first=1, now=2)
    assert (pace.reading, pace.readable(100)) == (None, None)
    pace.learn(2_000, 200, began=10, first=50, now=70)
    assert (pace.reading, pace.writing) == (50, 10)
    pace.learn(3_000, 0, began=0, first=0, now=100)  # in vain
    assert (pace.reading, pace.writing) == (40, 10)
    assert pace.readable(100) == 1_400
    assert pace.readable(None) is None
    assert pace.writable(100) == 300


async def test_a_slow_endpoint_is_sent_less_and_a_fast_one_as_much_as_ever(writer: LLMWriter) -> None:
    whole = prompt_budget(writer.model, "")
    assert prompt_budget(writer.model, "", Meter(budget=STAGE)) == whole
    writer.model.pace.reading = 5_000
    assert prompt_budget(writer.model, "", Meter(budget=STAGE)) == whole
    writer.model.pace.reading = 50
    least = prompt_budget(writer.model, "", Meter(budget=STAGE))
    assert 4_000 < least < 5_300
    assert prompt_budget(writer.model, "", Meter()) == whole


async def test_the_pace_of_an_endpoint_is_measured(writer: LLMWriter, server: ModelServer) -> None:
    server.otherwise = Reply(delay=0.5, chunk=400)
    assert (await writer.write(brief(), Drafts())).sections
    reading = writer.model.pace.reading
    assert reading is not None
    assert 50 < reading < 5_000


async def test_a_slow_model_writes_at_once_what_it_can_read(writer: LLMWriter, server: ModelServer) -> None:
    writer.model.pace.reading = 60
    report = await writer.write(long_brief(), Drafts(), Meter(budget=Budget(stage_seconds=70)))
    assert len(server.chats) == 1
    assert report.sections
    assert "the model was not given, since it reads slowly." in report.note


def test_what_was_complete_of_an_answer_that_broke_off_is_read() -> None:
    text = '{"queries": [{"query": "shelf lock", "part": 1}, {"query": "crate", "part": 1}, {"query": "pan'
    assert [each.query for each in parsed(text, Plan).queries] == ["shelf lock", "crate"]
    found = parsed('{"findings": [{"statement": 4, "claim": "It locks."}, {"state', Findings)
    assert [each.statement for each in found.findings] == [4]


async def test_a_model_that_is_too_slow_for_every_stage_costs_its_time_and_nothing_else() -> None:
    alone = Run(lambda: ReportWorkflow([ShelfSource()], {"extractive": ExtractiveWriter()}))
    without = await alone.ask(QUESTION)
    least = await alone.approve()
    async with ModelServer() as server:
        server.otherwise = Reply(delay=60)
        model = llm_writer(api_key=None, base_url=server.url, model="slow")
        writers: dict[str, Writer] = {"extractive": ExtractiveWriter(), "llm": model}
        terms = Usage(budget=Budget(stage_seconds=1))
        run = Run(lambda: ReportWorkflow([ShelfSource()], writers, "llm", terms=terms))
        began = monotonic()
        review = await run.ask(QUESTION)
        report = await run.approve()
        await model.aclose()
    assert monotonic() - began < 30
    assert quotes(review) >= quotes(without)
    assert len(evidence(review)) >= len(evidence(without))
    assert [section.sentences for section in report.sections] == [section.sentences for section in least.sections]
    assert "The model had its 1 seconds for this stage." in report.note


async def test_what_a_slow_model_found_in_its_time_goes_first() -> None:
    wanted = "A crate lock covers a single crate and is held for a few milliseconds."

    def text(body: Body) -> str:
        if task(body) != FIND:
            return answer(body)
        told = [pair for _, passage in tagged("passage", prompt(body)) for pair in numbered(passage)]
        number = next((number for number, said in told if said == wanted), told[0][0])
        chosen = {"statement": number, "part": 1, "claim": "", "also": []}
        return json.dumps({"findings": [chosen]})[:-2] + ", " + " " * 40_000

    async with ModelServer() as server:
        server.otherwise = Reply(text=text, delay=0.2, chunk=120)
        model = llm_writer(api_key=None, base_url=server.url, model="slow")
        writers: dict[str, Writer] = {"extractive": ExtractiveWriter(), "llm": model}
        terms = Usage(budget=Budget(stage_seconds=3))
        run = Run(lambda: ReportWorkflow([ShelfSource()], writers, "llm", terms=terms))
        review = await run.ask("What do shelf locks and crate locks cover, and for how long?")
        await run.approve()
        await model.aclose()
    assert wanted in evidence(review)[0].quotes[0].text
    assert any("The model chose 1 statement" in line for line in run.progress)
