"""The `web` source against searches and sites of our own, over real sockets."""

import json
import logging
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from research.web.conftest import AGENT, Names
from sayso.research.source import QUESTION, Passage, SourceError
from sayso.research.web.engines import Engine, brave, searxng, tavily
from sayso.research.web.source import MOST_PAGE, Web
from support.site import Answer, Asked, Site, redirect

QUERY = "How long do crate locks last?"
FACT = "A crate lock lasts for nine milliseconds, and then the crate can be opened again."
Open = Callable[..., Web]


def page(fact: str = FACT, title: str = "Crates") -> Answer:
    return Answer(
        f"<html><head><title>{title}</title></head><body><nav>Home</nav><main><h1>{title}</h1><h2>Locks</h2>"
        f"<p>{fact} Whoever waits for a crate waits for its lock.</p></main></body></html>"
    )


def naming(*urls: str) -> Answer:
    """What SearXNG says."""
    results = [{"url": url, "title": f"Page {n}", "content": "…", "engine": "x"} for n, url in enumerate(urls, 1)]
    return Answer(json.dumps({"query": "q", "number_of_results": 0, "results": results}), "application/json")


def at(site: Site, *paths: str, host: str = "a.test") -> list[str]:
    return [f"http://{host}:{site.port}{path}" for path in paths]


async def found(web: Web, search: Site, urls: Sequence[str], query: str = QUERY) -> list[Passage]:
    search.routes["/search"] = naming(*urls)
    return await web.search(query, limit=10)


async def test_a_page_is_read_and_cited(open_web: Open, search: Site, site: Site) -> None:
    site.routes["/crates"] = page()
    (passage,) = await found(open_web(), search, at(site, "/crates"))
    assert FACT in passage.text
    assert (passage.kind, passage.title, passage.place.heading) == ("web", "Crates", "Locks")
    assert passage.uri == at(site, "/crates")[0]
    assert passage.origin.publisher == "a.test"
    assert passage.origin.retrieved_at is not None
    asked = {request.headers["user-agent"] for request in [*search.requests, *site.requests]}
    assert asked == {AGENT}
    assert "ada@example.test" in AGENT
    assert site.requests[-1].headers["host"] == f"a.test:{site.port}"


@pytest.mark.parametrize("make", [searxng, tavily, brave])
async def test_each_search_is_asked_in_its_own_way(
    make: Callable[..., Engine], open_web: Open, search: Site, site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    site.routes["/crates"] = page()
    results: list[Any] = [{"url": at(site, "/crates")[0], "title": "Crates"}, {"title": "no address"}, "odd"]
    engine = searxng(search.url) if make is searxng else make("secret-key", base_url=search.url)
    told: Any = {"web": {"results": results}, "type": "search"} if make is brave else {"results": results}
    for path in ("/search", "/res/v1/web/search"):
        search.routes[path] = Answer(json.dumps(told), "application/json")
    web = open_web(engine)
    (passage,) = await web.search(QUERY, limit=5)
    assert FACT in passage.text
    (asked,) = search.requests
    if make is tavily:
        body = json.loads(asked.body)
        assert (asked.method, body["query"], body["max_results"]) == ("POST", QUERY, 6)
        assert asked.headers["authorization"] == "Bearer secret-key"
    elif make is brave:
        assert (asked.path, asked.parameters) == ("/res/v1/web/search", {"q": QUERY, "count": "6"})
        assert asked.headers["x-subscription-token"] == "secret-key"
    else:
        assert asked.parameters == {"q": QUERY, "format": "json"}
    assert search.url.removeprefix("http://") in web.leaves
    assert "secret-key" not in repr(engine) + caplog.text + web.leaves


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Answer('{"results": [{"url": "http', "application/json"), "did not answer as it should"),
        (Answer("<html>Sign in</html>"), "did not answer as it should"),
        (Answer('{"results": 7}', "application/json"), "did not answer as it should"),
        (Answer("[" * 100_000, "application/json"), "did not answer as it should"),
        (Answer("{}", "application/json", cut=True), "cannot be reached"),
        (Answer("no", status=403), "check its key"),
        (Answer("no", status=500), "status 500"),
        (redirect("http://c.test/"), "redirects to another address"),
        (Answer(b"{" + b" " * 5_000_000, "application/json"), "more than 4"),
        (Answer("slow" * 100, "application/json", drip=0.5), "did not answer within 1 s"),
    ],
)
async def test_a_search_in_trouble_is_named(open_web: Open, search: Site, answer: Answer, why: str) -> None:
    search.routes["/search"] = answer
    with pytest.raises(SourceError, match=why):
        await open_web(seconds=1).search(QUERY, limit=5)


@pytest.mark.parametrize("wait", ["120", "Wed, 21 Oct 2099 07:28:00 GMT"])
async def test_a_search_that_asks_to_wait_is_not_asked_again(open_web: Open, search: Site, wait: str) -> None:
    search.routes["/search"] = Answer(status=429, headers={"retry-after": wait})
    web = open_web()
    with pytest.raises(SourceError, match=r"asks to slow down; try again in (120|300) s"):
        await web.search(QUERY, limit=5)
    search.routes["/search"] = naming()
    with pytest.raises(SourceError, match="asked to slow down"):
        await web.search(QUERY, limit=5)
    assert len(search.requests) == 1


async def test_without_a_search_it_is_not_ready(open_web: Open, search: Site) -> None:
    web = open_web()
    web._engine = None
    readiness = await web.readiness()
    assert not readiness.ready
    assert "SAYSO_SEARXNG_URL" in readiness.why
    assert web.leaves == ""
    with pytest.raises(SourceError, match="SAYSO_SEARXNG_URL"):
        await web.search(QUERY, limit=5)


async def test_pages_in_trouble_are_left_out_and_the_others_read(open_web: Open, search: Site, site: Site) -> None:
    site.routes |= {
        "/good": page(),
        "/gone": Answer("gone", status=410),
        "/busy": Answer(status=429, headers={"retry-after": "1"}),
        "/zip": Answer(b"PK\x03\x04", "application/zip"),
        "/broken.pdf": Answer(b"%PDF-1.7 nothing", "application/pdf"),
        "/empty": Answer("<html></html>"),
    }
    urls = [*at(site, "/gone", "/zip", "/broken.pdf", "/empty", "/good"), *at(site, "/busy", host="b.test")]
    passages = await found(open_web(), search, urls)
    assert {passage.uri for passage in passages} == set(at(site, "/good"))


async def test_twenty_megabytes_are_not_read(open_web: Open, search: Site, site: Site) -> None:
    site.routes["/large"] = Answer(b"<p>word</p>" * 100_000, endless=True)
    site.routes["/bomb"] = Answer(b"<p>word</p>" * 2_000_000, packed=True)
    assert await found(open_web(), search, [*at(site, "/large"), *at(site, "/bomb", host="b.test")]) == []
    assert site.sent < 4 * MOST_PAGE


async def test_a_page_that_drips_costs_only_its_time(open_web: Open, search: Site, site: Site) -> None:
    site.routes["/slow"] = Answer("<p>drop</p>" * 100, drip=0.3)
    site.routes["/good"] = page()
    passages = await found(open_web(seconds=3), search, [*at(site, "/slow", host="b.test"), *at(site, "/good")])
    assert {passage.uri for passage in passages} == set(at(site, "/good"))


async def test_only_so_many_pages_and_bytes_for_a_question(open_web: Open, search: Site, site: Site) -> None:
    for n in range(12):
        site.routes[f"/{n}"] = page(f"{FACT} That is remark {n} of many remarks.")
    web = open_web(pages=4)
    QUESTION.set("one question")
    await found(web, search, at(site, *(f"/{n}" for n in range(6))))
    await found(web, search, at(site, *(f"/{n}" for n in range(6, 12))), "What else is there about crates?")
    pages = [path for path in site.paths() if path != "/robots.txt"]
    assert len(pages) == 4
    QUESTION.set("another question")
    await found(web, search, at(site, "/11"), "And what about remark 11?")
    assert site.paths()[-1] == "/11"
    narrow = open_web(bytes=100)
    QUESTION.set("a third one")
    await found(narrow, search, at(site, "/20", "/21"), "remarks once more")
    assert await found(narrow, search, at(site, "/9"), "remark 9") == []


async def test_what_was_fetched_is_kept_with_its_age(open_web: Open, search: Site, site: Site) -> None:
    site.routes["/crates"] = page()
    (first,) = await found(open_web(), search, at(site, "/crates"))
    count = len(site.requests), len(search.requests)
    (second,) = await found(open_web(), search, at(site, "/crates"))  # as after a restart
    assert second == first
    assert (len(site.requests), len(search.requests)) == count


async def test_encodings_are_those_that_the_server_names(open_web: Open, search: Site, site: Site) -> None:
    text = "Die Kistensperre währt für neun Millisekunden, „höchstens“ jedenfalls, und öffnet dann wieder."
    site.routes["/de"] = Answer(f"<h1>Sperren</h1><p>{text}</p>".encode("cp1252"), "text/html; charset=ISO-8859-1")
    site.routes["/odd"] = Answer(f"<h1>Sperren</h1><p>{text} Zweitens.</p>".encode(), "text/html; charset=nonsense")
    passages = await found(open_web(), search, at(site, "/de", "/odd"), "Kistensperre Millisekunden")
    assert len(passages) >= 1
    assert all(text in passage.text for passage in passages)


class TestRobots:
    async def test_what_robots_txt_forbids_is_not_fetched(self, open_web: Open, search: Site, site: Site) -> None:
        site.routes["/robots.txt"] = Answer("User-agent: *\nDisallow: /private\nAllow: /private/open", "text/plain")
        for path in ("/private/x", "/private/open", "/public"):
            site.routes[path] = page(f"{FACT} It says so at {path} as well.")
        passages = await found(open_web(), search, at(site, "/private/x", "/private/open", "/public"))
        assert {passage.uri for passage in passages} <= set(at(site, "/private/open", "/public"))
        assert site.paths().count("/robots.txt") == 1
        assert "/private/x" not in site.paths()

    async def test_our_own_group_counts(self, open_web: Open, search: Site, site: Site) -> None:
        site.routes["/robots.txt"] = Answer("User-agent: *\nAllow: /\n\nUser-agent: Sayso\nDisallow: /", "text/plain")
        site.routes["/crates"] = page()
        assert await found(open_web(), search, at(site, "/crates")) == []
        assert site.paths() == ["/robots.txt"]

    async def test_where_it_cannot_be_had_nothing_is_fetched(self, open_web: Open, search: Site, site: Site) -> None:
        site.routes["/robots.txt"] = Answer("sorry", status=500)
        site.routes["/crates"] = page()
        assert await found(open_web(), search, at(site, "/crates")) == []
        assert "/crates" not in site.paths()

    async def test_a_redirect_leads_around_no_rule(self, open_web: Open, search: Site, site: Site) -> None:
        site.routes["/start"] = redirect(at(site, "/private", host="b.test")[0])
        site.routes["b.test/robots.txt"] = Answer("User-agent: *\nDisallow: /private", "text/plain")
        site.routes["/private"] = page()
        assert await found(open_web(), search, at(site, "/start")) == []
        assert "/private" not in site.paths()


class TestAddresses:
    """What a search names may be anything; this machine and its networks are not for it."""

    @pytest.fixture(autouse=True)
    def _secret(self, secret: Site) -> None:
        secret.routes["/secret"] = page("The key of the house is under the mat, where a crate lock lasts.")

    @pytest.mark.parametrize("address", ["127.0.0.1", "localhost.test", "[::ffff:127.0.0.1]", "2130706433.test"])
    async def test_private_addresses_are_refused(
        self, address: str, open_web: Open, search: Site, secret: Site, names: Names
    ) -> None:
        names |= {"localhost.test": ["127.0.0.1"], "2130706433.test": ["127.0.0.1"]}
        assert await found(open_web(), search, [f"http://{address}:{secret.port}/secret"]) == []
        assert secret.requests == []

    async def test_a_redirect_leads_to_no_private_address(
        self, open_web: Open, search: Site, site: Site, secret: Site
    ) -> None:
        site.routes["/start"] = redirect(f"{secret.url}/secret")
        site.routes["/robots.txt"] = redirect(f"{secret.url}/secret")
        assert await found(open_web(), search, at(site, "/start")) == []
        del site.routes["/robots.txt"]
        assert await found(open_web(), search, at(site, "/start", host="b.test"), "other words for locks") == []
        assert secret.requests == []
        assert "/start" in site.paths()

    async def test_redirects_among_public_addresses_are_followed(
        self, open_web: Open, search: Site, site: Site
    ) -> None:
        site.routes["/start"] = redirect(at(site, "/crates", host="b.test")[0], status=301)
        site.routes["/crates"] = page()
        (passage,) = await found(open_web(), search, at(site, "/start"))
        assert passage.uri == at(site, "/crates", host="b.test")[0]
        assert passage.origin.publisher == "b.test"

    async def test_a_circle_ends(self, open_web: Open, search: Site, site: Site) -> None:
        site.routes["/start"] = redirect("/start")
        assert await found(open_web(), search, at(site, "/start")) == []
        assert site.paths().count("/start") <= 7

    @pytest.mark.parametrize("to", ["file:///etc/passwd", "ftp://a.test/x", "gopher://127.0.0.1:70/", "http://"])
    async def test_other_schemes_are_refused(self, to: str, open_web: Open, search: Site, site: Site) -> None:
        site.routes["/start"] = redirect(to)
        assert await found(open_web(), search, [*at(site, "/start"), to]) == []

    async def test_a_name_that_changes_its_mind_is_connected_to_as_it_was_checked(
        self, open_web: Open, search: Site, site: Site, secret: Site, names: Names
    ) -> None:
        # Each request looks the name up once; what it says from the second look-up on would be this machine.
        names["turning.test"] = ["127.0.0.2", "127.0.0.1"]
        site.routes["/secret"] = page()
        assert await found(open_web(), search, [f"http://turning.test:{site.port}/secret"]) == []
        assert [asked.path for asked in site.requests] == ["/robots.txt"]
        names["calm.test"] = ["127.0.0.2", "127.0.0.2", "127.0.0.1"]
        passages = await found(open_web(), search, [f"http://calm.test:{site.port}/secret"], "crate lock")
        assert [passage.uri for passage in passages] == [f"http://calm.test:{site.port}/secret"]
        assert secret.requests == []
        assert names["calm.test"] == ["127.0.0.1"], "it was looked up once a request"


async def test_the_words_of_a_page_are_never_asked_for(open_web: Open, search: Site, site: Site) -> None:
    def answered(asked: Asked) -> Answer:
        return Answer(f'<p>{FACT}</p><img src="/pixel"><script src="/code"></script><a href="/next">More</a>')

    site.routes["/crates"] = answered
    await found(open_web(), search, at(site, "/crates"))
    assert site.paths() == ["/robots.txt", "/crates"]
