"""What is not wanted, and what is wanted beside it, where that is plain.

A text that leaves something out is cut into its clauses and these into their things. What each word is - of the way of
saying it, of what is left out, of what is wanted - was learned; a thing reaches from its first to its last word that
says something. Where a word is in doubt, it is not plain.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from sayso.language.mention import Mention
from sayso.wishes.learned import PARTS
from sayso.wishes.polarity import LEFT_OUT, Understood, understood
from sayso.wishes.tokens import FINDING, NUMBER

_FRAME, _UNWANTED, _WANTED = map(PARTS.index, ("frame", "unwanted", "wanted"))
_PLAIN = 0.6
"""Probability from which on it is plain that a word is of what is left out, or is not."""
_SIGNS = frozenset(",;:–—-?!()")
_CONTRAST = frozenset({"but", "aber", "sondern", "mais", "pero", "sino", "ma", "maar", "mas", "however"})
_AND = frozenset({"and", "or", "nor", "then", "und", "oder", "noch", "et", "ou", "y", "o", "ni", "e", "en"})
_BOTH = 0.2
"""Doubt up to which it is plain whether a text that leaves something out wants something too."""
_LONGEST = 7
"""Words of something that can be left out."""


@dataclass(frozen=True)
class Unwanted:
    """One thing that is not wanted: findings, by id, or what a text may name."""

    findings: tuple[str, ...] = ()
    name: str = ""


Resolve = Callable[[str], Unwanted | None]
"""What the words mean that stand for a finding or a document ("f3", "the second finding"); `None` if they do not."""


def sorted_out(text: str, resolve: Resolve) -> tuple[list[str], list[Unwanted]] | None:
    """What `text` wants and what it does not want; `None` if it does not plainly leave something out."""
    whole = understood(text)
    if whole.excludes < LEFT_OUT:
        return None
    odds = whole.parts
    if any(1 - _PLAIN < odds[at, _UNWANTED] < _PLAIN for at in whole.content):
        return None
    marks = [int(odds[at].argmax()) if at in whole.content else _FRAME for at in range(len(whole.found))]
    apart = _apart(text, whole, marks, resolve)
    if apart is None:
        return None
    wanted, unwanted = apart
    wants = whole.meanings["both"] / whole.excludes
    if wants < _BOTH if wanted else wants > 1 - _BOTH:
        return None  # As a whole it means something else than its words.
    if any(each.form == FINDING and not mark for each, mark in zip(whole.found, marks, strict=True)):
        return None  # Of "f2 is about animals, so out with it" the animals are not what is meant.
    contrary = any(Mention.of(each.name).named_in(wish) for each in unwanted if each.name for wish in wanted)
    return apart if unwanted and not contrary else None


def _apart(text: str, whole: Understood, marks: list[int], resolve: Resolve) -> tuple[list[str], list[Unwanted]] | None:
    """What the words of each clause say is wanted and is not; `None` if something of it is not one thing."""
    wanted: list[str] = []
    unwanted: list[Unwanted] = []
    for clause in _clauses(whole, marks):
        if _UNWANTED in (own := {marks[at] for at in clause}):
            for part in _cut(clause, lambda at: whole.found[at].form in _AND):
                run = _run(part, marks, _UNWANTED)
                thing = _thing(text, whole, run, resolve) if run else None
                if run and thing is None:
                    return None
                unwanted += [thing] if thing else []
        if _WANTED in own:
            run = _run(clause, marks, _WANTED) if _UNWANTED in own else clause
            if not run:
                return None
            wanted.append(_words(text, whole, run))
    return wanted, unwanted


def things(said: str, resolve: Resolve) -> list[Unwanted] | None:
    """The things of a list such as "Windows, macOS and BSD"; `None` if one of them is not plain."""
    whole = understood(said)
    if known := resolve(said):
        return [known]
    marks = [_UNWANTED if at in whole.content else _FRAME for at in range(len(whole.found))]
    found = [
        _thing(said, whole, _run(clause, marks, _UNWANTED), resolve)
        for clause in _cut(range(len(whole.found)), lambda at: whole.found[at].form in _SIGNS | _AND)
    ]
    return None if not found or None in found else [each for each in found if each]


def _thing(text: str, whole: Understood, run: Sequence[int], resolve: Resolve) -> Unwanted | None:
    if not run or len(run) > _LONGEST:
        return None
    said = _words(text, whole, run)
    if not any(map(str.isalpha, said)):
        return None  # Of "heavier than 3 t" the figure is not what is meant.
    behind = whole.found[run[-1] + 1 : run[-1] + 2]
    if whole.found[run[-1]].form == NUMBER and behind and behind[0].is_word:
        return None  # "lorries heavier than 3" is not what "lorries heavier than 3 t" are.
    if any(whole.found[at].form == FINDING for at in run):
        return resolve(said)
    return resolve(said) or Unwanted(name=said.strip("\"“”„«»`'"))


def _words(text: str, whole: Understood, run: Sequence[int]) -> str:
    return text[whole.found[run[0]].start : whole.found[run[-1]].end]


def _clauses(whole: Understood, marks: list[int]) -> Iterable[list[int]]:
    """The tokens between commas and the like, "but", and an "and" between what is wanted and what is not."""

    def ends(at: int) -> bool:
        form = whole.found[at].form
        if form not in _AND:
            return form in _SIGNS | _CONTRAST
        before = next((mark for mark in reversed(marks[:at]) if mark), _FRAME)
        return before != next((mark for mark in marks[at:] if mark), _FRAME)

    return _cut(range(len(whole.found)), ends)


def _cut(row: Iterable[int], ends: Callable[[int], bool]) -> Iterable[list[int]]:
    for apart, part in groupby(row, ends):
        if not apart:
            yield list(part)


def _run(row: Sequence[int], marks: list[int], mark: int) -> list[int]:
    """From the first to the last token of `row` that is `mark`; nothing if there is something else between them."""
    own = [at for at in row if marks[at] == mark]
    run = [at for at in row if own and own[0] <= at <= own[-1]]
    return run if all(marks[at] in (mark, _FRAME) for at in run) else []
