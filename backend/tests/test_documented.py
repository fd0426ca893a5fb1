"""What can be chosen or sent stands where people look for it."""

import re
from pathlib import Path

import pytest

from sayso.exports.formats import FORMATS
from sayso.protocol.commands import Answer, ReportOptions
from sayso.protocol.decisions import WORDS
from sayso.protocol.review import ReviewData
from sayso.research.formats import SUFFIXES
from sayso.research.registry import SOURCES

ROOT = Path(__file__).parents[2]


def section(title: str) -> str:
    """Of `docs/protocol.md`."""
    text = (ROOT / "docs" / "protocol.md").read_text("utf-8")
    found = re.search(rf"^##? {title}\n(.*?)(?=^## |\Z)", text, re.DOTALL | re.MULTILINE)
    assert found, title
    return found[1]


@pytest.mark.parametrize("name", [*ReportOptions.model_fields, *Answer.model_fields, *WORDS])
def test_what_a_client_may_send(name: str) -> None:
    assert f"`{name}`" in section("What a client sends")


@pytest.mark.parametrize("name", ReviewData.model_fields)
def test_what_a_review_says(name: str) -> None:
    assert f"`{name}`" in section("What a review says")


@pytest.mark.parametrize("name", FORMATS)
def test_the_formats_of_a_report(name: str) -> None:
    assert f"report.{name}`" in section("The same runs over HTTP") or f"`.{name}`" in section("The same runs over HTTP")


def test_where_to_search_and_what_is_read() -> None:
    settings = (ROOT / ".env.example").read_text("utf-8")
    assert f"Where to search: auto, or any of {', '.join(SOURCES)}, " in settings
    for suffix in SUFFIXES - {".htm", ".mdx"}:
        assert f" {suffix}" in settings
