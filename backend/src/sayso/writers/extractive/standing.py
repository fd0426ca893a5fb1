"""How findings stand to one another: right behind each other, against each other, or one in the place of another.

Those that cannot all be right stand side by side in a report, in their part of it; those of documents that hold no more
stand apart.
"""

from collections.abc import Sequence
from typing import TypeAlias

from sayso.language.structure import MARK
from sayso.protocol.evidence import Finding
from sayso.research.versions import asks_for_older
from sayso.writers.port import WritingBrief

ADJOINING, LISTED = 1, 6
"""Characters, at most, between the sentences of a paragraph, what stands on a line of its own being another point; and
in front of an item, its mark among them."""
Disputed: TypeAlias = dict[str, frozenset[str]]
"""For each finding that cannot be right together with others, by its id, itself and those."""


def disputed_in(brief: WritingBrief) -> Disputed:
    """What the findings of a brief disagree on."""
    found: dict[str, frozenset[str]] = {}
    for conflict in brief.conflicts:
        found |= {id: found.get(id, frozenset()) | frozenset(conflict.findings) for id in conflict.findings}
    return found


def side_by_side(findings: Sequence[Finding], disputed: Disputed) -> list[Finding]:
    """The findings in their order, with those that disagree with one right behind it."""
    found: list[Finding] = []
    for each in findings:
        against = disputed.get(each.id, frozenset())
        rivals = [other for other in findings if other.id in against and other is not each]
        found += [other for other in (each, *rivals) if other not in found]
    return found


def held_once(findings: Sequence[Finding], brief: WritingBrief) -> list[Finding]:
    """Those that rest on superseded documents alone, if nobody asked for what held once. A human's own words are
    theirs."""
    held = {source.id for source in brief.sources if not source.superseded}
    older = [
        each
        for each in findings
        if each.id not in brief.edited and held.isdisjoint(quote.source for quote in each.quotes)
    ]
    return [] if asks_for_older(brief.question) else older


def adjoins(one: Finding, other: Finding) -> bool:
    """Whether `other` stands right behind `one`."""
    kind = other.quotes[0].kind
    # The next row of a table is about something else.
    same = one.quotes[0].source == other.quotes[0].source and None not in (_offset(one), _offset(other))
    between = LISTED if kind == "item" else ADJOINING
    return same and kind != "row" and 0 <= span(other)[0] - span(one)[1] <= between


def _offset(finding: Finding) -> int | None:
    return finding.quotes[0].place.offset


def span(finding: Finding) -> tuple[int, int]:
    """Where its statement stands in its document, or the list that is quoted with it."""
    quote = finding.quotes[0]
    listed = quote.kind == "item" and MARK.match(quote.text)
    start, end = (0, len(quote.text)) if listed or not quote.marked else quote.marked
    return (quote.place.offset or 0) + start, (quote.place.offset or 0) + end
