"""What goes because it is about something that was left out: what stands below its heading too, and nothing else."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from report.driving import Run, evidence
from sayso.report.workflow import ReportWorkflow
from sayso.research.library.source import Library, Root
from sayso.writers.extractive.writer import ExtractiveWriter

RULES = """# Allotment rules

## Rent
The rent is 48 pounds a year, due on 1 April. Late payment costs 5 pounds a month.

## Hens
Up to six hens may be kept on a plot. Cockerels are not allowed.
"""
MINUTES = """# Minutes of the committee, May

The rent will rise to 52 pounds next year. Rats were seen near the compost heaps; feed must be kept in metal bins.
"""


QUESTION = "How many hens may be kept? What is the rent? What does late payment cost?"


@pytest.fixture
async def run(tmp_path: Path) -> AsyncIterator[Run]:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "rules.md").write_text(RULES)
    (tmp_path / "documents" / "minutes.md").write_text(MINUTES)
    library = Library(tmp_path / "index", [Root(tmp_path / "documents")], isolated=False)
    await library.refresh()
    yield Run(lambda: ReportWorkflow([library], {"extractive": ExtractiveWriter()}))
    await library.close()


async def test_what_stood_beside_what_was_left_out_is_found_by_itself(run: Run) -> None:
    first = await run.ask(QUESTION)
    assert any("Rats" in quote.text for each in evidence(first) for quote in each.quotes)
    late = next(each.id for each in evidence(first) if "Late payment" in each.claim)
    second = await run.reject("enough about rent, what about rats and feed?")
    assert not [each.claim for each in evidence(second) if "rent" in each.claim or "Late payment" in each.claim]
    told = next(use.what_was_done for use in second.feedback_used if use.field == "leave_out")
    assert f"{late} is gone, which stood below a heading that says just that." in told
    found = [each for each in evidence(second) if each.claim.startswith("Rats were seen")]
    assert [each.state for each in found] == ["new"]
    assert "rent" not in found[0].quotes[0].text
    third = await run.reject("Drop " + found[0].id)
    assert not [each for each in evidence(third) if "Rats" in each.claim], "what a person drops stays away"


async def test_what_stood_beside_what_a_person_dropped_stays_away_whatever_is_left_out(run: Run) -> None:
    first = await run.ask(QUESTION)
    dropped = next(each.id for each in evidence(first) if any("Rats" in quote.text for quote in each.quotes))
    await run.reject(f"Drop {dropped}")
    third = await run.reject("enough about rent, what about rats and feed?")
    assert not [each.claim for each in evidence(third) if "Rats" in each.claim]
