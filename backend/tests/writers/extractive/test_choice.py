"""Which statements are chosen for a part of a question, and in which order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.protocol.evidence import Place
from sayso.research.source import Passage
from sayso.writers.extractive.choice import PER_DOCUMENT, SUPERSEDED, UNFINISHED, Scored, chosen, scored
from sayso.writers.extractive.pool import MANY, Pool
from sayso.writers.extractive.reach import LEAST


def passage(text: str, uri: str = "a.md", title: str = "Larder", score: float = 1.0, **place: str) -> Passage:
    return Passage(kind="library", uri=uri, title=title, text=text, score=score, place=Place(offset=0, **place))


def ranked(question: str, *passages: Passage, language: str = "en") -> tuple[Pool, list[Scored]]:
    pool = Pool(passages, language)
    return pool, scored(pool, question, lambda each: each.score)


def best(question: str, *texts: str, language: str = "en") -> str:
    _, found = ranked(question, *(passage(text, f"{at}.md") for at, text in enumerate(texts)), language=language)
    return found[0].read.text


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("When does compaction lock a shelf?", "Compaction locks a shelf while it rewrites it."),
        ("Who started the bakery?", "The bakery was founded by Inga Lund."),
        ("How much does it cost to send a parcel?", "The price of a package is four euros."),
        ("How can I get rid of old records?", "Stale entries are deleted by the sweep command."),
        ("Is the lamp waterproof?", "The lantern withstands rain and snow."),
    ],
)
def test_what_answers_comes_first_in_the_same_or_in_other_words(question: str, answer: str) -> None:
    others = (
        "The first release kept every crate in memory.",
        "Dashboards in Ghent draw those numbers as a red line.",
        "Bread is baked at night in the cellar of the house.",
    )
    assert best(question, *others, answer) == answer


def test_a_rare_word_counts_more_than_a_common_one() -> None:
    common = [f"The shelf number {n} holds crates with bottles." for n in range(8)]
    assert (
        best("Which shelf has the xylophone?", *common, "A xylophone lies beside it.") == "A xylophone lies beside it."
    )


def test_what_stands_above_a_statement_counts_for_it() -> None:
    hours = "- Monday: closed\n- Saturday: 10:00 to 14:00"
    _, found = ranked(
        "When is the library open on Saturday?",
        passage("Saturday: the bread is baked with rye and left to rest.", "bread.md", "Bread"),
        passage(hours, "library.md", "Library", heading="Opening hours"),
    )
    texts = [each.read.text for each in found]
    assert texts.index("Saturday: 10:00 to 14:00") < texts.index(
        "Saturday: the bread is baked with rye and left to rest."
    )


def test_a_row_is_read_with_the_header_of_its_table_and_more_of_it_with_what_leads_into_the_passage() -> None:
    first = passage("Plan | Price\n--- | ---\nBasic | 4 EUR", "a.md")
    later = passage("Team | 9 EUR", "b.md", lead="Plan | Price")
    pool = Pool([first, later], "en")
    assert [(each.text, each.lead) for each in pool.read] == [
        ("Basic | 4 EUR", "Plan | Price"),
        ("Team | 9 EUR", "Plan | Price"),
    ]


def test_other_languages_are_chosen_by_their_words() -> None:
    question, answer = "Wie hoch sind die Gebühren für einen Ausweis?", "Die Gebühr für den Ausweis beträgt fünf Euro."
    assert best(question, "Die Bibliothek öffnet am Samstag.", answer, "Das Haus ist alt.", language="de") == answer
    assert (
        best("借书证多少钱", "图书馆星期六开放。", "借书证办理费用为五元。", language="zh") == "借书证办理费用为五元。"
    )


def test_a_passage_that_was_found_twice_is_read_once() -> None:
    twice = [passage("Compaction locks a shelf.", score=0.2), passage("Compaction locks a shelf.", score=0.9)]
    pool = Pool(twice, "en")
    assert len(pool) == 1
    assert pool.read[0].passage.score == 0.9


def test_of_two_alike_the_better_found_passage_leads() -> None:
    text = "Compaction locks a shelf."
    for scores in ((0.1, 0.9), (0.9, 0.1)):
        low, high = (passage(text, f"{score}.md", score=score) for score in scores)
        _, found = ranked("compaction lock", low, high)
        assert found[0].read.passage.score == 0.9


def test_nothing_is_chosen_twice() -> None:
    texts = (
        "VACUUM FULL holds an exclusive lock on the table until it ends.",
        "VACUUM FULL holds an exclusive lock on the table until it ends, it is said.",
        "Plain VACUUM runs beside readers and writers.",
    )
    pool, found = ranked("What does VACUUM lock?", *(passage(text, f"{at}.md") for at, text in enumerate(texts)))
    taken = chosen(pool, found, 8)
    assert len(taken) == 2
    assert [each.index for each in chosen(pool, found, 8, taken)] == []


def test_other_figures_are_no_repetition() -> None:
    texts = ("A client gives up after 30 seconds of waiting.", "A client gives up after 60 seconds of waiting.")
    pool, found = ranked("When does a client give up?", *(passage(text, f"{at}.md") for at, text in enumerate(texts)))
    assert {each.read.text for each in chosen(pool, found, 8)} == set(texts)


def test_stretches_that_overlap_are_not_both_chosen() -> None:
    text = "Full compaction rewrites a shelf. It needs as much space as the shelf itself takes."
    pool, found = ranked("What does full compaction need?", passage(text))
    spans = [(each.read.statement.start, each.read.statement.end) for each in chosen(pool, found, 8)]
    assert all(one[1] <= other[0] or other[1] <= one[0] for at, one in enumerate(spans) for other in spans[at + 1 :])


def test_one_document_leaves_room_for_the_others() -> None:
    words = ("barrel", "lantern", "ladder", "bottle", "window", "spider")
    much = passage("\n".join(f"Compaction of the {word} locks the shelf for {len(word)} hours." for word in words))
    other = passage("Compaction is explained by the keeper.", "b.md")
    pool, found = ranked("compaction locks shelf hours", much, other)
    first = chosen(pool, found, PER_DOCUMENT + 1)
    assert [each.read.passage.uri for each in first].count("a.md") == PER_DOCUMENT
    assert "b.md" in {each.read.passage.uri for each in first}
    alone = Pool([much], "en")
    assert len(chosen(alone, scored(alone, "compaction locks", lambda _: 1.0), 6)) == 6, "as long as others have some"


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_question_without_words_matches_nothing(language: str) -> None:
    _, found = ranked("?!", passage("Compaction locks a shelf."), language=language)
    assert all(each.match < LEAST for each in found)


@given(
    st.lists(st.text(max_size=60), max_size=5),
    st.text(max_size=40),
    st.sampled_from(["en", "de", "zh", "th", "xx"]),
)
def test_any_passages_can_be_held_against_any_question(texts: list[str], question: str, language: str) -> None:
    pool, found = ranked(question, *(passage(text, f"{at}.md") for at, text in enumerate(texts)), language=language)
    assert len(found) == len(pool)
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)
    assert all(0 <= each.match <= 1 for each in found)
    assert len(chosen(pool, found, 3)) <= 3


def test_what_only_heads_a_text_is_no_statement_of_it() -> None:
    text = "What was seen. The compaction of a shelf stopped when the lamp went out."
    _, found = ranked("What was seen when compaction stopped?", passage(text))
    assert found[0].read.text == "The compaction of a shelf stopped when the lamp went out."
    assert found[-1].read.text == "What was seen."
    assert found[-1].match < found[0].match - 0.3


def test_an_address_alone_is_no_statement() -> None:
    text = "https://harbour.example/rules/berths/compaction.html\n\nA berth may be compacted once a year."
    _, found = ranked("What do the rules say about a berth that is compacted?", passage(text))
    assert [each.read.text for each in found] == [
        "A berth may be compacted once a year.",
        "https://harbour.example/rules/berths/compaction.html",
    ]
    assert found[1].match < found[0].match - 0.3


def test_the_title_that_a_paragraph_begins_with_is_no_statement_of_it() -> None:
    text = "Disclaimer of Warranty. Whoever borrows the boat has it as it is, and nobody warrants that it floats."
    _, found = ranked("Is there a warranty for the boat?", passage(text))
    assert found[0].read.text.startswith("Whoever borrows")
    assert found[-1].read.text == "Disclaimer of Warranty."
    assert found[-1].match < found[0].match - 0.3


def test_what_has_figures_is_no_title_though_all_its_words_are_names() -> None:
    text = "Saturday 12 April and Saturday 26 April, from 7.30. Lists in the clubhouse from 1 March."
    _, found = ranked("When are the launching days?", passage(text, heading="Launching days"))
    assert found[0].read.text.startswith("Saturday 12 April")


@pytest.mark.parametrize(
    "text",
    [
        "THERE IS NO WARRANTY FOR THE BOAT. It floats.",
        "The warranty is given by:\n- Boat Warranty Ltd.\n- nobody else",
        "Who gives the warranty for the boat?\nBoat Warranty Ltd. It does so once.",
    ],
)
def test_what_is_said_in_capitals_is_said(text: str) -> None:
    _, found = ranked("Who gives a warranty for the boat?", passage(text))
    assert found[0].read.text.casefold().count("warranty") == 1
    assert found[0].match > UNFINISHED


def test_what_shares_nothing_with_the_question_and_is_only_near_to_it_is_no_match() -> None:
    _, found = ranked(
        "How do zebras sleep?", *(passage(f"The crate number {n} is kept in a cellar.") for n in range(5))
    )
    assert found
    assert all(each.match < LEAST for each in found)


def test_an_item_that_only_leads_into_a_list_is_no_statement_of_it() -> None:
    text = "- Members may never:\n  * light fires in the garden\n  * bring a car\n- Members may sing."
    _, found = ranked("What may members never do in the garden?", passage(text))
    assert found[0].read.text == "light fires in the garden"
    assert not any(each.read.text == "Members may never:" for each in found)
    text = "- Members may never do this in the garden:\n  * light fires in the garden\n  * bring a car"
    _, found = ranked("What may members never do in the garden?", passage(text))
    assert next(each for each in found if each.read.text.endswith(":")).match < found[0].match - 0.3


def test_a_title_and_a_line_that_is_broken_off_are_no_statements() -> None:
    pool, found = ranked(
        "What is said of Lantern Hill?",
        passage("Lantern Hill\nDear Lantern Hill,\nIt is a game of lamps.", title="Lantern Hill"),
    )
    assert [each.text for each in pool.read] == ["Dear Lantern Hill,", "It is a game of lamps."]
    assert found[-1].read.text == "Dear Lantern Hill,"


def test_an_item_that_is_the_heading_of_a_list_within_it_is_no_statement() -> None:
    text = "- Crafts\n  - Weaving of baskets on Tuesday\n    - in the barn\n- Languages"
    pool, _ = ranked("Where is the weaving?", passage(text))
    assert [each.text for each in pool.read] == ["Weaving of baskets on Tuesday", "in the barn", "Languages"]
    assert [each.lead for each in pool.read] == ["Crafts", "Weaving of baskets on Tuesday", ""]


def test_words_count_the_more_the_more_of_the_question_they_cover() -> None:
    text = "The sweep command removes stale entries at night."
    _, all_of_it = ranked(
        "What does the sweep command remove at night?", passage(text), passage("Bread is baked.", "b.md")
    )
    _, some_of_it = ranked(
        "What does the sweep cost me a year in sum?", passage(text), passage("Bread is baked.", "b.md")
    )
    best_of_all, best_of_some = (
        next(each for each in found if each.read.text == text) for found in (all_of_it, some_of_it)
    )
    assert best_of_all.score > best_of_some.score + 0.5


def test_a_qualified_name_is_had_by_its_last_part_below_the_others() -> None:
    row = "Key | Default\n--- | ---\njoin_window | 180 s"
    other = "The radio has a window that joins the roof."
    pool = Pool(
        [passage(row, heading="[radio]"), passage(other, uri="b.md"), passage(row, uri="c.md", heading="Bar")], "en"
    )
    held = {each.read.passage.uri: each for each in scored(pool, "default of radio.join_window", lambda _: 1.0)}
    assert held["a.md"].match > held["c.md"].match > held["b.md"].match


def test_the_first_of_some_facts_says_what_they_are_about() -> None:
    sheet = passage("Name: | Alder 7\nPublished: | 1 August\nAffected: | crates 4 to 6", title="Notice")
    other = passage("Name: | Birch 2\nPublished: | 2 August\nAffected: | crates 1 to 3", uri="b.md", title="Notice")
    found = scored(Pool([other, sheet], "en"), "Which crates are affected by Alder 7?", lambda _: 1.0)
    assert (found[0].read.passage.uri, found[0].read.text) == ("a.md", "Affected: | crates 4 to 6")


@pytest.mark.parametrize(
    ("uri", "title", "heading"),
    [
        ("fees-2023 SUPERSEDED.md", "Fees", "Costs"),
        ("fees.md", "Fees (obsolete)", "Costs"),
        ("f.md", "Fees", "Withdrawn"),
    ],
)
def test_what_says_that_it_holds_no_more_stands_behind(uri: str, title: str, heading: str) -> None:
    old = passage("The fee for a stall is 30 euros a month.", uri, title, heading=heading)
    new = passage("The fee for a stall is 36 euros a month.", "now.md", "Fees", score=0.9, heading="Costs")
    _, found = ranked("What is the fee for a stall in a month?", old, new)
    assert [each.read.passage.uri for each in found] == ["now.md", uri]


def test_what_holds_no_more_stands_behind_what_answers_instead_however_well_it_matches() -> None:
    old = passage("The fee for a stall on the market is 30 euros in a month.", "fees SUPERSEDED.md", "Fees")
    new = passage("A stall on the market: 36 euros.", "now.md", "Fees", score=0.5)
    asked = "What is the fee for a stall on the market in a month?"
    assert [each.read.passage.uri for each in ranked(asked, old, new)[1]] == ["now.md", "fees SUPERSEDED.md"]
    best, behind = ranked(asked, old, new)[1]
    assert behind.match <= SUPERSEDED * best.match
    assert ranked(f"{asked[:-1]} of 2021?", old, new)[1][0].read.passage.uri == "fees SUPERSEDED.md"


def test_what_holds_no_more_is_as_good_as_another_where_nothing_answers_instead() -> None:
    def match(uri: str, *beside: Passage) -> float:
        old = passage("The fee for a stall is 30 euros a month.", uri)
        return max(each.match for each in ranked("What is the fee for a stall?", old, *beside)[1])

    weather = passage("The weather was mild.", "weather.md", "Weather", heading="Spring")
    assert match("fees SUPERSEDED.md") == match("fees.md")
    assert match("fees SUPERSEDED.md", weather) == match("fees.md", weather)


def test_of_much_that_was_read_a_document_that_says_more_on_it_is_likelier_right() -> None:
    said = "A stall on the market costs {} euros."
    guide = [
        passage(each, "guide.md", "Stalls")
        for each in (
            said.format(36),
            "Who wants a stall on the market asks the office.",
            "A stall on the market is given by lot.",
            "The market has a stall for everybody who brings chairs.",
        )
    ]
    beside = "A stall on the other market costs as much."
    news = passage(f"{beside} It rained. The band did not play. Nobody came by bus.", "news.md", "News")
    crowd = [passage(f"Sentence {n} is about something else.", f"{n}.md", "Else") for n in range(MANY)]
    asked = "What does a stall on the market cost?"

    def share(*read: Passage) -> float:
        found = {each.read.text: each.match for each in ranked(asked, *read)[1]}
        return found[beside] / found[said.format(36)]

    assert share(*guide, news, *crowd) < share(*guide, news) - 0.03
    # What has no more to say is not held to it.
    assert share(*guide, passage(beside, "news.md", "News"), *crowd) > share(*guide, news, *crowd) + 0.03


def test_what_only_introduces_something_takes_nothing_from_the_answer_of_its_document() -> None:
    answer = "Das Boot liegt im Hafen."
    text = f"{answer}\nMehr steht auf Seite zwei:\nPreise stehen hier unten:"
    crowd = [passage("Preise stehen hier oben:", f"{n}.md", "Anderes") for n in range(MANY)]
    found = ranked("Boot Hafen?", passage(text, "boot.md", "Fahrten"), *crowd, language="de")[1]
    assert (found[0].read.text, found[0].match) == (answer, 1.0)


TRAIL = "Trail run, 38 km\nPoles are permitted.\nThe time limit for the 38 km course is 7 hours."
RUN = "How much time do I have to complete the 38 km trail run?"


def test_what_only_its_title_says_counts_less_beside_what_says_it_itself() -> None:
    titled = [passage(text, title="Trail run, 38 km") for text in (TRAIL, "Poles are permitted.")]
    beside, alone = (
        next(each.match for each in ranked(RUN, page)[1] if each.read.text == "Poles are permitted.") for page in titled
    )
    assert 0 < beside < alone - 0.05


def test_below_a_title_that_says_no_more_all_rows_count_as_before() -> None:
    table = "Day | Price\n--- | ---\nMonday to Friday | 2.80\nSaturday | free"
    _, found = ranked("What does parking at Riverside cost?", passage(table, title="Parking at Riverside"))
    assert [each.match for each in found] == pytest.approx([found[0].match] * 2, abs=0.1)
    assert found[-1].match > 0.5


def test_of_much_that_was_read_titles_count_as_before() -> None:
    others = [passage(f"Orchard {n} has {n} rows of pears.", f"{n}.md", f"Note {n}", score=0.0) for n in range(MANY)]
    few = ranked(RUN, passage(TRAIL, title="Trail run, 38 km"))[1]
    many = ranked(RUN, passage(TRAIL, title="Trail run, 38 km"), *others)[1]
    of = {name: {each.read.text: each.match for each in found} for name, found in (("few", few), ("many", many))}
    assert of["many"]["Poles are permitted."] > of["few"]["Poles are permitted."]
