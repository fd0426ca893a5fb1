"""How findings stand to one another: those that cannot all be right, and those of documents that hold no more.

The former stand side by side in a report, in their part of it, the latter apart.
"""

from collections.abc import Sequence
from typing import TypeAlias

from sayso.protocol.evidence import Finding
from sayso.research.versions import asks_for_older
from sayso.writers.port import WritingBrief

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
