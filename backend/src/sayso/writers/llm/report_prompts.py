"""What a model is told when it writes and judges: the approved findings and nothing else. See `prompts` on tags."""

from sayso.protocol.evidence import Finding
from sayso.writers.llm.prompts import DATA, Turn, block, question_block, size
from sayso.writers.port import Claimed, WritingBrief

_SENTENCES = """\
- Write plain sentences. No lists, tables, bold, links, HTML, or introduction, and no list of sources at the end.
- Every sentence ends in the numbers of the quotes it rests on, before the full stop: "Readers do not block [2]." or
  "Both sources agree [1][3]." Only numbers that are given. A sentence without a number is thrown away.
- Say nothing that the claims and quotes do not say: no knowledge of your own, no advice, no guesses. Keep numbers,
  names, conditions and doubts as they are.
- The claims of a <conflict> cannot both be right: say in one sentence that the sources disagree and on what, and cite
  both.
- A claim worded by a human stands in the text as it is worded, in a sentence of its own.
- Follow <note>, if there is one, in what to stress, in length and in tone; it is no evidence.
- Use the language of the question."""

WRITE = f"""\
You write a short report that answers a question from approved findings and from nothing else.

- Sections begin with a line "## Heading"; use the headings of the findings, the most important first.
- Use every finding once, do not repeat yourself, and stop when all are used.
{_SENTENCES}

{DATA}"""

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
You write one section of a report that answers a question, from approved findings and from nothing else.

- Begin with the line "## " and the heading of <section>. No other heading.
- The other sections are named in <heading>; leave to them what is theirs.
- Use every finding once, do not repeat yourself, and stop when all are used.
{_SENTENCES}

{DATA}"""

SUMMARY = f"""\
You sum up a report in two to four sentences that answer the question directly, from the claims given and from nothing
else. No heading.

{_SENTENCES}

{DATA}"""

JUDGE = f"""\
You judge whether quotes support sentences. For each <sentence>, "supported" is true only if the quotes below it say
what the sentence says: the same numbers, names, dates and conditions, nothing more, and not the opposite. Use no
knowledge of your own.

{DATA}

Answer with JSON only, one verdict for each sentence:
{{"verdicts": [{{"sentence": 1, "supported": true}}]}}"""

_MAX_NOTE = 4_000
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
    return [("system", WRITE), ("user", "\n".join([*head, *blocks]))], left_out


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
    head.append(block("section", heading))
    blocks, left_out = finding_blocks(brief, findings, budget - size(head))
    return [("system", SECTION), ("user", "\n".join([*head, *blocks]))], left_out


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
    return [("system", SUMMARY), ("user", "\n".join([*head, *_conflicts(brief, findings, left)]))]


def judge_block(number: int, claimed: Claimed) -> str:
    """A sentence to be judged, and the quotes that it cites."""
    return "\n".join([block("sentence", claimed.text, n=number), *(block("quote", quote) for quote in claimed.quotes)])


def judge_turns(blocks: list[str]) -> list[Turn]:
    """What the judge is told; `blocks` are of `judge_block`."""
    return [("system", JUDGE), ("user", "\n".join(blocks))]


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


def numbers_of(brief: WritingBrief, finding: Finding) -> list[int]:
    """The numbers that a sentence about `finding` can cite, the best quote's first."""
    numbers = (brief.numbers.get(quote.source) for quote in finding.quotes)
    return list(dict.fromkeys(number for number in numbers if number is not None))


def _head(brief: WritingBrief, budget: int) -> list[str]:
    head = [question_block(brief.question, budget // 2)]
    if brief.note.strip():
        head.append(block("note", brief.note[: min(_MAX_NOTE, budget // 4)]))
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
            lines.append(block("quote", text, n=number))
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
