"""The figures for people, as Markdown tables on the terminal."""

from collections.abc import Callable, Iterable

from benchmarks.gate import rewordings, twists
from benchmarks.gate.gate import Measured, Outcome, Swapped

_STRICT = ("number", "unit", "entity", "negation", "role")
"""Kinds of which none may be published as what the quote says."""


def by_kind(measured: Measured) -> str:
    """Two tables: what became of the twisted ones, and of the faithful ones."""
    twisted = [outcome for outcome in measured.outcomes if outcome.case.twisted]
    faithful = [outcome for outcome in measured.outcomes if not outcome.case.twisted]
    head = ["twisted", "cases", "published as quoted or same", "standing as reworded", "replaced", "removed"]
    rows = [_row(kind, of) for kind, of in _kinds(twisted, twists.KINDS)]
    head_ = ["faithful", "cases", "in its own words: quoted or same", "reworded", "as its quote", "lost"]
    rows_ = [_row(kind, of) for kind, of in _kinds(faithful, rewordings.KINDS)]
    return f"{_table(head, rows)}\n\n{_table(head_, rows_)}"


def summary(all_measured: list[Measured], verbatim: list[Outcome], swapped: dict[str, Swapped]) -> str:
    """The measures of the gate, one a line, with what is to be reached."""
    lines = []
    for measured in all_measured:
        twisted = [outcome for outcome in measured.outcomes if outcome.case.twisted]
        faithful = [outcome for outcome in measured.outcomes if not outcome.case.twisted]
        strict = [outcome for outcome in twisted if outcome.case.kind in _STRICT]
        lines.append(
            [
                str(measured.findings),
                _share(twisted, lambda outcome: outcome.praised),
                str(sum(outcome.praised for outcome in strict)),
                _share(twisted, lambda outcome: outcome.fate == "reworded"),
                _share(faithful, lambda outcome: outcome.praised or outcome.fate == "reworded"),
                _share(faithful, lambda outcome: outcome.fate == "replaced"),
                _share(faithful, lambda outcome: outcome.fate == "removed"),
                f"{measured.seconds * 1000:.2f} ms",
            ]
        )
    head = [
        "findings", "twisted published", f"of them {', '.join(_STRICT)}", "twisted as reworded",
        "faithful in own words", "faithful as quote", "faithful lost", "a unit",
    ]  # fmt: skip
    lines.append(["reach", "<= 1 %", "0", "<= 10 %", ">= 60 %", "the rest", "0 %", "<= 2 ms"])
    text = _table(head, lines)
    text += f"\n\nSentences of the quotes, word for word, {len(verbatim)}: "
    text += f"{_share(verbatim, lambda outcome: outcome.praised)} published as quoted or same (reach: 100 %).\n"
    for name, each in swapped.items():
        good = 100 * (each.repointed + each.caught) / max(1, each.units)
        text += (
            f"Citations of two units swapped, {name}, {each.units}: {good:.1f} % caught ({each.caught}) or re-pointed "
        )
        text += f"({each.repointed}) (reach: 100 %).\n"
    return text


def passed(measured: Measured) -> str:
    """Twisted sentences that stand, and faithful ones that do not, to be read."""
    lines = []
    for outcome in sorted(measured.outcomes, key=lambda outcome: (outcome.case.twisted, outcome.case.kind)):
        case = outcome.case
        stands = outcome.praised or outcome.fate == "reworded"
        if case.twisted == stands:
            quoted = " / ".join(unit.text for unit in case.units)
            lines.append(
                f"{'twisted' if case.twisted else 'faithful'} {case.kind}, {outcome.fate}:\n  {quoted}\n  {case.text}"
            )
    return "\n".join(lines)


def _kinds(outcomes: list[Outcome], kinds: Iterable[str]) -> list[tuple[str, list[Outcome]]]:
    found = [(kind, [outcome for outcome in outcomes if outcome.case.kind == kind]) for kind in kinds]
    return [*found, ("all", outcomes)]


def _row(kind: str, of: list[Outcome]) -> list[str]:
    return [
        kind,
        str(len(of)),
        _share(of, lambda outcome: outcome.praised),
        _share(of, lambda outcome: outcome.fate == "reworded"),
        _share(of, lambda outcome: outcome.fate == "replaced"),
        _share(of, lambda outcome: outcome.fate == "removed"),
    ]


def _share(of: list[Outcome], told: Callable[[Outcome], bool]) -> str:
    return f"{100 * sum(map(told, of)) / len(of):.1f} %" if of else "-"


def _table(head: list[str], rows: list[list[str]]) -> str:
    widths = [max(len(line[column]) for line in [head, *rows]) for column in range(len(head))]
    lines = [head, ["-" * width for width in widths], *rows]
    return "\n".join(f"| {' | '.join(cell.ljust(w) for cell, w in zip(line, widths, strict=True))} |" for line in lines)
