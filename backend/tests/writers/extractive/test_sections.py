"""The extractive report: nothing but what is quoted, in an order that can be read."""

from typing import Any

import pytest

from sayso.protocol.evidence import Conflict
from sayso.writers.extractive.writer import ExtractiveWriter
from sayso.writers.port import WritingBrief
from writers.briefs import brief_of, silent

WRITER = ExtractiveWriter()


async def test_every_sentence_is_quoted_word_for_word_and_cites_its_source() -> None:
    brief = brief_of(
        {
            "VACUUM": [
                "VACUUM FULL locks the table. This form of it needs twice the space of the table. See also cows."
            ],
            "Locks": ["A lock on the table keeps others away. A lock on the table keeps others away."],
        }
    )
    drafted: list[str] = []

    async def sink(section: str, text: str) -> None:
        drafted.append(text)

    report = await WRITER.write(brief, sink)
    said = [(each.text, each.citations) for section in report.sections for each in section.sentences]
    assert said == [
        ("VACUUM FULL locks the table.", [1]),
        ("This form of it needs twice the space of the table.", [1]),
        ("A lock on the table keeps others away.", [2]),
    ]
    assert "".join(drafted).count("[1]") == 2


async def test_sections_follow_what_was_asked() -> None:
    brief = brief_of({"VACUUM": ["VACUUM FULL locks the table."], "Locks": ["A lock keeps others away from it."]})
    brief.topics = {"f1": "When it locks", "f2": "What a lock does"}
    report = await WRITER.write(brief, silent)
    assert [section.heading for section in report.sections] == ["When it locks", "What a lock does"]


async def test_without_topics_sections_are_named_as_in_the_sources() -> None:
    texts = {
        "25.1. VACUUM": ["VACUUM FULL locks the table. The lock on the table goes when VACUUM ends."],
        "Locks": ["A lock on something keeps others away from it."],
    }
    brief = brief_of(texts)
    brief.findings[0].quotes[0].place.heading = "Parameters"
    report = await WRITER.write(brief, silent)
    assert [section.heading for section in report.sections] == ["VACUUM", "Further points"]


async def test_a_reworded_claim_is_written_as_worded() -> None:
    brief = brief_of({"VACUUM": ["VACUUM FULL locks the table. More follows here about the table."]})
    brief.findings[0].claim = "The table is locked by VACUUM FULL."
    brief.edited = ["f1"]
    report = await WRITER.write(brief, silent)
    assert [each.text for each in report.sections[0].sentences] == ["The table is locked by VACUUM FULL."]


LONG = {
    "VACUUM": [
        "VACUUM FULL holds a lock on the table. This lock keeps readers of the table away.",
        "VACUUM FULL writes a new table file. Space of the old table is free after that.",
        "VACUUM without FULL takes no such lock on a table. Readers go on.",
    ],
    "Locks": [
        "A lock on the table ends with the transaction. Locks of VACUUM end with it.",
        "A lock on rows keeps writers of the table away.",
    ],
}


def long_brief(**more: Any) -> WritingBrief:
    brief = brief_of(LONG, **more)
    for at, finding in enumerate(brief.findings):
        finding.strength = 0.9 - at / 10
    brief.topics = {"f1": "Locks held", "f2": "Locks held", "f3": "Locks held", "f4": "Their end", "f5": "Their end"}
    return brief


async def test_a_long_report_begins_with_the_strongest_statement_of_each_topic() -> None:
    report = await WRITER.write(long_brief(), silent)
    assert [(each.text, each.citations) for each in report.summary] == [
        ("VACUUM FULL holds a lock on the table.", [1]),
        ("This lock keeps readers of the table away.", [1]),
        ("A lock on the table ends with the transaction.", [2]),
    ]
    body = [each.text for section in report.sections for each in section.sentences]
    assert not {each.text for each in report.summary} & set(body), "moved, not said twice"
    assert "VACUUM FULL writes a new table file." in body
    assert [section.heading for section in report.sections] == ["Locks held", "Their end"]


async def test_a_brief_report_has_no_summary() -> None:
    report = await WRITER.write(brief_of({"VACUUM": LONG["VACUUM"][:1]}), silent)
    assert report.summary == []
    assert report.sections


@pytest.mark.parametrize("note", ["Shorter, please.", "Keep it brief", "This is for a board.", "one paragraph"])
async def test_a_note_that_asks_for_a_short_text_gets_one(note: str) -> None:
    full = await WRITER.write(long_brief(), silent)
    short = await WRITER.write(long_brief(note=note), silent)
    told = [each.text for each in [*short.summary, *(s for section in short.sections for s in section.sentences)]]
    whole = [each.text for each in [*full.summary, *(s for section in full.sections for s in section.sentences)]]
    assert len(told) * 2 <= len(whole) + 1
    assert set(told) <= set(whole)
    assert "VACUUM FULL holds a lock on the table." in told
    if "paragraph" in note:
        assert len(short.sections) == 1
        assert not short.summary


async def test_a_note_on_something_else_shortens_nothing() -> None:
    full = await WRITER.write(long_brief(), silent)
    other = await WRITER.write(long_brief(note="Mention the short lock of the table."), silent)
    assert len(other.sections) == len(full.sections)


async def test_agreeing_sources_are_all_cited_and_once_each() -> None:
    brief = brief_of(
        {
            "VACUUM": ["VACUUM FULL locks the table. The lock on the table ends with it."],
            "Locks": ["The table is locked by VACUUM FULL."],
        }
    )
    first, second = brief.findings
    first.quotes += second.quotes
    brief.findings = [first]
    drafted: list[str] = []

    async def sink(section: str, text: str) -> None:
        drafted.append(text)

    report = await WRITER.write(brief, sink)
    said = [(each.text, each.citations) for section in report.sections for each in section.sentences]
    assert said == [("VACUUM FULL locks the table.", [1, 2]), ("The lock on the table ends with it.", [1])]
    assert drafted[0] == "VACUUM FULL locks the table. [1][2] "


async def test_drafts_are_numbered_as_the_report_is() -> None:
    brief = long_brief()
    brief.numbers = {"s1": 2, "s2": 1}
    drafted: list[str] = []

    async def sink(section: str, text: str) -> None:
        drafted.append(text)

    report = await WRITER.write(brief, sink)
    assert drafted[0].endswith("[2] ")
    assert report.summary[0].citations == [2]


async def test_findings_that_contradict_each_other_stand_side_by_side_and_not_in_the_summary() -> None:
    brief = long_brief()
    brief.conflicts = [Conflict(findings=["f1", "f5"], why="f1 denies what f5 states.")]
    report = await WRITER.write(brief, silent)
    last = report.sections[-1]
    assert last.heading == "Where the sources disagree"
    assert [each.text for each in last.sentences if each.text.startswith(("VACUUM FULL holds", "A lock on rows"))] == [
        "VACUUM FULL holds a lock on the table.",
        "A lock on rows keeps writers of the table away.",
    ]
    assert not any("VACUUM FULL holds" in each.text for each in report.summary)


async def test_sentences_of_a_document_stand_in_its_order() -> None:
    brief = brief_of({"VACUUM": LONG["VACUUM"][:2], "Locks": LONG["Locks"][:1]})
    for finding, offset, strength in zip(brief.findings, (900, 100, 0), (0.9, 0.5, 0.7), strict=True):
        finding.quotes[0].place.offset = offset
        finding.strength = strength
        brief.topics[finding.id] = "Locks"
    report = await WRITER.write(brief, silent)
    told = [each.text for section in report.sections for each in section.sentences]
    writes = told.index("VACUUM FULL writes a new table file.")
    assert all(told.index(text) > writes for text in told if text.startswith("VACUUM FULL holds"))


async def test_what_a_list_is_announced_for_comes_with_it() -> None:
    text = (
        "VACUUM FULL has the following limits. The table is locked for everybody. "
        "Twice the space of it is needed. Old versions of rows may stay."
    )
    report = await WRITER.write(brief_of({"VACUUM": [text]}), silent)
    assert len(report.sections[0].sentences) == 4


async def test_headings_are_no_code() -> None:
    brief = brief_of({"Locks": ["VACUUM FULL locks the table. The lock of the table ends with it."]})
    brief.findings[0].quotes[0].place.heading = "Lock management › deadlock_timeout (integer)"
    report = await WRITER.write(brief, silent)
    assert [section.heading for section in report.sections] == ["Lock management"]
