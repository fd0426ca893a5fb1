"""Claims as they are found: how they stand to their quote, and whether two quotes say the same."""

from sayso.gate.marks import standing
from sayso.gate.quoted import SourceQuotes
from sayso.language.sentences import readable
from sayso.protocol.evidence import Mark, Quote


def claim_and_mark(claim: str, quote: Quote) -> tuple[str, Mark]:
    """The claim with its mark; where its quote does not carry it, what is marked there instead, which is quoted."""
    claim = " ".join(claim.split())
    found = standing(claim, SourceQuotes.of([quote], "")) if claim != statement(quote) else None
    return (claim, found.mark) if found else (statement(quote), Mark.QUOTED)


def say_the_same(one: Quote, other: Quote) -> bool:
    """Whether what is marked in one of two quotes is said by the other."""
    return any(
        standing(statement(first), SourceQuotes.of([second], "")) is not None
        for first, second in ((one, other), (other, one))
    )


def statement(quote: Quote) -> str:
    """What is marked in a quote, on one line."""
    return " ".join(readable(quote.text[slice(*(quote.marked or (0, len(quote.text))))]).split())
