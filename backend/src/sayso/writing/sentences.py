"""Sentences of a passage, where they stand, and whether they can stand alone."""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from sayso.research.segments import segments
from sayso.writing.terms import stem, stems, words

MIN_WORDS, MAX_WORDS = 5, 48
"""Shorter is a label, longer is a list or a table that lost its lines."""

_BREAK = re.compile(r"^(```|~~~).*?(?:^\1[^\n]*|\Z)|\n(?!\s*[a-z(])\s*", re.M | re.S)
_LEAD = re.compile(r"^(?:\s|>|#{1,6}\s|[-*+•]\s|\d{1,3}[.)]\s)+")
_LABEL = re.compile(r"^(?:good to know|note|tip|warning|caution|important|hint)\s*:\s+", re.I)
_LINK = re.compile(r"!?\[([^\[\]\n]{0,300})\]\([^()\s]{0,500}(?:\s[^()]{0,200})?\)")
_EMPHASIS = re.compile(r"(\*\*|__|(?<!\w)[*_](?=\S))(.{1,300}?)(?<=\S)\1")
_END = re.compile(r"[.!。！…](?:[\"'”’)\]*_`]|\s)*$")
_DANGLING = re.compile(
    r"""^(?:this|that|these|those|it|its|they|their|them|he|she|his|her|both|neither|either|such|here|however|therefore
    |thus|hence|also|but|and|or|nor|so|yet|then|otherwise|instead|additionally|furthermore|moreover|similarly|likewise
    |consequently|accordingly|conversely|nevertheless|nonetheless|meanwhile|finally|again|besides|still|too|alternatively
    |in\ (?:this|that|these|those|such|addition|contrast|other\ words|particular|fact|both|either)
    |in\ the\ (?:above|example)
    |for\ (?:this|that|these|those|example|instance)|as\ (?:a\ result|such|above|before|well|mentioned|shown|described)
    |on\ the\ other\ hand|by\ contrast|because\ of\ (?:this|that)|if\ (?:so|not|this|that|it|they)
    |when\ (?:this|that|it|they)|after\ (?:this|that)|with\ (?:this|that|these)|at\ (?:this|that)|from\ (?:this|here)
    |the\ (?:above|below|following|former|latter|other|same|first|second|third|last|previous|next)
    |the\ (?:reason|result|answer)
    |another|one\ (?:of|such)|no,|yes,|each\ of\ (?:these|those)|all\ (?:of\ )?(?:this|that|these|those)
    |doing\ (?:so|this)
    |(?:first|second|third|per\ the\ above),|(?:\w+\s+){1,2}(?:it|them|they)
    |using\ (?:this|these)|to\ do\ (?:so|this|that)|most\ of\ (?:these|those)
    |some\ of\ (?:these|those)|some,)(?![\w-])""",
    re.I | re.X,
)
_SIGNPOST = re.compile(
    r"""^(?:\(?see\b|refer\ to|learn\b|read\b|check\ out|visit\b|click\b|go\ to\ the|continue\b|view\b|watch\b|try\b
    |for\ (?:more|further|additional|details|a\ (?:full|complete|detailed|list)|the\ full|information)
    |(?:in\ )?this\ (?:page|guide|section|chapter|document|article|example|tutorial)
    |the\ (?:following|example)\b.{0,40}(?:example|shows?|lists?|describes?)|(?:table|figure)\ \d
    |(?:we|you)'ll|let'?s\b
    |(?:here|below)\ (?:is|are)|\W*(?:copyright|©))""",
    re.I | re.X,
)
_CODE = re.compile(
    r"=>|[{};]\s*$|[{}]{1}.*[;:]|</?\w+[^>]*/?>|::|\$\w+|--\w+\s*=|\w+\([^)]*\)\s*[;{]|^\s*(?:import|export|const|SELECT)\s"
)
_SPAN = re.compile(r"`[^`\n]+`")


@dataclass(frozen=True)
class Sentence:
    """A sentence at `start:end` of its passage; `text` is the passage's own characters."""

    text: str
    start: int
    end: int
    index: int
    """Position among the passage's sentences, from 0."""

    @cached_property
    def readable(self) -> str:
        return readable(self.text)

    @cached_property
    def stems(self) -> frozenset[str]:
        return stems(self.readable)

    @cached_property
    def order(self) -> tuple[str, ...]:
        """Stems of all its words, in reading order."""
        return tuple(map(stem, words(self.readable)))

    @cached_property
    def dangling(self) -> bool:
        """Whether it begins with a word that points back at something the reader does not see."""
        return bool(_DANGLING.match(self.readable))

    @cached_property
    def stands(self) -> bool:
        """Whether it is a whole statement: no heading, list debris, code, question or signpost."""
        text = self.readable
        count = len(words(text))
        if not MIN_WORDS <= count <= MAX_WORDS or len(text) > 440 or not _END.search(text) or text.endswith("..."):
            return False
        first = text.lstrip("\"'“‘«(*_")[:1]
        if not (first.isupper() or first.isdigit() or first == "`" or (first.isalpha() and not first.islower())):
            return False
        if _SIGNPOST.match(text) or "|" in text or "\ufffd" in text or "?" in text:
            return False
        bare = _SPAN.sub("code", text)
        if _CODE.search(bare) or bare.count("http") > 1:
            return False
        letters = sum(char.isalpha() for char in bare)
        return letters >= 0.72 * sum(not char.isspace() for char in bare)


def split(text: str) -> list[Sentence]:
    """The sentences of `text`, in order, without the blanks and list marks before them.

    A line break ends a sentence too (sources give a paragraph on one line), unless the next line goes on in lower
    case. Fenced code is left out.
    """
    found: list[Sentence] = []
    start = 0
    for match in [*_BREAK.finditer(text), None]:
        end = match.start() if match else len(text)
        # A list mark would keep sentencex from seeing the full stops after it.
        lead = _LEAD.match(text[start:end])
        at = start + (lead.end() if lead else 0)
        for piece in segments(text[at:end]):
            first = at + len(piece) - len(piece.lstrip())
            last = at + len(piece.rstrip())
            if last > first:
                found.append(Sentence(text[first:last], first, last, len(found)))
            at += len(piece)
        start = match.end() if match else end
    return found


def statements(text: str) -> list[Sentence]:
    """The sentences of `text` that stand, and each one that leans on the sentence before it together with that one."""
    sentences = split(text)
    found = [sentence for sentence in sentences if sentence.stands]
    for before, after in pairwise(sentences):
        if after.dangling and after.stands and before.stands and not before.dangling:
            both = Sentence(text[before.start : after.end], before.start, after.end, before.index)
            if both.stands:
                found.append(both)
    return found


def readable(text: str) -> str:
    """`text` on one line, without Markdown's links and emphasis; words and their order are untouched."""
    text = _LINK.sub(r"\1", " ".join(text.split()))
    text = _EMPHASIS.sub(r"\2", text).replace("**", "")
    return _LABEL.sub("", text).strip()


def contains(quote: str, sentence: str) -> bool:
    """Whether `sentence` stands word for word in `quote`, line breaks and Markdown marks aside."""
    return bool(sentence.strip()) and _bare(sentence) in _bare(quote)


def _bare(text: str) -> str:
    text = _LINK.sub(r"\1", " ".join(text.split()))
    return " ".join(_EMPHASIS.sub(r"\2", text).replace("**", "").split())
