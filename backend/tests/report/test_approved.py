"""Approved evidence is held against the passages that were stored when it was shown."""

import pytest

from sayso.protocol.evidence import Finding, Place, Quote, Source, StoredPassage
from sayso.protocol.report import Approval
from sayso.report.approved import ALTERED, approved_evidence
from sayso.report.passages import text_of
from sayso.report.state import ReportState

ROW = "Anchor | 40 EUR"


@pytest.mark.parametrize(
    ("quoted", "lead", "stands"),
    [
        (ROW, "Item | Price", True),
        (ROW, None, True),
        (ROW, "Item | Price per month", False),
        ("Anchor | 4 EUR", "Item | Price", False),
    ],
)
def test_a_quote_and_what_leads_into_it_stand_in_the_stored_passage(
    quoted: str, lead: str | None, stands: bool
) -> None:
    passage = StoredPassage(
        finding="f1", text=f"{ROW}\nRope | 9 EUR", quote=(0, len(ROW)), place=Place(lead="Item | Price")
    )
    state = ReportState(
        question="What is an anchor?",
        sources=[Source(id="s1", kind="library", title="Prices", uri="prices.md")],
        findings=[
            Finding(id="f1", claim="An anchor.", quotes=[Quote(text=quoted, source="s1", place=Place(lead=lead))])
        ],
        passages={"f1": [text_of(passage)]},
        approval=Approval(kept=["f1"], by="x", at="2026-01-01T00:00:00Z", round=1, dropped=[]),
    )
    evidence = approved_evidence(state)
    assert [each.id for each in evidence.brief.findings] == (["f1"] if stands else [])
    assert [each.why for each in evidence.removed] == ([] if stands else [ALTERED])
    assert evidence.altered == (not stands)
