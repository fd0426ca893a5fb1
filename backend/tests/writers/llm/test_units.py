"""Reports as JSON units: sentences, lists, tables and code, wherever the pieces are cut."""

import json

import pytest

from llm_evidence import LOCKS, QUESTION, Drafts, brief
from model_answers import CITE, task
from model_replies import Reply
from model_server import ModelServer
from sayso.gate.check import check
from sayso.protocol.evidence import Finding, Mark, Place, Quote, Source
from sayso.protocol.report import Section
from sayso.writers.llm.units import AnswerParser
from sayso.writers.llm.writer import LLMWriter
from sayso.writers.port import WritingBrief

ANSWER = [
    {"kind": "heading", "cites": [], "text": "**Locks** [1]"},
    {"kind": "sentence", "cites": [1], "text": "VACUUM FULL locks the table. It waits [2]."},
    {"kind": "lead", "cites": [], "text": "These are the steps:"},
    {"kind": "item", "cites": [1], "text": "Lock <b>it</b>."},
    {"kind": "item", "cites": [2], "text": "Copy it."},
    {"kind": "header", "cites": [2], "text": "| Mode | Seconds |"},
    {"kind": "row", "cites": [2], "text": "| FULL | 60 |"},
    {"kind": "code", "cites": [3], "text": "```sql\nVACUUM FULL;\n  -- a < b\n```"},
    {"kind": "sentence", "cites": [1], "text": "VACUUM FULL locks the table."},
    {"kind": "dance", "cites": [1], "text": "No such unit."},
]


def read(text: str, size: int, heading: str | None = None) -> tuple[list[Section], list[tuple[str, str]]]:
    parser = AnswerParser(heading)
    drafts = [pair for at in range(0, len(text), size) for pair in parser.feed(text[at : at + size])]
    drafts += parser.finish()
    return parser.sections, drafts


def test_rows_of_one_cell_are_sentences() -> None:
    """A small model calls every sentence a row."""
    units = [
        {"kind": "header", "cites": [], "text": "Locks"},
        {"kind": "row", "cites": [1], "text": "VACUUM FULL locks the table. It waits."},
        {"kind": "row", "cites": [2], "text": "| Plain VACUUM does not. |"},
    ]
    (section,), drafts = read(json.dumps({"units": units}), 10_000)
    assert section.heading == "What the sources say"
    assert [one.text for one in section.sentences] == [
        "VACUUM FULL locks the table.",
        "It waits.",
        "Plain VACUUM does not.",
    ]
    assert [(block.kind, block.units) for block in section.blocks] == [("paragraph", [0, 1, 2])]
    assert not any("---" in text for _, text in drafts)


@pytest.mark.parametrize("size", [1, 3, 10_000])
@pytest.mark.parametrize(
    "around", ["{}", "```json\n{}\n```", "<think>{{no}}</think>\n{}", "Sure! Here it is:\n{}", "I ponder.</think>{}"]
)
def test_units_become_blocks(size: int, around: str) -> None:
    (section,), drafts = read(around.format(json.dumps({"units": ANSWER})), size)
    assert section.heading == "Locks"
    assert [(one.text, one.citations) for one in section.sentences] == [
        ("VACUUM FULL locks the table.", [1]),
        ("It waits.", [2, 1]),
        ("These are the steps:", []),
        ("Lock it.", [1]),
        ("Copy it.", [2]),
        ("FULL | 60", [2]),
        ("VACUUM FULL;\n  -- a < b", [3]),
    ]
    laid = [(block.kind, block.lead, block.units, block.header, block.language) for block in section.blocks]
    assert laid == [
        ("paragraph", None, [0, 1], [], ""),
        ("list", 2, [3, 4], [], ""),
        ("table", None, [5], ["Mode", "Seconds"], ""),
        ("code", None, [6], [], "sql"),
    ]
    text = "".join(piece for _, piece in drafts)
    for shown in ("VACUUM FULL locks the table. [1]", "- Copy it. [2]", "| FULL | 60 [2] |", "```sql\nVACUUM FULL;"):
        assert shown in text
    assert "kind" not in text
    assert "think" not in text


def test_what_is_cut_keeps_its_whole_units() -> None:
    text = json.dumps({"units": ANSWER})
    (section,), _ = read(text[: text.index("Copy it")], 7)
    assert [one.text for one in section.sentences][-1] == "Lock it."


def test_a_section_keeps_its_heading_and_a_copied_example_is_left_out() -> None:
    copied = {"kind": "sentence", "cites": [2], "text": "In fog a moss kite is steered by its tail bell."}
    template = {"kind": "sentence", "cites": [1], "text": "..."}
    (section,), _ = read(json.dumps({"units": [*ANSWER[:2], copied, template]}), 9, "Own")
    assert section.heading == "Own"
    assert len(section.sentences) == 2


def test_a_loop_is_seen() -> None:
    parser = AnswerParser()
    unit = json.dumps({"kind": "sentence", "cites": [1], "text": "It locks."})
    parser.feed('{"units": [' + f"{unit}, " * 9)
    assert parser.looping


async def test_what_stands_in_a_quote_cites_it_and_of_the_rest_the_model_is_asked_once(
    writer: LLMWriter, server: ModelServer
) -> None:
    bare = "A lock is taken on each table while it is processed."
    said = [
        {
            "kind": "sentence",
            "cites": [],
            "text": "VACUUM FULL rewrites the entire contents of the table into a new disk file.",
        },
        {"kind": "sentence", "cites": [], "text": bare},
    ]
    server.script(Reply(text=json.dumps({"units": said})))
    server.script(Reply(text=json.dumps({"units": [{"sentence": 1, "cites": [1, 7]}]})))
    report = await writer.write(brief(), Drafts())
    assert [one.citations for one in report.sections[0].sentences] == [[1], [1]]
    assert [task(body) for body in server.chats][1:] == [CITE]
    assert bare in server.chats[1]["messages"][-1]["content"]
    schema = server.chats[0]["response_format"]["json_schema"]["schema"]
    assert schema["$defs"]["HeadedUnit"]["properties"]["cites"]["items"]["enum"] == [1, 2]


async def test_the_question_is_no_heading_below_the_title(writer: LLMWriter, server: ModelServer) -> None:
    said = [
        {"kind": "heading", "cites": [], "text": f"**{QUESTION[:-1]}**"},
        {"kind": "sentence", "cites": [1], "text": LOCKS[:75]},
    ]
    server.script(Reply(text=json.dumps({"units": said})))
    report = await writer.write(brief(), Drafts())
    assert [section.heading for section in report.sections] == ["What the sources say"]


async def test_a_table_and_code_get_into_the_report(writer: LLMWriter, server: ModelServer) -> None:
    quotes = [
        Quote(text="FULL | 60", source="s1", kind="row", place=Place(lead="Mode | Seconds")),
        Quote(text="```sql\nVACUUM FULL orders;\n```", source="s2", kind="code", place=Place(lead="To lock:")),
        Quote(text=LOCKS, source="s3", marked=(0, 75)),
    ]
    told = WritingBrief(
        question=QUESTION,
        findings=[Finding(id=f"f{n}", claim=each.text, quotes=[each]) for n, each in enumerate(quotes, start=1)],
        sources=[Source(id=f"s{n}", kind="library", title=f"Page {n}", uri=f"{n}.html") for n in (1, 2, 3)],
        numbers={"s1": 1, "s2": 2, "s3": 3},
    )
    said = [
        {"kind": "heading", "cites": [], "text": "Locks"},
        {"kind": "header", "cites": [1], "text": "Mode | Seconds"},
        {"kind": "row", "cites": [1], "text": "FULL | 60"},
        {"kind": "lead", "cites": [], "text": "To lock:"},
        {"kind": "code", "cites": [2], "text": "VACUUM FULL orders;"},
        {"kind": "sentence", "cites": [3], "text": LOCKS[:75]},
    ]
    server.script(Reply(text=json.dumps({"units": said})))
    checked = check(await writer.write(told, Drafts()), told)
    kinds = [(block.kind, block.header) for section in checked.sections for block in section.blocks]
    assert kinds == [("table", ["Mode", "Seconds"]), ("code", []), ("paragraph", [])]
    assert all(unit.mark is Mark.QUOTED for section in checked.sections for unit in section.sentences)
    assert not checked.removed
