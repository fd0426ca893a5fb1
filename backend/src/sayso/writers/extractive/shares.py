"""How the findings of a round are shared out among the parts of what is asked."""

from collections.abc import Sequence

from sayso.writers.extractive.choice import Scored, chosen
from sayso.writers.extractive.parts import Part
from sayso.writers.extractive.pool import Pool

MAX_FINDINGS = 10
"""New findings of one round."""
ALSO = 0.85
"""Share of the best match of a part from which a statement is told beside it, where that is told under another part."""


def shared_out(pool: Pool, ranked: dict[Part, list[Scored]]) -> list[tuple[Part, Scored]]:
    """Some of each part, first of what answers it best of all parts, then the best of what is left."""
    home: dict[int, tuple[float, Part]] = {}
    for part, own in ranked.items():
        for each in own:
            if each.index not in home or each.match > home[each.index][0]:
                home[each.index] = each.match, part
    ranked = {part: _beside(part, own, home) for part, own in ranked.items()}
    found: list[tuple[Part, Scored]] = []
    share = max(2, -(-MAX_FINDINGS // max(1, len(ranked))))
    for least, at_home in ((share, True), (share, False), (MAX_FINDINGS, False)):
        for part, own in ranked.items():
            taken = [each for _, each in found]
            room = min(least - sum(each == part for each, _ in found), MAX_FINDINGS - len(found))
            rest = [each for each in own if all(each.index != other.index for other in taken)]
            rest = [each for each in rest if home[each.index][1] == part] if at_home else rest
            found.extend((part, each) for each in chosen(pool, rest, max(0, room), taken))
    return found


def best_first(shares: Sequence[tuple[Part, Scored]]) -> list[tuple[Part, Scored]]:
    """`shares` in the same turns of parts, each part's by how well it matches: scores are made to choose several that
    tell different things, and the best match is oftener the answer."""
    own = {
        part: iter(sorted((each for other, each in shares if other == part), key=lambda each: -each.match))
        for part, _ in shares
    }
    return [(part, next(own[part])) for part, _ in shares]


def _beside(part: Part, own: list[Scored], home: dict[int, tuple[float, Part]]) -> list[Scored]:
    """What is left of a part's statements: where the best answers another part better and is told there, only what is
    about as good as that."""
    best = max(own, key=lambda each: each.match, default=None)
    # With words of another part beside its own, what answers that one matches it too.
    if best is None or home[best.index][1] == part or part.borrows:
        return own
    return [each for each in own if each.match >= ALSO * best.match]


def covered(shares: list[tuple[Part, Scored]], ranked: dict[Part, list[Scored]]) -> dict[int, list[str]]:
    """By statement, the topics of the parts that got none of their own because it is told under another one."""
    told = {each.index for _, each in shares}
    served = {part for part, _ in shares}
    covers: dict[int, list[str]] = {}
    for part, own in ranked.items():
        if part not in served and (best := next((each for each in own if each.index in told), None)):
            covers.setdefault(best.index, []).append(part.topic)
    return covers
