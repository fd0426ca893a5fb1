"""A question in another language than its evidence: a report in the language of the question, beside its quotes."""

import json
import re

import pytest

from model_answers import FIND, JUDGE, PLAN, WRITE, Body, answer, numbered, prompt, tagged, task
from model_replies import Reply
from model_server import ModelServer
from report.driving import Run, evidence
from report.shelf import ShelfSource
from sayso.protocol.evidence import Mark
from sayso.report.workflow import ReportWorkflow
from sayso.writers.extractive.writer import ExtractiveWriter
from sayso.writers.llm.writer import llm_writer
from sayso.writers.port import Writer

QUESTION = "Wie lange sperrt die Larder-Verdichtung ein Regal, und wer wartet?"
GERMAN = {
    "Larder compaction holds an exclusive lock on the shelf for as long as it runs.": (
        "Larder hält bei der Verdichtung eine exklusive Sperre auf dem Regal, so lange sie läuft."
    ),
    "Commands that wait for a shelf lock give up after 30 seconds by default.": (
        "Befehle, die auf eine Sperre des Regals warten, geben nach 30 Sekunden auf."
    ),
    "Readers and writers go on while gentle compaction runs.": (
        "Wer liest und schreibt, arbeitet nicht weiter, während die sanfte Verdichtung läuft."
    ),
}
"""The last one is twisted."""


def translates(body: Body) -> str:
    kind, text = task(body), prompt(body)
    if kind == PLAN:
        queries = [
            {"query": each, "part": 1} for each in ("shelf lock compaction", "wait shelf lock", "gentle readers")
        ]
        return json.dumps({"queries": queries})
    if kind == FIND:
        told = [pair for _, passage in tagged("passage", text) for pair in numbered(passage)]
        found = [(number, said) for number, said in told if said in GERMAN]
        chosen = [{"statement": number, "part": 1, "claim": GERMAN[said], "also": []} for number, said in found]
        return json.dumps({"findings": chosen})
    if kind == WRITE:
        units = []
        for _, quote in re.findall(r'<quote n="(\d+)"[^>]*>(.*?)</quote>', text, re.DOTALL):
            units += [said for said in GERMAN if said in " ".join(quote.split())]
        numbers = {said: int(n) for n, quote in _quotes(text) for said in GERMAN if said in quote}
        written = [
            {"kind": "sentence", "cites": [numbers[said]], "text": GERMAN[said]} for said in dict.fromkeys(units)
        ]
        return json.dumps({"units": written})
    if kind == JUDGE:
        asked = [(int(named["n"]), said) for named, said in tagged("sentence", text)]
        verdicts = [{"sentence": n, "verdict": "no" if "30 Sekunden" in said else "yes"} for n, said in asked]
        return json.dumps({"verdicts": verdicts})
    return answer(body)


def _quotes(text: str) -> list[tuple[str, str]]:
    found = re.findall(r'<quote n="(\d+)"[^>]*>(.*?)</quote>', text, re.DOTALL)
    return [(number, " ".join(quote.split())) for number, quote in found]


@pytest.mark.parametrize("judge", [False, True])
async def test_a_german_question_over_english_documents_has_a_german_report_beside_its_quotes(judge: bool) -> None:
    async with ModelServer() as server:
        server.otherwise = Reply(text=translates)
        model = llm_writer(api_key=None, base_url=server.url, model="polyglot", context_window=8_192)
        writers: dict[str, Writer] = {"extractive": ExtractiveWriter(), "llm": model}
        run = Run(lambda: ReportWorkflow([ShelfSource()], writers, "llm"))
        review = await run.ask(QUESTION, judge=judge)
        claims = {finding.claim: finding.mark for finding in evidence(review)}
        lock, waiting, twisted = GERMAN.values()
        assert claims[lock] is claims[waiting] is Mark.TRANSLATED
        assert twisted not in claims
        assert "Translated from the quote, meaning not checked." in run.payload
        report = await run.approve()
        await model.aclose()
    units = [*report.summary, *(each for section in report.sections for each in section.sentences)]
    told = {unit.text: unit for unit in units}
    assert (told[lock].mark, told[lock].judged) == (Mark.TRANSLATED, judge)
    assert (waiting in told) is not judge
    assert "Commands that wait for a shelf lock give up after 30 seconds by default." in told or not judge
    assert told[lock].original == next(iter(GERMAN))
    assert twisted not in told
    assert "Readers and writers go on while gentle compaction runs." in told
    assert report.gate.translated == (1 if judge else 2)
    assert report.gate.quoted == sum(unit.mark is Mark.QUOTED for unit in units)
    assert all(unit.mark in (Mark.QUOTED, Mark.TRANSLATED) for unit in units)
