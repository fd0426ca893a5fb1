"""Who answers for a page, and how many independent sources some documents are."""

import pytest

from sayso.protocol.evidence import Origin, Source
from sayso.report.independence import independent
from sayso.research.publisher import publisher_of


@pytest.mark.parametrize(
    ("address", "publisher"),
    [
        ("https://example.org/a", "example.org"),
        ("https://WWW.Docs.Example.org:8443/a?b#c", "example.org"),
        ("https://news.example.co.uk/", "example.co.uk"),
        ("https://de.wikipedia.org/wiki/Sperre", "wikipedia.org"),
        ("http://192.0.2.7/", "192.0.2.7"),
        ("http://[2001:db8::1]:80/", "2001:db8::1"),
        ("http://intranet/", "intranet"),
        ("guide/locks.md", None),
        ("http://[broken/", None),
    ],
)
def test_a_page_is_its_domains(address: str, publisher: str | None) -> None:
    assert publisher_of(address) == publisher


def source(uri: str, *, kind: str = "web", **origin: object) -> Source:
    return Source(id=uri, kind=kind, title=uri, uri=uri, origin=Origin.model_validate(origin))


def test_ten_pages_of_one_site_are_one_source() -> None:
    pages = [source(f"https://a.example/{n}", publisher="a.example") for n in range(10)]
    assert independent(pages) == 1
    assert independent([*pages, source("https://b.example/", publisher="B.example")]) == 2


def test_papers_with_an_author_in_common_are_one_source() -> None:
    first = source("1", kind="arxiv", authors=["Ada Lovelace"])
    second = source("2", kind="arxiv", authors=["Grace Hopper"])
    assert independent([first, second]) == 2
    both = source("3", kind="arxiv", authors=["Grace  Hopper", "ada lovelace"])
    assert independent([first, second, both]) == 1


def test_documents_of_ones_own_stand_for_themselves() -> None:
    assert independent([source("a.md", kind="library"), source("b.md", kind="library")]) == 2
    assert independent([]) == 0
