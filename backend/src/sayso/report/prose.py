"""Who reads a human's prose: the model of the run's writer, checked by the rules, or the rules alone."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Literal, TypeVar

from sayso.protocol.commands import ReportOptions
from sayso.protocol.items import SearchLimits
from sayso.protocol.reading import Reading
from sayso.protocol.usage import StageUsage, Usage
from sayso.report.choice import WriterChoice
from sayso.wishes.checking import Item, checked
from sayso.wishes.reading import Prose, by_point, read
from sayso.wishes.shown import Shown
from sayso.writers.meter import Meter
from sayso.writers.port import Reader, Told, WriterError

T = TypeVar("T")
_REMEMBERED = 100
"""Readings that are kept, so that what was shown while somebody typed is what is stored."""


@dataclass(frozen=True)
class ReadBy:
    """Prose that was read, and by whom."""

    prose: Prose
    by: Literal["rules", "model"] = "rules"
    fallback: str = ""
    used: StageUsage | None = None

    def reading(self, limits: SearchLimits | None = None) -> Reading:
        """The same as the fields of a decision; see `Prose.reading`."""
        more = {"read_by": self.by, "fallback": self.fallback, "used": self.used}
        return self.prose.reading(limits).model_copy(update=more)


ReadProse = Callable[[str, Shown], Awaitable[ReadBy]]


async def by_rules(text: str, shown: Shown) -> ReadBy:
    """The rules' own reading."""
    return ReadBy(read(text, shown))


@dataclass(frozen=True)
class _Answer:
    items: list[Item]
    used: StageUsage


@dataclass
class Readings:
    """What models read, for a while. Used from one event loop."""

    choice: WriterChoice
    _unsure: OrderedDict[str, None] = field(default_factory=OrderedDict)
    """Points that were read and not sure. A client that shows a reading sends them on, to be accounted for."""
    _asked: OrderedDict[str, asyncio.Task[_Answer | WriterError]] = field(default_factory=OrderedDict)

    async def read(self, options: ReportOptions, text: str, shown: Shown, *, round: int, usage: Usage | None) -> ReadBy:
        """`text` as the run's writer reads it, or as the rules do where that has no model or cannot.

        Args:
            round: of the review.
            usage: what the run has asked of a model so far.
        """
        name = options.writer or self.choice.default
        writer = self.choice.by_name.get(name)
        told = Told([said for said, _ in by_point(text, shown)], shown)
        if not isinstance(writer, Reader) or not told.points:
            return ReadBy(read(text, shown))
        findings = "\n".join(f"{each.id} {each.claim}" for each in shown.findings)
        context = "\n".join([name, str(round), findings])
        if all(f"{context}\n{said}" in self._unsure for said in told.points):
            items = [Item(at, "unsure", said) for at, said in enumerate(told.points, start=1)]
            return ReadBy(checked(text, shown, items), "model")
        meter = self.choice.meter("read", round, usage.stages if usage else [])
        answer = await self._answer(f"{context}\n{text}", writer, told, meter)
        if isinstance(answer, WriterError):
            why = answer.reason.rstrip(".")
            return ReadBy(read(text, shown), fallback=f"The {name} writer could not read it: {why}.")
        prose = checked(text, shown, answer.items)
        for each in prose.unsure:
            _remember(self._unsure, f"{context}\n{each.said}", None)
        return ReadBy(prose, "model", used=answer.used)

    async def _answer(self, key: str, writer: Reader, told: Told, meter: Meter) -> _Answer | WriterError:
        task = self._asked.get(key) or asyncio.create_task(_asked(writer, told, meter))
        _remember(self._asked, key, task)
        answer = await asyncio.shield(task)
        if isinstance(answer, WriterError) and self._asked.get(key) is task:
            del self._asked[key]
        return answer


def _remember(known: OrderedDict[str, T], key: str, value: T) -> None:
    known[key] = value
    known.move_to_end(key)
    while len(known) > _REMEMBERED:
        known.popitem(last=False)


async def _asked(writer: Reader, told: Told, meter: Meter) -> _Answer | WriterError:
    try:
        items = await writer.read(told, meter)
    except WriterError as error:
        return error
    return _Answer(items, meter.used)
