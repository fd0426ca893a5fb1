"""The `wikipedia` source against a local server that speaks the MediaWiki API."""

import asyncio
import socket
from collections.abc import AsyncIterator

import pytest

from research.wiki_server import Trouble, WikiServer
from sayso.research.source import QUESTION, SourceError
from sayso.research.wikipedia.mediawiki import MAX_REPLY
from sayso.research.wikipedia.source import Wikipedia, stretches

# As the API gives it: one symbol a line, indented, then its source.
FORMULA = "\n".join(["  ", "    ", "      n", "      ", "        {\\displaystyle n^{2}}", "    ", ""])
MVCC = f"""Multiversion concurrency control (MVCC) is a way of handling concurrent access to a database. Readers see a \
snapshot, so readers do not block writers.
It was described in a dissertation in 1978 by David P. Reed.


== Implementation ==
Each version of a row has a timestamp. The size of it is n:

{FORMULA}

Old versions are removed by a vacuum process – at some point.


=== Drawbacks ===
Keeping several versions of a row costs storage, and vacuum has to remove them.


== References ==
"Readers and writers", a book about vacuum.


== External links ==
A page about vacuum and versions.
"""
PAGES = {
    "Multiversion concurrency control": MVCC,
    "Vacuum/C++ (database)": "A vacuum removes old versions of rows from a database, so that storage is used again.",
    "Vacuum cleaner": "A vacuum cleaner removes dust from floors. It has nothing to do with a database.",
    "Empty": "",
}


@pytest.fixture
async def server() -> AsyncIterator[WikiServer]:
    async with WikiServer(PAGES) as server:
        yield server


@pytest.fixture
async def wikipedia(server: WikiServer) -> AsyncIterator[Wikipedia]:
    source = Wikipedia(base_url=server.url, contact="ada@example.test", seconds=5)
    yield source
    await source.close()


async def whole(wikipedia: Wikipedia, uri: str) -> str:
    """The text of an article that was read lately."""
    found = await wikipedia.neighbours(uri, 0, 0, around=1_000_000)
    assert found is not None
    return found.after


async def test_passages_are_verbatim_with_heading_and_address(server: WikiServer, wikipedia: Wikipedia) -> None:
    passages = await wikipedia.search("How does multiversion concurrency remove old versions?", limit=5)
    assert {passage.uri for passage in passages} == {f"{server.url}/wiki/Multiversion_concurrency_control"}
    best = next(passage for passage in passages if "removed by a vacuum" in passage.text)
    assert (best.kind, best.title, best.place.heading) == (
        "wikipedia",
        "Multiversion concurrency control",
        "Implementation",
    )
    for passage in passages:
        text = await whole(wikipedia, passage.uri)
        assert passage.place.offset is not None
        assert text[passage.place.offset :].startswith(passage.text)
        assert "displaystyle" not in passage.text
        assert passage.place.heading not in ("References", "External links")
    assert any(passage.place.heading == "Implementation › Drawbacks" for passage in passages)


async def test_addresses_are_quoted(server: WikiServer, wikipedia: Wikipedia) -> None:
    uris = [passage.uri for passage in await wikipedia.search("vacuum removes", limit=5)]
    assert f"{server.url}/wiki/Vacuum/C%2B%2B_(database)" in uris


async def test_it_says_who_asks_and_asks_one_thing_at_a_time(server: WikiServer, wikipedia: Wikipedia) -> None:
    await asyncio.gather(*(wikipedia.search(query, limit=3) for query in ("vacuum", "database", "versions rows")))
    assert {request.headers["user-agent"] for request in server.requests} == {"Sayso/0.1.0 (ada@example.test)"}
    assert {request.path for request in server.requests} == {"/w/api.php"}
    assert {request.parameters["maxlag"] for request in server.requests} == {"5"}
    assert server.at_once == 1


async def test_a_page_is_fetched_once(server: WikiServer, wikipedia: Wikipedia) -> None:
    first = await wikipedia.search("vacuum cleaner dust", limit=3)
    count = len(server.requests)
    assert await wikipedia.search("vacuum cleaner dust", limit=3) == first
    assert len(server.requests) == count + 1


async def test_a_question_with_too_many_words_is_widened(server: WikiServer, wikipedia: Wikipedia) -> None:
    passages = await wikipedia.search("Why does a vacuum cleaner swallow gigantic elephants?", limit=3)
    assert passages[0].title == "Vacuum cleaner"
    searches = [request.parameters["srsearch"] for request in server.requests if "srsearch" in request.parameters]
    assert searches == [
        "vacuum cleaner swallow gigantic elephants",
        "vacuum OR cleaner OR swallow OR gigantic OR elephants",
    ]


async def test_operators_of_the_wiki_are_only_words(server: WikiServer, wikipedia: Wikipedia) -> None:
    await wikipedia.search('insource:/x.*/ -dust "old versions" intitle:secret ~vacuum', limit=3)
    sent = server.requests[0].parameters["srsearch"]
    assert not set(sent) & set(":/-~*.")
    assert '"old versions"' in sent
    assert await wikipedia.search("?!", limit=3) == []
    assert await wikipedia.search("unheardof " * 500 + "x" * 900 + " word" * 90, limit=3) == []


async def test_nothing_found_is_no_error(server: WikiServer, wikipedia: Wikipedia) -> None:
    assert await wikipedia.search("zzz", limit=3) == []
    assert await wikipedia.search("Empty", limit=3) == []


async def test_a_limit_is_kept_to_and_named(server: WikiServer, wikipedia: Wikipedia) -> None:
    server.misbehave(Trouble(status=429, headers={"retry-after": "120"}))
    with pytest.raises(SourceError, match="asks to slow down; try again in 120 s"):
        await wikipedia.search("vacuum", limit=3)
    server.misbehave(None)
    count = len(server.requests)
    with pytest.raises(SourceError, match=r"asked to slow down; try again in 1[12]\d s"):
        await wikipedia.search("vacuum", limit=3)
    assert len(server.requests) == count


@pytest.mark.parametrize(
    ("trouble", "message"),
    [
        (Trouble(status=500), "answered with status 500; try again later"),
        (Trouble(status=403), "answered with status 403"),
        (Trouble(status=503, headers={"retry-after": "7"}), "try again in 7 s"),
        (Trouble(status=429, headers={"retry-after": "Wed, 21 Oct 2026 07:28:00 GMT"}), "try again in 5 s"),
        (Trouble(body="<html>Sign in to the hotel's network</html>"), "did not answer as MediaWiki does"),
        (Trouble(body="[" * 100_000), "did not answer as MediaWiki does"),
        (Trouble(body='["query"]'), "did not answer as MediaWiki does"),
        (Trouble(body='{"query": {"search": {"a": 1}}}'), "did not answer as MediaWiki does"),
        (Trouble(body='{"query": []}'), "did not answer as MediaWiki does"),
        (Trouble(body='{"error": {"code": "maxlag"}}', headers={"retry-after": "6"}), "try again in 6 s"),
        (Trouble(body='{"error": {"code": "badtoken", "info": "x"}}'), r"refused the request \(badtoken\)"),
        (Trouble(cut=True), "cannot be reached"),
        (Trouble(body=" " * (MAX_REPLY + 1)), "sent more than 8 MB"),
    ],
)
async def test_trouble_is_told_clearly(
    server: WikiServer, wikipedia: Wikipedia, trouble: Trouble, message: str
) -> None:
    server.misbehave(trouble)
    with pytest.raises(SourceError, match=message):
        await wikipedia.search("vacuum", limit=3)


async def test_a_slow_server_is_given_up(server: WikiServer) -> None:
    wikipedia = Wikipedia(base_url=server.url, seconds=0.1)
    server.misbehave(Trouble(hang=True))
    with pytest.raises(SourceError, match=r"did not answer within 0\.1 s"):
        await wikipedia.search("vacuum", limit=3)
    await wikipedia.close()


async def test_a_redirect_to_another_host_is_not_followed(server: WikiServer, wikipedia: Wikipedia) -> None:
    async with WikiServer(PAGES) as other:
        server.misbehave(Trouble(status=302, headers={"location": f"{other.url}/w/api.php"}))
        with pytest.raises(SourceError, match="redirects to another address, which is not followed"):
            await wikipedia.search("vacuum", limit=3)
        assert other.requests == []


async def test_what_was_read_before_the_trouble_counts(server: WikiServer, wikipedia: Wikipedia) -> None:
    await wikipedia.search("cleaner", limit=3)
    server.misbehave(Trouble(status=500), on="titles")
    server.pages = dict(sorted(server.pages.items(), key=lambda page: page[0] != "Vacuum cleaner"))
    assert [passage.title for passage in await wikipedia.search("vacuum", limit=3)] == ["Vacuum cleaner"]
    with pytest.raises(SourceError, match="status 500"):
        await wikipedia.search("multiversion", limit=3)


async def test_readiness_is_asked_once_and_never_raises(server: WikiServer, wikipedia: Wikipedia) -> None:
    answers = await asyncio.gather(*(wikipedia.readiness() for _ in range(5)))
    assert all(answer.ready for answer in answers)
    assert (await wikipedia.readiness()).why == server.url.removeprefix("http://")
    assert len(server.requests) == 1


async def test_readiness_offline() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound but not listening: connections are refused
        wikipedia = Wikipedia(base_url=f"http://127.0.0.1:{taken.getsockname()[1]}")
        readiness = await wikipedia.readiness()
        assert not readiness.ready
        assert "cannot be reached" in readiness.why
        with pytest.raises(SourceError, match="cannot be reached"):
            await wikipedia.search("vacuum", limit=3)
        await wikipedia.close()


async def test_readiness_of_a_server_that_hangs(server: WikiServer, wikipedia: Wikipedia) -> None:
    server.misbehave(Trouble(hang=True))
    readiness = await wikipedia.readiness()
    assert not readiness.ready
    assert "did not answer within 2 s" in readiness.why


async def test_closing_ends_a_probe(server: WikiServer) -> None:
    wikipedia = Wikipedia(base_url=server.url)
    server.misbehave(Trouble(hang=True))
    asking = asyncio.create_task(wikipedia.readiness())
    await server.asked.wait()
    await wikipedia.close()
    assert not (await asking).ready


async def test_the_text_around_a_passage(server: WikiServer, wikipedia: Wikipedia) -> None:
    passage = (await wikipedia.search("dust floors", limit=1))[0]
    assert passage.place.offset is not None
    excerpt = await wikipedia.neighbours(passage.uri, passage.place.offset, len(passage.text))
    assert excerpt is not None
    assert excerpt.before + excerpt.text + excerpt.after == PAGES["Vacuum cleaner"]
    assert await wikipedia.neighbours("https://example.test/wiki/Dust", 0, 1) is None


def test_a_language_is_checked() -> None:
    with pytest.raises(ValueError, match="not a language of Wikipedia"):
        Wikipedia(language="en.evil.test/")


def test_stretches_leave_formulas_and_references_out() -> None:
    found = [(MVCC[stretch.start : stretch.end], stretch.heading) for stretch in stretches(MVCC)]
    assert [heading for _, heading in found] == [
        None,
        "Implementation",
        "Implementation",
        "Implementation › Drawbacks",
    ]
    assert found[1][0] == "Each version of a row has a timestamp. The size of it is n:"
    assert found[2][0] == "Old versions are removed by a vacuum process – at some point."


async def test_an_article_has_the_date_of_its_latest_revision(server: WikiServer, wikipedia: Wikipedia) -> None:
    server.revised["Vacuum cleaner"] = "2024-05-17T10:11:12Z"
    server.revised["Multiversion concurrency control"] = "soon"
    dates = {each.title: each.date for query in ("dust floors", "old versions") for each in
             await wikipedia.search(query, limit=5)}  # fmt: skip
    assert dates["Vacuum cleaner"] == "2024-05-17"
    assert dates["Multiversion concurrency control"] is None


async def test_what_stands_around_a_passage_is_known_from_the_articles_read(
    server: WikiServer, wikipedia: Wikipedia
) -> None:
    passages = await wikipedia.search("How does multiversion concurrency remove old versions?", limit=5)
    asked = len(server.requests)
    for passage in passages:
        text = await whole(wikipedia, passage.uri)
        before, after = await wikipedia.around(passage, 60)
        assert before + passage.text + after in text
        assert max(len(before), len(after)) <= 60
    assert len(server.requests) == asked, "nothing is asked again"
    unknown = passages[0].model_copy(update={"uri": f"{server.url}/wiki/Unread"})
    assert await wikipedia.around(unknown, 60) == ("", "")


async def test_the_revision_is_part_of_the_citation(server: WikiServer, wikipedia: Wikipedia) -> None:
    server.revised["Vacuum cleaner"] = "2024-05-17T10:00:00Z"
    passages = await wikipedia.search("vacuum cleaner dust floors", limit=3)
    best = next(each for each in passages if each.title == "Vacuum cleaner")
    assert (best.date, best.origin.version) == ("2024-05-17", "revision 1290381")
    assert best.origin.publisher == "127.0.0.1"
    assert best.origin.retrieved_at is not None


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Wie lange dauert eine Sperre der Kiste in der Datenbank?", "de"),
        ("Combien de temps dure un verrou dans la base de données ?", "fr"),
        ("How long does a vacuum take in a database?", "en"),
        ("VACUUM", "en"),
    ],
)
async def test_the_wiki_is_that_of_the_questions_language(server: WikiServer, question: str, language: str) -> None:
    # As each language is a host, so it is a folder here.
    source = Wikipedia(language="auto", base_url=f"{server.url}/{{language}}", seconds=5)
    QUESTION.set(question)
    await source.search("vacuum database", limit=3)
    assert {request.path for request in server.requests} == {f"/{language}/w/api.php"}
    assert "the question's language" in source.leaves
    await source.close()
    QUESTION.set("")


async def test_a_language_that_was_chosen_is_kept_to(server: WikiServer) -> None:
    source = Wikipedia(language="pt", base_url=f"{server.url}/{{language}}", seconds=5)
    await source.search("Wie lange dauert eine Sperre?", limit=3)
    assert {request.path for request in server.requests} == {"/pt/w/api.php"}
    await source.close()


async def test_articles_that_were_read_are_read_further_without_asking(
    server: WikiServer, wikipedia: Wikipedia
) -> None:
    passages = await wikipedia.search("How does multiversion concurrency remove old versions?", limit=1)
    asked = len(server.requests)
    found = await wikipedia.further("old versions", [passages[0].uri], limit=9)
    assert {each.uri for each in found} == {passages[0].uri}
    text = await whole(wikipedia, passages[0].uri)
    assert all(each.text in text for each in found)
    assert await wikipedia.further("old versions", ["https://en.wikipedia.org/wiki/Unread"], limit=9) == []
    assert len(server.requests) == asked
