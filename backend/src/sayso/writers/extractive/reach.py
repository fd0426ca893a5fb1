"""How far behind the best match of a part a statement still answers it, and from where on it surely does."""

from collections.abc import Sequence

from sayso.language.meaning import LANGUAGE
from sayso.writers.extractive.choice import SURE, Scored
from sayso.writers.extractive.pool import Pool

LEAST, LEAST_BY_WORDS = 0.2, 0.15
"""Match below which a statement is no answer to anything, and where only words tell."""
BEHIND, BEHIND_OF_FEW = 0.25, 0.35
"""How far behind the best match of its part a statement is about something else; of many passages, and of a few, all
of which were found for the question."""
SHARE, NEAREST, LIKELY = 0.7, 0.15, 0.6
"""The same among a few passages in the document of a sure answer, as a share of what the best match lacks to be
complete, and the least of it, for what is no likely answer by its own match: a page that says it says it once. Where
other documents differ, that must show."""


def answering(new: Sequence[Scored], rivals: Sequence[Scored], pool: Pool) -> list[Scored]:
    """Those of `new` that answer, in their order.

    Args:
        rivals: with what they are compared.
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
    return [each for each in new if each.match >= (there if each.read.passage.uri == own else everywhere)]


def only_near(each: Scored, pool: Pool) -> bool:
    """Whether a statement is only near to what was asked. Of a few passages the nearest mostly is the answer."""
    return each.match < SURE * pool.crowd
