"""A source has one number: in the draft as it streams, in the report, and in all its exports."""

import json

import pytest

from exports.reading import docx_text, flat, html_text, pdf_text
from report.driving import Run, evidence
from report.shelf import QUESTION, ShelfSource
from sayso.exports.formats import FORMATS
from sayso.protocol.report import Report, Section, Sentence
from sayso.report.workflow import ReportWorkflow
from sayso.writers.extractive.writer import ExtractiveWriter
from sayso.writers.meter import Meter
from sayso.writers.port import DraftReport, DraftSink, Writer, WritingBrief


class Backwards(ExtractiveWriter):
    """Tells the findings from the last to the first, and adds a sentence that the check takes out."""

    async def write(self, brief: WritingBrief, draft: DraftSink, meter: Meter | None = None) -> DraftReport:
        told = []
        for finding in reversed(brief.findings):
            number = brief.numbers[finding.quotes[0].source]
            told.append(Sentence(text=finding.claim, citations=[number]))
        told.insert(0, Sentence(text="The moon is made of cheese.", citations=[1]))
        for sentence in told:
            await draft("Backwards", f"{sentence.text} [{sentence.citations[0]}] ")
        return DraftReport(title="Shelves", sections=[Section(heading="Backwards", sentences=told)])


def texts(report: Report) -> dict[str, str]:
    made = {name: each.render(report) for name, each in FORMATS.items()}
    return {
        "md": flat(made["md"].decode().replace("\\", "").replace("*", "")),
        "html": flat(html_text(made["html"])),
        "docx": flat(docx_text(made["docx"])),
        "pdf": flat(pdf_text(made["pdf"])),
    }


@pytest.mark.parametrize("writer", [Backwards(), ExtractiveWriter()], ids=["backwards", "extractive"])
async def test_draft_report_and_exports_agree(writer: Writer) -> None:
    run = Run(lambda: ReportWorkflow([ShelfSource()], {"extractive": writer}))
    review = await run.ask(QUESTION)
    report = await run.approve()

    shown = list(dict.fromkeys(quote.source for finding in evidence(review) for quote in finding.quotes))
    assert len(shown) > 2
    assert [(source.n, source.id) for source in report.sources] == list(enumerate(shown, start=1))
    body = [*report.summary, *(sentence for section in report.sections for sentence in section.sentences)]
    assert len(body) > 2
    exported = texts(report)
    for sentence in body:
        marked = f"{sentence.text} {''.join(f'[{number}]' for number in sentence.citations)}"
        assert flat(marked) in flat(run.drafted)
        assert {name: flat(marked) in text for name, text in exported.items()} == dict.fromkeys(exported, True)
    for source in report.sources:
        listed = flat(f"[{source.n}] {source.title}")
        assert {name: listed in text for name, text in exported.items()} == dict.fromkeys(exported, True)
    stored = json.loads(FORMATS["json"].render(report))
    assert [(source["n"], source["id"]) for source in stored["sources"]] == list(enumerate(shown, start=1))


async def test_an_approved_source_that_no_sentence_cites_is_listed_as_such() -> None:
    class First(Backwards):
        async def write(self, brief: WritingBrief, draft: DraftSink, meter: Meter | None = None) -> DraftReport:
            whole = await super().write(brief, draft, meter)
            [section] = whole.sections
            return whole.model_copy(
                update={"sections": [section.model_copy(update={"sentences": section.sentences[-1:]})]}
            )

    run = Run(lambda: ReportWorkflow([ShelfSource()], {"extractive": First()}))
    await run.ask(QUESTION)
    report = await run.approve()
    assert report.sections[0].sentences[0].citations == [1]
    assert len(report.sources) > 2
    for name, text in texts(report).items():
        assert text.count(flat("not cited in the text")) == len(report.sources) - 1, name
