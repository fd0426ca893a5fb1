"""What a model is told when it writes: the approved findings and nothing else. See `prompts` on tags."""

from sayso.protocol.evidence import Finding
from sayso.writers.llm.prompts import DATA, Turn, block, question_block, size
from sayso.writers.port import EarlierUnit, WritingBrief

_EXAMPLE = """\
For instance, from
<finding heading="Fog"><claim>In fog a moss kite is steered by its tail bell.</claim>
<quote n="2">In fog a moss kite is steered by its tail bell.</quote></finding>
<finding heading="Fog"><claim>Bell of brass: 3 miles</claim><quote n="5">Bell | Reach
brass | 3 miles</quote></finding>
good units are:
{"units": [{"kind": "sentence", "cites": [2], "text": "In fog a moss kite is steered by its tail bell."},
{"kind": "lead", "cites": [], "text": "How far each bell reaches:"},
{"kind": "header", "cites": [5], "text": "Bell | Reach"},
{"kind": "row", "cites": [5], "text": "brass | 3 miles"}]}
Never use words of this example."""

_UNITS = """\
- Answer with JSON only: {"units": [...]}, in reading order. "kind": "sentence"; "item" of a list; "row" of a table, its
  cells apart by " | ", with a "header" before the first; "code", its lines kept; "lead", a line such as "These are the
  steps:" before a list, table or code, which claims nothing. Where a quote is a list, a table or code, or the question
  or <note> asks for one, write items, rows or code; else sentences.
- "cites": the numbers (n) of the quotes that the unit rests on. Only numbers that are given. All units but leads cite.
- Keep to the words of claims and quotes: change as few as you can. Keep numbers, names, conditions, doubts and
  negations as they are; copy rows and code sign for sign. No knowledge of your own, no advice, no guesses.
- The claims of a <conflict> cannot both be right: tell both, one behind the other, and cite each.
- A claim worded by a human stands in the text as it is worded, in a sentence of its own.
- Follow <note>, if there is one, in what to stress, in length and in tone; it is no evidence.
- Where there are <unit>s, they are the text so far: change what <note> and <comment> ask for, and copy the rest of it.
- Use the language of the question. A quote in another language is translated sentence by sentence, with its numbers,
  units, names and negations as they are."""

WRITE = f"""\
You write a short report that answers a question from approved findings and from nothing else. {DATA}

{_EXAMPLE}"""

WRITE_TASK = f"""\
Now write the report.
- Sections begin with a unit of kind "heading"; use the headings of the findings, the most important first.
- Use every finding once, do not repeat yourself, and stop when all are used.
{_UNITS}"""

OUTLINE = f"""\
You outline a report that answers a question from approved findings. Others will write its sections.

- "title": what the report is about, in three to ten words. It asserts nothing.
- "sections": two to six of them, in the order in which they answer the question best. "heading": two to six words that
  name what the section is about. "findings": the ids of the findings that it is written from.
- Every finding belongs to exactly one section. Findings of a <conflict> belong together.
- Follow <note>, if there is one. Use the language of the question.

{DATA}

Answer with JSON only:
{{"title": "...", "sections": [{{"heading": "...", "findings": ["f1", "f2"]}}]}}"""

SECTION = f"""\
You write one section of a report that answers a question, from approved findings and from nothing else. {DATA}

{_EXAMPLE}"""

SECTION_TASK = f"""\
Now write the section that <section> names, without its heading. The other sections are named in <heading>; leave to
them what is theirs.
- Use every finding once, do not repeat yourself, and stop when all are used.
{_UNITS}"""

SUMMARY = f"""\
You sum up a report from the claims given and from nothing else. {DATA}

{_EXAMPLE}"""

SUMMARY_TASK = f"""\
Now sum up, in two to four units of kind "sentence" that answer <question> directly.
{_UNITS}"""

CITE = f"""\
You say which quotes sentences rest on. {DATA}"""

CITE_TASK = """\
Now answer with JSON only: {"units": [{"sentence": 1, "cites": [2]}]}. "cites": the numbers (n) of the quotes that say
what the <sentence> says; [] if none does."""

_MAX_NOTE = 4_000
_MAX_SENTENCE = 600
_MAX_HEADING = 80
_MAX_QUOTES = 6
"""Quotes of one finding that are told when there is little room."""


def write_turns(brief: WritingBrief, *, budget: int) -> tuple[list[Turn], list[Finding]]:
    """What the author of a whole report is told: the approved findings with their quotes and numbers, and nothing else.

    Quotes are cut to their marked sentence when all of them together exceed `budget` characters, and findings that
    even so do not fit are left out from the end.

    Returns:
        the turns, and the findings that were left out.
    """
    head = _head(brief, budget)
    blocks, left_out = finding_blocks(brief, brief.findings, budget - size(head))
    return [("system", WRITE), ("user", "\n".join([*head, *blocks, WRITE_TASK]))], left_out


def section_turns(
    brief: WritingBrief, heading: str, others: list[str], findings: list[Finding], *, budget: int
) -> tuple[list[Turn], list[Finding]]:
    """What the author of one section is told: as `write_turns`, with the headings of the others."""
    head = _head(brief, budget)
    left = budget - size(head)
    for other in others:
        one = block("heading", other)
        if size([one]) <= left // 4:
            head.append(one)
            left -= size([one])
    section = block("section", heading)
    blocks, left_out = finding_blocks(brief, findings, budget - size(head) - size([section]))
    blocks.append(section)
    return [("system", SECTION), ("user", "\n".join([*head, *blocks, SECTION_TASK]))], left_out


def outline_turns(brief: WritingBrief, *, budget: int) -> list[Turn] | None:
    """What the maker of the outline is told: ids and claims; `None` when they do not all fit."""
    head = _head(brief, budget)
    blocks = [
        block("finding", finding.claim, id=finding.id, heading=brief.topics.get(finding.id, ""))
        for finding in brief.findings
    ]
    for conflict in brief.conflicts:
        blocks.append(block("conflict", " ".join(conflict.findings)))
    if size(head) + size(blocks) > budget:
        return None
    return [("system", OUTLINE), ("user", "\n".join([*head, *blocks]))]


def summary_turns(brief: WritingBrief, findings: list[Finding], *, budget: int) -> list[Turn]:
    """What the author of the summary is told: the claims and their numbers, as many as fit."""
    head = _head(brief, budget)
    left = budget - size(head)
    for finding in findings:
        numbers = numbers_of(brief, finding)
        one = block("claim", finding.claim, cite=" ".join(f"[{number}]" for number in numbers))
        left -= size([one])
        if left < 0:
            break
        if numbers:
            head.append(one)
    told = "\n".join([*head, *_conflicts(brief, findings, left), SUMMARY_TASK])
    return [("system", SUMMARY), ("user", told)]


def cite_turns(brief: WritingBrief, sentences: list[str], findings: list[Finding], *, budget: int) -> list[Turn]:
    """What is asked of sentences that cite nothing: which of the findings' quotes each rests on."""
    told = [block("sentence", text[:_MAX_SENTENCE], n=number) for number, text in enumerate(sentences, start=1)]
    blocks, _ = finding_blocks(brief, findings, budget - size(told))
    return [("system", CITE), ("user", "\n".join([*blocks, *told, CITE_TASK]))]


def finding_blocks(brief: WritingBrief, findings: list[Finding], budget: int) -> tuple[list[str], list[Finding]]:
    """The findings as data, within `budget` characters, and those that do not fit."""
    conflicts = _conflicts(brief, findings, budget // 4)
    budget -= size(conflicts)
    blocks = _blocks(brief, findings, whole=True)
    if size([text for _, text in blocks]) > budget:
        blocks = _blocks(brief, findings, whole=False)
    fitting: list[str] = []
    for at, (_, one) in enumerate(blocks):
        budget -= size([one])
        if budget < 0:
            return [*fitting, *conflicts], [finding for finding, _ in blocks[at:]]
        fitting.append(one)
    return [*fitting, *conflicts], []


def earlier_blocks(unit: EarlierUnit, number: int, room: int) -> list[str]:
    """A unit of the text that is to be changed, and the comment on it, if they fit into `room` characters."""
    told = [block("unit", unit.text, n=number)]
    told += [block("comment", unit.comment, unit=number)] if unit.comment else []
    return told if size(told) <= room else []


def numbers_of(brief: WritingBrief, finding: Finding) -> list[int]:
    """The numbers that a sentence about `finding` can cite, the best quote's first."""
    numbers = (brief.numbers.get(quote.source) for quote in finding.quotes)
    return list(dict.fromkeys(number for number in numbers if number is not None))


def _head(brief: WritingBrief, budget: int) -> list[str]:
    head = [question_block(brief.question, budget // 2)]
    if brief.note.strip():
        head.append(block("note", brief.note[: min(_MAX_NOTE, budget // 4)]))
    left = budget // 4
    for number, unit in enumerate(brief.earlier, start=1):
        told = earlier_blocks(unit, number, left)
        left -= size(told)
        head += told
    return head


def _blocks(brief: WritingBrief, findings: list[Finding], *, whole: bool) -> list[tuple[Finding, str]]:
    blocks = []
    for finding in findings:
        worded = "by a human" if finding.id in brief.edited else ""
        lines = [block("claim", finding.claim, worded=worded)]
        for quote in finding.quotes[: None if whole else _MAX_QUOTES]:
            number = brief.numbers.get(quote.source)
            if number is None:
                continue
            text = quote.text if whole or quote.marked is None else quote.text[slice(*quote.marked)]
            source = next((each for each in brief.sources if each.id == quote.source), None)
            place = {"title": source.title, "date": source.date} if source else {}
            if quote.kind == "row" and quote.place.lead and quote.place.lead not in text:
                text = f"{quote.place.lead}\n{text}"
            heading = (quote.place.heading or "")[-_MAX_HEADING:]
            lines.append(block("quote", text, n=number, **place, heading=heading, kind=quote.kind))
        if len(lines) == 1:
            continue  # without a number nothing of it can be cited
        opened = block("finding", "", heading=brief.topics.get(finding.id, "")).removesuffix("</finding>")
        blocks.append((finding, "\n".join([opened, *lines, "</finding>"])))
    return blocks


def _conflicts(brief: WritingBrief, findings: list[Finding], budget: int) -> list[str]:
    """The conflicts among `findings`, as many as fit: both claims, and what they disagree on."""
    claims = {finding.id: finding.claim for finding in findings}
    blocks: list[str] = []
    for conflict in brief.conflicts:
        if conflict.findings and all(id in claims for id in conflict.findings):
            opened = block("conflict", "", about=conflict.why).removesuffix("</conflict>")
            one = "\n".join([opened, *(block("claim", claims[id]) for id in conflict.findings), "</conflict>"])
            budget -= size([one])
            if budget < 0:
                break
            blocks.append(one)
    return blocks
