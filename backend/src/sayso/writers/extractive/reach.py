"""How far behind the best match of a part a statement still answers it, and from where on it surely does."""

from collections.abc import Sequence

from sayso.language.meaning import LANGUAGE
from sayso.language.names import Name, comparable, names_of
from sayso.writers.extractive.choice import SURE, Scored
from sayso.writers.extractive.pool import Pool
from sayso.writers.extractive.second import second_opinion

LEAST, LEAST_BY_WORDS = 0.2, 0.15
"""Match below which a statement is no answer to anything, and where only words tell."""
BEHIND, BEHIND_OF_FEW = 0.25, 0.35
"""How far behind the best match of its part a statement is about something else; of many passages, and of a few, all
of which were found for the question."""
FAINT = 0.3
"""Match below which a statement may only be the nearest of little that was read; where words alone are counted, in
other languages than the vectors know, a match is lower and says nothing of that."""
SHARE, NEAREST, LIKELY = 0.7, 0.15, 0.6
"""The same among a few passages in the document of a sure answer, as a share of what the best match lacks to be
complete, and the least of it, for what is no likely answer by its own match: a page that says it says it once. Where
other documents differ, that must show."""

CLOSE, OTHERS = 0.1, 2
"""How far behind a sure answer what is only near is shown, of other documents than those that surely answer, and how
many are shown in any case: what looks sure may not be what was meant."""


def answering(new: Sequence[Scored], rivals: Sequence[Scored], pool: Pool, text: str) -> list[Scored]:
    """Those of `new` that answer, in their order.

    Args:
        rivals: with what they are compared.
        text: what was asked.
    """
    best = max(rivals, key=lambda each: each.match, default=None)
    if best is None:
        return []
    least = LEAST if pool.language == LANGUAGE else LEAST_BY_WORDS
    wide = BEHIND_OF_FEW + (BEHIND - BEHIND_OF_FEW) * pool.crowd
    everywhere = max(least, best.match - wide)
    beside = min(LIKELY, best.match - max(NEAREST, SHARE * (1 - best.match)))
    # What was read is a crowd by degrees, and so is the rest of the best one's document.
    there = max(everywhere, beside + (everywhere - beside) * pool.crowd)
    own = best.read.passage.uri
    found = [each for each in new if each.match >= (there if each.read.passage.uri == own else everywhere)]
    if _is_unsure(best, pool):
        return found
    sure = {each.read.passage.uri for each in rivals if not _is_unsure(each, pool)}
    named = [name for name in names_of(text, pool.language) if _names(best, name, pool)]

    shown: list[Scored] = []
    others = 0
    for each in found:
        if _is_unsure(each, pool):
            if named and not any(_names(each, name, pool) for name in named):
                continue
            apart = each.read.passage.uri not in sure
            others += apart
            if apart and others > OTHERS and each.match < best.match - CLOSE:
                continue
        shown.append(each)
    # What was shown in an earlier round had its second opinion there.
    second = second_opinion(best, new, pool) if any(each.index == best.index for each in new) else None
    if second is None or any(each.index == second.index for each in shown):
        return shown
    # Among the first it has a place; they are put in order by their matches later.
    return [*shown[:1], second, *shown[1:]]


def _names(each: Scored, name: Name, pool: Pool) -> bool:
    """Whether a statement, or what it stands under, names it."""
    passage = each.read.passage
    around = (passage.title, passage.date, passage.place.heading, each.read.lead, each.read.text)
    return name.named_in(*comparable(" \n ".join(filter(None, around)), pool.language))


def only_near(each: Scored, pool: Pool) -> bool:
    """Whether a statement is only near to what was asked. Of a few passages the nearest mostly is the answer, unless it
    is that by hardly anything."""
    return _is_unsure(each, pool) or (pool.language == LANGUAGE and each.match < FAINT)


def _is_unsure(each: Scored, pool: Pool) -> bool:
    return each.match < SURE * pool.crowd
