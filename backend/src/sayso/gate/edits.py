"""The closed list of edits that leave what is said as it is, and whether a wording comes from quoted units by these.

1. What `sayso.gate.wording` does not see: articles, commas, figures in words or digits, units converted exactly, "in
   short" and the like, and phrases that say the same anywhere ("in order to", "to").
2. A phrase or clause that opens the sentence stands elsewhere in it, or the other way round.
3. "X did Y" is "Y was done by X", and the other way round.
4. A pronoun's noun: what the sentence before begins with, or the heading.
5. Neighbouring sentences are joined by "and", the second without its subject where that is the first one's.
6. A clause is left out that is told by the way, or stands beside the other behind "and" or "but"; never a condition, an
   exception, a time or an "or", nor what opens the sentence.
7. Items are told in a sentence with the line that leads into them.
8. Who "concludes" has "concluded", and what "will" be "would" be.

Whatever else differs is another wording. The words that are left are the same, in the same order.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from sayso.gate.forms import base_form
from sayso.gate.grammar import (
    AUXILIARIES,
    BE,
    COORDINATING,
    CORRELATIVE,
    LOGIC,
    MODALS,
    PREPOSITIONS,
    RELATIVE,
    SHIFTED,
    SUBORDINATE,
)
from sayso.gate.wording import Word, Wording, Words, turned

_STANDING_IN = {"it": "", "they": "", "he": "", "she": "", "its": "'s", "their": "'s", "his": "'s", "her": "'s"}
_ASIDE = RELATIVE | frozenset({"while", "whereas", "although", "though", "because", "since", "(", "—", "–"})
_BESIDE = frozenset({"and", "but", "so"})
_LONGEST = 7
"""Words of a subject."""
_BOUND = {word for word, name in LOGIC.items() if name in {"condition", "exception", "negation", "order", "bound"}} | {
    "only", "alone", "or"
}  # fmt: skip
_OPENING = frozenset({"these", "this", "they", "following"})

Same = Callable[[str], str]


def reached(mine: Words, theirs: Words, base: Same = base_form) -> bool:
    """Whether a moved phrase, a passive or a tense of reporting makes one of the other."""
    if mine == theirs:
        return True
    if abs(len(mine) - len(theirs)) > 2:
        return False
    return (
        (len(mine) == len(theirs) and (moved(mine, theirs) or moved(theirs, mine) or _shifted(mine, theirs)))
        or passive(mine, theirs, base)
        or passive(theirs, mine, base)
    )


def moved(mine: Words, theirs: Words) -> bool:
    """Whether `theirs` has elsewhere what opens `mine`: a phrase or clause with the word that it begins with."""
    if len(mine) != len(theirs) or not mine:
        return False
    start = 2 if mine[0] in {"only", "even"} else 0 if mine[0] in PREPOSITIONS | SUBORDINATE else -1
    if start < 0 or (start and mine[1] not in PREPOSITIONS | SUBORDINATE):
        return False
    for size in range(max(2, start), len(mine)):
        phrase, rest = mine[:size], mine[size:]
        at = next((at for at, (one, other) in enumerate(zip(rest, theirs, strict=False)) if one != other), len(rest))
        # Where the rest and the phrase begin with the same words, the phrase may begin before.
        for begin in range(at, max(-1, at - size), -1):
            if theirs[begin : begin + size] == phrase and theirs[begin + size :] == rest[begin:]:
                return _ends(theirs, begin + size)
    return False


def _ends(words: Words, at: int) -> bool:
    """Whether a phrase may end before `at`: nothing, or another phrase or clause, follows."""
    return at >= len(words) or words[at] in PREPOSITIONS | SUBORDINATE | COORDINATING | AUXILIARIES


def _shifted(mine: Words, theirs: Words) -> bool:
    """Whether `mine` reports in the past what `theirs` reports in the present."""
    if "that" not in theirs:
        return False
    at = theirs.index("that")
    after = tuple(SHIFTED.get(word, word) for word in theirs[at:])
    return mine[:at] == theirs[:at] and mine[at:] == after and bool(at)


def passive(mine: Words, theirs: Words, base: Same = base_form) -> bool:
    """Whether `mine` says in the passive, with its "by", what `theirs` says in the active."""
    for at, (word, following) in enumerate(pairwise(mine)):
        if word not in BE or not at:
            continue
        modal = mine[at - 1] if mine[at - 1] in MODALS else ""
        done = mine[: at - 1] if modal else mine[:at]
        by = next((by for by in range(at + 2, len(mine)) if mine[by] == "by"), 0)
        if not by or not done:
            continue
        verb = base(following)
        told = mine[by + 1 :]
        for place in range(1, len(theirs) - len(done)):
            if base(theirs[place]) != verb or theirs[place + 1 : place + 1 + len(done)] != done:
                continue
            doer = theirs[:place]
            if modal and doer[-1] != modal:
                continue
            doer = doer[:-1] if modal else doer
            if not doer or told[: len(doer)] != doer:
                continue
            left, between = told[len(doer) :], mine[at + 2 : by]
            rest = theirs[place + 1 + len(done) :]
            if rest in (left + between, between + left) or turned(left + between, rest, PREPOSITIONS):
                return True
    return False


def named(mine: Words, theirs: Words, subjects: Sequence[Words]) -> Words:
    """`theirs` with the noun that `mine` has for one of its pronouns; the same if there is no such pronoun."""
    for at, word in enumerate(theirs):
        ending = _STANDING_IN.get(word)
        if ending is None or at > len(mine):
            continue
        for subject in subjects:
            for size in range(1, min(_LONGEST, len(subject)) + 1):
                noun = subject[:size]
                told = (*noun[:-1], noun[-1] + ending)
                goes_on = mine[at + size : at + size + 1] == theirs[at + 1 : at + 2]
                if mine[at : at + size] == told and goes_on and _is_noun(noun, subject):
                    return theirs[:at] + told + theirs[at + 1 :]
    return theirs


def _is_noun(noun: Words, subject: Words) -> bool:
    """Whether a sentence may have `noun` for its whole subject."""
    following = subject[len(noun)] if len(noun) < len(subject) else ""
    return (
        not any(word in AUXILIARIES or word in LOGIC or word[0] in "=@" for word in noun)
        and noun[-1] not in PREPOSITIONS | COORDINATING
        and following not in (PREPOSITIONS | COORDINATING | {"or"}) - {"like"}
    )


def parts(wording: Wording) -> list[tuple[str, list[Word]]]:
    """The clauses of a sentence as its commas and other marks tell them apart, with what opens each: a mark, or the
    word behind the comma."""
    found: list[tuple[str, list[Word]]] = [("", [])]
    marked = wording.marked
    fronted = bool(marked) and marked[0].key in SUBORDINATE
    skipped = False
    for at, word in enumerate(marked):
        following = marked[at + 1].key if at + 1 < len(marked) else ""
        if skipped:
            skipped = False
            continue
        if word.key in ";:()—–":
            found.append((word.key, []))
        elif word.key == "," and (following in _BESIDE | _ASIDE | SUBORDINATE or following in PREPOSITIONS):
            found.append((following, [marked[at + 1]]))
            skipped = True
        elif word.key == "," and fronted and len(found) == 1:
            found.append((",", []))
        else:
            found[-1][1].append(word)
    return [(opener, words) for opener, words in found if words or opener]


def left_out(wording: Wording) -> Iterator[Words]:
    """What is left of a sentence without a clause that may be left out."""
    cut = [(opener, Wording("", tuple(words)).keys) for opener, words in parts(wording)]
    asides = [at for at, (opener, words) in enumerate(cut) if opener == "(" and not set(words) & _BOUND]
    if asides:
        yield tuple(word for at, (_, words) in enumerate(cut) if at not in asides for word in words)
    yield from _first_of_two(wording.keys)
    for at in range(1, len(cut)):
        before = tuple(word for _, words in cut[:at] for word in words)
        after = tuple(word for _, words in cut[at:] for word in words)
        if set(before) & (CORRELATIVE - {"not", "only"}):
            continue
        if _may_go(cut[at:], before):
            yield before
        if cut[at][0] in _BESIDE and _may_stand(before, after):
            yield after[1:]


def _first_of_two(words: Words) -> Iterator[Words]:
    """What comes before an "and" or "but" inside a clause, where nothing binds the two together or limits both."""
    for at, word in enumerate(words):
        if word in {"and", "but"} and at > 1:
            before, after = set(words[:at]), set(words[at:])
            if not (before | after) & (_BOUND | CORRELATIVE | {"between", "together", "each", "respectively"}):
                yield words[:at]
                yield from (words[:size] + words[at + 1 :] for size in _subjects(words, at))


def _subjects(words: Words, at: int) -> Iterator[int]:
    """How long the subject may be of a sentence with a second verb behind its "and" at `at`."""
    second = words[at + 1] if at + 1 < len(words) else ""
    for size in range(1, min(_LONGEST, at - 1) + 1):
        alike = any(words[size].endswith(ending) and second.endswith(ending) for ending in ("s", "ed"))
        if (alike or {words[size], second} <= AUXILIARIES) and _is_noun(words[:size], words):
            yield size


def _may_go(rest: list[tuple[str, Words]], before: Words) -> bool:
    opener, words = rest[0]
    if any(each in _BOUND or each in PREPOSITIONS - {"because"} for each, _ in rest[1:]):
        return False
    if opener in {"(", ")", "—", "–"}:
        return opener != ")" and not any(set(each) & _BOUND for _, each in rest)
    if opener in {"because", "since"}:
        return not set(before) & {"not", "no", "never", "only"}
    if opener in _BESIDE:
        first = words[1] if len(words) > 1 else "or"
        return first not in PREPOSITIONS and LOGIC.get(first, "who") in {"who", "quantity"} and first != "only"
    return opener in _ASIDE


def _may_stand(before: Words, after: Words) -> bool:
    """Whether what follows "and" holds without what opens the sentence."""
    opens = before[0] if before else ""
    free = opens not in PREPOSITIONS | SUBORDINATE and LOGIC.get(opens, "who") in {"who", "quantity"}
    return free and "that" not in before and len(after) > 2 and after[1] not in AUXILIARIES | PREPOSITIONS | {"not"}


def joined(one: Words, other: Words) -> Iterator[Words]:
    """Two neighbouring sentences as one."""
    for link in ((), ("and",)):
        yield one + link + other
    if other and other[0] in _STANDING_IN and _STANDING_IN[other[0]] == "":
        yield (*one, "and", *other[1:])


def listed(lead: Words, items: Sequence[Words], *, whole: bool) -> Iterator[Words]:
    """Neighbouring items in a sentence with the line that leads into them.

    Args:
        whole: these are all items of the list.
    """
    told: list[Words] = [tuple(word for item in items for word in item)]
    if len(items) > 1:
        told.append(tuple(word for item in items[:-1] for word in item) + ("and",) + items[-1])
    for each in told:
        yield lead + each
        if lead and lead[0] in _OPENING:
            yield each + lead[1:]
        if whole:
            yield from ((*lead, verb, *each) for verb in ("is", "are"))
