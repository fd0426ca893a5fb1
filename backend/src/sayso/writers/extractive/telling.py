"""What a report takes from one finding, as a block: a paragraph, or part of a list, a table or code."""

from dataclasses import dataclass, field
from typing import Literal

from sayso.language.lists import inner_list, is_numbered, whole_list
from sayso.language.sameness import Said, repeats
from sayso.language.segments import asked_by, is_question, segments
from sayso.language.sentences import readable
from sayso.language.statements import Statement, statements
from sayso.language.structure import CLOSED, FENCE, MARK
from sayso.language.terms import alike, stems
from sayso.protocol.evidence import Finding, Quote
from sayso.writers.extractive.choice import POINTS_ON

BlockKind = Literal["paragraph", "list", "table", "code"]

FOLLOWING = 1
"""Sentences of a quote that follow its marked one, as far as they lean on it or end its paragraph with it."""
BRIEF = 3
"""Words of a sentence that answers by a word or two, at most."""
SHORT = 3
"""Items of a list that is told whole, whatever of it was found: its lead may say how many they are."""


@dataclass(frozen=True, slots=True)
class Line:
    """A unit of the report and the numbers of the sources that say it."""

    text: str
    numbers: tuple[int, ...]
    at: int = 0
    """Where it stands in its document, of items and rows."""


@dataclass(slots=True)
class Telling:
    """Lines that belong together in the report."""

    kind: BlockKind
    lines: list[Line]
    finding: Finding
    lead: Line | None = None
    """What introduces them: a line before a list or code, a table's header."""
    language: str = ""
    """Of code."""
    findings: list[str] = field(default_factory=list)
    """Ids of all findings that are told here."""
    last: int = 0
    """`offset` of the last of them."""
    asks: bool = False
    """Whether the first line is the question that the others answer."""

    def __post_init__(self) -> None:
        self.last = self.offset

    @property
    def source(self) -> str:
        return self.finding.quotes[0].source

    @property
    def heading(self) -> str | None:
        return self.finding.quotes[0].place.heading

    @property
    def offset(self) -> int:
        """Where its statement begins in its document."""
        quote = self.finding.quotes[0]
        return (quote.place.offset or 0) + (quote.marked or (0,))[0]

    @property
    def strength(self) -> float:
        return self.finding.strength or 0.0

    def joins(self, other: "Telling") -> bool:
        """Whether `other` is more of the same list or table."""
        same_lead = (self.lead.text if self.lead else "") == (other.lead.text if other.lead else "")
        in_list = self.kind in ("list", "table") and self.kind == other.kind
        return in_list and same_lead and self.source == other.source


def told(
    finding: Finding,
    numbers: dict[str, int],
    said: list[Said],
    *,
    question: str,
    reworded: bool,
    goes_on: bool = False,
) -> Telling | None:
    """The finding as a block, without what was said before; notes what it says in `said`. An answer comes with the
    question that it answers, but for one that says what was asked.

    Args:
        numbers: `Source.id` to its number in the text.
        question: what was asked.
        reworded: a human worded its claim, which is then told as it is.
        goes_on: what its paragraph says next, or the rest of its list, is told too. Steps are all told.
    """
    quote = finding.quotes[0]
    cited = tuple(dict.fromkeys(numbers[each.source] for each in finding.quotes))
    start, end = quote.marked or (0, len(quote.text))
    text = quote.text[start:end]
    if reworded:
        return _new(Telling("paragraph", [Line(finding.claim, cited)], finding, findings=[finding.id]), said)
    led, first = quote.place.lead or "", quote.place.offset or 0
    lead = Line(" ".join(led.split()), cited[:1]) if led and not led.startswith(FENCE) else None
    if quote.kind == "code":
        language, code = _code(text)
        block = Telling("code", [Line(code, cited)], finding, lead, language, [finding.id])
    elif quote.kind == "row":
        block = Telling(
            "table", [Line(" ".join(text.split()), cited, first + start)], finding, lead, findings=[finding.id]
        )
    elif quote.kind in ("item", "definition") and (lead or quote.kind == "item"):
        items = _items(quote, start, text)
        if len(items) > SHORT and not (goes_on or is_numbered(quote.text[:start])):
            items = [(start, text)]
        if len(items) == 1 and goes_on:
            items = [(start, quote.text[start : _end_of_next(quote, end)])]
        lines = [Line(readable(each), cited, first + at) for at, each in items]
        inner = [] if len(items) > 1 else _inner(quote, start)
        lines += [Line(readable(each), cited[:1], first + at) for at, each in inner]
        if inner and lead is None:
            # What stands within the item is said of it. A line above both stays: it may say "not allowed".
            lead = lines.pop(0)
        block = Telling("list", lines, finding, lead, findings=[finding.id])
    else:
        block = Telling(
            "paragraph", _sentences(quote, start, end, cited, goes_on), finding, lead, findings=[finding.id]
        )
    found = _new(block, said)
    asked = _question(quote)
    if found and found.kind == "paragraph" and asked and not alike(stems(asked), stems(question)):
        own = Said.of(asked)
        if not any(repeats(own, other) for other in said):
            said.append(own)
            found.lines.insert(0, Line(asked, cited[:1]))
            found.asks = True
    return found


def _question(quote: Quote) -> str:
    """What a quote answers: the question before it, or that of the heading above it."""
    lead = quote.place.lead or ""
    return " ".join((lead if is_question(lead) else asked_by(quote.place.heading)).split())


def _items(quote: Quote, start: int, text: str) -> list[tuple[int, str]]:
    """The items of the list that the marked one belongs to, as far as they are quoted, each with its place in the
    quote; else it alone."""
    led = f"{quote.place.lead}\n" if quote.place.lead else ""
    held = statements(led + quote.text)
    item = next((each for each in held if each.start == start + len(led)), None)
    whole = whole_list(item, held, led + quote.text) if item else []
    if not whole and led and MARK.match(quote.text):
        # A quote that begins with a mark was cut as a whole list; here an item further up leads into it.
        whole = [each for each in held if each.kind == "item" and each.lead is None]
    # A numbered heading that leads into a numbered list is none of its items.
    return [(each.start - len(led), each.text) for each in whole if each.start >= len(led)] or [(start, text)]


def _end_of_next(quote: Quote, end: int) -> int:
    """Where the sentence ends that follows in the same item, if one does: long items are found sentence by sentence."""
    rest = quote.text[end:].partition("\n")[0]
    following = segments(rest)[0].rstrip() if rest.strip() else ""
    return end + len(following) if CLOSED.search(following) and not POINTS_ON.search(following.lstrip()) else end


def _inner(quote: Quote, start: int) -> list[tuple[int, str]]:
    """The items of the list within the marked one, each with its place in the quote."""
    held = statements(quote.text)
    item = next((each for each in held if each.start == start), None)
    return [(each.start, each.text) for each in inner_list(item, held)] if item else []


def _new(block: Telling, said: list[Said]) -> Telling | None:
    kept = []
    for at, line in enumerate(block.lines):
        own = Said.of(line.text)
        if any(repeats(own, other) for other in said):
            if at == 0:
                # What follows leans on it.
                return None
            break
        said.append(own)
        kept.append(line)
    block.lines = kept
    return block


def _sentences(quote: Quote, start: int, end: int, cited: tuple[int, ...], goes_on: bool) -> list[Line]:
    """The marked sentence, with the one that it leans on and those that lean on it."""
    around = [each for each in statements(quote.text) if each.kind in ("sentence", "answer", "definition")]
    single = _apart(around)
    marked = [each for each in single if each.start < end and start < each.end]
    if not marked:
        return [Line(readable(quote.text[start:end]), cited)]
    first, last = single.index(marked[0]), single.index(marked[-1])
    leaned = first > 0 and (marked[0].leans or _answers_briefly(single[first - 1], marked[0], quote))
    if leaned:
        marked.insert(0, single[first - 1])
    for each in single[last + 1 : last + 1 + FOLLOWING]:
        apart = not each.leans and (leaned or not goes_on or "\n" in quote.text[end : each.start])
        if apart or POINTS_ON.search(each.text) or not CLOSED.search(each.text):
            break
        marked.append(each)
    # What only introduces something that is not told says nothing.
    marked = [each for each in marked if not each.text.endswith((":", "："))] or marked
    # Only the marked sentence is what the further quotes say too.
    return [Line(readable(each.text), cited if start <= each.start < end else cited[:1]) for each in marked]


def _answers_briefly(before: Statement, marked: Statement, quote: Quote) -> bool:
    """Whether the sentence before answers the heading above with a word or two ("Not permanently."), which is no answer
    without what follows, nor that without it."""
    if not is_question(quote.place.heading or ""):
        return False
    between, above = quote.text[before.end : marked.start], quote.text[: before.start].rstrip(" ")
    begins = not above or above.endswith("\n")
    return (
        begins and "\n" not in between and len(before.text.split()) <= BRIEF and CLOSED.search(before.text) is not None
    )


def _apart(found: list[Statement]) -> list[Statement]:
    """Without those that put two others together."""
    return [
        each
        for each in found
        if not any(other is not each and each.start <= other.start and other.end <= each.end for other in found)
    ]


def _code(text: str) -> tuple[str, str]:
    """The language and the code of a fenced block."""
    lines = text.split("\n")
    language = lines[0].strip().removeprefix(FENCE).strip() if lines[0].lstrip().startswith(FENCE) else ""
    if lines[0].lstrip().startswith(FENCE):
        lines = lines[1:]
    if lines and lines[-1].strip() == FENCE:
        lines = lines[:-1]
    return language, "\n".join(lines)
