"""Two documents that may disagree, asked by the whole way: by themselves, and among all the others of their half."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.research.asking import Asked, ask
from benchmarks.research.figures import Figures, entries
from benchmarks.research.libraries import small_library

_WORD = re.compile(r"\w+")


async def measure(folder: Path, half: str) -> list[Figures]:
    """How often both statements are shown, and a conflict is told between documents of the pair, or another one."""
    pairs = entries("disagreeing", half)
    alone = {conflict: Figures(_title(conflict)) for conflict in (True, False)}
    for pair in pairs:
        async with small_library(folder / pair["id"], _files(pair)) as opened:
            _count(alone[pair["conflict"]], pair, await ask([opened], pair["question"]))
    together = {conflict: Figures(f"{_title(conflict)}, among all") for conflict in (True, False)}
    documents = {name: text for pair in pairs for name, text in _files(pair).items()}
    async with small_library(folder / "together", documents) as opened:
        for pair in pairs:
            _count(together[pair["conflict"]], pair, await ask([opened], pair["question"]))
    return [*alone.values(), *together.values()]


def _title(conflict: bool) -> str:
    return "disagreeing documents" if conflict else "documents that do not disagree"


def _files(pair: Mapping[str, Any]) -> dict[str, bytes]:
    return {_file(name): text.encode() for name, text in pair["documents"].items()}


def _file(name: str) -> str:
    """The set has names like "minutes.pdf" for what is text."""
    return name if name.endswith((".md", ".txt", ".html")) else f"{name}.md"


def _count(figures: Figures, pair: Mapping[str, Any], asked: Asked) -> None:
    of = {source.id: source.uri for source in asked.review.sources}
    own = set(map(_file, pair["documents"]))
    from_own = {f.id for f in asked.review.findings if f.quotes and of[f.quotes[0].source] in own}
    told = [set(conflict.findings) <= from_own for conflict in asked.review.conflicts]
    shown = all(_shown(statement, asked) for statement in pair["statements"])
    figures.add(**{"both shown": shown, "conflict told": any(told), "told of others": not all(told)})
    if pair["conflict"] != any(told) or not shown:
        figures.misses.append(f"{pair['id']} {pair['kind']}: {pair['question']} shown {shown} told {any(told)}")


def _shown(statement: str, asked: Asked) -> bool:
    plain = _plain(statement)
    for finding in asked.review.findings:
        for quote in finding.quotes[:1]:
            start, end = quote.marked or (0, len(quote.text))
            marked = _plain(quote.text[start:end])
            if plain in _plain(f"{quote.place.lead or ''} {quote.text}") or (marked and marked in plain):
                return True
    return False


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text)).lower()
