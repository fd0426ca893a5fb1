"""What a part of the benchmark counted."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SETS = Path(__file__).with_name("sets")


@dataclass
class Figures:
    """Counts of one kind of question."""

    name: str
    asked: int = 0
    counts: dict[str, float] = field(default_factory=dict)
    misses: list[str] = field(default_factory=list)

    def add(self, **held: float) -> None:
        self.asked += 1
        for what, value in held.items():
            self.counts[what] = self.counts.get(what, 0.0) + value

    def line(self) -> str:
        shares = ", ".join(f"{what} {value / self.asked:.0%} ({value:g})" for what, value in self.counts.items())
        return f"{self.name} ({self.asked}): {shares}"


def entries(name: str, half: str) -> list[dict[str, Any]]:
    """The entries of a set that belong to that half."""
    found: list[dict[str, Any]] = json.loads((SETS / f"{name}.json").read_text(encoding="utf-8"))
    return [entry for entry in found if entry["half"] == half]
