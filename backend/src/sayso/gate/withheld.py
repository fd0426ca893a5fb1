"""What a human dropped, so that the check can see to it that nothing of it is said.

No writer ever gets this. Only the check after writing does: a model may know a dropped source from elsewhere.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from sayso.language.mention import Mention
from sayso.language.sentences import readable, split
from sayso.language.terms import words
from sayso.language.verbatim import stands
from sayso.protocol.evidence import Finding, Source

_SHORTEST = 5
"""Words; a dropped sentence of fewer may well be said by anybody."""


@dataclass(frozen=True)
class Withheld:
    """Names of dropped sources, and dropped sentences, that neither the question nor the approved evidence has."""

    names: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    left_out: tuple[Mention, ...] = ()
    """What a human wants nothing to speak of, whatever the evidence says."""
    _patterns: tuple[re.Pattern[str], ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        patterns = tuple(re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE) for name in self.names)
        object.__setattr__(self, "_patterns", patterns)

    @classmethod
    def of(
        cls,
        dropped: list[Finding],
        kept: list[Finding],
        sources: list[Source],
        question: str,
        left_out: Sequence[str] = (),
    ) -> "Withheld":
        """What of `dropped` may not be said in a report on `kept`.

        Args:
            sources: all that the findings quote.
            left_out: what no unit, heading or title may name.
        """
        cited = {quote.source for finding in kept for quote in finding.quotes}
        known = [question, *(finding.claim for finding in kept)]
        known += [quote.text for finding in kept for quote in finding.quotes]
        known += [part for source in sources if source.id in cited for part in (source.title, source.uri)]
        known += [quote.place.heading or "" for finding in kept for quote in finding.quotes]
        allowed = " \n".join(" ".join(text.split()) for text in known).casefold()
        gone = {quote.source for finding in dropped for quote in finding.quotes} - cited
        names = [part for source in sources if source.id in gone for part in (source.title, source.uri, *source.copies)]
        said = [finding.claim for finding in dropped]
        for text in [quote.text for finding in dropped for quote in finding.quotes]:
            said += [each.text for each in split(text)] or [text]
        return cls(
            tuple(_unknown([name for name in names if len(name.strip()) > 2], allowed)),
            tuple(_unknown([readable(text) for text in said if len(words(text)) >= _SHORTEST], allowed)),
            tuple(map(Mention.of, left_out)),
        )

    def fault(self, text: str) -> str:
        """Why `text` may not be said, without naming what was dropped; empty if it may."""
        line = " ".join(text.split())
        if any(pattern.search(line) for pattern in self._patterns):
            return "It names a source that was dropped."
        if any(each.named_in(line) for each in self.left_out):
            return "It names what was left out."
        if any(stands(sentence, line) for sentence in self.sentences):
            return "It repeats what was dropped."
        return ""


def _unknown(texts: list[str], allowed: str) -> list[str]:
    lines = dict.fromkeys(" ".join(text.split()) for text in texts)
    return [line for line in lines if line and line.casefold() not in allowed]
