"""What a text says that an abbreviation stands for."""

import pytest

from sayso.language.abbreviations import defined


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Changes go to the write-ahead log (WAL) first.", [("write-ahead log", "WAL")]),
        ("The WAL (write-ahead log) comes first.", [("write-ahead log", "WAL")]),
        ("Terms of use (TOU) and power of attorney (POA).", [("Terms of use", "TOU"), ("power of attorney", "POA")]),
        ("Chronic obstructive disease (COPD) is long.", []),
        ("Doctors without borders (IT) travel.", []),
        ("It is told (who knows WHO) nowhere.", []),
        ("Several electrocardiograms (ECGs) were made.", []),
        ("Two value added taxes (VATs) apply.", [("value added taxes", "VAT")]),
    ],
)
def test_what_is_defined(text: str, found: list[tuple[str, str]]) -> None:
    assert list(defined(text)) == found
