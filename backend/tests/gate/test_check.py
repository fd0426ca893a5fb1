"""The check after writing: nothing gets past it that the approved quotes do not support."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.gate.check import Checked, check
from sayso.protocol.evidence import Finding, Mark, Place, Quote, Source
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
    ("text", "mark"),
    [
        ("VACUUM FULL rewrites the table and requires an ACCESS EXCLUSIVE lock.", Mark.QUOTED),
        ("A table of 1000 GB took 2 hours on version 15.", Mark.SAME),
        ("The table is rewritten by VACUUM FULL.", Mark.SAME),
        ("VACUUM FULL does not run beside other commands.", Mark.SAME),
        ("VACUUM FULL requires an “ACCESS EXCLUSIVE” lock.", Mark.SAME),
        ("On version 15 a table of 1,000 GB needed two hours.", None),
        ("VACUUM FULL rewrites the table and needs an ACCESS EXCLUSIVE lock.", None),
        ("The table is rewritten by VACUUM FULL and an ACCESS EXCLUSIVE lock is required.", None),
        ("VACUUM FULL rewrites the table and is requiring an ACCESS EXCLUSIVE lock.", Mark.REWORDED),
    ],
)
def test_what_the_quotes_say_stays_with_its_mark(text: str, mark: Mark | None) -> None:
    result = checked((text, [1]))
    if mark is None:
        assert text not in [said for said, _ in body(result)]
        assert [each.text for each in result.changed] == [text]
        return
    assert body(result) == [(text, [1])]
    [unit] = result.sections[0].sentences
    assert (unit.mark, unit.supported) == (mark, mark in (Mark.QUOTED, Mark.SAME))
    figures = {"sentences": 1, "supported": int(unit.supported), "removed": 0, "citations_removed": 0}
    assert result.gate.model_dump(include=FIGURES) == figures
    assert getattr(result.gate, mark.value) == 1


@pytest.mark.parametrize(
    ("text", "citations", "why"),
    [
        ("VACUUM FULL requires a lock for 90 minutes.", [1], "does not say 90 minutes"),
        ("On version 14.2 VACUUM FULL rewrites the table.", [1], "does not say 14.2"),
        ("VACUUM FULL, unlike pg_repack, requires an exclusive lock.", [1], "does not mention pg_repack"),
        ("VACUUM FULL requires an exclusive lock, as Larry rewrites the table.", [1], "does not mention Larry"),
        ("VACUUM FULL rewrites the table and “needs no lock whatsoever” at all.", [1], "does not stand in its"),
        ("VACUUM FULL rewrites the table with `vacuum_lock` and a lock.", [1], "vacuum_lock"),
        ("VACUUM FULL rewrites the table and requires no ACCESS EXCLUSIVE lock.", [1], "says “no”"),
        ("VACUUM FULL does run beside other commands.", [1], "leaves out “not”"),
        ("VACUUM FULL may rewrite the table and require an ACCESS EXCLUSIVE lock.", [1], "says “may”"),
        ("The command ends after two seconds of waiting for the lock.", [1, 2], "does not say two seconds"),
        ("Readers release the lock.", [2], "“release” is not in its quote"),
        ("The lock waits for readers.", [2], "in another way"),
        ("The moon is made of cheese and dreams.", [1], "more than its quote"),
        ("VACUUM FULL rewrites the tаble.", [1], "several scripts"),
    ],
)
def test_what_they_do_not_say_gives_way_to_the_quote_with_the_reason(text: str, citations: list[int], why: str) -> None:
    result = checked((text, citations))
    units = result.sections[0].sentences
    assert {unit.mark for unit in units} == {Mark.QUOTED}
    assert all(unit.text in f"{VACUUM} {LOCKS}" and unit.citations for unit in units)
    [changed] = result.changed
    assert changed.text == text
    assert why in changed.why
    assert changed.unit in [unit.id for unit in units]
    assert (result.gate.replaced, result.gate.removed, result.removed) == (1, 0, [])
    assert [source.id for source in result.sources] == ["s4", "s2"]


def test_a_part_of_a_quoted_sentence_is_not_quoted() -> None:
    said = "No one ever showed that the drug is safe."
    quote = Quote(text=said, source="s1")
    brief = WritingBrief(
        question="Is it safe?",
        findings=[Finding(id="f1", claim=said, quotes=[quote])],
        sources=[Source(id="s1", kind="library", title="Drugs", uri="drugs.md")],
        numbers={"s1": 1},
    )
    told = Sentence(text="The drug is safe.", citations=[1])
    for text in (told.text, "the drug is safe."):
        section = Section(heading="Drugs", sentences=[told.model_copy(update={"text": text})])
        result = check(DraftReport(title="Drugs", sections=[section]), brief)
        assert [each.text for each in result.sections[0].sentences] == [said]


@pytest.mark.parametrize("citations", [[], [9]])
def test_what_cites_nothing_approved_is_re_pointed_to_what_carries_it_or_removed(citations: list[int]) -> None:
    assert body(checked(("Readers wait for the lock.", citations))) == [("Readers wait for the lock.", [2])]
    result = checked(("The moon is made of cheese.", citations))
    assert body(result) == []
    assert [each.why for each in result.removed] == ["It cites no approved source."]


def test_swapped_citations_are_re_pointed() -> None:
    rewrites = "VACUUM FULL rewrites the table and requires an ACCESS EXCLUSIVE lock."
    result = checked(("Readers wait for the lock.", [1]), (rewrites, [2]))
    assert body(result) == [("Readers wait for the lock.", [2]), (rewrites, [1])]
    assert result.gate.citations_removed == 2


def test_a_comparison_keeps_both_its_sources() -> None:
    told = "Readers wait for the lock, whereas VACUUM FULL does not run beside other commands."
    result = checked((told, [1, 2]))
    assert body(result) == [(told, [1, 2])]
    assert result.sections[0].sentences[0].mark is Mark.REWORDED
    lie = "Readers wait for the lock, whereas VACUUM FULL always runs beside other commands."
    assert {number for _, numbers in body(checked((lie, [1, 2]))) for number in numbers} == {1, 2}
    assert lie not in [text for text, _ in body(checked((lie, [1, 2])))]


def test_two_wordings_that_give_way_to_one_quote_say_it_once() -> None:
    result = checked(("Readers release the lock.", [2]), ("Readers take the lock.", [2]), ("Readers wait for it.", [2]))
    assert body(result) == [("Readers wait for the lock.", [2])]
    assert [each.unit for each in result.changed] == ["u1"] * 3
    later = checked(("Readers release the lock.", [2]), ("Readers wait for the lock.", [2]))
    assert body(later) == [("Readers wait for the lock.", [2])]
    assert later.removed == []


def test_a_quote_that_leans_on_the_sentence_before_brings_it_along() -> None:
    result = checked(("VACUUM FULL does run beside other commands.", [1]))
    assert [text for text, _ in body(result)] == [
        "VACUUM FULL rewrites the table and requires an ACCESS EXCLUSIVE lock.",
        "It does not run beside other commands.",
    ]


def test_what_a_judge_refused_gives_way_to_its_quote_unless_it_is_one() -> None:
    same, quoted = "VACUUM FULL does not run beside other commands.", "Readers wait for the lock."
    section = Section(
        heading="Locks", sentences=[Sentence(text=same, citations=[1]), Sentence(text=quoted, citations=[2])]
    )
    refused = {same: "The model does not find it supported.", quoted: "Nor this."}
    result = check(DraftReport(title="Locks", sections=[section]), BRIEF, refused=refused)
    assert quoted in [text for text, _ in body(result)]
    assert [(each.text, each.why) for each in result.changed] == [(same, refused[same])]
    assert result.removed == []


def test_what_a_judge_doubts_is_at_best_reworded_and_never_more_than_the_check_says() -> None:
    same, quoted, wrong = (
        "VACUUM FULL does not run beside other commands.",
        "Readers wait for the lock.",
        "Writers wait for the lock.",
    )
    told = [Sentence(text=same, citations=[1]), *(Sentence(text=each, citations=[2]) for each in (quoted, wrong))]
    draft = DraftReport(title="Locks", sections=[Section(heading="Locks", sentences=told)])
    result = check(draft, BRIEF, doubted={same, quoted, wrong})
    assert [(each.text, each.mark) for each in result.sections[0].sentences] == [
        (same, Mark.REWORDED),
        (quoted, Mark.QUOTED),
    ]


def test_text_in_another_language_stands_word_for_word_or_not_at_all() -> None:
    said = (
        "Die Bibliothek ist am Sonntag von elf bis dreizehn Uhr geöffnet. Hunde dürfen nicht in den Lesesaal "
        "mitgebracht werden, und die Ausleihe ist für alle Bürgerinnen und Bürger der Stadt kostenlos."
    )
    brief = WritingBrief(
        question="Wann ist die Bibliothek geöffnet?",
        findings=[Finding(id="f1", claim="-", quotes=[Quote(text=said, source="s1")])],
        sources=[Source(id="s1", kind="library", title="Bibliothek", uri="b.md")],
        numbers={"s1": 1},
    )
    first = "Die Bibliothek ist am Sonntag von elf bis dreizehn Uhr geöffnet."
    for text, stays in (
        (first, True),
        (first.replace("geöffnet", "nicht geöffnet"), False),
        (first.replace("am ", ""), False),
    ):
        section = Section(heading="Bibliothek", sentences=[Sentence(text=text, citations=[1])])
        [unit] = check(DraftReport(title="Bibliothek", sections=[section]), brief).sections[0].sentences
        assert ((unit.text == text), unit.mark) == (stays, Mark.QUOTED)


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


def test_an_answer_may_come_with_the_question_above_it_and_with_no_other() -> None:
    finding = Finding(id="f1", claim="-", quotes=[Quote(text="Yes. Up to 50.", source="s4")])
    finding.quotes[0].place.heading = "Living here › May I sleep aboard?"
    brief = BRIEF.model_copy(update={"findings": [finding], "question": "Who sleeps where?"})
    for text, mark in (("May I sleep aboard?", Mark.QUOTED), ("May I cook aboard?", None)):
        units = [Sentence(text=each, citations=[1]) for each in (text, "Yes.", "Up to 50.")]
        result = check(DraftReport(title="Boats", sections=[Section(heading="Boats", sentences=units)]), brief)
        kept = {each.text: each.mark for section in result.sections for each in section.sentences}
        assert kept.get(text) == mark
        assert kept["Up to 50."] == Mark.QUOTED


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
    for near in ("Near to the question", f"Near to “{BRIEF.question.rstrip('?')}”"):
        assert checked(sentence, heading=near).sections[0].heading == near


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
