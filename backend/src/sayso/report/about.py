"""Whether a finding is about what was left out, and why."""

from sayso.language.mention import Mention
from sayso.protocol.evidence import Finding
from sayso.research.formats import HEADING_SEPARATOR

NAMES, BELOW = "It names ", "It stands below "
"""How the reason begins why a finding went with what was left out."""


def why_about(left_out: str, finding: Finding) -> str:
    """Why a finding is about `left_out`: its claim or the marked sentence of a quote names it, or what it rests on
    stands below a heading that names nothing else. Empty if it is not."""
    marked = [quote.text[slice(*quote.marked)] if quote.marked else quote.text for quote in finding.quotes]
    if Mention.of(left_out).named_in("\n".join([finding.claim, *marked])):
        return f"{NAMES}“{left_out}”, which was left out."
    if any(says_just(left_out, quote.place.heading) for quote in finding.quotes[:1]):
        return f"{BELOW}a heading that only says “{left_out}”, which was left out."
    return ""


def says_just(left_out: str, heading: str | None) -> bool:
    """Whether the innermost of the headings of a place names `left_out` and nothing else."""
    return Mention.of(left_out).is_all_of((heading or "").rsplit(HEADING_SEPARATOR, 1)[-1])
