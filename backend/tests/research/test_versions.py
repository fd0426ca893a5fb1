"""Which documents hold no more."""

import pytest

from sayso.protocol.evidence import Place
from sayso.research.source import Passage
from sayso.research.versions import asks_for_older, superseded


def passage(uri: str, title: str = "", date: str | None = None, text: str = "The fee is 30 euros.") -> Passage:
    return Passage(kind="library", uri=uri, title=title or uri, text=text, date=date, place=Place(offset=0))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (passage("plan-2022.md", date="2022"), passage("plan-2024.md", date="2024-05")),
        (passage("policy_2021.md", date="2021-10-01"), passage("policy v3.md", date="2025")),
        (passage("a.md", "Fees of 2019", "2019"), passage("b.md", "Fees of 2023", "2023")),
        (passage("fees-superseded.md"), passage("fees-now.md")),
        (passage("f.md", "Fees (withdrawn)"), passage("g.md", "Fees")),
        (passage("f.md", text="In force from 2021. Superseded by version 3. The fee is 3."), passage("g.md")),
        (passage("f.md", text="This policy was replaced in May. The fee is 3."), passage("g.md")),
    ],
)
def test_the_earlier_version_holds_no_more(one: Passage, other: Passage) -> None:
    assert superseded([one, other]) == {one.uri}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (passage("minutes-2022.md", date="2022"), passage("minutes-2024.md", date="2024")),
        (passage("chapter-1.md"), passage("chapter-2.md")),
        (passage("a/readme.md", "One", "2022"), passage("b/readme.md", "Two", "2024")),
        (passage("plan-2022.md", date="2022"), passage("budget-2024.md", date="2024")),
        (passage("plan-1.md", date="2024"), passage("plan-2.md", date="2024-05")),
        (passage("faq.md", text="This plan supersedes that of 2021."), passage("g.md")),
        (passage("log.md", text="The pump was replaced by a new one. Tickets are no longer valid."), passage("g.md")),
    ],
)
def test_other_documents_hold(one: Passage, other: Passage) -> None:
    assert superseded([one, other]) == frozenset()


def test_what_held_once_can_be_asked_for() -> None:
    assert asks_for_older("What was the fee in 2019?")
    assert asks_for_older("Which rules are obsolete?")
    assert not asks_for_older("What is the fee?")
