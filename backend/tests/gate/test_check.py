"""The check after writing: nothing gets past it that the approved quotes do not support."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.gate.check import Checked, check
from sayso.protocol.evidence import Finding, Place, Quote, Source
from sayso.protocol.report import Section, Sentence
from sayso.writers.port import DraftReport, WritingBrief

VACUUM = (
    "VACUUM FULL rewrites the table and requires an ACCESS EXCLUSIVE lock. It does not run beside other commands. "
    "On version 15 a table of 1,000 GB took two hours."
)
LOCKS = "Readers wait for the lock. The error is called `lock_timeout` and ends the command after 30 seconds."

FIGURES = {"sentences", "supported", "removed", "citations_removed"}
BRIEF = WritingBrief(
    question="When does VACUUM FULL lock a table in PostgreSQL?",
    findings=[
        Finding(id="f1", claim="-", quotes=[Quote(text=VACUUM, source="s4", place=Place(heading="Parameters"))]),
        Finding(id="f2", claim="-", quotes=[Quote(text=LOCKS, source="s2", place=Place(heading="Waiting"))]),
    ],
    sources=[
        Source(id="s4", kind="library", title="VACUUM", uri="vacuum.html"),
        Source(id="s2", kind="library", title="Explicit locking", uri="locks.html"),
    ],
    numbers={"s4": 1, "s2": 2},
)


def checked(*sentences: tuple[str, list[int]], heading: str = "Locks", title: str = "VACUUM FULL") -> Checked:
    section = Section(
        heading=heading, sentences=[Sentence(text=text, citations=numbers) for text, numbers in sentences]
    )
    return check(DraftReport(title=title, sections=[section]), BRIEF)


def body(result: Checked) -> list[tuple[str, list[int]]]:
    return [(each.text, each.citations) for section in result.sections for each in section.sentences]


@pytest.mark.parametrize(
    "text",
    [
        "VACUUM FULL rewrites the table and requires an ACCESS EXCLUSIVE lock.",
        "The table is rewritten by VACUUM FULL, which requires an exclusive lock.",
        "VACUUM FULL cannot run beside other commands.",
        "A table of 1000 GB took 2 hours on version 15.",
        "In PostgreSQL, VACUUM FULL requires a lock on the table.",
        "VACUUM FULL requires an “access exclusive lock” on the table.",
    ],
)
def test_what_the_quotes_say_stays(text: str) -> None:
    result = checked((text, [1]))
    assert body(result) == [(text, [1])]
    figures = {"sentences": 1, "supported": 1, "removed": 0, "citations_removed": 0}
    assert result.gate.model_dump(include=FIGURES) == figures


@pytest.mark.parametrize(
    ("text", "citations", "why"),
    [
        ("VACUUM FULL requires a lock.", [], "cites no approved source"),
        ("VACUUM FULL requires a lock.", [9], "cites no approved source"),
        ("The moon is made of cheese and dreams.", [1], "0% of its words"),
        ("VACUUM FULL requires a lock for 90 minutes.", [1], "the number 90"),
        ("On version 14.2 VACUUM FULL rewrites the table.", [1], "the number 14.2"),
        ("VACUUM FULL, unlike pg_repack, requires an exclusive lock.", [1], "do not mention pg_repack"),
        ("Oracle says VACUUM FULL requires an exclusive lock, as Larry rewrites the table.", [1], "mention Larry"),
        ("VACUUM FULL rewrites the table and “needs no lock whatsoever” at all.", [1], "does not stand in the quotes"),
        ("VACUUM FULL rewrites the table with `vacuum_lock` and a lock.", [1], "vacuum_lock"),
        ("VACUUM FULL rewrites the table and requires no ACCESS EXCLUSIVE lock.", [1], "opposite"),
        ("VACUUM FULL does run beside other commands.", [1], "opposite"),
        ("The command ends after two seconds of waiting for the lock.", [1, 2], "do not say two seconds"),
        ("It is what it is.", [1], "nothing that a quote could support"),
        ("Readers wait for the lock after 30 seconds.", [1], "words"),
    ],
)
def test_what_they_do_not_say_goes_with_the_reason(text: str, citations: list[int], why: str) -> None:
    result = checked((text, citations))
    assert body(result) == []
    assert [removed.text for removed in result.removed] == [text]
    assert why in result.removed[0].why
    assert result.gate.removed == 1
    assert [source.id for source in result.sources] == ["s4", "s2"]


def test_numbers_that_point_nowhere_are_taken_off_and_counted() -> None:
    text = "VACUUM FULL requires an ACCESS EXCLUSIVE lock."
    result = checked((f"{text[:-1]} [1, 7] [12].", [0]))
    assert body(result) == [(text, [1])]
    assert result.gate.citations_removed == 3


def test_brackets_of_the_source_itself_are_no_citations() -> None:
    quote = Quote(text="The call returns items[0] of the list. It waits.", source="s1")
    brief = WritingBrief(
        question="What does it return?",
        findings=[Finding(id="f1", claim="-", quotes=[quote])],
        sources=[Source(id="s1", kind="library", title="Calls", uri="calls.md")],
        numbers={"s1": 1},
    )
    said = Sentence(text="The call returns items[0] of the list.", citations=[1])
    result = check(DraftReport(title="Calls", sections=[Section(heading="Calls", sentences=[said])]), brief)
    assert result.sections[0].sentences[0].text == said.text
    assert result.gate.citations_removed == 0


def test_a_citation_that_has_nothing_to_do_with_the_sentence_is_taken_off() -> None:
    result = checked(("The error lock_timeout ends the command after 30 seconds.", [1, 2]))
    assert [numbers for _, numbers in body(result)] == [[2]]
    assert result.gate.citations_removed == 1


def test_sources_keep_the_numbers_that_the_writer_was_given() -> None:
    result = checked(
        ("Readers wait for the lock.", [2]),
        ("VACUUM FULL rewrites the table.", [1]),
        ("The error is called `lock_timeout`.", [2]),
    )
    assert [numbers for _, numbers in body(result)] == [[2], [1], [2]]
    assert [(source.n, source.id, source.quotes) for source in result.sources] == [
        (1, "s4", [VACUUM]),
        (2, "s2", [LOCKS]),
    ]
    assert result.sources[1].place.heading == "Waiting"


def test_the_same_sentence_is_not_said_twice() -> None:
    result = checked(("Readers wait for the lock.", [2]), ("Readers wait for the lock!", [2]))
    assert len(body(result)) == 1
    assert "said before" in result.removed[0].why


def test_headings_and_titles_claim_nothing_of_their_own() -> None:
    sentence = ("Readers wait for the lock.", [2])
    result = checked(sentence, heading="Aliens invented bakeries [1]", title="Bakeries of the moon")
    assert result.sections[0].heading == "Explicit locking"
    assert result.title == BRIEF.question
    result = checked(sentence, heading="## Further points on readers", title="VACUUM FULL and its lock")
    assert result.sections[0].heading == "Further points on readers"
    assert result.title == "VACUUM FULL and its lock"


def test_control_characters_and_line_breaks_do_not_survive() -> None:
    assert body(checked(("Readers wait\x00 for\n\nthe \x07lock.", [2]))) == [("Readers wait for the lock.", [2])]


WORDS = [
    "VACUUM",
    "FULL",
    "rewrites",
    "the",
    "table",
    "lock",
    "readers",
    "wait",
    "not",
    "never",
    "30",
    "90",
    "[1]",
    "[9]",
]
WORDS += ["[2-4]", "`lock`", "“wait”", "<b>", "Larry", "."]


@given(
    st.lists(
        st.tuples(
            st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join) | st.text(max_size=80),
            st.lists(st.integers(-3, 12), max_size=4),
        ),
        max_size=8,
    )
)
def test_no_number_is_left_that_leads_nowhere(sentences: list[tuple[str, list[int]]]) -> None:
    result = checked(*sentences)
    assert [source.n for source in result.sources] == [1, 2]
    assert {number for _, numbers in body(result) for number in numbers} <= {1, 2}
    for text, numbers in body(result):
        assert text.strip()
        assert numbers
        assert "[9]" not in text
    assert result.gate.sentences == result.gate.supported == len(body(result))
    assert result.gate.removed == len(result.removed)
