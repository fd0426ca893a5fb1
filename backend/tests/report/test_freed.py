"""What goes because it is about something that was left out: what stands below its heading too, and nothing else."""

from pathlib import Path

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


async def test_what_stood_beside_what_was_left_out_is_found_by_itself(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "rules.md").write_text(RULES)
    (tmp_path / "documents" / "minutes.md").write_text(MINUTES)
    library = Library(tmp_path / "index", [Root(tmp_path / "documents")], isolated=False)
    try:
        await library.refresh()
        run = Run(lambda: ReportWorkflow([library], {"extractive": ExtractiveWriter()}))
        first = await run.ask("How many hens may be kept? What is the rent? What does late payment cost?")
        assert any("Rats" in quote.text for each in evidence(first) for quote in each.quotes)
        assert any("Late payment" in each.claim for each in evidence(first))
        second = await run.reject("enough about rent, what about rats and feed?")
        assert not [each.claim for each in evidence(second) if "rent" in each.claim or "Late payment" in each.claim]
        found = [each for each in evidence(second) if each.claim.startswith("Rats were seen")]
        assert [each.state for each in found] == ["new"]
        assert "rent" not in found[0].quotes[0].text
        third = await run.reject("Drop " + found[0].id)
        assert not [each for each in evidence(third) if "Rats" in each.claim], "what a person drops stays away"
    finally:
        await library.close()
