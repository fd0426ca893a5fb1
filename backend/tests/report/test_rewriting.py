"""A text that was commented on goes back to the model with the comments; what was not commented on stays as it is."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from model_answers import Body, answer, prompt, tagged
from model_replies import Reply, failing
from model_server import ModelServer
from report.driving import Run
from report.shelf import QUESTION, ShelfSource
from report.test_text_edits import said
from sayso.protocol.evidence import Mark
from sayso.protocol.report import Block, Report, Section, Sentence
from sayso.protocol.review import ReviewData
from sayso.report.rewriting import spliced
from sayso.report.text import units_of
from sayso.report.workflow import ReportWorkflow
from sayso.writers.extractive.writer import ExtractiveWriter
from sayso.writers.llm.writer import llm_writer
from sayso.writers.port import Writer


@asynccontextmanager
async def written() -> AsyncIterator[tuple[ModelServer, Run, ReviewData]]:
    """A text of a scripted model, to be approved."""
    async with ModelServer() as server:
        model = llm_writer(api_key=None, base_url=server.url, model="scripted", context_window=8_192)
        writers: dict[str, Writer] = {"extractive": ExtractiveWriter(), "llm": model}
        run = Run(lambda: ReportWorkflow([ShelfSource()], writers, "llm"))
        await run.ask(QUESTION, review_report=True)
        review = await run.approve_evidence(by="Ada")
        server.chats.clear()
        yield server, run, review
        await model.aclose()


def revising(*units: dict[str, Any]) -> Reply:
    """An answer to a request for other units; to anything else a good one."""

    def text(body: Body) -> str:
        return json.dumps({"units": list(units)}) if "<comment unit=" in prompt(body) else answer(body)

    return Reply(text=text)


def number(units: list[Sentence], unit: Sentence) -> int:
    """What the unit is called to the model: what the summary says again is one."""
    return list(dict.fromkeys(each.text for each in units)).index(unit.text) + 1


def report_of(review: ReviewData) -> Report:
    assert review.report is not None
    return review.report


async def test_only_what_was_commented_on_is_written_anew() -> None:
    async with written() as (server, run, review):
        before = report_of(review)
        units = units_of(before)
        target = next(unit for unit in units if "exclusive lock" in unit.text)
        at = number(units, target)
        new = f"In short, {target.text}"
        server.otherwise = revising(
            {"unit": at, "cites": target.citations, "text": new},
            {"unit": at + 1, "cites": target.citations, "text": "Nobody asked for this one."},
        )
        comments = [{"unit": target.id, "comment": "Begin gently, please."}]
        after = report_of(await run.reject(**await said(review, text=comments)))
        asked = prompt(server.chats[0])
        assert ({"unit": str(at)}, "Begin gently, please.") in tagged("comment", asked)
        assert ({"n": str(at)}, target.text) in tagged("unit", asked)
        assert len(server.chats) == 1
    now = {unit.id: unit for unit in units_of(after)}
    assert (now[target.id].text, now[target.id].mark) == (new, Mark.SAME)
    touched = {unit.id for unit in units if unit.text == target.text}
    others = [unit.model_dump_json() for unit in units if unit.id not in touched]
    assert [unit.model_dump_json() for unit in now.values() if unit.id not in touched] == others
    assert [section.blocks for section in after.sections] == [section.blocks for section in before.sections]
    assert after.gate.same == before.gate.same + len(touched)
    assert "Nobody asked" not in after.model_dump_json()


async def test_a_new_wording_is_checked_like_any_other() -> None:
    async with written() as (server, run, review):
        before = report_of(review)
        target = next(unit for unit in units_of(before) if "exclusive lock" in unit.text)
        at = number(units_of(before), target)
        twisted = target.text.replace("exclusive", "shared")
        server.otherwise = revising({"unit": at, "cites": target.citations, "text": twisted})
        after = report_of(await run.reject(**await said(review, text=[{"unit": target.id, "comment": "Other words."}])))
    assert twisted not in [unit.text for unit in units_of(after)]
    assert [unit.text for unit in units_of(after)] == [unit.text for unit in units_of(before)]
    assert "The writer did not change 1 unit that was commented on." in after.note


async def test_without_an_answer_the_text_stays_and_that_is_said() -> None:
    async with written() as (server, run, review):
        before = report_of(review)
        target = units_of(before)[0]
        server.otherwise = failing(401)
        after = report_of(await run.reject(**await said(review, text=[{"unit": target.id, "comment": "Other words."}])))
    assert units_of(after) == units_of(before)
    assert "The writer did not change 1 unit that was commented on." in after.note
    assert "refused (401)" in after.note


async def test_a_note_on_the_whole_text_sends_the_text_along() -> None:
    async with written() as (server, run, review):
        before = units_of(report_of(review))
        comments = [{"unit": before[0].id, "comment": "Say who."}]
        await run.reject(**await said(review, text=comments, feedback="Shorter, please."))
        asked = "\n".join(prompt(body) for body in server.chats)
    texts = list(dict.fromkeys(unit.text for unit in before))
    assert [text for _, text in tagged("unit", asked)][: len(texts)] == texts
    assert ({"unit": "1"}, "Say who.") in tagged("comment", asked)


def test_a_unit_that_becomes_two_keeps_its_place_in_its_list() -> None:
    items = [Sentence(id=f"u{n}", text=f"Item {n}.", citations=[1], mark=Mark.QUOTED) for n in (1, 2, 3)]
    lead = Sentence(id="u4", text="These:", citations=[])
    section = Section(
        heading="H", sentences=[lead, *items], blocks=[Block(kind="list", lead=0, units=[1, 2, 3], ordered=True)]
    )
    report = Report(title="", question="", writer="llm", sections=[section], sources=[])
    two = [Sentence(text=text, citations=[1], mark=Mark.SAME) for text in ("Two.", "And a half.")]
    part = report.model_copy(update={"sections": [Section(heading="", sentences=two)]})
    found = spliced(report, {"u2": part}).sections[0]
    assert [(unit.id, unit.text) for unit in found.sentences] == [
        ("u4", "These:"),
        ("u1", "Item 1."),
        ("u2", "Two."),
        ("u5", "And a half."),
        ("u3", "Item 3."),
    ]
    assert (found.blocks[0].lead, found.blocks[0].units) == (0, [1, 2, 3, 4])
