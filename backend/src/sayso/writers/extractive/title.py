"""The title of a report: the question on one line."""

from sayso.language.segments import segments
from sayso.language.tongue import language_of
from sayso.writers.extractive.parts import asked_in, telling_words

LONGEST = 140
"""Characters from which a question is no title as it stands."""
TELLING = 2
"""Words that tell something from which a question says by itself what it is about."""


def title_of(question: str) -> str:
    """The question; of a long one the first sentence that asks something which can be told without the rest, or else
    its first sentence."""
    line = " ".join(question.split())
    if len(line) > LONGEST:
        language = language_of(line)
        asked = (each for each in asked_in(line, language)[0] if len(telling_words(each)) >= TELLING)
        line = next(asked, segments(line, language)[0].strip()).removesuffix(".")
    if len(line) > LONGEST:
        line = line[:LONGEST].rsplit(" ", 1)[0] + " …"
    return line[:1].upper() + line[1:]
