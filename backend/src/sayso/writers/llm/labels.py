"""Titles and headings by a model: they name what the text is about, and say nothing that the evidence does not."""

from sayso.language.figures import denies
from sayso.language.terms import is_technical, stem, stems, words
from sayso.language.verbatim import numbers
from sayso.writers.port import WritingBrief

_CLOSE = 0.7
"""Share of a label's stems in one claim from which the two say the same thing."""


def sound(label: str, brief: WritingBrief) -> bool:
    """Whether `label` says something (not "...", as a template has it), every number and technical name of it is
    in the question, the topics or the evidence, and no claim that it resembles says the opposite."""
    told = [brief.question, *brief.topics.values(), *(source.title for source in brief.sources)]
    told += [finding.claim for finding in brief.findings]
    told += [quote.text for finding in brief.findings for quote in finding.quotes]
    if not words(label) or not numbers(label) <= numbers(" ".join(told)) or strange_names(label, " ".join(told)):
        return False
    return not opposes(label, [finding.claim for finding in brief.findings])


def strange_names(text: str, known: str) -> list[str]:
    """The technical names of `text` (digits, signs or capitals inside) that are not in `known`."""
    held = stems(known)
    return [word for word in words(text) if is_technical(word) and not word.isdigit() and stem(word) not in held]


def opposes(text: str, claims: list[str]) -> bool:
    """Whether `text` denies what every claim that resembles it states, or states what they deny."""
    own = stems(text)
    same = {denies(claim) for claim in claims if own and len(own & stems(claim)) >= _CLOSE * len(own)}
    return bool(same) and denies(text) not in same
