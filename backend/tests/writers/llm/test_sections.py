"""Reports of many findings: an outline, sections side by side, a summary."""

import asyncio
from typing import Any

import pytest

from llm_evidence import FACTS, Drafts, brief, finding, long_brief
from model_answers import OUTLINE, SECTION, SUMMARY, WRITE, Body, prompt, tagged, task
from model_replies import Reply, failing
from model_server import ModelServer
from sayso.gate.check import check
from sayso.protocol.evidence import Conflict
from sayso.writers.llm.hearing import Patience
from sayso.writers.llm.outline import Outline, OutlinedSection, by_topic, settled
from sayso.writers.llm.writer import LLMWriter, llm_writer
from sayso.writers.port import DraftReport, WriterError, WritingBrief


class Scripted(ModelServer):
    """Answers outline, sections (by heading), and summary with what `said` has for them, else as a good model."""

    def __init__(self, **said: Reply | str) -> None:
        super().__init__()
        self.said_for = {name.replace("_", " "): one for name, one in said.items()}

    async def _chat(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, body: Body, reply: Reply) -> bool:
        kind = task(body)
        name = tagged("section", prompt(body))[0][1] if kind == SECTION else kind
        chosen = self.said_for.get(name, reply)
        chosen = Reply(text=chosen) if isinstance(chosen, str) else chosen
        return await super()._chat(reader, writer, body, chosen)


def asked(server: ModelServer, kind: str) -> list[Body]:
    return [body for body in server.chats if task(body) == kind]


async def report_of(server: ModelServer, told: WritingBrief, drafts: Drafts | None = None, **given: Any) -> DraftReport:
    writer = llm_writer(api_key="key", base_url=server.url, model="scripted", **given)
    try:
        return await writer.write(told, drafts or Drafts())
    finally:
        await writer.aclose()


def sentences(report: DraftReport) -> list[str]:
    return [one.text for section in report.sections for one in section.sentences]


async def test_outline_sections_and_summary(writer: LLMWriter, server: ModelServer) -> None:
    told, drafts = long_brief("Be brief."), Drafts()
    report = await writer.write(told, drafts)
    assert [section.heading for section in report.sections] == list(FACTS)
    assert sentences(report) == [text for texts in FACTS.values() for text in texts]
    assert [one.citations for section in report.sections for one in section.sentences] == [[n] for n in range(1, 10)]
    assert [one.citations for one in report.summary] == [[1], [2], [3]]
    assert report.title == "VACUUM work table lock"
    assert [len(asked(server, kind)) for kind in (OUTLINE, SECTION, SUMMARY, WRITE)] == [1, 3, 1, 0]
    assert all("Be brief." in prompt(body) for body in server.chats)
    checked = check(report, told)
    assert [one.text for section in checked.sections for one in section.sentences] == sentences(report)
    assert [one.text for one in checked.summary] == [one.text for one in report.summary]


async def test_a_section_is_given_its_own_findings_and_the_headings_of_the_others(
    writer: LLMWriter, server: ModelServer
) -> None:
    await writer.write(long_brief(), Drafts())
    for body in asked(server, SECTION):
        said = prompt(body)
        ((_, own),) = tagged("section", said)
        assert {claim for _, claim in tagged("claim", said)} == set(FACTS[own])
        assert {heading for _, heading in tagged("heading", said)} == set(FACTS) - {own}
        assert not [text for name, texts in FACTS.items() if name != own for text in texts if text in said]
    for body in asked(server, OUTLINE) + asked(server, SUMMARY):
        assert "<quote" not in prompt(body)


async def test_few_findings_take_one_call_and_no_summary(writer: LLMWriter, server: ModelServer) -> None:
    report = await writer.write(brief(), Drafts())
    assert report.summary == []
    assert [task(body) for body in server.chats] == [WRITE]


@pytest.mark.parametrize("parallel", [1, 2, 4])
async def test_drafts_come_in_the_order_of_the_outline(parallel: int) -> None:
    """The first section is the slowest, yet its text comes first and whole."""
    async with Scripted(Locks=Reply(delay=0.3)) as server:
        drafts = Drafts()
        report = await report_of(server, long_brief(), drafts, parallel=parallel)
        assert server.most_at_once == min(parallel, 3)
        shown = list(dict.fromkeys(heading for heading, _ in drafts.pieces))
        assert shown == [section.heading for section in report.sections] == list(FACTS)
        changes = sum(one[0] != other[0] for one, other in zip(drafts.pieces, drafts.pieces[1:], strict=False))
        assert changes == 2
        assert all(text[:-1] in drafts.text for texts in FACTS.values() for text in texts)


async def test_the_first_section_is_shown_while_it_is_written_and_cancelling_stops_all() -> None:
    hanging = Reply(hang=True, text=f"## Locks\n{FACTS['Locks'][0]}", chunk=40)
    async with Scripted(Locks=hanging, Disk_space=hanging, Automation=hanging) as server:
        writer = llm_writer(api_key="key", base_url=server.url, model="scripted")
        drafts = Drafts()
        task = asyncio.create_task(writer.write(long_brief(), drafts))
        await drafts.begun.wait()
        assert drafts.pieces[0][0] == "Locks"
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await server.gone.wait()
        await writer.aclose()


@pytest.mark.parametrize("busy", [failing(429, message="no"), failing(503, message="no"), Reply(hang=True, body="")])
async def test_an_endpoint_that_answers_one_at_a_time_is_remembered(busy: Reply) -> None:
    """Whether it refuses more, or lets them wait in line for longer than anybody would."""
    async with Scripted() as server:
        server.at_once, server.busy = 1, busy
        server.otherwise = Reply(delay=0.1)
        writer = llm_writer(api_key="key", base_url=server.url, model="scripted", patience=Patience(2.0, 2.0))
        report = await writer.write(long_brief(), Drafts())
        assert len(sentences(report)) == 9
        assert report.untold == ""
        assert 0 < server.turned_away <= 2
        turned_away = server.turned_away
        assert writer.model.one_at_a_time
        await writer.write(long_brief(), Drafts())
        assert server.turned_away == turned_away
        await writer.aclose()


@pytest.mark.parametrize(
    "reply", [failing(400, message="no"), Reply(cut_after=0), Reply(text="I will not."), Reply(text="")]
)
async def test_a_section_that_fails_does_not_lose_the_others(reply: Reply) -> None:
    async with Scripted(Disk_space=reply) as server:
        report = await report_of(server, long_brief())
        assert [section.heading for section in report.sections] == ["Locks", "Automation"]
        assert report.untold == "3 approved findings were not written about."
        assert not any(set(one.citations) & {4, 5, 6} for one in report.summary)


async def test_of_a_section_that_is_cut_the_whole_sentences_stay() -> None:
    text = f"## Disk space\n{FACTS['Disk space'][0][:-1]} [4]. Plain VACUUM keeps"
    async with Scripted(Disk_space=Reply(text=text, finish="length")) as server:
        report = await report_of(server, long_brief())
        assert [one.text for one in report.sections[1].sentences] == [FACTS["Disk space"][0]]
        assert report.untold == "2 approved findings were not written about."
        assert "grew too long" in report.note


async def test_when_all_sections_fail_another_writer_has_to_go_on() -> None:
    broken = failing(400, message="no")
    async with Scripted(Locks=broken, Disk_space=broken, Automation=broken) as server:
        with pytest.raises(WriterError, match="refused the request"):
            await report_of(server, long_brief())


@pytest.mark.parametrize("outline", ["no JSON", '{"sections": []}', failing(400, message="no")])
async def test_without_an_outline_the_topics_are_the_sections(outline: Reply | str) -> None:
    async with Scripted(outline=outline) as server:
        told = long_brief()
        report = await report_of(server, told)
        assert report.title == told.question
        assert [section.heading for section in report.sections] == list(FACTS)


async def test_a_summary_that_fails_is_left_out() -> None:
    for said in (failing(400, message="no"), Reply(text="All is well, and needs no source."), Reply(text="")):
        async with Scripted(summary=said) as server:
            report = await report_of(server, long_brief())
            assert report.summary == []
            assert len(sentences(report)) == 9


async def test_a_small_model_writes_by_topics(server: ModelServer) -> None:
    """With a context too small for all findings there is no outline, and each request stays within the context."""
    long = long_brief()
    padded = [
        each.model_copy(
            update={"quotes": [each.quotes[0].model_copy(update={"text": each.claim + " More words." * 90})]}
        )
        for each in long.findings
    ]
    report = await report_of(server, long.model_copy(update={"findings": padded}), context_window=4_096)
    assert len(sentences(report)) == 9
    assert not asked(server, OUTLINE)
    assert len(asked(server, SECTION)) > 3
    for body in server.chats:
        assert sum(len(message["content"]) for message in body["messages"]) <= (4_096 - body["max_tokens"]) * 3


def outline(**sections: list[str]) -> Outline:
    return Outline(
        sections=[OutlinedSection(heading=name.replace("_", " "), findings=ids) for name, ids in sections.items()]
    )


def ids(told: WritingBrief, planned: Outline) -> dict[str, list[str]]:
    return {section.heading: [each.id for each in section.findings] for section in settled(planned, told)}


def test_every_finding_is_in_one_section() -> None:
    told = long_brief()
    planned = outline(Space=["f4", "f9", "f99"], Empty=["f77"], Locks=["f1", "f4", "f1"], Rest=[])
    assert ids(told, planned) == {"Space": ["f4", "f9", "f5", "f6", "f7", "f8"], "Locks": ["f1", "f2", "f3"]}
    assert ids(told, outline(Only=[])) == {"Findings": [f"f{n}" for n in range(1, 10)]}


def test_an_outline_has_an_end_and_headings_are_plain() -> None:
    names = [chr(ord("A") + at // 2) + "bcd"[at % 2 :] for at in range(40)]
    many = outline(**{f"<b>{name}</b> [{n}]": [f"f{n % 9 + 1}"] for n, name in enumerate(names)})
    told = ids(long_brief(), many)
    assert list(told) == names[:9]
    assert sorted(id for each in told.values() for id in each) == [f"f{n}" for n in range(1, 10)]


@pytest.mark.parametrize(
    "heading", ["VACUUM FULL never locks the table", "Autovacuum runs VACUUM FULL", "Every 90 seconds", "About XMAX"]
)
def test_a_heading_that_says_too_much_gives_way_to_the_topic(heading: str) -> None:
    told = long_brief()
    assert list(ids(told, outline(**{heading: ["f4"], "Locks and readers": ["f1"]}))) == [
        "Disk space",
        "Locks and readers",
    ]


def test_findings_that_conflict_share_a_section() -> None:
    told = long_brief().model_copy(update={"conflicts": [Conflict(findings=["f1", "f8"], why="They disagree.")]})
    for sections in (settled(outline(A=["f1", "f2"], B=["f8"]), told), by_topic(told)):
        (holding,) = [one for one in sections if any(each.id == "f1" for each in one.findings)]
        assert "f8" in [each.id for each in holding.findings]
        assert sorted(each.id for one in sections for each in one.findings) == [f"f{n}" for n in range(1, 10)]


@pytest.mark.parametrize("many", [False, True])
async def test_edited_claims_and_conflicts_are_told(writer: LLMWriter, server: ModelServer, many: bool) -> None:
    told = long_brief() if many else brief()
    conflict = Conflict(findings=["f1", "f2"], why="They differ <on> what waits.")
    await writer.write(told.model_copy(update={"edited": ["f2"], "conflicts": [conflict]}), Drafts())
    (said,) = [
        prompt(body) for body in server.chats if tagged("conflict", prompt(body)) and task(body) in (SECTION, WRITE)
    ]
    assert f'<claim worded="by a human">{told.findings[1].claim}</claim>' in said
    assert said.count("worded=") == 1
    ((about, both),) = tagged("conflict", said)
    assert about == {"about": "They differ on what waits."}
    assert [claim for _, claim in tagged("claim", both)] == [each.claim for each in told.findings[:2]]


async def test_parts_of_a_long_section_are_joined(writer: LLMWriter, server: ModelServer) -> None:
    told = long_brief()
    more = [
        finding(f"f{n}", f"Fact {n} is about table number {n}.", f"Fact {n} is about table number {n}.", "s1")
        for n in range(10, 31)
    ]
    told = told.model_copy(update={"findings": [*told.findings, *more], "topics": dict.fromkeys(
        [f"f{n}" for n in range(1, 31)], "All")})  # fmt: skip
    report = await writer.write(told, Drafts())
    assert [section.heading for section in report.sections] == ["All"]
    assert len(report.sections[0].sentences) == 30
    assert len(asked(server, SECTION)) == 3
