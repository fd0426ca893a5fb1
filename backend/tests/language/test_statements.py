"""What can be evidence: every form that facts are kept in, with what leads into it."""

from textwrap import dedent

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sayso.language.statements import Statement, statements
from sayso.language.structure import cells, is_rule

Read = tuple[str, str, str]
"""Kind, text and lead."""


def read(passage: str, language: str = "en", lead: str = "") -> list[Read]:
    passage = dedent(passage).strip("\n")
    return [(each.kind, each.text, each.led(passage)) for each in statements(passage, language, lead)]


def texts(passage: str, language: str = "en") -> list[str]:
    return [each.text for each in statements(passage, language)]


class TestSentences:
    def test_each_is_one(self) -> None:
        assert read("The lock is held. Nobody waits! Why?") == [
            ("sentence", "The lock is held.", ""),
            ("sentence", "Nobody waits!", ""),
            ("sentence", "Why?", ""),
        ]

    @pytest.mark.parametrize(
        "text",
        [
            "pg_dump writes a consistent dump of a database.",
            "iOS 17 adds a night mode.",
            "The grinder — a part of steel — is made in Ghent.",
            "Locks of tables",
            "A request after 60 days is refused",
            "e.g. with sugar",
            "“Nobody knows”, she said.",
            "42",
        ],
    )
    def test_neither_a_small_letter_nor_a_dash_nor_a_lost_full_stop_bars_one(self, text: str) -> None:
        assert texts(text) == [text]

    def test_a_line_break_ends_one(self) -> None:
        assert texts("Harbour office\nQuay 4 in Ystad\nOpen in summer") == [
            "Harbour office",
            "Quay 4 in Ystad",
            "Open in summer",
        ]

    def test_one_that_points_back_says_so_and_stands_with_the_one_it_leans_on(self) -> None:
        passage = "Full compaction rewrites a shelf. It needs as much space as the shelf. Crates are kept."
        found = statements(passage)
        assert [(each.text, each.leans) for each in found] == [
            ("Full compaction rewrites a shelf.", False),
            ("Full compaction rewrites a shelf. It needs as much space as the shelf.", False),
            ("It needs as much space as the shelf.", True),
            ("Crates are kept.", False),
        ]

    @pytest.mark.parametrize(
        "text", ["It is necessary to lock the table.", "It may be wise to wait.", "Italy has twenty regions."]
    )
    def test_what_only_looks_like_pointing_back_leans_on_nothing(self, text: str) -> None:
        assert [each.leans for each in statements(text)] == [False]

    @pytest.mark.parametrize(
        ("language", "passage", "expected"),
        [
            ("zh", "茶叶产于福建。每年春天采摘。", ["茶叶产于福建。", "每年春天采摘。"]),
            ("ja", "店は九時に開きます。月曜日は休みです。", ["店は九時に開きます。", "月曜日は休みです。"]),
            ("de", "Das kostet z. B. 4 Euro. Der Rest ist frei.", ["Das kostet z. B. 4 Euro.", "Der Rest ist frei."]),
            ("es", "El Sr. Ruiz abre a las nueve. ¿Y luego?", ["El Sr. Ruiz abre a las nueve.", "¿Y luego?"]),
        ],
    )
    def test_they_end_as_in_their_language(self, language: str, passage: str, expected: list[str]) -> None:
        assert texts(passage, language) == expected


class TestItems:
    @pytest.mark.parametrize("mark", ["- ", "* ", "• ", "1. ", "3) ", "(4) ", "a) ", "  - "])
    def test_the_mark_is_no_part_of_one(self, mark: str) -> None:
        assert read(f"Opening hours:\n{mark}Saturday: 10:00 to 14:00") == [
            ("item", "Saturday: 10:00 to 14:00", "Opening hours:")
        ]

    def test_the_line_before_a_list_leads_into_all_of_it_and_is_no_statement(self) -> None:
        assert read("The shop is old. It sells:\n- tea\n- coffee\n\nAll is fresh.") == [
            ("sentence", "The shop is old.", ""),
            ("item", "tea", "It sells:"),
            ("item", "coffee", "It sells:"),
            ("sentence", "All is fresh.", ""),
        ]

    def test_a_line_that_its_list_finishes_leads_into_it(self) -> None:
        assert read("Do not take it if you\n- are pregnant\n- drive") == [
            ("item", "are pregnant", "Do not take it if you"),
            ("item", "drive", "Do not take it if you"),
        ]

    def test_a_list_without_an_introduction_has_none(self) -> None:
        assert read("The shop is old.\n- tea\n- coffee") == [
            ("sentence", "The shop is old.", ""),
            ("item", "tea", ""),
            ("item", "coffee", ""),
        ]

    def test_one_goes_on_on_indented_lines(self) -> None:
        assert read("- tea, which comes\n  from Fujian\n- coffee") == [
            ("item", "tea, which comes\n  from Fujian", ""),
            ("item", "coffee", ""),
        ]

    def test_a_long_one_is_told_by_its_sentences_under_its_term(self) -> None:
        told = [
            f"Sentence {n} of it tells about the {n}th of all those settings that there are here." for n in range(6)
        ]
        found = read(f"- max_queue: {' '.join(told)}")
        assert [(kind, lead) for kind, _, lead in found] == [("item", "max_queue")] * 6
        assert [text for _, text, _ in found[1:]] == told[1:]

    def test_more_of_a_list_of_the_passage_before_is_items(self) -> None:
        assert [kind for kind, _, _ in read("- coffee\n- milk", lead="It sells:")] == ["item", "item"]


class TestRows:
    TABLE = "Plan | Price\n--- | ---\nBasic | 4 EUR\nTeam | 9 EUR"

    def test_the_header_leads_into_each_and_is_none(self) -> None:
        assert read(self.TABLE) == [
            ("row", "Basic | 4 EUR", "Plan | Price"),
            ("row", "Team | 9 EUR", "Plan | Price"),
        ]

    def test_without_a_header_every_row_counts(self) -> None:
        assert read("Basic | 4 EUR\nTeam | 9 EUR") == [("row", "Basic | 4 EUR", ""), ("row", "Team | 9 EUR", "")]

    def test_a_table_ends_where_prose_goes_on(self) -> None:
        found = read(f"Plans.\n\n{self.TABLE}\n\nAll can be cancelled.")
        assert [kind for kind, _, _ in found] == ["sentence", "row", "row", "sentence"]

    def test_a_second_table_has_its_own_header(self) -> None:
        found = read(f"{self.TABLE}\n\nThen.\n\nSeat | Name\n--- | ---\n4 | Ada")
        assert found[-1] == ("row", "4 | Ada", "Seat | Name")

    def test_rows_of_the_passage_before_go_on(self) -> None:
        assert read("Enterprise | 31 EUR", lead="Plan | Price") == [("row", "Enterprise | 31 EUR", "")]

    def test_a_bar_in_prose_makes_no_row(self) -> None:
        assert read("Write a | b to get either.") == [("sentence", "Write a | b to get either.", "")]

    def test_cells(self) -> None:
        assert cells("| a | b c |  |") == ["a", "b c", ""]
        assert cells("Basic | 4 EUR") == ["Basic", "4 EUR"]
        assert is_rule("| --- | :---: |")
        assert not is_rule("a | ---")
        assert not is_rule("a line -- with dashes")


class TestAnswers:
    @pytest.mark.parametrize(
        ("question", "answer"),
        [
            ("Q: How long does it last?", "A: About eleven hours."),
            ("Question 4: How long does it last?", "Answer: About eleven hours."),
            ("How long does it last?", "About eleven hours."),
            ("**How long does it last?**", "About eleven hours."),
        ],
    )
    def test_a_question_leads_into_its_answer(self, question: str, answer: str) -> None:
        assert read(f"{question}\n{answer}") == [("answer", "About eleven hours.", question)]

    def test_each_sentence_of_an_answer_is_one(self) -> None:
        assert read("Q: Is it dry?\nA: It withstands rain. Do not dive.") == [
            ("answer", "It withstands rain.", "Q: Is it dry?"),
            ("answer", "Do not dive.", "Q: Is it dry?"),
        ]

    def test_what_is_said_before_it_is_asked_is_no_part_of_the_question(self) -> None:
        assert read("A pump stood still for a day. What stops the next one?\nA float in the pit does.") == [
            ("sentence", "A pump stood still for a day.", ""),
            ("answer", "A float in the pit does.", "What stops the next one?"),
        ]

    def test_after_a_few_sentences_the_question_is_answered(self) -> None:
        kinds = [kind for kind, *_ in read("Is it dry?\nIt is. Rain runs off. Snow too. The colour is red. It is old.")]
        assert kinds == ["answer", "answer", "answer", "sentence", "sentence"]

    def test_a_question_without_an_answer_is_a_sentence(self) -> None:
        assert read("Who knows?") == [("sentence", "Who knows?", "")]
        assert read("Who knows?\nWho cares?\nNobody does.")[0] == ("sentence", "Who knows?", "")

    def test_an_answer_may_be_a_list_or_code(self) -> None:
        assert read("What is sold?\n- tea\n- coffee") == [
            ("item", "tea", "What is sold?"),
            ("item", "coffee", "What is sold?"),
        ]
        assert read("How is it started?\n```\nmake run\n```") == [("code", "```\nmake run\n```", "How is it started?")]

    def test_a_question_before_a_table_is_not_lost(self) -> None:
        assert read("It is late. Which plans are there?\n\nBasic | 4 EUR\nTeam | 9 EUR")[:2] == [
            ("sentence", "It is late.", ""),
            ("sentence", "Which plans are there?", ""),
        ]


class TestDefinitions:
    @pytest.mark.parametrize(
        "text",
        [
            "Halyard — the rope that hoists a sail",
            "max_queue: messages that wait before senders are held up",
            "Telephone: 0411 55 01 20",
            "営業時間：九時から五時まで",
        ],
    )
    def test_a_term_and_what_it_means(self, text: str) -> None:
        assert read(text) == [("definition", text, "")]

    def test_the_term_of_a_long_one_leads_into_what_follows_of_it(self) -> None:
        told = [
            f"Sentence {n} of it tells about the {n}th of all those settings that there are here." for n in range(6)
        ]
        assert read(f"max_queue — {' '.join(told)}") == [
            ("definition", f"max_queue — {told[0]}", ""),
            *(("definition", each, "max_queue") for each in told[1:]),
        ]

    def test_a_paragraph_that_begins_with_a_word_and_a_colon_is_told_by_its_sentences(self) -> None:
        notes = [
            "Notes:",
            "(1) Dogs are counted.",
            "(2) The berth costs 15 euros a night.",
            "(3) Ask berths@quay.example",
        ]
        assert read(" ".join(notes)) == [("sentence", each, "") for each in notes]

    def test_dashes_around_an_aside_define_nothing(self) -> None:
        text = "Lisinopril 10 mg — revised in 2024 — contains lisinopril as its active ingredient."
        assert texts(text) == [text]


class TestCode:
    BLOCK = "```bash\nhelmsman rollback\n\n- no item | no row\n```"

    def test_a_block_is_one_with_the_line_that_introduces_it(self) -> None:
        assert read(f"It is old. To roll back, run:\n\n{self.BLOCK}\n\nThen wait.") == [
            ("sentence", "It is old.", ""),
            ("code", self.BLOCK, "To roll back, run:"),
            ("sentence", "Then wait.", ""),
        ]

    def test_one_without_an_end_goes_to_the_end(self) -> None:
        assert read("```\nlet a = 1\nlet b = 2") == [("code", "```\nlet a = 1\nlet b = 2", "")]

    def test_more_code_of_the_passage_before_is_code(self) -> None:
        assert read("let b = 2\n```\nThat was it.", lead="```ts") == [
            ("code", "let b = 2\n```", ""),
            ("sentence", "That was it.", ""),
        ]


LINES = st.sampled_from(
    [
        *("A sentence ends here.", "It leans on another. However, so does this.", "These are:", "w " * 90, "é" * 700),
        *("- item", "  goes on", "1. one", "a) two", "> - quoted", "- ", "- - -", "*", "1."),
        *("a | b", "--- | ---", "|x|y|", "| 1 | 2 |", " | ", "```", "```py", "x = 1"),
        *("Q: why?", "A: so", "Why?", "?", "Q:", "A:", "Term — meaning", "Term: meaning", "—", ": "),
        *("店は九時に開く。月曜は休み：本当？", "ราคา 5 บาท", "هذا نص؟ نعم.", "", "   ", "\t", "\u200b", "\u2028"),
    ]
)
PASSAGES = st.lists(LINES, max_size=12).map("\n".join) | st.text()
LEADS = st.sampled_from(["", "```", "```py", "a | b", "These are:", "Why?"]) | st.text(max_size=20)


def checked(passage: str, lead: str, language: str) -> list[Statement]:
    found = statements(passage, language, lead)
    for each in found:
        assert 0 <= each.start < each.end <= len(passage)
        assert each.text == passage[each.start : each.end]
        assert each.text == (each.text if each.kind == "code" else each.text.strip())
        assert each.text.strip()
        if each.lead is not None:
            start, end = each.lead
            assert 0 <= start < end <= len(passage)
            assert passage[start:end].strip()
    return found


@given(PASSAGES, LEADS, st.sampled_from(["en", "de", "zh", "ja", "th", "ar", "xx", ""]))
@example("```", "", "en")
@example("- \n|", "a | b", "en")
@example("Q:\nA:", "", "en")
def test_whatever_the_passage_statements_are_verbatim(passage: str, lead: str, language: str) -> None:
    checked(passage, lead, language)


@example("  goes on\n- item", "")
@given(PASSAGES, LEADS)
def test_nothing_is_lost(passage: str, lead: str) -> None:
    """Every word stands in a statement or in what leads into one, but for the marks of lists, questions and answers,
    and the line before a table, which its header stands for."""
    held = bytearray(len(passage))
    for each in checked(passage, lead, "en"):
        for start, end in filter(None, ((each.start, each.end), each.lead)):
            held[start:end] = b"\1" * (end - start)
    lost = "".join(char if not each else " " for char, each in zip(passage, held, strict=True))
    marks = {"Q", "A", "Question", "Answer", "a", "x", "y", "b", "These", "are"}
    left = {word for line in lost.split("\n") for word in line.replace(":", " ").replace(")", " ").split()}
    assert not {word for word in left if word not in marks and any(map(str.isalpha, word))}


def test_they_come_in_reading_order() -> None:
    found = statements("One. Two.\n- three\n- four\n\na | b\n--- | ---\nfive | 5\n\nSix.")
    assert [each.start for each in found] == sorted(each.start for each in found)


@pytest.mark.timeout(30)
@pytest.mark.parametrize(
    "passage",
    ["a: " * 20_000, "- " * 20_000, " | " * 20_000, "```\n" * 20_001, "Q: \n" * 20_000, "? " * 20_000, "—" * 50_000,
     "(" * 50_000, "a | b\n" * 20_000, " " * 100_000 + "x", "x\n  " * 20_000],
)  # fmt: skip
def test_no_passage_takes_long(passage: str) -> None:
    checked(passage, "", "en")


def test_a_sentence_that_code_stands_in_leads_into_it_and_what_goes_on_leans() -> None:
    passage = (
        "Writes are slow. However, an index defined as\n"
        "```\nCREATE INDEX a ON b\n```\n"
        "could handle these queries. pg_dump reads it."
    )
    told = [(each.kind, each.text.split("\n")[0], each.led(passage), each.leans) for each in statements(passage)]
    assert told == [
        ("sentence", "Writes are slow.", "", False),
        ("code", "```", "However, an index defined as", False),
        ("sentence", "could handle these queries.", "", True),
        ("sentence", "pg_dump reads it.", "", False),
    ]
