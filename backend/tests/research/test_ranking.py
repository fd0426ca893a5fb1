"""Which passages come first, on a small manual; and that no query can break the search."""

import unicodedata
from collections.abc import Iterator
from typing import Literal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from research.corpus import PAGES
from sayso.research import ranking
from sayso.research.library.documents import extract
from sayso.research.library.index import Entry, Index
from sayso.research.query import MAX_TERMS, any_of, parse
from sayso.research.ranking import Hit


def index_of(pages: dict[str, str]) -> Index:
    index = Index()
    for uri, text in pages.items():
        document = extract(uri, text.encode())
        told = (document.title, document.text, document.passages, document.date, document.language)
        index.store([Entry.of(uri, *told)])
    return index


def search(index: Index, query: str, limit: int = 8) -> list[Hit]:
    return ranking.search(index, query, limit)


@pytest.fixture(scope="module")
def manual() -> Iterator[Index]:
    index = index_of(PAGES)
    yield index
    index.close()


@pytest.mark.parametrize(
    ("query", "uri", "said"),
    [
        ("When does VACUUM FULL lock a table, and what does it do?", "vacuum.md", "exclusive lock"),
        ("how are deadlocks detected", "locks.md", "deadlock_timeout"),
        ("pg_stat_activity", "monitoring.md", "pg_stat_activity"),
        ("What does `pg_stat_activity` show?", "monitoring.md", "pg_stat_activity"),
        ("useRouter", "routing.md", "useRouter hook"),
        ("when do I need the useRouter() hook?", "routing.md", "useRouter hook"),
        ('the "use cache" directive', "routing.md", "use cache directive"),
        ("use cache", "routing.md", "use cache directive"),
        ("next.config.js", "routing.md", "next.config.js"),
        ("How often should one restore backups on another machine?", "backup.md", "once a month"),
        ("parallel vacuum workers for indexes", "vacuum.md", "background workers"),
        ("détecter: deadlock-timeout", "locks.md", "deadlock_timeout"),
    ],
)
def test_the_right_passage_comes_first(manual: Index, query: str, uri: str, said: str) -> None:
    best = search(manual, query)[0]
    # The copy says the same as the page it was copied from.
    assert best.uri.removeprefix("copy-of-").removesuffix(".txt") in uri
    assert said in best.text


def test_a_name_is_found_as_a_whole_only(manual: Index) -> None:
    assert [hit.uri for hit in search(manual, "pg_stat_activity")] == ["monitoring.md"]
    assert len(search(manual, "stat activity")) > 1


def test_one_document_does_not_crowd_out_the_others(manual: Index) -> None:
    uris = [hit.uri for hit in search(manual, "restoring a backup of a table from a file or a base backup", limit=6)]
    assert uris[:2] == ["backup.md", "backup.md"]
    assert len(set(uris[:4])) >= 2
    assert uris.count("backup.md") >= 2


def test_what_is_said_twice_is_found_once_and_its_copy_at_the_end(manual: Index) -> None:
    hits = search(manual, "VACUUM FULL rewrites the entire table", limit=10)
    first, *others = [at for at, hit in enumerate(hits) if "rewrites the entire table" in hit.text]
    assert first == 0
    assert others == [len(hits) - 1]
    assert hits[-1].uri != hits[0].uri


def test_copies_leave_room_for_what_is_not_a_copy() -> None:
    said = "The pantry daemon compacts the small shelves of a store in the night, when few clients are connected to it."
    documents = {f"copy{n}.md": said for n in range(9)}
    documents |= {f"own{n}.md": f"The pantry daemon of store {n} has {n} helpers, {word}." for n, word in enumerate(
        ("who sleep", "all from Ghent", "in blue coats", "without keys", "on ladders", "with lanterns", "and a cat")
    )}  # fmt: skip
    index = index_of(documents)
    try:
        hits = search(index, "pantry daemon compacts shelves", limit=5)
        assert len(hits) == 5
        assert sum(hit.text == said for hit in hits) == 2, "one place in five may go to a copy"
        assert hits[0].text == hits[-1].text == said
    finally:
        index.close()


def test_a_document_that_is_all_about_the_query_gives_more_than_two() -> None:
    parts = {
        "At night": "an operator starts it with the bell of the tower, while bakers sleep and no client reads",
        "In parts": "crates move one after another in groups of forty, so that writers wait a moment only",
        "By hand": "somebody with two keys opens every drawer, notes its weight and closes it again",
        "On request": "a letter to the keeper names the day, the reason and whoever pays for the candles",
        "After a crash": "the journal is read backwards until a page is found that both ledgers agree upon",
    }
    text = "\n\n".join(f"## {name}\n\nIn compaction of a shelf, {told}." for name, told in parts.items())
    index = index_of({"compaction.md": text, **{f"{n}.md": f"Shelf {n} was once compacted." for n in range(12)}})
    try:
        hits = search(index, "compaction of a shelf", limit=9)
        assert sum(hit.uri == "compaction.md" for hit in hits) == 5
        assert [hit.uri for hit in hits[:3]].count("compaction.md") == 2
    finally:
        index.close()


def test_more_of_the_terms_beat_one_term_often() -> None:
    index = index_of(
        {
            "often.md": "Replication. Replication is replication, and replication of replication is more replication.",
            "both.md": "A standby that lags behind can stop the replication of a primary, as nothing may be lost then.",
            "other.md": "A primary is what clients write to, and nothing else in this text is about it in any way.",
            "filler.md": "Replication was mentioned here too, so that the word is not a rare one in the library.",
        }
    )
    try:
        assert search(index, "does replication of a primary stop when a standby lags?")[0].uri == "both.md"
    finally:
        index.close()


def test_the_limit_holds_and_scores_fall_within_the_first(manual: Index) -> None:
    assert len(search(manual, "table vacuum lock backup", limit=3)) == 3
    assert search(manual, "table", limit=0) == []
    scores = [hit.score for hit in search(manual, "vacuum", limit=2)]
    assert scores == sorted(scores, reverse=True)
    assert all(score > 0 for score in scores)


@pytest.mark.parametrize("query", ["", "   ", "?!", '"', "''", "\0", "\ud800", "—", "()", "* AND", "zzzunknownzzz"])
def test_a_query_without_words_that_occur_finds_nothing(manual: Index, query: str) -> None:
    assert search(manual, query) == [] or query == "* AND"


def test_a_query_of_stop_words_still_searches(manual: Index) -> None:
    assert parse("to be or not to be").terms
    assert search(manual, "what is it")


@pytest.mark.parametrize(
    ("query", "uri", "said"),
    [
        ("How do I get rid of removed records and regain disk room?", "vacuum.md", "reclaims storage"),
        ("two sessions that block one another forever", "locks.md", "in a deadlock"),
        ("How can I go back to a moment in the past?", "backup.md", "any point in time"),
    ],
)
def test_a_question_in_other_words_is_understood(manual: Index, query: str, uri: str, said: str) -> None:
    assert any(hit.uri == uri and said in hit.text for hit in search(manual, query)[:3])


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("a user-friendly client", ["user-friendly", "client"]),
        ("the user's rights", ["user's", "rights"]),
        ("and/or", ["and/or"]),
    ],
)
def test_a_hyphen_makes_no_name(query: str, expected: list[str]) -> None:
    assert [term.text for term in parse(query).terms] == expected


def test_the_parts_of_a_hyphenated_word_are_found_apart() -> None:
    documents = {
        "friendly.md": "The client is friendly to every user, and says in plain words what it waits for.",
        "other.md": "The server keeps its files in a folder of its own, and nobody else writes there.",
    }
    index = index_of(documents)
    try:
        for query in ("user-friendly", "Is there a user-friendly client?"):
            assert search(index, query)[0].uri == "friendly.md"
    finally:
        index.close()


def test_every_year_of_a_policy_is_found() -> None:
    policy = (
        "A request for a refund is granted within {} days of the purchase. The form is signed by the buyer and by the "
        "shop, and sent to the office in Ghent together with the receipt. This text holds for the year {}."
    )
    index = index_of({f"policy-{2010 + n}.md": policy.format(10 + 5 * n, 2010 + n) for n in range(8)})
    try:
        hits = search(index, "Within how many days is a refund granted?", limit=8)
        assert {hit.uri for hit in hits} == {f"policy-{2010 + n}.md" for n in range(8)}
    finally:
        index.close()


LANGUAGES = {
    "zh.md": "图书馆星期六上午十点开放。借书证办理费用为五元。",
    "ja.md": "図書館は土曜日の午前十時に開きます。貸出カードの料金は五百円です。",
    "th.md": "ห้องสมุดเปิดวันเสาร์เวลาสิบโมงเช้า ค่าบัตรสมาชิกห้าสิบบาท",
    "ar.md": "تفتح المكتبة يوم السبت في الساعة العاشرة صباحا. رسوم بطاقة المكتبة خمسة دنانير.",
    "de.md": "Die Bibliothek öffnet am Samstag um zehn Uhr. Die Gebühr für einen Ausweis beträgt fünf Euro.",
    "fr.md": "La bibliothèque ouvre le samedi à dix heures. La carte de lecteur coûte cinq euros.",
}


@pytest.fixture(scope="module")
def polyglot() -> Iterator[Index]:
    index = index_of({**PAGES, **LANGUAGES})
    yield index
    index.close()


@pytest.mark.parametrize(
    ("query", "uri"),
    [
        ("图书馆星期六几点开放？", "zh.md"),
        ("借书证多少钱", "zh.md"),
        ("図書館は土曜日に何時に開きますか。", "ja.md"),
        ("ห้องสมุดเปิดวันเสาร์กี่โมง", "th.md"),
        ("متى تفتح المكتبات يوم السبت؟", "ar.md"),
        ("Wann öffnen die Bibliotheken am Samstag?", "de.md"),
        ("Wie hoch sind die Gebühren?", "de.md"),
        ("Quand ouvrent les bibliothèques ?", "fr.md"),
        ("combien coûtent les cartes", "fr.md"),
    ],
)
def test_a_question_is_answered_in_its_language(polyglot: Index, query: str, uri: str) -> None:
    assert search(polyglot, query)[0].uri == uri


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_one_form_of_unicode_finds_every_other(form: Literal["NFC", "NFD", "NFKC", "NFKD"]) -> None:
    index = index_of({"a.md": unicodedata.normalize(form, "Die Gebühr beträgt fünf Euro für größere Bücher im Café.")})
    try:
        for other in ("NFC", "NFD"):
            assert search(index, unicodedata.normalize(other, "Gebühr Café"))
    finally:
        index.close()


def test_terms() -> None:
    assert [term.text for term in parse("How does the VACUUM command work?").terms] == ["VACUUM", "command"]
    assert [term.text for term in parse('what is "base backup" (fast)?').terms] == [
        "base backup",
        "base",
        "backup",
        "fast",
    ]
    assert [term.text for term in parse("VACUUM FULL of a table").pairs] == ["VACUUM FULL"]
    assert len(parse(" ".join(f"word{n}" for n in range(1_000))).terms) == MAX_TERMS
    assert parse("useRouter").terms[0].expression == '("userout" OR "use router")'


HOSTILE = st.lists(st.sampled_from([*"ab\"'()*^:-+,{}[]_.\\/%;\0\n é語", "NEAR", "AND", "OR", "NOT", "title:"])).map(
    "".join
)


@given(HOSTILE | st.text())
@example('title: "x" NEAR(a b, 2) AND NOT * OR ^c -d {title}: e')
@example('"unbalanced " quotes" OR')
@example("x'); DROP TABLE files; --")
@example("a" * 50_000)
@example("a OR " * 2_000)
@example("\ud800lock\0table")
def test_no_query_breaks_the_search(manual: Index, query: str) -> None:
    hits = search(manual, query)
    assert len(hits) <= 8
    assert all(hit.text for hit in hits)


@given(HOSTILE | st.text())
def test_an_expression_of_a_query_has_balanced_quotes(query: str) -> None:
    terms = parse(query)
    expression = any_of(terms.terms)
    assert expression.count('"') % 2 == 0
    assert "\0" not in expression
    assert all(any(character.isalnum() for character in term.text) for term in terms.terms)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("How do I back my tables up?", "A backup is made every night."),
        ("What happens when I log in wrongly?", "Logins are blocked after five attempts."),
        ("Welcher Preis gilt für die Familienkarte?", "Karte für Familien: 14 Euro und ein Eis für jedes der Kinder."),
        ("Wie schalte ich das Gerät aus?", "Zum Ausschalten wird der rote Hebel nach links gelegt und gehalten."),
    ],
)
def test_a_word_is_found_that_is_written_apart_in_one_place_and_as_one_in_the_other(query: str, text: str) -> None:
    german = text[0] in "KZ"
    beside = "Das Wetter war mild, und die Ernte war gut." if german else "The weather was mild, and the harvest good."
    index = index_of({"a.md": beside, "b.md": text})
    assert [hit.uri for hit in search(index, query)][:1] == ["b.md"]
    index.close()
