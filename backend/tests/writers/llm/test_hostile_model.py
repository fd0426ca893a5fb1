"""A hostile model over HTTP, the writer and the check: nothing that it makes up stands in the report."""

import json
from itertools import pairwise

import pytest

from hostile_model import ATTACKS, HEADINGS, HONEST, Attack, HostileModel, hostile_brief, standing, written_by
from llm_evidence import LOCKS, PLAIN, QUERY, QUESTION, Drafts, passage
from model_replies import Reply
from model_server import ModelServer
from sayso.gate.check import check
from sayso.language.verbatim import stands
from sayso.protocol.evidence import Mark
from sayso.report.findings import add_findings
from sayso.report.state import ReportState
from sayso.writers.llm.writer import LLMWriter, llm_writer
from sayso.writers.port import Assignment

FACTS = {each.quotes[0].text for each in hostile_brief().findings}


def named(attack: Attack) -> str:
    return attack.name


@pytest.mark.parametrize("attack", ATTACKS, ids=named)
async def test_in_the_body(attack: Attack) -> None:
    draft, checked, _ = await written_by(HostileModel(section=attack.says, summary="No."))
    assert any(one.text == HONEST for section in draft.sections for one in section.sentences)
    shown = standing(checked)
    assert [text for text in attack.gone if text in shown] == []
    assert all(text in shown for text in (HONEST, *attack.stays))
    numbers = [source.n for source in checked.sources]
    assert numbers == list(range(1, len(numbers) + 1))
    for section in checked.sections:
        assert all(one.citations and set(one.citations) <= set(numbers) for one in section.sentences)


@pytest.mark.parametrize("attack", ATTACKS, ids=named)
async def test_in_the_summary(attack: Attack) -> None:
    _, checked, _ = await written_by(HostileModel(summary=f"{HONEST[:-1]} [1]. {attack.says}"))
    shown = standing(checked)
    summary = "\n".join(one.text for one in checked.summary)
    # what the body says truly, the model may say too
    honest = "\n".join(FACTS)
    assert [text for text in attack.gone if text in summary or (text in shown and text not in honest)] == []
    assert all(one.citations for one in checked.summary)


@pytest.mark.parametrize("where", ["heading", "title"])
@pytest.mark.parametrize(("name", "said"), HEADINGS)
async def test_in_headings_and_title(where: str, name: str, said: str) -> None:
    model = HostileModel(summary="No.", section=" ", **{where: said})
    _, checked, _ = await written_by(model)
    assert HONEST in [one.text for one in checked.sections[0].sentences]
    assert said not in standing(checked), name
    assert "<" not in standing(checked)
    assert "steal" not in standing(checked)


@pytest.mark.parametrize("said", [said for _, said in HEADINGS])
async def test_headings_of_a_report_in_one_answer(writer: LLMWriter, server: ModelServer, said: str) -> None:
    told = hostile_brief()
    told = told.model_copy(update={"findings": [told.findings[at] for at in (0, 6, 8)]})
    server.script(Reply(text=f"# {said}\n## {said}\n{HONEST[:-1]} [1].\n"))
    checked = check(await writer.write(told, Drafts()), told)
    assert HONEST in standing(checked)
    assert said not in standing(checked)
    assert "<" not in standing(checked)


async def test_everything_at_once() -> None:
    """All attacks in one section; what stands is what the quotes say, and every removal has its reason."""
    says = "\n".join(attack.says for attack in ATTACKS if attack.name != "thinks without an end")
    draft, checked, drafts = await written_by(HostileModel(section=says, summary=says))
    shown = standing(checked)
    for attack in ATTACKS:
        left = [text for text in attack.gone if text in shown and not any(text in fact for fact in FACTS)]
        assert (attack.name, left) == (attack.name, [])
    assert "<" not in drafts.text + shown
    assert checked.gate.removed + checked.gate.replaced >= 40
    assert all(each.why for each in checked.removed)
    assert all(each.why for each in checked.changed)
    assert all(FACTS & {one.text} for one in checked.summary)
    assert len(draft.sections) == 4


async def test_an_endless_answer_ends() -> None:
    model = HostileModel(section="VACUUM FULL blocks number 7 and says so. " * 50)
    model.endless = True
    draft, checked, _ = await written_by(model, max_output_tokens=300)
    assert "was cut" in draft.note
    assert HONEST in standing(checked)
    assert "number 7" not in standing(checked)
    await model.gone.wait()


async def test_what_was_dropped_is_in_no_request() -> None:
    model = HostileModel()
    await written_by(model)
    assert len(model.chats) >= 5
    assert "Lunar" not in model.said
    assert "77" not in model.said.replace("f77", "")


async def test_an_altered_claim_gives_way_to_its_statement(server: ModelServer) -> None:
    writer = llm_writer(api_key="key", base_url=server.url, model="hostile")
    lock = "It requires an ACCESS EXCLUSIVE lock on each table while it is being processed."
    altered = [
        lock.replace("ACCESS EXCLUSIVE", "ACCESS SHARE"),
        lock.replace("requires", "does not require"),
        lock.replace("while", "before"),
        "Plain VACUUM reclaims 77 percent of the space and makes it available for re-use.",
    ]
    shown = [passage(text) for text in (LOCKS, PLAIN)]
    for claim in altered:
        server.script(Reply(text=json.dumps({"findings": [{"statement": n, "claim": claim} for n in range(1, 5)]})))
        state = ReportState(question=QUESTION, round=1)
        add_findings(state, await writer.find(Assignment(question=QUESTION), [(QUERY, shown)]))
        assert len(state.findings) >= 1
        for one in state.findings:
            assert stands(one.claim, LOCKS + PLAIN)
            assert one.mark is Mark.QUOTED
    await writer.aclose()


async def test_drafts_carry_no_markup() -> None:
    for attack in ATTACKS:
        if attack.name.startswith(("writes", "thinks")):
            _, _, drafts = await written_by(HostileModel(section=attack.says))
            assert not [mark for mark in ("<", "**", "think", "](") if mark in drafts.text]
            sections = [heading for heading, _ in drafts.pieces]
            assert sum(one != other for one, other in pairwise(sections)) == len(set(sections)) - 1
