"""`python -m benchmarks.model [--show]`: reports with a model beside reports without one, and what is said of wordings.

Without `OPENAI_API_KEY` and `OPENAI_BASE_URL` the model is the scripted weak one of the tests.
"""

import argparse
import asyncio
import tempfile
from collections import Counter
from pathlib import Path

from benchmarks.model import reports, wordings
from benchmarks.research.libraries import library
from model_replies import Reply
from model_server import ModelServer
from sayso.exports.markdown import report_markdown
from sayso.settings import read_settings
from sayso.writers.llm.calibration import measured
from sayso.writers.llm.writer import LLMWriter, llm_writer
from sayso.writers.port import WriterError
from weak_model import weak


async def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench-model", description=__doc__)
    parser.add_argument("--show", action="store_true", help="print the reports of both")
    parser.add_argument("--questions", type=int, default=6, help="for a slow model, fewer")
    given = parser.parse_args()
    settings = read_settings()
    if settings.openai_api_key or settings.openai_base_url:
        key = settings.openai_api_key.get_secret_value() if settings.openai_api_key else None
        await _compare(
            llm_writer(
                api_key=key,
                base_url=settings.openai_base_url,
                model=settings.model,
                context_window=settings.context_window,
                max_output_tokens=settings.max_output_tokens,
            ),
            given,
        )
    else:
        async with ModelServer(models=["weak"]) as server:
            server.otherwise = Reply(text=weak)
            await _compare(llm_writer(api_key=None, base_url=server.url, model="weak"), given)
    await _wordings()


async def _compare(writer: LLMWriter, given: argparse.Namespace) -> None:
    print(f"Served: {(await writer.check()).why}\n")
    print("| question | to the point, without | with | lost | longest silence | seconds |\n|---|---|---|---|---|---|")
    fewer = 0
    used: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        pages, questions = reports.documents(Path(folder) / "pages")
        async with library(Path(folder) / "index", pages) as opened:
            for question in list(questions)[: given.questions]:
                alone = await reports.ask([opened], question, None)
                both = await reports.ask([opened], question, writer)
                fewer += both.to_the_point < alone.to_the_point
                print(
                    f"| {question} | {alone.to_the_point} | {both.to_the_point} | {len(alone.lost) + len(both.lost)} "
                    f"| {both.silence:.1f} s | {both.seconds:.1f} |"
                )
                for stage in both.stages:
                    used[f"{stage.stage}: calls"] += stage.calls
                    used[f"{stage.stage}: tokens"] += stage.prompt_tokens + stage.completion_tokens
                if given.show:
                    print(f"\n{report_markdown(alone.report)}\n\n{report_markdown(both.report)}\n")
    try:
        print(f"\nAs a judge: {await measured(writer)}")
    except WriterError as error:
        print(f"\nAs a judge: not measured: {error}")
    await writer.aclose()
    print(f"\nReports with fewer sentences to the point than without the model: {fewer} of {given.questions}")
    print("Used per stage, all reports: " + ", ".join(f"{name} {number:,}" for name, number in used.items()))


async def _wordings() -> None:
    good = await wordings.judge([unit for units in wordings.ANSWERS.values() for unit in units])
    print(f"\nTrue units of five good answers: {dict(good.counts)}")
    for name, units in wordings.ANSWERS.items():
        checked = await wordings.answered(units)
        kinds = [block.kind for section in checked.sections for block in section.blocks]
        print(f"- {name}: {kinds}, changed {len(checked.changed)}, removed {len(checked.removed)}")
    true, twisted = await wordings.judge(wordings.TRUE), await wordings.judge(wordings.TWISTED)
    print(f"{len(wordings.TRUE)} true sentences: {dict(true.counts)}")
    print(f"{len(wordings.TWISTED)} twisted ones: published as quoted or same {len(twisted.published)}")
    for text in [*good.lost, *true.lost, *twisted.published]:
        print(f"  ! {text}")


if __name__ == "__main__":
    asyncio.run(main())
