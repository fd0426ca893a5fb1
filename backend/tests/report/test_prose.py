"""A decision's prose is read by the model of the run's writer, and by the rules where that cannot."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from model_answers import READ, task
from model_replies import Reply, failing
from model_server import ModelServer
from report.driving import Run, evidence
from report.shelf import QUESTION, ShelfSource
from sayso.protocol.commands import Answer
from sayso.protocol.decisions import settle
from sayso.protocol.reading import Reading
from sayso.protocol.review import ReviewData
from sayso.report.workflow import ReportWorkflow
from sayso.writers.extractive.writer import ExtractiveWriter
from sayso.writers.llm.writer import LLMWriter, llm_writer

ODD = "I could see this free of swap. Also the pantry daemon"


@pytest.fixture
async def server() -> AsyncIterator[ModelServer]:
    async with ModelServer() as running:
        yield running


@pytest.fixture
async def writer(server: ModelServer) -> AsyncIterator[LLMWriter]:
    made = llm_writer(api_key="sk-scripted", base_url=server.url, model="scripted")
    yield made
    await made.aclose()


@pytest.fixture
def workflow(writer: LLMWriter) -> ReportWorkflow:
    return ReportWorkflow([ShelfSource()], {"extractive": ExtractiveWriter(), "llm": writer}, "llm")


async def reading(
    workflow: ReportWorkflow, review: ReviewData, options: dict[str, Any] | None = None, **said: Any
) -> Reading:
    answer = settle(Answer.model_validate({"response": "reject", **said}), review)
    return await workflow.read_decision(answer, review, options or {}, {})


def asked(server: ModelServer) -> int:
    """How often the model was asked to read."""
    return sum(task(body) == READ for body in server.chats)


async def test_what_the_model_reads_is_stored_and_followed(workflow: ReportWorkflow, server: ModelServer) -> None:
    run = Run(lambda: workflow)
    first = await run.ask(QUESTION)
    shown = await reading(workflow, first, feedback="Please do not bother with swap! Also the pantry daemon")
    assert (shown.read_by, shown.leave_out, shown.search) == ("model", ["swap"], ["Also the pantry daemon"])
    again = await reading(workflow, first, feedback="Please do not bother with swap! Also the pantry daemon")
    assert (again, asked(server)) == (shown, 1), "what was shown is what is stored"
    second = await run.reject("...", read=json.loads(shown.model_dump_json()))
    assert second.left_out == ["swap"]
    assert not any("swap" in each.claim for each in evidence(second))
    assert second.usage is not None
    assert [(each.stage, each.round, each.calls) for each in second.usage.stages if each.stage == "read"] == [
        ("read", 1, 1)
    ]
    assert asked(server) == 1


async def test_what_the_model_turns_round_is_not_sure(workflow: ReportWorkflow, server: ModelServer) -> None:
    first = await Run(lambda: workflow).ask(QUESTION)
    said = {"items": [{"point": 1, "field": "search", "words": "swap", "finding": ""}]}
    server.script(Reply(text=json.dumps(said)))
    read = await reading(workflow, first, feedback="Nothing about swap")
    assert (read.read_by, read.search, read.leave_out, [each.said for each in read.unsure]) == (
        "model", [], [], ["Nothing about swap"]
    )  # fmt: skip
    sent = await reading(workflow, first, search=["pantry daemon"], feedback="Nothing about swap")
    assert [each.said for each in sent.unsure] == ["Nothing about swap"], "a client sends on what was not sure"
    assert (sent.search, asked(server)) == (["pantry daemon"], 1)
    assert (await reading(workflow, first, feedback=ODD)).search == ["Also the pantry daemon"]


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (failing(401), "key"),
        (Reply(text="no JSON"), "twice"),
        (Reply(hang=True), "longer than 0.3 s"),
        (Reply(delay=2.0), "longer than 0.3 s"),
    ],
)
async def test_a_model_that_fails_or_is_slow_leaves_it_to_the_rules(
    workflow: ReportWorkflow, writer: LLMWriter, server: ModelServer, reply: Reply, why: str
) -> None:
    first = await Run(lambda: workflow).ask(QUESTION, writer="extractive")
    await writer.check()
    writer.reading_seconds = 0.3 if "longer" in why else 10
    server.otherwise = reply
    async with asyncio.timeout(20):
        read = await reading(workflow, first, feedback="Nothing about swap. Also the pantry daemon")
    assert (read.read_by, read.leave_out, read.search) == ("rules", ["swap"], ["Also the pantry daemon"])
    assert why in read.fallback
    assert read.used is None
    server.otherwise = Reply()
    workflow = ReportWorkflow([ShelfSource()], {"extractive": ExtractiveWriter(), "llm": writer}, "llm")
    assert (await reading(workflow, first, feedback="Nothing about swap.")).read_by == "model", (
        "asked anew the next time"
    )


async def test_no_model_is_asked_for_a_run_of_the_other_writer_or_without_prose(
    workflow: ReportWorkflow, server: ModelServer
) -> None:
    first = await Run(lambda: workflow).ask(QUESTION)
    plain = await reading(workflow, first, {"writer": "extractive"}, feedback="Nothing about swap")
    assert (plain.read_by, plain.fallback, plain.leave_out) == ("rules", "", ["swap"])
    fields = await reading(workflow, first, leave_out=["swap"], search=["pantry daemon"])
    assert (fields.read_by, fields.leave_out, asked(server)) == ("rules", ["swap"], 0)
