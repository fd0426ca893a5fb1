"""Reports as models write them: thinking, markup, loops, endless answers."""

import pytest

from llm_evidence import Drafts, brief
from model_replies import Reply
from model_server import ModelServer
from sayso.protocol.report import Section
from sayso.writers.llm.drafting import DraftParser
from sayso.writers.llm.hearing import Patience
from sayso.writers.llm.plaintext import PlainText, plain
from sayso.writers.llm.writer import LLMWriter, llm_writer


def read(text: str, size: int = 7) -> tuple[list[Section], str]:
    parser = DraftParser()
    drafts = [pair for at in range(0, len(text), size) for pair in parser.feed(text[at : at + size])]
    drafts += parser.finish()
    return parser.sections, "".join(piece for _, piece in drafts)


def body(text: str, size: int = 7) -> list[tuple[str, list[tuple[str, list[int]]]]]:
    sections, _ = read(text, size)
    return [(one.heading, [(said.text, said.citations) for said in one.sentences]) for one in sections]


@pytest.mark.parametrize("size", [1, 2, 5, 10_000])
def test_pieces_may_be_cut_anywhere(size: int) -> None:
    text = (
        "<think>Plan: ## Wrong [1]\n</think>Sure! Here it is:\n```markdown\n# A title\n## **Locks** [1]\n"
        "VACUUM FULL <b>locks</b> the table [1][2]. Readers, e.g. queries, wait. [3]\nIt ends [1, 4-6].\n\n"
        "## Space\n- It *reclaims* **space** `here` [^2].\n\n## References\n[1] Some page.\n```\n"
    )
    expected = [
        (
            "Locks",
            [
                ("VACUUM FULL locks the table.", [1, 2]),
                ("Readers, e.g. queries, wait.", [3]),
                ("It ends.", [1, 4, 5, 6]),
            ],
        ),
        ("Space", [("It *reclaims* space here.", [2])]),
    ]
    assert body(text, size) == expected
    draft = read(text, size)[1]
    assert "VACUUM FULL locks the table [1][2]." in draft
    for gone in ("think", "Sure", "**", "<b>", "```", "Wrong", "Some page"):
        assert gone not in draft


def test_thinking_without_a_beginning() -> None:
    assert body("## Guess\nMaybe so [1].\n</think>\n## Real\nIt is so [1].") == [("Real", [("It is so.", [1])])]


def test_prose_without_headings_and_sentences_without_numbers() -> None:
    said = body("It locks [1]. It may wait. See [【2†source】] too.\n[3]\nMore 【4】.")
    assert said[0][0] == "What the sources say"
    assert said[0][1][:2] == [("It locks.", [1]), ("It may wait.", [])]
    assert said[0][1][-1] == ("More.", [4])


def test_the_same_sentence_counts_once() -> None:
    parser = DraftParser()
    parser.feed("## A\n" + "It locks [1].\n" * 3)
    assert not parser.looping
    parser.feed("It locks [1].\n" * 9)
    assert parser.looping
    assert len(parser.sections[0].sentences) == 1


def test_tables_become_sentences() -> None:
    assert body("## T\n| a | b [1] |\n|---|---|\n| c | d [2] |") == [("T", [("a; b", [1]), ("c; d", [2])])]


@pytest.mark.parametrize("size", [1, 3, 1_000])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a < b and b > c", "a < b and b > c"),
        ("<p>one</p>two<br/>three", "\none\ntwo\nthree"),
        ("a<script>alert(1)</script>b <style>p {}</style>", "ab "),
        ("the <script> tag\nand <script> again", "the ‹script› tag\nand ‹script› again"),
        ("<iframe src='x'>no</iframe> <img src=x onerror=alert(1)/>", "no "),
        ("the <Image src='x'> part", "the ‹Image src='x'› part"),
        ("x<!-- hidden <b> -->y", "xy"),
        ("<img src=x onerror=alert(1)", "‹img src=x onerror=alert(1)"),
        ("<THINK>no\n</THINK >yes", "yes"),
        ("tail <", "tail ‹"),
        ("nul\x00 bell\x07", "nul bell"),
    ],
)
def test_no_markup_gets_through(text: str, expected: str, size: int) -> None:
    cleaner = PlainText()
    pieces = [cleaner.feed(text[at : at + size]) for at in range(0, len(text), size)]
    assert "".join([*pieces, cleaner.finish()]).replace("\f", "") == expected.replace("\f", "")
    assert plain(text) == expected


async def test_an_endless_answer_is_cut(server: ModelServer) -> None:
    sentences = "".join(f"Sentence number {n} is about locks [1]. " for n in range(2_000))
    server.script(Reply(text=f"## Locks\n{sentences}", endless=True, chunk=200))
    writer = llm_writer(api_key="key", base_url=server.url, model="scripted", max_output_tokens=300)
    report = await writer.write(brief(), Drafts())
    said = [sentence.text for sentence in report.sections[0].sentences]
    assert 20 < len(said) < 100
    assert all(text.endswith("is about locks.") for text in said)
    assert "grew too long and was cut" in report.note
    assert server.chats[0]["max_tokens"] == 300
    await server.gone.wait()
    await writer.aclose()


async def test_an_answer_that_takes_for_ever_is_cut(server: ModelServer) -> None:
    writer = llm_writer(api_key="key", base_url=server.url, model="scripted", patience=Patience(whole=3))
    await writer.check()  # loads the library, which takes seconds of its own
    server.script(Reply(text="## Locks\nIt locks [1]. It is not yet", hang=True, chunk=10_000))
    report = await writer.write(brief(), Drafts())
    assert [sentence.text for sentence in report.sections[0].sentences] == ["It locks."]
    assert "took too long and was cut" in report.note
    await writer.aclose()


async def test_a_loop_is_cut(writer: LLMWriter, server: ModelServer) -> None:
    server.script(Reply(text="## Locks\nIt locks [1].\n", endless=True))
    report = await writer.write(brief(), Drafts())
    assert len(report.sections[0].sentences) == 1
    assert "repeat itself" in report.note
    await server.gone.wait()


async def test_the_length_limit_of_the_endpoint(writer: LLMWriter, server: ModelServer) -> None:
    server.script(Reply(text="## Locks\nIt locks [1]. It waits until the", finish="length"))
    report = await writer.write(brief(), Drafts())
    assert [sentence.text for sentence in report.sections[0].sentences] == ["It locks."]
    assert "was cut" in report.note


async def test_a_hostile_answer_is_only_text(writer: LLMWriter, server: ModelServer) -> None:
    server.script(Reply(text="<think>x</think>## Locks\nIt locks <img src=x onerror=alert(1)> now [9]. No source.\n"))
    report = await writer.write(brief(), drafts := Drafts())
    assert [(one.text, one.citations) for one in report.sections[0].sentences] == [
        ("It locks now.", [9]),
        ("No source.", []),
    ]
    assert "<" not in drafts.text
