"""Sentences of a passage, where they stand, and whether they can stand alone."""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from sayso.language.segments import segments
from sayso.language.terms import roots, stem, stems, words
from sayso.language.verbatim import without_marks

MIN_WORDS, MAX_WORDS = 5, 48
"""Shorter is a label, longer is a list or a table that lost its lines."""

_BREAK = re.compile(r"^(```|~~~).*?(?:^\1[^\n]*|\Z)|(?<=[.!?:])[^\S\n]*\n\s*|\n(?!\s*[a-z(])\s*", re.M | re.S)
_LEAD = re.compile(r"^(?:\s|>|#{1,6}\s|[-*+•]\s|\d{1,3}[.)]\s)+")
_LABEL = re.compile(r"^(?:good to know|note|tip|warning|caution|important|hint)\s*:\s+", re.I)
_END = re.compile(r"[.!。！…](?:[\"'”’)\]*_`]|\s)*$")
_DANGLING = re.compile(
    r"""^(?:this|that|these|those|it|its|they|their|them|he|she|his|her|both|neither|either|such|here|however
    |therefore
    |thus|hence|also|but|and|or|nor|so|yet|then|otherwise|instead|additionally|furthermore|moreover|similarly|likewise
    |consequently|accordingly|conversely|nevertheless|nonetheless|meanwhile|finally|again|besides|still|too
    |alternatively
    |in\ (?:this|that|these|those|such|addition|contrast|other\ words|particular|fact|both|either)
    |in\ the\ (?:above|example)
    |for\ (?:this|that|these|those|example|instance)|as\ (?:a\ result|such|above|before|well|mentioned|shown
    |described)
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
_IF_SET = re.compile(
    r"^(?:if|when)\s+(?:true|false|set|specified|given|on|off|disabled|zero|omitted|not\s+specified|used)\b", re.I
)
"""Tells of a parameter that only the heading names."""
_EXPLETIVE = re.compile(
    r"""it(?:'s|\ (?:is|was|may\ be|can\ be|might\ be|would\ be|will\ be))\s+(?:\w+ly\s+|also\s+|not\s+
    |often\s+|sometimes\s+)*
    (?:possible|impossible|necessary|important|recommended|advisable|best|better|common|good|useful|helpful
    |safe|unsafe|wise
    |easy|easier|difficult|hard|likely|unlikely|sufficient|enough|worth|desirable|sensible|usual|permissible
    |allowed|legal)\b""",
    re.I | re.X,
)
"""An "it" that stands for what follows."""
_SIGNPOST = re.compile(
    r"""^(?:\(?see\b|(?:for|on|to)\ [^,]{2,60},\ see\b|refer\ to|learn\b|read\b|check\ out|visit\b
    |click\b|go\ to\ the|continue\b|view\b|watch\b|try\b
    |(?:more|further|additional)\ (?:information|details?)\b|for\ (?:more|further|additional|details|a\ (?:full
    |complete|detailed|list)|the\ full|information)
    |(?:in\ )?this\ (?:page|guide|section|chapter|document|article|example|tutorial)
    |the\ (?:following|example)\b.{0,40}(?:example|shows?|lists?|describes?)|(?:table|figure)\ \d
    |(?:new|changed|deprecated|added|removed)\ (?:in|since)\ (?:version\b|\d)
    |if\ this\ value\ is\ specified\ without\ units|this\ (?:parameter|option|setting)\ (?:can\ only\ be\ set
    |is\ ignored)
    |(?:we|you)'ll|let'?s\b
    |(?:here|below)\ (?:is|are)|\W*(?:copyright|©))""",
    re.I | re.X,
)
_POINTS_ON = re.compile(
    r"""\b(?:is|are|can\ be|will\ be)\ (?:further\ |fully\ )?(?:described|detailed|explained|discussed|covered
    |documented|listed|shown|given|found)
    \ (?:in\ more\ detail\ )?(?:below|later|in\ (?:the\ (?:following|next)|detail\b|(?:section|chapter|table
    |appendix|part)\ [\dA-Z]))""",
    re.I | re.X,
)
_CODE = re.compile(
    r"=>|[{};]\s*$|[{}]{1}.*[;:]|</?\w+[^>]*/?>|::|\$\w+|--\w+\s*=|\w+\([^)]*\)\s*[;{]|^\s*(?:import|export|const|SELECT)\s"
)
_LABELLED = re.compile(r"^([^—]{1,80}?)\s+—\s+(?!an?\s|the\s|any\s|one\s)", re.I)
"""A parameter or a row of a table with what it means, as readers join them. A term of a glossary goes on with an
article."""
_ELSEWHERE = re.compile(
    r"""\b(?:described|shown|listed|mentioned|discussed|explained|detailed|given|noted|seen|defined|outlined)
    \ (?:above|below|earlier|later|here|in\ the\ (?:following|next|previous)|previously)\b
    |\b(?:the\ following|following\ (?:sub)?(?:sections?|example|table|list)|(?:example|table|list|text
    |section)\ (?:above|below)
    |see\ (?:above|below)|in\ (?:this|that|such\ an?|these|those|such)\ (?:case|cases|scenario|situations?
    |examples?|mode|context|setting))\b""",
    re.I | re.X,
)
_DEMONSTRATIVE = re.compile(r"\b(?:this|these|those|such an?|such)\s+(\w+)(?:[- ](\w+))?", re.I)
_SUBJECTLESS = re.compile(
    r"""^(?:(?:on|for|in|at|with)\s[^,.;]{3,40},\s+(?=\w+s\s))?(?:sets?|specif(?:y|ies)|controls?|selects?
    |returns?|enables?|disables?|determines?|causes?|shows?|displays?|prints?
    |creates?|defines?|indicates?|gives?|gets?|requests?|raises?|runs?|allows?|performs?|forces?|makes?|waits?
    |tells?|reads?
    |writes?|stores?|adds?|removes?|starts?|stops?|reports?|outputs?|contains?|provides?|converts?|drops?|cancels?
    |changes?|conflicts?|acquired|releases?|loads?|calls?|generates?|waiting
    |time\ (?:when|at)|number\ of|total|name\ of|true\ if
    |false\ if|do)\s(?!is\b|are\b|was\b|were\b)""",
    re.I | re.X,
)
_ROLE = re.compile(r":[\w+-]+:`")
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
    def roots(self) -> frozenset[str]:
        return roots(self.readable)

    @cached_property
    def order(self) -> tuple[str, ...]:
        """Stems of all its words, in reading order."""
        return tuple(map(stem, words(self.readable)))

    @cached_property
    def dangling(self) -> bool:
        """Whether it begins with a word that points back at something the reader does not see."""
        text = self.readable.lstrip("(")
        return bool(_DANGLING.match(text)) and not _EXPLETIVE.match(text)

    @cached_property
    def complete(self) -> float:
        """0 to 1: how much of what it says it says itself. Less when it leans on what a reader does not see: on the
        sentence before it, on a case, list or example told of elsewhere, or on a subject that only the heading names
        ("Specifies the number of …")."""
        text = self.readable
        whole = 0.7 if self.dangling else 1.0
        if _ELSEWHERE.search(text):
            whole *= 0.8
        if any(_unexplained(match, text) for match in _DEMONSTRATIVE.finditer(text)):
            whole *= 0.8
        if _SUBJECTLESS.match(text) or _IF_SET.match(text):
            whole *= 0.7
        return whole

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
        if (label := _LABELLED.match(text)) and len(label[1].split()) <= 12:
            return False
        if (
            _ROLE.search(text)
            or _SIGNPOST.match(text.lstrip("("))
            or _POINTS_ON.search(text)
            or "|" in text
            or "\ufffd" in text
            or "?" in text
        ):
            return False
        bare = _SPAN.sub("code", text)
        if _CODE.search(bare) or bare.count("http") > 1:
            return False
        letters = sum(char.isalpha() for char in bare)
        return letters >= 0.72 * sum(not char.isspace() for char in bare)


def _unexplained(match: re.Match[str], text: str) -> bool:
    """Whether "this lock" is of a lock that the text before it does not name. At the beginning of a sentence it leans
    on the sentence before, which `dangling` tells."""
    before = text[: match.start()].rstrip()
    if not before or before.endswith((".", "!", "?", "(")):
        return False
    return not any(stem(word) in stems(before) for word in match.groups() if word)


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
    return _LABEL.sub("", without_marks(" ".join(text.split()))).strip()
