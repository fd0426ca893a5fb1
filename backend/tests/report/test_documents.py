"""A run says which documents it read, each once, and only what is new."""

from typing import Any

import pytest

from sayso.protocol.evidence import Place
from sayso.report.documents import tell_read
from sayso.research.source import Passage


class Told:
    """What was said."""

    def __init__(self) -> None:
        self.said: list[tuple[str, dict[str, Any]]] = []

    def __call__(
        self, line: str, done: int | None = None, total: int | None = None, *, details: dict[str, Any] | None = None
    ) -> None:
        self.said.append((line, details or {}))


def passage(uri: str, offset: int, title: str = "") -> Passage:
    return Passage(kind="library", uri=uri, title=title or uri.upper(), text="Words.", place=Place(offset=offset))


A, B, C = passage("a", 0), passage("a", 9), passage("b", 0)


def test_each_document_is_named_once() -> None:
    told = Told()
    tell_read(told, [A, B, C])
    read = [{"source": "library", "uri": uri, "title": uri.upper()} for uri in "ab"]
    assert told.said == [("Read 3 passages from 2 documents", {"passages": 3, "documents": 2, "read": read})]


@pytest.mark.parametrize(("after", "lines"), [([A, B], []), ([A, B, C], ["Read 1 more passage from 1 document"])])
def test_of_what_was_told_of_before_nothing_is_said(after: list[Passage], lines: list[str]) -> None:
    told = Told()
    tell_read(told, after, [A, B])
    assert [line for line, _ in told.said] == lines
    assert all([each["uri"] for each in details["read"]] == ["b"] for _, details in told.said)


def test_nothing_read_is_said_too() -> None:
    told = Told()
    tell_read(told, [])
    assert told.said == [("Read 0 passages from 0 documents", {"passages": 0, "documents": 0, "read": []})]


def test_a_line_does_not_grow_without_end() -> None:
    told = Told()
    tell_read(told, [passage(f"u{at}", 0, "t" * 5_000) for at in range(300)])
    ((line, details),) = told.said
    assert line == "Read 300 passages from 300 documents"
    assert len(details["read"]) == 100
    assert max(len(each["title"]) for each in details["read"]) == 200
