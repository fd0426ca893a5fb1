"""Wordings with marks that are no words, such as the options of a command."""

import pytest

from sayso.gate.claimed import claim_and_mark
from sayso.protocol.evidence import Mark, Place, Quote

OPTIONS = "Write the object with -w into the object database, and with -t give its type as blob by default."


def test_a_claim_about_an_option_is_read() -> None:
    quote = Quote(source="s1", text=OPTIONS, place=Place(), marked=(0, len(OPTIONS)))

    claim, mark = claim_and_mark(
        "Write the objects with -w into the object database, and with -t give its type as blob by default.", quote
    )

    assert mark in (Mark.QUOTED, Mark.SAME, Mark.REWORDED)
    assert "-w" in claim


@pytest.mark.parametrize("lost", [" -w", " -t"])
def test_an_option_is_not_left_out(lost: str) -> None:
    quote = Quote(source="s1", text=OPTIONS, place=Place(), marked=(0, len(OPTIONS)))

    claim, _ = claim_and_mark(OPTIONS.replace(lost, ""), quote)

    assert lost in claim
