"""What words found and what a model adds, as one: what a model leaves out is not lost, and what it adds costs nothing.

A model is never asked instead of the extractive writer but on top of it. Its searches are made beside the others, its
choice of statements goes first and the rest stays behind it. Its text is completed by `completing`.
"""

from dataclasses import dataclass

from sayso.exports.wording import count
from sayso.report.listing import quoted
from sayso.writers.port import Candidate, Part, Query

ADDED = 6
"""Statements that a model may add to what words found in one round."""


@dataclass(frozen=True)
class Joined:
    """The candidates of both, and what is to be said of them."""

    candidates: list[Candidate]
    told: str
    """Empty where there is nothing to say."""


def joined_queries(by_words: list[Query], model: list[Query]) -> list[Query]:
    """The searches of both, none twice."""
    asked: dict[str, Query] = {}
    for query in [*by_words, *(each.model_copy(update={"added": True}) for each in model)]:
        asked.setdefault(" ".join(query.text.casefold().split()), query)
    return list(asked.values())


def joined_candidates(by_words: list[Candidate], model: list[Candidate], parts: list[Part]) -> Joined:
    """The model's choice first, in its order, then what words found and it left out."""
    model = _limited(by_words, model)
    left = [each for each in by_words if not any(_same(each, other) for other in model)]
    if not left:
        return Joined(model, "")
    added = sum(not any(_same(each, other) for other in by_words) for each in model)
    chosen = f"The model chose {count(len(model), 'statement')}"
    news = f", {added} of them beside what words found" if added else ""
    lacking = [part.topic for part in parts if not any(each.topic == part.topic for each in model)]
    lacking = [topic for topic in lacking if any(each.topic == topic for each in left)]
    on = f", all there is on {quoted(lacking)}" if lacking and model else ""
    verb = "stays" if len(left) == 1 else "stay"
    left = [each.model_copy(update={"by_words": True}) for each in left]
    return Joined([*model, *left], f"{chosen}{news}; {len(left)} that it left out {verb} as found by words{on}")


def _same(one: Candidate, other: Candidate) -> bool:
    """Whether two candidates rest on the same statement."""
    a, b = one.marked, other.marked
    return one.passage.key == other.passage.key and a[0] < b[1] and b[0] < a[1]


def _limited(by_words: list[Candidate], model: list[Candidate]) -> list[Candidate]:
    """`model` with the first `ADDED` of what words did not find."""
    added = [each for each in model if not any(_same(each, other) for other in by_words)]
    beyond = {id(each) for each in added[ADDED:]}
    return [each for each in model if id(each) not in beyond]
