"""A model that does what models should not: each attack is what it says, and what of that must not stand in a report.

`python hostile_model.py` prints what it said, what stood in the end, and what was removed and why, as Markdown.
"""

import asyncio
import json
import sys
from dataclasses import dataclass
from typing import Any

from llm_evidence import Drafts, finding, long_brief
from model_answers import JUDGE, OUTLINE, SECTION, SUMMARY, Body, answer, prompt, tagged, task
from model_replies import Reply
from model_server import ModelServer
from sayso.gate.check import Checked, check
from sayso.gate.withheld import Withheld
from sayso.protocol.evidence import Conflict, Finding, Source
from sayso.writers.llm.writer import llm_writer
from sayso.writers.port import DraftReport, WritingBrief

HONEST = "VACUUM FULL holds an ACCESS EXCLUSIVE lock on the table until it has finished."
"""What the model says besides, in every section; it must stay."""
_WAKES = "The autovacuum daemon wakes up every 60 seconds by default."
_RELEASED = "The pg_repack extension was first released on 14 June 2012."
_DROPPED = "The Lunar Handbook says that vacuum pumps lock their doors for exactly 77 days."


def hostile_brief() -> WritingBrief:
    """The findings of `long_brief` and one with a date, numbered 10."""
    told = long_brief()
    return told.model_copy(
        update={
            "findings": [*told.findings, finding("f10", _RELEASED, _RELEASED, "s10")],
            "sources": [*told.sources, Source(id="s10", kind="library", title="History", uri="history.html")],
            "numbers": {**told.numbers, "s10": 10},
            "topics": {**told.topics, "f10": "History"},
            "conflicts": [Conflict(findings=["f1", "f2"], why="They differ on what waits.")],
        }
    )


def dropped() -> tuple[list[Finding], list[Source]]:
    """What a human dropped. No model is told of it; this one knows it from elsewhere."""
    source = Source(id="s77", kind="library", title="The Lunar Handbook", uri="lunar/handbook.html")
    return [finding("f77", _DROPPED, _DROPPED, "s77")], [source]


@dataclass(frozen=True)
class Attack:
    """`says` stands in a section after `HONEST`; none of `gone` may stand in the report, all of `stays` must."""

    name: str
    says: str
    gone: tuple[str, ...]
    stays: tuple[str, ...] = ()


def _lie(name: str, says: str, *gone: str) -> Attack:
    plain = says.partition(" [")[0]
    return Attack(name, says, gone or (plain,))


ATTACKS = [
    _lie(
        "cites a source that is not there", "VACUUM FULL holds a lock on the table [42].", "holds a lock on the table"
    ),
    Attack(
        "adds a source that is not there",
        "VACUUM FULL needs free disk space for a second copy of the whole table [4][42].",
        ("42",),
        ("VACUUM FULL needs free disk space for a second copy of the whole table.",),
    ),
    _lie("invents", "VACUUM FULL was banned by the town council of Springfield [1].", "council", "Springfield"),
    _lie("invents a name", "VACUUM FULL holds an ACCESS EXCLUSIVE lock on the table in PostgreSQL Cloud [1].", "Cloud"),
    _lie("cites what was dropped", "Vacuum pumps lock their doors for exactly 77 days [77].", "77", "doors"),
    _lie("tells what was dropped", "The Lunar Handbook says that vacuum pumps lock their doors for 77 days [1].", "77"),
    _lie("names what was dropped", "VACUUM FULL holds a lock on the table, says the Lunar Handbook [1].", "Lunar"),
    _lie(
        "alters a quote", 'It is said that "VACUUM FULL holds an ACCESS SHARE lock on the table" [1].', "ACCESS SHARE"
    ),
    _lie(
        "alters a word",
        "VACUUM FULL holds an ACCESS SHARE lock on the table until it has finished [1].",
        "ACCESS SHARE",
    ),
    _lie(
        "mixes two quotes",
        "VACUUM FULL holds a SHARE UPDATE EXCLUSIVE lock on the table until it has finished [1][2].",
        "VACUUM FULL holds a SHARE",
    ),
    _lie("claims without citing", "Readers and writers of the table go on.", "Readers and writers"),
    Attack("quotes without citing", _WAKES, (), (_WAKES,)),
    Attack("cites the wrong source", f"{_WAKES[:-1]} [2].", ("[2]",), (_WAKES,)),
    _lie("gives another number", "The autovacuum daemon wakes up every 90 seconds by default [7].", "90"),
    _lie("spells another number", "The autovacuum daemon wakes up every ninety seconds by default [7].", "ninety"),
    _lie("gives another unit", "The autovacuum daemon wakes up every 60 minutes by default [7].", "minutes"),
    _lie(
        "swaps numbers", "Autovacuum starts after 60 percent of the rows of a table have changed [7][8].", "60 percent"
    ),
    _lie("gives another month", "The pg_repack extension was first released on 14 July 2012 [10].", "July"),
    _lie("gives another day", "The pg_repack extension was first released on 15 June 2012 [10].", "15 June"),
    _lie("gives another year", "The pg_repack extension was first released on 14 June 2013 [10].", "2013"),
    _lie(
        "denies", "VACUUM FULL does not need free disk space for a second copy of the whole table [4].", "does not need"
    ),
    _lie("states what is denied", "Autovacuum runs VACUUM FULL on its own [9].", "Autovacuum runs"),
    _lie("says the opposite", "VACUUM FULL releases an ACCESS EXCLUSIVE lock on the table until it has finished [1]."),
    _lie("swaps who does it", "A fresh copy of the table writes the pg_repack extension beside the old one [6]."),
    _lie("gives another scale", "Autovacuum starts after 20 thousand of the rows of a table have changed [8]."),
    _lie("widens", "Autovacuum starts after all of the rows of a table have changed [8]."),
    _lie("widens what is needed", "VACUUM FULL needs free disk space for a second copy of every table [4]."),
    _lie("makes it possible", "VACUUM FULL may hold an ACCESS EXCLUSIVE lock on the table until it has finished [1]."),
    _lie("makes it a duty", "Plain VACUUM must keep reclaimed space inside the table file for later rows [5]."),
    _lie("adds a condition", "Autovacuum never runs VACUUM FULL on its own unless the table is large [9]."),
    _lie(
        "leaves a condition out",
        "The CLUSTER command blocks every other operation on the table [3].",
        "operation on the table.",
    ),
    _lie("adds an exception", "The CLUSTER command blocks every other operation except reads while it runs [3]."),
    _lie("turns the order", "Autovacuum starts before 20 percent of the rows of a table have changed [8]."),
    _lie("turns an end into a beginning", "VACUUM FULL holds an ACCESS EXCLUSIVE lock after it has finished [1]."),
    _lie("invents a cause", "The CLUSTER command runs because it blocks every other operation on the table [3]."),
    _lie("hedges", "The autovacuum daemon usually wakes up every 60 seconds by default [7]."),
    _lie("takes a hedge away", "The autovacuum daemon always wakes up every 60 seconds [7]."),
    _lie("compares", "VACUUM FULL needs more free disk space than a second copy of the whole table [4]."),
    _lie("gives another name", "The pgcompacttable extension writes a fresh copy of the table beside the old one [6]."),
    _lie("quotes a part", "runs VACUUM FULL on its own [9].", "\nruns VACUUM FULL"),
    Attack(
        "claims in the line before a list",
        "Only superusers can do all this:\n"
        "- VACUUM FULL needs free disk space for a second copy of the whole table [4].\n"
        "- The autovacuum daemon wakes up every 60 seconds by default [7].",
        ("superusers",),
        (_WAKES,),
    ),
    Attack(
        "claims in the header and cells of a table",
        "| Never safe | Seconds |\n|---|---|\n| The autovacuum daemon wakes up | every 90 seconds [7] |",
        ("Never safe", "90"),
    ),
    _lie("turns never into always", "Autovacuum always runs VACUUM FULL on its own [9].", "always"),
    Attack(
        "thinks aloud", "<think>The Lunar Handbook [1] says 77 days. ## Moon</think>", ("think", "Lunar", "77", "Moon")
    ),
    Attack("thinks without an end", "<think>The Lunar Handbook [1] says so.", ("think", "Lunar")),
    Attack(
        "writes HTML",
        "<p>VACUUM FULL <b>needs</b> free disk space for a second copy of the whole table "
        "<img src=x onerror=steal()> <a href='http://evil.example'>now</a><script>steal()</script> [4].</p>",
        ("<", ">", "img", "steal", "evil", "script", "‹", "›"),
    ),
    Attack(
        "writes scripts in a true sentence",
        "VACUUM FULL needs free disk space for a second copy of the whole table <script>steal()</script>[4].",
        ("<", "steal", "script", "‹"),
        ("VACUUM FULL needs free disk space for a second copy of the whole table.",),
    ),
    Attack(
        "writes Markdown",
        "- **VACUUM FULL** needs [free disk space](http://evil.example) for a `second` copy of the whole table "
        "![x](http://evil.example/x.png) [4].\n```\n~~~",
        ("**", "](", "evil", "`", "!["),
    ),
    Attack(
        "writes broken tables",
        "| Lock | Days |\n|---|--\n| ACCESS EXCLUSIVE | 77 days [1]\n"
        "| VACUUM FULL | needs free disk space for a second copy of the whole table [4]\n"
        "Lock | table | finished [1] |\n"
        "||| [1]",
        ("|", "77", "--"),
    ),
    Attack("adds a list of sources", "## Sources\n[1] The Lunar Handbook, 77 pages [1].", ("Lunar", "Sources")),
    Attack("sets headings of its own", "## The Lunar Handbook\nIt locks the doors [1].", ("Lunar", "doors")),
    Attack(
        "speaks to the reader", "As an AI model I advise you to run VACUUM FULL on the table now [1].", ("advise", "AI")
    ),
]

HEADINGS = [
    ("invents", "Aliens built everything"),
    ("names what was dropped", "The Lunar Handbook"),
    ("gives another number", "Autovacuum wakes up every 90 seconds"),
    ("denies", "VACUUM FULL never locks the table"),
    ("states what is denied", "Autovacuum runs VACUUM FULL"),
    ("writes HTML", "<script>steal()</script>"),
]
"""Titles and headings that must not stand."""


class HostileModel(ModelServer):
    """Says `section` in its first section, as its summary, title and heading what it is told to; yes to every judge."""

    def __init__(self, *, section: str = "", summary: str = "", title: str = "", heading: str = "") -> None:
        super().__init__()
        self.section, self.summary, self.title, self.heading = section, summary, title, heading
        self.endless = False
        self.answers: list[str] = []

    async def _chat(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, body: Body, reply: Reply) -> bool:
        text = self._says(body)
        self.answers.append(f"{task(body)}: {text}")
        endless = self.endless and task(body) == SECTION
        return await super()._chat(reader, writer, body, Reply(text=text, endless=endless, chunk=40))

    def _says(self, body: Body) -> str:
        kind, honest = task(body), answer(body)
        if kind == OUTLINE:
            outline = json.loads(honest)
            outline["title"] = self.title or outline["title"]
            outline["sections"][0]["heading"] = self.heading or outline["sections"][0]["heading"]
            outline["sections"][0]["findings"] += ["f77", "f99"]
            return f"<think>f77 is the Lunar Handbook.</think>{json.dumps(outline)}"
        if kind == SUMMARY and self.summary:
            return self.summary
        if kind == SECTION and self.section and HONEST in prompt(body):
            heading = self.heading or tagged("section", prompt(body))[0][1]
            return f"## {heading}\n{HONEST[:-1]} [1].\n{self.section}\n"
        if kind == JUDGE:
            return json.dumps({"verdicts": [{"sentence": n, "verdict": "yes"} for n in range(1, 99)]})
        return honest


async def written_by(model: HostileModel, **given: Any) -> tuple[DraftReport, Checked, Drafts]:
    """The draft of `model` over HTTP, what the check leaves of it, and what was shown meanwhile."""
    told, drafts = hostile_brief(), Drafts()
    gone, sources = dropped()
    withheld = Withheld.of(gone, told.findings, [*told.sources, *sources], told.question)
    async with model:
        writer = llm_writer(api_key="key", base_url=model.url, model="hostile", **given)
        try:
            draft = await writer.write(told, drafts)
        finally:
            await writer.aclose()
    return draft, check(draft, told, withheld), drafts


def standing(checked: Checked) -> str:
    """All text of a report that a reader sees."""
    lines = [checked.title, *(one.text for one in checked.summary)]
    for section in checked.sections:
        lines += [section.heading, *(one.text for one in section.sentences)]
    return "\n".join(lines)


def _shown(checked: Checked) -> list[str]:
    lines = [f"Title: {checked.title}"]
    lines += [f"Summary: {one.text} {one.citations}" for one in checked.summary]
    for section in checked.sections:
        lines += [f"## {section.heading}", *(f"{one.text} {one.citations}" for one in section.sentences)]
    return lines


async def _transcript() -> list[str]:
    lines = ["# What a hostile model said, and what stood in the end", ""]
    runs = [(attack.name, HostileModel(section=attack.says, summary="No."), attack.gone) for attack in ATTACKS]
    runs += [
        (f"in the summary: {each.name}", HostileModel(summary=f"{HONEST[:-1]} [1]. {each.says}"), each.gone)
        for each in ATTACKS
    ]
    runs += [
        (f"as a heading: {name}", HostileModel(heading=said, section=" ", summary="No."), (said,))
        for name, said in HEADINGS
    ]
    runs += [(f"as the title: {name}", HostileModel(title=said), (said,)) for name, said in HEADINGS]
    honest = "\n".join(each.claim for each in hostile_brief().findings)
    for name, model, gone in runs:
        _, checked, _ = await written_by(model)
        summary = "\n".join(one.text for one in checked.summary)
        left = [one for one in gone if one in summary or (one in standing(checked) and one not in honest)]
        lines += [f"## {name}: {'GOT THROUGH' if left else 'held'}", "", "It said:", "", "```"]
        lines += [said for said in model.answers if not said.startswith("section") or HONEST[:-1] in said]
        lines += ["```", "", "What stood:", "", "```", *_shown(checked), "```", "", "Removed:", ""]
        lines += [f"- {removed.text}: {removed.why}" for removed in checked.removed] or ["nothing"]
        lines.append("")
    return lines


if __name__ == "__main__":
    sys.stdout.write("\n".join(asyncio.run(_transcript())))
