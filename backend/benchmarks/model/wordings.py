"""Good answers, true sentences and twisted ones, said by a scripted model through the whole path: which stand, and how.

What is in the quotes is about a made-up world, so that nothing is known from elsewhere.
"""

import json
from collections import Counter
from dataclasses import dataclass, field

from model_replies import Reply
from model_server import ModelServer
from sayso.gate.check import Checked, check
from sayso.protocol.evidence import Finding, Mark, Place, Quote, Source
from sayso.writers.llm.writer import llm_writer
from sayso.writers.port import WritingBrief

_TEXTS: list[tuple[str, str, str]] = [
    ("sentence", "The ferry Alma carries 40 carts and leaves Orrin at six in the morning.", ""),
    ("sentence", "In winter the ferry may stay in port if the ice is thicker than 20 cm.", ""),
    ("sentence", "The old bridge was closed by the council in 1987 because its chains had rusted.", ""),
    ("sentence", "Carts that carry lime must not cross on the same trip as horses.", ""),
    ("row", "Alma | 40 carts | 25 minutes", "Boat | Load | Crossing"),
    ("row", "Berta | 12 carts | 55 minutes", "Boat | Load | Crossing"),
    ("item", "Ring the bell twice.", "To call the ferry at night:"),
    ("item", "Show a white lamp until the ferryman answers.", "To call the ferry at night:"),
    ("code", "```sh\nferry book --cart 3 --boat alma\nferry pay\n```", "A place is booked with these commands:"),
    ("sentence", "Most ferrymen expect that the new bridge will be open before 2031.", ""),
]
BRIEF = WritingBrief(
    question="How do carts cross the river at Orrin?",
    findings=[
        Finding(
            id=f"f{n}",
            claim=text,
            quotes=[Quote(text=text, source=f"s{n}", kind=kind, place=Place(lead=lead or None))],
        )
        for n, (kind, text, lead) in enumerate(_TEXTS, start=1)
    ],
    sources=[Source(id=f"s{n}", kind="library", title=f"Orrin {n}", uri=f"{n}.md") for n in range(1, len(_TEXTS) + 1)],
    numbers={f"s{n}": n for n in range(1, len(_TEXTS) + 1)},
)
Unit = tuple[str, int, str]
"""Kind, number cited, text."""
ANSWERS: dict[str, list[Unit]] = {
    "table": [("header", 5, "Boat | Load | Crossing"), ("row", 5, "Alma | 40 carts | 25 minutes"),
              ("row", 6, "Berta | 12 carts | 55 minutes")],
    "code": [("lead", 0, "A place is booked with these commands:"),
             ("code", 9, "ferry book --cart 3 --boat alma\nferry pay")],
    "list": [("lead", 0, "To call the ferry at night:"), ("item", 7, "Ring the bell twice."),
             ("item", 8, "Show a white lamp until the ferryman answers.")],
    "comparison": [("sentence", 5, "The Alma takes 40 carts and crosses in 25 minutes."),
                   ("sentence", 6, "The Berta takes 12 carts and crosses in 55 minutes."),
                   ("sentence", 1, "The ferry Alma carries 40 carts."),
                   ("sentence", 3, "In 1987 the old bridge was closed by the council because its chains had rusted.")],
    "hedge": [("sentence", 2, "In winter, the ferry may stay in port if the ice is thicker than 20 cm."),
              ("sentence", 10, "Most ferrymen expect that the new bridge will be open before 2031."),
              ("sentence", 10, "Before 2031 the new bridge will be open, most ferrymen expect."),
              ("sentence", 4, "Carts that carry lime must not cross on the same trip as horses."),
              ("sentence", 2, "If the ice is thicker than 20 cm, the ferry may stay in port in winter."),
              ("sentence", 1, "The ferry Alma leaves Orrin at six in the morning and carries 40 carts.")],
}  # fmt: skip
"""Five good answers; all but leads and headers are true sentences, items, rows or code."""
TRUE: list[Unit] = [
    ("sentence", 1, "The ferry Alma carries 40 carts and leaves Orrin at 6 in the morning."),
    ("sentence", 1, "In short, the ferry Alma carries 40 carts and leaves Orrin at six in the morning."),
    ("sentence", 2, "The ferry may stay in port in winter if the ice is thicker than 20 cm."),
    ("sentence", 3, "The council closed the old bridge in 1987 because its chains had rusted."),
    ("sentence", 4, "Carts that carry lime must not cross on the same trip as horses."),
    ("sentence", 10, "Most ferrymen expect the new bridge will be open before 2031."),
    ("item", 7, "Ring the bell two times."),
    ("row", 6, "Berta | 12 carts | 55 minutes"),
]
TWISTED: list[Unit] = [
    ("sentence", 1, "The ferry Alma carries 60 carts and leaves Orrin at six in the morning."),
    ("sentence", 1, "The ferry Alma carries 40 carts and leaves Orrin at six in the evening."),
    ("sentence", 1, "The ferry Alma carries at least 40 carts and leaves Orrin at six in the morning."),
    ("sentence", 2, "In winter the ferry must stay in port if the ice is thicker than 20 cm."),
    ("sentence", 2, "In winter the ferry may stay in port unless the ice is thicker than 20 cm."),
    ("sentence", 2, "In winter the ferry may stay in port."),
    ("sentence", 3, "The old bridge was closed by the council in 1987 before its chains had rusted."),
    ("sentence", 3, "The council was closed by the old bridge in 1987 because its chains had rusted."),
    ("sentence", 4, "Carts that carry lime must cross on the same trip as horses."),
    ("sentence", 10, "All ferrymen expect that the new bridge will be open before 2031."),
    ("row", 6, "Berta | 40 carts | 55 minutes"),
    ("code", 9, "ferry book --cart 3 --boat berta\nferry pay"),
]


@dataclass
class Outcome:
    """What became of units, by how they stand."""

    counts: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    published: list[str] = field(default_factory=list)


async def judge(units: list[Unit]) -> Outcome:
    """Say each unit in a report of its own, whose only approved findings are those of the list above."""
    outcome = Outcome()
    async with ModelServer() as server:
        writer = llm_writer(api_key="any", base_url=server.url, model="scripted", context_window=8_192)
        for kind, number, text in units:
            if kind not in ("lead", "header"):
                checked = await _said(server, writer, [(kind, number, text)])
                _note(outcome, text, checked)
        await writer.aclose()
    return outcome


async def answered(units: list[Unit]) -> Checked:
    """A whole good answer, as it stands after the check."""
    async with ModelServer() as server:
        writer = llm_writer(api_key="any", base_url=server.url, model="scripted", context_window=8_192)
        checked = await _said(server, writer, units)
        await writer.aclose()
    return checked


async def _said(server: ModelServer, writer: object, units: list[Unit]) -> Checked:
    from sayso.writers.llm.writer import LLMWriter

    assert isinstance(writer, LLMWriter)
    said = [{"kind": kind, "cites": [number] if number else [], "text": text} for kind, number, text in units]
    server.script(Reply(text=json.dumps({"units": said})))

    async def unseen(heading: str, text: str) -> None:
        pass

    return check(await writer.write(BRIEF, unseen), BRIEF)


def _note(outcome: Outcome, text: str, checked: Checked) -> None:
    body = [unit for section in checked.sections for unit in section.sentences]
    kept = next((unit for unit in body if " ".join(unit.text.split()) == " ".join(text.split())), None)
    if kept is not None:
        outcome.counts["kept"] += 1
        if kept.mark in (Mark.QUOTED, Mark.SAME):
            outcome.published.append(text)
    elif body:
        outcome.counts["as its quote"] += 1
    else:
        outcome.counts["lost"] += 1
        outcome.lost.append(text)
