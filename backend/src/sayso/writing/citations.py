"""The check after writing: what is not supported by the approved quotes does not stay in the body.

The rule, the same for every writer and without a model. A sentence stays if and only if

1. at least one of its citation numbers is a source of the approved evidence (others are taken off and counted), and
   that source's quotes share something with it: a fifth of its content stems, and half of what the best one shares;
2. at least `SUPPORT` of its content stems occur in the quotes it cites, or in the titles and headings above them;
3. every number in it occurs in those quotes (`1,000` is `1000`, and `two` is `2`);
4. every name in it (a word with a digit, a sign or a capital inside, or a capital that does not begin the sentence)
   occurs in those quotes, their titles and headings, or the question;
5. everything it puts in quotation marks or backticks stands in those quotes word for word;
6. it does not deny what its closest quoted sentences state, nor state what they deny;
7. it was not said before.
"""

import re
from dataclasses import dataclass, field

from sayso.protocol.evidence import Quote
from sayso.protocol.report import Gate, RemovedSentence, ReportSource, Section, Sentence
from sayso.writing.sentences import contains, split
from sayso.writing.terms import is_technical, stem, stems, words
from sayso.writing.vocabulary import NEUTRAL_HEADINGS
from sayso.writing.writer import DraftReport, WritingBrief

SUPPORT = 0.6
"""Share of a sentence's content stems that its cited quotes must hold."""
_CLOSE = 0.7
"""Share of a sentence's stems in one quoted sentence from which the two say the same thing."""

_MARKER = re.compile(r"\s*\[\s*(\d{1,4}(?:\s*[,;–-]\s*\d{1,4})*)\s*\]")
_NUMBER = re.compile(r"(?<![\w.])\d+(?:[.,]\d+)*(?![\w])|(?<=[A-Za-z_-])\d+(?:\.\d+)*|\d+(?:\.\d+)*(?=[A-Za-z%])")
_SPAN = re.compile(r"\"([^\"]{3,})\"|“([^”]{3,})”|`([^`]+)`")
_NEGATION = re.compile(
    r"\b(?:not|no|never|cannot|neither|nor|none|nothing|without|hardly|unable|impossible)\b|n['’]t\b", re.I
)
_NEUTRAL = frozenset(map(stem, NEUTRAL_HEADINGS))
_SPELLED = {
    word: str(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905
    )
}


@dataclass(frozen=True)
class Checked:
    """A draft after the check. Numbers run from 1 without a gap, in the order of first use."""

    title: str
    sections: list[Section]
    sources: list[ReportSource]
    removed: list[RemovedSentence]
    gate: Gate


@dataclass(frozen=True)
class _Evidence:
    """The quotes of one source."""

    quotes: list[Quote]
    title: str
    said: list[tuple[str, frozenset[str], bool]]
    """Each quoted sentence, its stems, and whether it denies something."""
    stems: frozenset[str]
    around: frozenset[str]

    @classmethod
    def of(cls, quotes: list[Quote], title: str) -> "_Evidence":
        texts = [each.readable for quote in quotes for each in split(quote.text)] or [quote.text for quote in quotes]
        said = [(text, stems(text), _denies(text)) for text in texts]
        around = stems(" ".join([title, *(quote.place.heading or "" for quote in quotes)]))
        return cls(quotes, title, said, stems(" ".join(quote.text for quote in quotes)), around)


@dataclass
class _Check:
    brief: WritingBrief
    evidence: dict[int, _Evidence]
    asked: frozenset[str]
    removed: list[RemovedSentence] = field(default_factory=list)
    citations_removed: int = 0
    said: set[str] = field(default_factory=set)

    def sentence(self, sentence: Sentence) -> Sentence | None:
        """The sentence as it may stand, or nothing after noting why it may not."""
        numbers, text = _numbers(sentence)
        if not text:
            self.citations_removed += len([number for number in numbers if number not in self.evidence])
            return None
        own = stems(text)
        cited = [number for number in numbers if number in self.evidence]
        if not cited:
            self._remove(text, "It cites no approved source.", numbers)
            return None
        shares = {number: _share(own, self.evidence[number]) for number in cited}
        best = max(shares.values())
        cited = [number for number in cited if shares[number] >= min(0.2, best) and shares[number] >= best / 2]
        why = self._fault(text, own, [self.evidence[number] for number in cited])
        if why:
            self._remove(text, why, [number for number in numbers if number not in self.evidence])
            return None
        self.citations_removed += len(numbers) - len(cited)
        self.said.add(_key(text))
        return Sentence(text=text, citations=cited, supported=True)

    def _fault(self, text: str, own: frozenset[str], cited: list[_Evidence]) -> str:
        if _key(text) in self.said:
            return "It was said before."
        quotes = [quote.text for each in cited for quote in each.quotes]
        if any(contains(quote, text) for quote in quotes):
            return ""
        held: frozenset[str] = frozenset().union(*(each.stems | each.around for each in cited))
        if not own:
            return "It says nothing that a quote could support."
        share = len(own & held) / len(own)
        if share < SUPPORT:
            return f"Only {share:.0%} of its words are in the quotes it cites."
        missing = next(
            (number for number in _figures(text) if number not in _figures(" ".join(quotes), spelled=True)), ""
        )
        if missing:
            return f"The quotes it cites do not give the number {missing}."
        name = next((name for name in _names(text) if stem(name) not in held | self.asked), "")
        if name:
            return f"The quotes it cites do not mention {name}."
        for match in _SPAN.finditer(text):
            span = next(group for group in match.groups() if group)
            if not any(contains(quote.casefold(), span.casefold().rstrip(".,")) for quote in quotes):
                return f"“{span}” does not stand in the quotes it cites."
        return self._contradiction(text, own, cited)

    @staticmethod
    def _contradiction(text: str, own: frozenset[str], cited: list[_Evidence]) -> str:
        close: list[tuple[float, bool]] = []
        for each in cited:
            # What the title or heading names, the quoted sentence may leave out ("It does not run beside others").
            told = own - each.around or own
            close.extend((len(told & said) / len(told), denies) for _, said, denies in each.said)
        same = [denies for share, denies in close if share >= _CLOSE]
        if same and _denies(text) not in same:
            return "It says the opposite of the quote it cites."
        return ""

    def _remove(self, text: str, why: str, unknown: list[int]) -> None:
        self.citations_removed += len(unknown)
        self.removed.append(RemovedSentence(text=text, why=why))


def check(draft: DraftReport, brief: WritingBrief) -> Checked:
    """Hold every sentence of `draft` against the quotes it cites; see the rule at the top of this file."""
    evidence = _evidence(brief)
    asked = stems(" ".join([brief.question, *brief.topics.values()]))
    checking = _Check(brief, evidence, asked)
    sections: list[Section] = []
    for section in draft.sections:
        kept = [sentence for sentence in map(checking.sentence, section.sentences) if sentence is not None]
        if kept:
            sections.append(Section(heading=_heading(section.heading, kept, checking), sentences=kept))
    order = list(dict.fromkeys(n for section in sections for each in section.sentences for n in each.citations))
    renumbered = {old: new for new, old in enumerate(order, start=1)}
    for section in sections:
        for sentence in section.sentences:
            sentence.citations = sorted(renumbered[number] for number in sentence.citations)
    count = sum(len(section.sentences) for section in sections)
    gate = Gate(
        sentences=count,
        supported=count,
        removed=len(checking.removed),
        citations_removed=checking.citations_removed,
    )
    title = _plain(draft.title)
    if len(_unknown(title, checking)) * 2 > len(stems(title)):
        title = brief.question
    return Checked(title, sections, _sources(brief, order), checking.removed, gate)


def _evidence(brief: WritingBrief) -> dict[int, _Evidence]:
    titles = {source.id: source.title for source in brief.sources}
    quotes: dict[str, list[Quote]] = {}
    for finding in brief.findings:
        for quote in finding.quotes:
            quotes.setdefault(quote.source, []).append(quote)
    return {
        brief.numbers[id]: _Evidence.of(each, titles.get(id, "")) for id, each in quotes.items() if id in brief.numbers
    }


def _sources(brief: WritingBrief, order: list[int]) -> list[ReportSource]:
    by_number = {brief.numbers[source.id]: source for source in brief.sources if source.id in brief.numbers}
    listed: list[ReportSource] = []
    for n, number in enumerate(order, start=1):
        source = by_number[number]
        quotes = [quote for finding in brief.findings for quote in finding.quotes if quote.source == source.id]
        listed.append(
            ReportSource(
                n=n,
                id=source.id,
                title=source.title,
                uri=source.uri,
                kind=source.kind,
                quotes=[quote.text for quote in quotes],
                evidence=quotes,
                place=quotes[0].place,
            )
        )
    return listed


def _numbers(sentence: Sentence) -> tuple[list[int], str]:
    """All numbers a sentence cites, once each, and its text without the markers that a writer left in it."""
    found = list(sentence.citations)
    for match in _MARKER.finditer(sentence.text):
        for part in re.split(r"[,;]", match.group(1)):
            low, _, high = part.replace("–", "-").partition("-")
            first, last = int(low), int(high or low)
            found.extend(range(first, min(last, first + 20) + 1))
    return list(dict.fromkeys(found)), _plain(_MARKER.sub("", sentence.text))


def _plain(text: str) -> str:
    return " ".join("".join(char for char in text if char.isprintable() or char.isspace()).split())


def _share(own: frozenset[str], evidence: _Evidence) -> float:
    return len(own & (evidence.stems | evidence.around)) / len(own) if own else 0.0


def _denies(text: str) -> bool:
    # Two denials make a statement ("cannot run without" is "needs to run").
    return len(_NEGATION.findall(text)) % 2 == 1


def _figures(text: str, *, spelled: bool = False) -> list[str]:
    found = [match.group().replace(",", "") for match in _NUMBER.finditer(text)]
    if spelled:
        found += [_SPELLED[word] for word in map(str.lower, words(text)) if word in _SPELLED]
    return found


def _names(text: str) -> list[str]:
    found = []
    for position, word in enumerate(words(text)):
        capital = position > 0 and word[:1].isupper()
        if (capital or is_technical(word)) and not word.isdigit() and stems(word):
            found.append(word)
    return found


def _key(text: str) -> str:
    return " ".join(map(stem, words(text)))


def _unknown(text: str, checking: _Check) -> frozenset[str]:
    known = _NEUTRAL | checking.asked.union(*(each.stems | each.around for each in checking.evidence.values()))
    return stems(text) - known


def _heading(heading: str, kept: list[Sentence], checking: _Check) -> str:
    """A heading says nothing that neither question nor evidence does; otherwise the first source's title stands in."""
    heading = _plain(_MARKER.sub("", heading)).lstrip("# ")
    if heading and len(_unknown(heading, checking)) * 2 <= len(stems(heading)):
        return heading[:120]
    return checking.evidence[kept[0].citations[0]].title or "Findings"
