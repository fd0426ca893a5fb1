"""Lines of what people say as examples to learn from: each with its meaning and with what each of its words is."""

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.wishes.said import Said

import sayso.language
from sayso.language.stopwords import STOP_WORDS
from sayso.wishes.features import OPEN, SIGN
from sayso.wishes.learned import LANGUAGES
from sayso.wishes.points import points
from sayso.wishes.tokens import FINDING, NAME, NUMBER, Token, tokens

PIECES = Path(sayso.language.__file__).parent / "vectors" / "pieces.txt"
_COPIED = {"unwanted": 3, "both": 3, "wanted": 1}
"""Times a line is repeated with other things in it."""
NAMES, DICTIONARY = 0.1, 0.5
"""Up to which of 0 to 1 what is put into a copy is a name, and is of the dictionary."""

WHOLE = 0.7
"""What a line of several points counts as one."""


@dataclass(frozen=True)
class Example:
    """A text with its meaning, and what each of its tokens is."""

    found: tuple[Token, ...]
    meaning: str
    parts: tuple[int, ...]
    line: Said
    weight: float = 1.0


def examples(lines: Sequence[Said]) -> list[Example]:
    """The points of each line, and the pieces between its commas, with the meaning of each."""
    found = []
    for line in lines:
        # What is typed in a hurry is learned as it was typed.
        own = _joined(points(line.text, typed_on=False))
        if len(own) > 1:
            found.append(_example(line, line.text, 0, WHOLE))
        for text, start in _located(line.text, own):
            found.append(_example(line, text, start))
            if line.meaning == "both":
                pieces = [piece for piece in _pieces(text) if piece != text]
                found += [_example(line, *piece, 0.5) for piece in _located(line.text, pieces)]
    return [each for each in found if each.meaning]


def _joined(found: list[str]) -> list[str]:
    asked = len(found) == 2 and found[0].endswith("?") and len(found[1].split()) <= 3 and not found[1].endswith("?")
    return [" ".join(found)] if asked else found


def _pieces(text: str) -> list[str]:
    for sign in (" but ", " and ", "; ", ": ", " - "):
        text = text.replace(sign, ", ")
    return [piece for piece in text.split(", ") if piece]


def _located(text: str, parts: Sequence[str]) -> list[tuple[str, int]]:
    return [(part, at) for part in parts if (at := text.find(part)) >= 0]


def _example(line: Said, text: str, start: int, weight: float = 1.0) -> Example:
    def within(token: Token, spans: tuple[tuple[int, int], ...]) -> bool:
        return any(token.start + start < end and token.end + start > begin for begin, end in spans)

    found = tuple(tokens(text))
    parts = tuple(1 if within(each, line.unwanted) else 2 if within(each, line.wanted) else 0 for each in found)
    meaning = line.meaning
    if line.unwanted or line.wanted:
        both = {(True, True): "both", (True, False): "unwanted", (False, True): "wanted"}
        meaning = both.get((1 in parts, 2 in parts), "")
    return Example(found, meaning, parts, line, weight)


def exchanged(source: Sequence[Example], rng: random.Random) -> list[Example]:
    """Copies of the lines that speak of other things, and these things alone, as wishes."""
    things = Things(source, rng)
    found = [things.put_into(each) for each in source for _ in range(_COPIED.get(each.meaning, 0))]
    for language in sorted(things.by_language):
        for _ in things.by_language[language]:
            alone = things.one(language)
            if language == "en" and rng.random() < ALSO:
                alone = (Token(rng.choice(("also", "and", "more")), 0, 0), *alone)
            found.append(Example(alone, "wanted", (2,) * len(alone), Said(language, "wanted", ""), 0.6))
    return found


ALSO = 0.3
"""Share of things alone that are said as more of the same ("Also the bill")."""


class Things:
    """What the lines speak of, and words of the dictionary, to put in the place of one another."""

    def __init__(self, source: Sequence[Example], rng: random.Random) -> None:
        self.by_language: dict[str, list[tuple[Token, ...]]] = {}
        for each in source:
            for start, end in _runs(each.parts):
                self.by_language.setdefault(each.line.language, []).append(each.found[start:end])
        pieces = PIECES.read_text("utf-8").splitlines()[3_000:16_000]
        self._words = [Token(piece, 0, 0) for piece in pieces if piece.isalpha() and len(piece) > 3]
        self._rng = rng
        self._grammar = _grammar()

    def one(self, language: str) -> tuple[Token, ...]:
        """One of them, of any line or of the dictionary."""
        kind = self._rng.random()
        if kind < NAMES:
            return (Token(NAME, 0, 0),)
        if kind < DICTIONARY and language == "en":
            return tuple(self._rng.choices(self._words, k=self._rng.choice((1, 1, 2))))
        return tuple(self._rng.choice(self.by_language[language]))

    def put_into(self, each: Example) -> Example:
        """The same said of other things."""
        new: list[tuple[Token, int]] = []
        at = 0
        for start, end in [*_runs(each.parts), (len(each.parts), len(each.parts))]:
            new += self._frame(each, range(at, start))
            if start < end:
                new += [(token, each.parts[start]) for token in self.one(each.line.language)]
            at = end
        tokens_, parts = zip(*new, strict=True)
        return Example(tokens_, each.meaning, parts, each.line, each.weight / _COPIED[each.meaning])

    def _frame(self, each: Example, places: Iterable[int]) -> Iterable[tuple[Token, int]]:
        inner = [at for at, one in enumerate(each.found) if one.form[0].isalpha() and one.form not in self._grammar]
        for place in places:
            # Of a wish it is not known which words are its thing; the first may be its verb.
            swap = each.meaning == "wanted" and place in inner[1:] and self._rng.random() < 0.5
            yield (self._rng.choice(self._words) if swap else each.found[place]), each.parts[place]


def _runs(parts: Sequence[int]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for at, part in enumerate(parts):
        if part and found and found[-1][1] == at and parts[at - 1] == part:
            found[-1] = found[-1][0], at + 1
        elif part:
            found.append((at, at + 1))
    return found


def known(source: Sequence[Example]) -> tuple[list[str], frozenset[str]]:
    """Forms that count by themselves, in the order of their numbers, and those of them that are grammar."""
    grammar = _grammar()
    ways: dict[str, set[str]] = defaultdict(set)
    topics: dict[str, set[str]] = defaultdict(set)
    signs = set()
    for each in source:
        first = next((at for at, token in enumerate(each.found) if token.is_word and token.form not in grammar), -1)
        for at, (token, part) in enumerate(zip(each.found, each.parts, strict=True)):
            if token.is_word:
                topic = part or (each.meaning == "wanted" and at != first)
                (topics if topic else ways)[token.form].add(each.line.text)
            else:
                signs.add(token.form)
    often = {form for form in ways if form in grammar or len(ways[form]) > max(2, len(topics.get(form, ())))}
    often |= grammar & topics.keys()
    return [OPEN, SIGN, *sorted((often | signs) - {OPEN, SIGN} | {FINDING, NAME, NUMBER})], grammar


def _grammar() -> frozenset[str]:
    return frozenset().union(*(STOP_WORDS[code] for code in LANGUAGES)) | {"n't"}
