"""Who may see a run and who may decide about it, as rows know it."""

from dataclasses import dataclass

from sayso.people.actor import key_of
from sayso.people.policy import Asked


@dataclass(frozen=True, slots=True)
class Audience:
    """What of a run decides who may see it, and who may decide: see `people.policy`."""

    asker: str | None
    asked_of: tuple[str, ...]
    four_eyes: bool


@dataclass(frozen=True, slots=True)
class Scope:
    """Which runs somebody is shown."""

    all: bool = True
    asker: str | None = None
    """Those that count for this one,"""
    reviews: bool = False
    """and those that are asked of nobody in particular, or"""
    names: frozenset[str] = frozenset()
    """of one of these, as keys."""
    but_own: str | None = None
    """Without those that this one asked and may not approve."""

    def covers(self, run: Asked) -> bool:
        """Whether `run` is among them."""
        if self.but_own is not None and run.four_eyes and run.asker == self.but_own:
            return False
        named = not run.asked_of or any(key_of(name) in self.names for name in run.asked_of)
        return self.all or (run.asker is not None and run.asker == self.asker) or (self.reviews and named)
