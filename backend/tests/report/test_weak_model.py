"""A weak model over HTTP: a report with it says no less than one without it, and loses nothing without a word."""

import pytest

from model_replies import Reply
from model_server import ModelServer
from report.driving import Run, evidence, quotes
from report.shelf import QUESTION, ShelfSource
from sayso.protocol.report import Report
from sayso.report.workflow import ReportWorkflow
from sayso.writers.extractive.writer import ExtractiveWriter
from sayso.writers.llm.writer import llm_writer
from sayso.writers.port import Writer
from weak_model import weak

QUESTIONS = [
    QUESTION,
    "What does shelf-swap do?",
    "How long does a client wait for a locked shelf, and which error does it get?",
]


def units(report: Report) -> list[str]:
    found = [*report.summary, *(unit for section in report.sections for unit in section.sentences)]
    return [unit.text for unit in found if unit.citations]


@pytest.mark.parametrize("question", QUESTIONS)
async def test_with_a_weak_model_it_is_never_worse(question: str) -> None:
    alone = Run(lambda: ReportWorkflow([ShelfSource()], {"extractive": ExtractiveWriter()}))
    without = await alone.ask(question)
    least = await alone.approve()
    async with ModelServer() as server:
        server.otherwise = Reply(text=weak)
        model = llm_writer(api_key=None, base_url=server.url, model="weak")
        writers: dict[str, Writer] = {"extractive": ExtractiveWriter(), "llm": model}
        run = Run(lambda: ReportWorkflow([ShelfSource()], writers, "llm"))
        review = await run.ask(question)
        report = await run.approve()
        await model.aclose()
    assert quotes(review) >= quotes(without)
    # What only follows the strongest statement of a text is no finding, and which is the strongest differs.
    claims = " ".join(each.claim for each in evidence(without))
    assert set(units(report)) >= {text for text in units(least) if text in claims}
    used = {
        id
        for unit in [*report.summary, *(each for section in report.sections for each in section.sentences)]
        for cited in unit.cited
        for id in cited.findings
    }
    assert {each.id for each in evidence(review)} == used | {each.finding for each in report.unused}
    said = f"{run.payload}\n{report.model_dump_json()}\n{run.progress}"
    for copied in ("moss kite", "tail bell", '"..."'):
        assert copied not in said
    for topic in {part.topic for part in without.parts}:
        assert any(part.topic == topic and part.findings for part in review.parts)
