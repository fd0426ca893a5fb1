"""`python -m benchmarks.research.conflicts`: how many of the pairs that conflict are found, and of the harmless ones.

Each statement of a pair is a finding of its own, with its whole document as quote.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from benchmarks.research.sets.verify import load
from sayso.gate.conflicts import conflicts
from sayso.protocol.evidence import Conflict, Finding, Quote, Source


@dataclass
class Figures:
    """Counts by kind of pair: `found` of `true` conflicts, `false` ones of `harmless` pairs."""

    found: Counter[str] = field(default_factory=Counter)
    true: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    harmless: Counter[str] = field(default_factory=Counter)


def measure(half: str) -> Figures:
    """The figures of one half of the set, "tune" or "held"."""
    figures = Figures()
    for pair in load("conflicts"):
        if pair["half"] == half:
            seen, told = (figures.true, figures.found) if pair["conflict"] else (figures.harmless, figures.false)
            seen[pair["kind"]] += 1
            told[pair["kind"]] += bool(found(pair))
    return figures


def found(pair: dict[str, Any]) -> list[Conflict]:
    """What is found between the two statements of a pair."""
    names = list(pair["documents"])
    sources = [Source(id=f"s{at}", kind="library", title=name, uri=name) for at, name in enumerate(names, start=1)]
    findings = []
    for at, statement in enumerate(pair["statements"]):
        text = pair["documents"][names[at if len(names) > 1 else 0]]
        start = text.index(statement)
        quote = Quote(text=text, source=sources[at if len(names) > 1 else 0].id, marked=(start, start + len(statement)))
        findings.append(Finding(id=f"f{at + 1}", claim=statement, quotes=[quote]))
    return conflicts(findings, sources)


def _table(half: str) -> str:
    figures = measure(half)
    lines = [f"{half}:"]
    for title, told, seen in (
        ("found", figures.found, figures.true),
        ("false", figures.false, figures.harmless),
    ):
        lines.append(f"  {title} {told.total()} of {seen.total()}")
        lines += [f"    {kind}: {told[kind]} of {number}" for kind, number in sorted(seen.items())]
    return "\n".join(lines)


if __name__ == "__main__":
    for each in ("tune", "held"):
        print(_table(each))
