"""What the words of a human can stand for: the findings that are shown, and their documents."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from sayso.language.tokens import folded
from sayso.protocol.evidence import Finding, Source
from sayso.wishes.excluding import Unwanted
from sayso.wishes.ordering import ShownUnit
from sayso.wishes.ordinals import place_of
from sayso.wishes.tokens import FINDING, tokens

_NOUN = r"(?:finding|claim|result|item|one|point|befund|résultat|resultado)s?"
_ID = re.compile(rf"(?:the\s+)?(?:{_NOUN}\s+)?([fg]\d{{1,4}})", re.IGNORECASE)
_NUMBER = re.compile(rf"(?:the\s+)?{_NOUN}\s+(?:no\.?|number|nr\.?|#)?\s*(\d{{1,3}})", re.IGNORECASE)
_NTH = re.compile(rf"(?:the\s+|den\s+|die\s+|das\s+|le\s+|la\s+|el\s+)?(\w+)\s+{_NOUN}", re.IGNORECASE)


@dataclass(frozen=True)
class Shown:
    """What is shown in a review."""

    findings: Sequence[Finding] = ()
    """In the order in which they are shown; gaps too."""
    sources: Sequence[Source] = ()
    units: Sequence[ShownUnit] = ()
    """Of a finished text, in reading order."""

    def resolve(self, words: str) -> Unwanted | None:
        """The findings, or the document with its findings, that `words` and nothing else stand for."""
        said = words.strip(" ,;:.!?\"“”'`()")
        ids = {finding.id for finding in self.findings}
        evidence = [finding.id for finding in self.findings if finding.kind == "evidence"]
        if match := _ID.fullmatch(said):
            return Unwanted((match[1].lower(),)) if match[1].lower() in ids else None
        if match := _NUMBER.fullmatch(said):
            return self._nth(evidence, int(match[1]) - 1)
        if (match := _NTH.fullmatch(said)) and (place := place_of(match[1].lower())) is not None:
            return self._nth(evidence, place)
        return self._document(said)

    def names_a_finding(self, text: str) -> bool:
        """Whether `text` has the id of a finding, or of one that there is not."""
        return any(each.form == FINDING for each in tokens(text))

    @staticmethod
    def _nth(evidence: list[str], at: int) -> Unwanted | None:
        return Unwanted((evidence[at],)) if evidence and -1 <= at < len(evidence) else None

    def _document(self, said: str) -> Unwanted | None:
        wanted = _bare(said)
        for source in self.sources:
            path = PurePosixPath(source.uri)
            if wanted and wanted in {_bare(each) for each in (source.title, source.uri, path.name, path.stem)}:
                own = [
                    finding.id for finding in self.findings if finding.quotes and finding.quotes[0].source == source.id
                ]
                return Unwanted(tuple(own), source.title)
        return None


def _bare(name: str) -> str:
    return re.sub(r"^(?:the|der|die|das|le|la|el)\s+", "", " ".join(folded(name).split())).strip(" \"'“”")
