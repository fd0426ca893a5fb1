"""A sentence cut into its clauses, each a run of words and figures."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from sayso.gate.lexicon import FUNCTION, canonical, word_set
from sayso.gate.opposites import NEGATIONS, REPORTED, STATES, without_phrases
from sayso.gate.quantities import quantities
from sayso.gate.quantity import Quantity

PREPOSITIONS = word_set(
    "of in on at by for from to with into within under over between among through during per outside inside"
)
SUBORDINATE = word_set("if unless when whenever where whether until which who whom whose that")
"""What opens a clause that is not claimed, but says of what is claimed for which case it holds."""
ASIDE = ", which"
"""What opens a clause that is told by the way."""
AUXILIARIES = word_set(
    "is are was were be been has have had do does did can could may might shall should will would must cannot n't"
)
PRONOUNS = word_set("it its they their them she her he his this these we our")
_RELATIVE = word_set("which who whom whose")
_OPENING = word_set("because while whereas although though since as so")
_SPLITTING = SUBORDINATE | word_set("and but because while whereas although though so or")
_PLURAL = word_set("they their them these we our")
_VERBAL = AUXILIARIES | PRONOUNS | NEGATIONS | STATES.keys() | {"when"}
_WEEKDAYS = word_set("monday tuesday wednesday thursday friday saturday sunday")
_NAME = re.compile(r"[\d_.#+/]|[a-z][A-Z]|^[A-Z]{2,}")
_WORD = re.compile(r"[^\W_](?:[\w.\-/’'+#]*[\w+#])?|[.!?:;]")
_ITEM = re.compile(r"§\d+§|[^\W_](?:[\w.\-/’'+#]*[\w+#])?|[;:()—–,?]")
_CODE = re.compile(r"\b[A-Z_]{2,}(?:\s[A-Z_]{2,})+\b")
_MARKUP = re.compile(r"[{}\[\]<>=|@\\]|::|->|→")
"""What prose does not have: code and rows of cells."""
_SUBJECT = 5
"""Words of a subject, at most."""


@dataclass(frozen=True)
class Item:
    """A word, a mark or a figure. `lower` is the word in lower case, but for code, whose words are names rather than
    grammar ("IF NOT EXISTS")."""

    word: str
    lower: str
    quantity: Quantity | None = None


@dataclass(frozen=True)
class Topics:
    """What a pronoun stands for: canonical words of the last subject in the singular, and of the last in the plural."""

    one: frozenset[str] = frozenset()
    many: frozenset[str] = frozenset()

    def after(self, sentence: str) -> "Topics":
        """The same behind `sentence`."""
        found = subject(sentence)
        if not found:
            return self
        words = frozenset(map(canonical, found))
        plural = found[-1].endswith("s") and not found[-1].endswith("ss")
        return Topics(self.one, words) if plural else Topics(words, self.many)

    def of(self, sentence: str) -> frozenset[str]:
        """What the first pronoun of `sentence` stands for."""
        first = next((item.lower for item in items(sentence) if item.lower in PRONOUNS), "it")
        return self.many if first in _PLURAL else self.one


@lru_cache(4_096)
def items(sentence: str) -> tuple[Item, ...]:
    """Words, marks and figures of a sentence in reading order, phrases of one meaning as one word;
    none of code, which claims nothing."""
    if len(_MARKUP.findall(sentence)) > 1:
        return ()
    sentence = reported(sentence)
    found = quantities(sentence)
    parts: list[str] = []
    at = 0
    for number, each in enumerate(found):
        parts += [sentence[at : each.span[0]], f"§{number}§"]
        at = each.span[1]
    text = "".join([*parts, sentence[at:]]).replace("n't", " not").replace("n’t", " not")
    text = without_phrases(text)
    capitals = {at for match in _CODE.finditer(text) for at in range(*match.span())}
    cut: list[Item] = []
    for match in _ITEM.finditer(text):
        word = match.group()
        lower = word if match.start() in capitals else word.lower()
        figure = word.strip("§") if word[0] == "§" else ""
        cut.append(Item(word, lower, found[int(figure)] if figure and int(figure) < len(found) else None))
    return tuple(cut)


def reported(sentence: str) -> str:
    """What a sentence reports, without who says it."""
    match = REPORTED.match(sentence)
    return sentence[match.end() :] if match else sentence


def subject(sentence: str) -> list[str]:
    """The words of what a sentence begins with, lower case; none if that is a pronoun."""
    found: list[str] = []
    cut = items(sentence)
    if cut and cut[0].lower in PREPOSITIONS:
        comma = next((at for at, item in enumerate(cut) if item.word == ","), 0)
        cut = cut[comma + 1 :]
    for item in cut:
        if item.lower in PRONOUNS and not found:
            return []
        past = found and item.lower.endswith("ed") and len(item.lower) > 4
        verb = past or item.lower in AUXILIARIES
        if verb or item.quantity or not item.word[0].isalnum() or len(found) >= _SUBJECT:
            break
        if item.lower not in FUNCTION:
            found.append(item.lower)
    return found


def clauses(cut: Sequence[Item]) -> list[list[Item]]:
    """The items of a sentence by clause. What has neither a verb by its looks nor a figure belongs to its neighbour."""
    whole: list[list[Item]] = []
    waiting: list[Item] = []
    for piece in filter(None, _pieces(cut)):
        if not _complete(piece):
            if whole and not waiting:
                whole[-1].extend(piece)
            else:
                waiting.extend(piece)
        elif waiting and piece[0].lower in SUBORDINATE | {ASIDE}:
            whole += [waiting, piece]
            waiting = []
        else:
            whole.append([*waiting, *piece])
            waiting = []
    return [*whole, waiting] if waiting else whole


def has_subject(clause: list[Item]) -> bool:
    """Whether something stands before the verb of a clause."""
    for item in clause:
        verb = item.lower in AUXILIARIES | NEGATIONS or item.lower in STATES
        if item.quantity or verb or (item.lower.endswith("ed") and len(item.lower) > 4):
            return False
        if item.lower not in FUNCTION or item.lower in PRONOUNS:
            return True
    return False


def name_words(text: str) -> frozenset[str]:
    """Canonical forms of the words of `text` that are names by their looks, whatever begins a sentence apart."""
    names = set()
    ended = True
    for match in _WORD.finditer(text):
        word = match.group()
        if not word[0].isalnum():
            ended = True
            continue
        looks = (word[0].isupper() and not ended) or (looks_like_a_name(word) and not word[0].isdigit())
        if looks and not is_weekday(word) and word.lower() not in FUNCTION and not quantities(f"in {word}"):
            names.add(canonical(word))
        ended = False
    return frozenset(names)


def looks_like_a_name(word: str) -> bool:
    """Whether a word is a name wherever it stands: digits, dots, underscores, capitals inside or throughout."""
    return bool(_NAME.search(word))


def is_weekday(word: str) -> bool:
    return word.lower().removesuffix("s") in _WEEKDAYS


def _pieces(cut: Sequence[Item]) -> list[list[Item]]:
    pieces: list[list[Item]] = [[]]
    bracketed = False
    for at, item in enumerate(cut):
        bracketed = item.word == "(" or (bracketed and item.word != ")")
        if item.lower == "when" and any(_dates(each) for each in cut[max(0, at - 2) : at]):
            # "17 December, when it opens" dates what follows.
            if not pieces[-1] and len(pieces) > 1:
                pieces.pop()
            pieces[-1].append(item)
        elif item.lower in ("and", "or") and pieces[-1] and pieces[-1][0].lower in SUBORDINATE:
            pieces[-1].append(item)
        elif item.word in ";:()—–," or item.lower in _SPLITTING:
            aside = bracketed or (item.lower in _RELATIVE and at and cut[at - 1].word == ",")
            opens = item.lower in _OPENING | SUBORDINATE
            pieces.append([Item(item.word, ASIDE) if aside else item] if opens or aside else [])
        else:
            pieces[-1].append(item)
    return pieces


def _dates(item: Item) -> bool:
    return item.quantity is not None and item.quantity.dimension == "date"


def _complete(piece: list[Item]) -> bool:
    return piece[0].lower in _OPENING | SUBORDINATE | {ASIDE} or any(
        item.lower in _VERBAL or (item.quantity and item.quantity.dimension not in ("date", "clock")) for item in piece
    )
