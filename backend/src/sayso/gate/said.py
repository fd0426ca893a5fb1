"""The sentences of findings' quotes, with what stands around them."""

import re
from dataclasses import dataclass

from sayso.gate.claims import Claim, claims
from sayso.gate.clauses import Topics, name_words
from sayso.gate.lexicon import FUNCTION, canonical
from sayso.language.sentences import readable, split
from sayso.protocol.blocks import cells
from sayso.protocol.evidence import Finding, Quote, Source

_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W_](?:[\w.\-/’'+#]*[\w+#])?")
_CODE = re.compile(r"\b(?:\w+[_.-]\w[\w.-]*|[A-Z]{2,}\w*|[a-z]+[A-Z]\w*|[A-Za-z]+\d\w*)\b")


@dataclass(frozen=True)
class Said:
    """A sentence of a finding's quote. Words are in their canonical form.

    Attributes:
        finding: the finding's id.
        document: what tells documents apart.
        year: the one that the document gives of itself, or nothing.
        heading: the last heading above it.
        setting: names of code in it and in the line that leads in, of which the sentence may tell without naming them.
        carries: whether it carries the finding's claim.
        own: its words.
        before: words of the headings, the title and what stands before it.
        quoted: words of the headings, the title and the whole quote.
        names: names in the quote and its headings.
    """

    finding: str
    document: str
    year: str
    heading: str
    setting: frozenset[str]
    carries: bool
    text: str
    claims: tuple[Claim, ...]
    own: frozenset[str]
    before: frozenset[str]
    quoted: frozenset[str]
    names: frozenset[str]


def said(finding: Finding, documents: dict[str, Source]) -> list[Said]:
    """The sentences of a finding's quotes: those that carry the claim first, then those around them."""
    found = [each for quote in finding.quotes for each in _quoted(finding.id, quote, documents.get(quote.source))]
    return sorted(found, key=lambda each: not each.carries)


def _quoted(finding: str, quote: Quote, source: Source | None) -> list[Said]:
    heading = quote.place.heading or ""
    leaf = heading.rsplit(" › ", 1)[-1]
    setting = frozenset(map(canonical, _CODE.findall(f"{leaf}\n{quote.place.lead or ''}")))
    names = name_words(quote.text) | name_words(f"a {heading.replace('›', '. ')}")
    before = _words(f"{source.title if source else ''} {heading}")
    quoted = before | _words(quote.text)
    topics = Topics()
    found: list[Said] = []
    start, end = quote.marked or (0, len(quote.text))
    for text, carries in ((quote.text[:start], False), (quote.text[start:end], True), (quote.text[end:], False)):
        if carries and quote.kind == "row":
            text = _told(cells(text)) or text
        for sentence in filter(None, [each.readable for each in split(text)] or [readable(text)]):
            own = _words(sentence)
            found.append(
                Said(
                    finding=finding,
                    document=f"{source.kind} {source.uri}" if source else quote.source,
                    year=((source.date if source else None) or "")[:4],
                    heading=leaf,
                    setting=setting,
                    carries=carries,
                    text=sentence,
                    claims=tuple(claims(sentence, topics, names)),
                    own=own,
                    before=before,
                    quoted=quoted,
                    names=names,
                )
            )
            before |= own
            topics = topics.after(sentence)
    return found


def _told(row: list[str]) -> str:
    """A row of a name and its figure as a sentence; nothing where it says other things, or gives several cases."""
    name, *values = row
    said = name and not _DIGIT.search(name) and len(values) == 1 and _DIGIT.search(values[0])
    return f"{name} is {values[0]}." if said else ""


def _words(text: str) -> frozenset[str]:
    return frozenset(canonical(word) for word in _WORD.findall(text) if word.lower() not in FUNCTION)
