"""What a measurement found: figures by contestant, and how they stand to the goals."""

from dataclasses import asdict, dataclass, field
from statistics import median
from typing import Any


@dataclass
class Goal:
    """A figure, mostly a ratio, and the bound that it should keep."""

    text: str
    found: float
    bound: float
    at_least: bool
    unit: str = "x"

    @property
    def met(self) -> bool:
        return self.found >= self.bound if self.at_least else self.found <= self.bound

    def __str__(self) -> str:
        sign = "≥" if self.at_least else "≤"
        return f"{number(self.found)}{self.unit} {self.text} ({sign} {self.bound:g}: {'met' if self.met else 'MISSED'})"


@dataclass
class Row:
    """One line of the table."""

    measure: str
    unit: str
    values: dict[str, float]
    goals: list[Goal] = field(default_factory=list)
    details: dict[str, Any] = field(default_factory=dict)
    """Into the JSON only, except `note`."""

    def as_json(self) -> dict[str, Any]:
        goals = [{**asdict(goal), "met": goal.met} for goal in self.goals]
        return {**asdict(self), "goals": goals}


def at_least(text: str, found: float, bound: float, unit: str = "x") -> Goal:
    return Goal(text, found, bound, True, unit)


def at_most(text: str, found: float, bound: float, unit: str = "x") -> Goal:
    return Goal(text, found, bound, False, unit)


def p95(samples: list[float]) -> float:
    return sorted(samples)[int(len(samples) * 0.95)]


def spread(samples: list[float]) -> dict[str, float]:
    return {"p50": median(samples), "p95": p95(samples), "least": min(samples), "samples": len(samples)}


def number(value: float) -> str:
    """Three figures, thousands apart."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
