"""A model as small ones are: it copies templates, breaks off its JSON, forgets its numbers, and writes nothing at all.

What it does is told by the request, so that a run is the same each time.
"""

import json
import zlib
from collections.abc import Callable

from model_answers import FIND, OUTLINE, PLAN, SECTION, SUMMARY, WRITE, Body, answer, numbered, prompt, tagged, task

_COPIED = {
    PLAN: '{"queries": [{"query": "...", "part": 1}, {"query": "moss kite steering fog", "part": 1}]}',
    SUMMARY: '{"units": [{"kind": "sentence", "cites": [2], "text": "A moss kite is steered by its tail bell."}]}',
    OUTLINE: '{"title": "...", "sections": [{"heading": "...", "findings": ["f1", "f2"]}]}',
}


def weak(body: Body) -> str:
    """Its answer to a request of the writer."""
    kind = task(body)
    told = {FIND: _finds, WRITE: _writes, SECTION: _writes}
    if kind in told:
        ways = told[kind]
        return ways[zlib.crc32(prompt(body).encode()) % len(ways)](body)
    return _COPIED.get(kind) or answer(body)


def _first_numbers(body: Body) -> str:
    """Whatever came first, under one part, with claims that are no claims."""
    found = [number for _, passage in tagged("passage", prompt(body)) for number, _ in numbered(passage)]
    chosen = [{"statement": number, "part": 1, "claim": "...", "also": []} for number in found[:4]]
    return json.dumps({"findings": chosen})


def _broken(body: Body) -> str:
    return _first_numbers(body)[:-20]


def _nothing_found(body: Body) -> str:
    return '{"findings": []}'


def _without_numbers(body: Body) -> str:
    """Quotes, word for word, that cite nothing."""
    quotes = [said for _, said in tagged("quote", prompt(body))]
    return "Here is the section:\n" + "\n".join(" ".join(quote.split()) for quote in quotes[:2])


def _units_without_numbers(body: Body) -> str:
    quotes = [" ".join(said.split()) for _, said in tagged("quote", prompt(body))]
    return json.dumps({"units": [{"kind": "sentence", "cites": [], "text": quote} for quote in quotes[:1]]})


def _empty(body: Body) -> str:
    return '{"units": []}'


_finds: list[Callable[[Body], str]] = [_first_numbers, _broken, _nothing_found]
_writes: list[Callable[[Body], str]] = [_without_numbers, _units_without_numbers, _empty]
