"""Claims as they are found: how they stand to their quote, and whether two quotes say the same."""

from sayso.gate.marks import standing
from sayso.gate.quoted import SourceQuotes
from sayso.gate.translation import translation
from sayso.language.sentences import readable
from sayso.protocol.evidence import Mark, Quote


def claim_and_mark(claim: str, quote: Quote, language: str = "", asked: str = "") -> tuple[str, Mark]:
    """The claim with its mark; where its quote does not carry it, what is marked there instead, which is quoted.

    Args:
        language: that was asked for: a claim in it may be a translation of the quote.
        asked: the question.
    """
    claim = " ".join(claim.split())
    source = SourceQuotes.of([quote], "")
    if claim != statement(quote):
        if found := standing(claim, source):
            return claim, found.mark
        if translation(claim, source, language, asked):
            return claim, Mark.TRANSLATED
    return statement(quote), Mark.QUOTED


def say_the_same(one: Quote, other: Quote) -> bool:
    """Whether what is marked in one of two quotes is said by the other."""
    return any(
        standing(statement(first), SourceQuotes.of([second], "")) is not None
        for first, second in ((one, other), (other, one))
    )


def statement(quote: Quote) -> str:
    """What is marked in a quote, on one line."""
    return " ".join(readable(quote.text[slice(*(quote.marked or (0, len(quote.text))))]).split())
