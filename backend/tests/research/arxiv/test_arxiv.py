"""The `arxiv` source against a server of our own that speaks arXiv's Atom API and serves papers, over real sockets."""

import time
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import typst

from sayso.research.arxiv.atom import papers
from sayso.research.arxiv.source import Arxiv
from sayso.research.source import SourceError
from support.site import Answer, Asked, Site, redirect

FEED = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <link href="http://arxiv.org/api/query" rel="self" type="application/atom+xml"/>
  <title type="html">ArXiv Query</title>
  <opensearch:totalResults xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">2</opensearch:totalResults>
  {entries}
</feed>"""
CRATES = """<entry>
    <id>http://arxiv.org/abs/2401.01234v2</id>
    <updated>2024-05-17T17:59:59Z</updated>
    <published>2024-01-03T18:00:00Z</published>
    <title>Crate locks
  in practice</title>
    <summary>  We measure crate locks. A crate lock lasts for nine
milliseconds on average. Crates were never lost.
</summary>
    <author><name>Ada Lovelace</name></author>
    <author><name>Grace Hopper</name><arxiv:affiliation xmlns:arxiv="http://arxiv.org/schemas/atom">Navy</arxiv:affiliation></author>
    <link href="http://arxiv.org/abs/2401.01234v2" rel="alternate" type="text/html"/>
    <link title="pdf" href="http://arxiv.org/pdf/2401.01234v2" rel="related" type="application/pdf"/>
  </entry>"""
OLD = """<entry>
    <id>http://arxiv.org/abs/cond-mat/0211034v1</id>
    <updated>2002-11-02T00:00:00Z</updated><published>2002-11-02T00:00:00Z</published>
    <title>Crates of matter</title>
    <summary>Crates hold matter, and a lock keeps a crate closed for an hour.</summary>
    <author><name>Emmy Noether</name></author>
  </entry>"""
ERROR = """<entry>
    <id>http://arxiv.org/api/errors#incorrect_id_format</id><title>Error</title>
    <summary>incorrect id format for 1234</summary>
  </entry>"""
QUERY = "How long do crate locks last?"
Open = Callable[..., Arxiv]


def feed(*entries: str) -> Answer:
    return Answer(FEED.format(entries="\n".join(entries)), "application/atom+xml; charset=utf-8")


def paper() -> Answer:
    body = """#set document(title: "untitled")
= Method
Every crate was opened and locked again, ten thousand times in a row.
#pagebreak()
= Results
The longest crate lock of all lasted for forty-one milliseconds, in a cold room."""
    return Answer(typst.compile(body.encode()), "application/pdf")


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with Site({"/api/query": feed(CRATES, OLD), "/pdf/2401.01234v2": paper()}) as site:
        yield site


@pytest.fixture
async def open_arxiv(site: Site, tmp_path: Path) -> AsyncIterator[Open]:
    opened: list[Arxiv] = []

    def open_one(**given: Any) -> Arxiv:
        source = Arxiv(tmp_path, agent="Sayso/test", base_url=site.url, **{"pause": 0.0, **given})
        opened.append(source)
        return source

    yield open_one
    for source in opened:
        await source.close()


async def test_a_citation_has_title_authors_date_and_version(open_arxiv: Open) -> None:
    passages = await open_arxiv().search(QUERY, limit=10)
    abstract = next(each for each in passages if each.uri == "https://arxiv.org/abs/2401.01234v2")
    assert "A crate lock lasts for nine milliseconds on average." in abstract.text
    assert (abstract.kind, abstract.title, abstract.date) == ("arxiv", "Crate locks in practice", "2024-05-17")
    assert abstract.place.heading == "Abstract"
    origin = abstract.origin
    assert (origin.authors, origin.version) == (["Ada Lovelace", "Grace Hopper"], "v2")
    assert origin.retrieved_at is not None
    assert abs(datetime.now(UTC) - origin.retrieved_at).total_seconds() < 120


async def test_the_full_text_is_read_with_its_pages(open_arxiv: Open) -> None:
    source = open_arxiv()
    passages = await source.search("longest crate lock in a cold room", limit=10)
    whole = next(each for each in passages if "forty-one milliseconds" in each.text)
    assert (whole.uri, whole.title) == ("https://arxiv.org/pdf/2401.01234v2", "Crate locks in practice")
    assert (whole.place.page, whole.place.heading, whole.date) == (2, "Results", "2024-05-17")
    assert whole.origin.authors == ["Ada Lovelace", "Grace Hopper"]
    before, _ = await source.around(whole, 300)
    assert "ten thousand times" in before


async def test_the_api_is_asked_as_its_manual_says(open_arxiv: Open, site: Site) -> None:
    site.routes["/api/query"] = feed()
    source = open_arxiv()
    assert await source.search('all:evil OR "crate locks" (x) -y', limit=3) == []
    both = [asked.parameters["search_query"] for asked in site.requests]
    assert both[0].startswith('all:"crate locks" AND all:')
    assert " OR " in both[1]
    assert not set("".join(both)) & set("()-+")
    assert {asked.headers["user-agent"] for asked in site.requests} == {"Sayso/test"}
    assert await source.search("?!", limit=3) == []


async def test_what_was_fetched_is_not_fetched_again(open_arxiv: Open, site: Site) -> None:
    first = await open_arxiv().search(QUERY, limit=10)
    count = len(site.requests)
    again = await open_arxiv().search(QUERY, limit=10)  # as after a restart
    assert [each.model_dump() for each in again] == [each.model_dump() for each in first]
    assert [asked.path for asked in site.requests[count:]] == ["/pdf/cond-mat/0211034v1"]  # which is not there


async def test_requests_keep_their_distance(open_arxiv: Open, site: Site) -> None:
    started = time.monotonic()
    await open_arxiv(pause=0.4).search(QUERY, limit=3)
    assert len(site.requests) == 3
    assert time.monotonic() - started >= 0.8


@pytest.mark.parametrize(
    "pdf",
    [
        Answer("gone", status=404),
        Answer("<html>Please wait</html>"),
        Answer(b"%PDF-1.7 broken", "application/pdf"),
        Answer(b"%PDF" * 100, "application/pdf", cut=True),
        Answer(status=429, headers={"retry-after": "60"}),
        redirect("http://127.0.0.2/elsewhere"),
    ],
)
async def test_without_its_full_text_a_paper_has_its_abstract(open_arxiv: Open, site: Site, pdf: Answer) -> None:
    site.routes["/pdf/2401.01234v2"] = pdf
    passages = await open_arxiv().search(QUERY, limit=10)
    assert {each.uri for each in passages} == {
        "https://arxiv.org/abs/2401.01234v2", "https://arxiv.org/abs/cond-mat/0211034v1",
    }  # fmt: skip


async def test_a_paper_may_have_moved_on_the_same_host(open_arxiv: Open, site: Site) -> None:
    site.routes["/pdf/2401.01234v2"] = redirect("/papers/2401.01234v2.pdf", status=301)
    site.routes["/papers/2401.01234v2.pdf"] = paper()
    passages = await open_arxiv().search("longest crate lock in a cold room", limit=10)
    assert any("forty-one" in each.text for each in passages)


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Answer(status=429, headers={"retry-after": "30"}), "asks to slow down; try again in 30 s"),
        (Answer(status=503), "asks to slow down"),
        (Answer("no", status=500), "status 500"),
        (Answer(FEED[:200], "application/atom+xml"), "did not answer with a feed"),
        (Answer("<html><body>Hello</body></html>"), "did not answer with a feed"),
        (Answer("{}", "application/json"), "did not answer with a feed"),
        (Answer("", "application/atom+xml"), "did not answer with a feed"),
        (feed(ERROR), "refused the search .incorrect id format"),
        (Answer(b"<feed>" + b" " * 5_000_000), "more than 4 MB"),
        (Answer(FEED, drip=0.1), "did not answer within 1 s"),
        (redirect("http://127.0.0.2/"), "redirects to another address"),
    ],
)
async def test_an_api_in_trouble_is_named(open_arxiv: Open, site: Site, answer: Answer, why: str) -> None:
    site.routes["/api/query"] = answer
    with pytest.raises(SourceError, match=why):
        await open_arxiv(seconds=1).search(QUERY, limit=3)


async def test_nothing_is_sent_but_the_words(open_arxiv: Open, site: Site) -> None:
    def answered(asked: Asked) -> Answer:
        assert set(asked.parameters) == {"search_query", "start", "max_results", "sortBy"}
        return feed()

    site.routes["/api/query"] = answered
    source = open_arxiv()
    await source.search(QUERY, limit=3)
    assert site.url.removeprefix("http://") in source.leaves
    assert (await source.readiness()).ready


def test_a_feed_reads_nothing_from_outside(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the key is under the mat")
    entity = f'<!DOCTYPE feed [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    text = FEED.format(entries=CRATES.replace("Crates were", "&x; were")).replace("?>", f"?>{entity}", 1)
    (found,) = papers(text.encode())
    assert "mat" not in found.abstract.split()


def test_a_feed_cannot_grow() -> None:
    entities = "".join(f'<!ENTITY x{n} "{f"&x{n - 1};" * 20 if n else "ha"}">' for n in range(10))
    text = FEED.format(entries=CRATES.replace("Crates were", "&x9; were"))
    text = text.replace("?>", f"?><!DOCTYPE feed [{entities}]>", 1)
    try:
        found = papers(text.encode())
    except SourceError:
        return
    assert sum(len(each.abstract) for each in found) < 10_000
