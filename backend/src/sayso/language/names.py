"""What a question names: names, years, versions and numbers, which evidence for it has to name too.

A name is told by its looks: a word with a capital that does not begin its sentence, with a digit, an underscore or a
capital inside; such words side by side are one name ("iPhone 15 Pro Max"). Languages that write every noun with a
capital leave only the looks of names in programs, figures, and what stands in quotation marks.
"""

import re
import unicodedata
from dataclasses import dataclass

from sayso.language.segments import segments
from sayso.language.stopwords import STOP_WORDS
from sayso.language.tokens import spellings, tokens

_CAPITALISE_NOUNS = frozenset({"de"})
_WORD = re.compile(r"[\w][\w.\-/+#’']*[\w+#]|\w")
_QUOTED = re.compile(r"[\"“„«]([^\"“”„«»]{2,60})[\"”“»]")
_INSIDE = re.compile(r"[A-Z].*[A-Z]|[a-z].*[A-Z]|\w_\w|[A-Za-z].*\d|\d.*[A-Za-z]")
_COUNTING = re.compile(r"\d+(?:-[^\W\d_][^\W\dA-Z_]+)+")
"""What is counted in a compound: "30-year-old", "120-Liter-Tonne"."""
_FIGURE = re.compile(r"\d[\d.,:/-]*\d|\d")
_APOSTROPHE = re.compile(r"['’]")
_BELOW_ZERO = re.compile(r"(?<![\w,)\]°%])(?<!\d\.)[-−–](\d(?:[\d.,]*\d)?)")
_CAPITALS = re.compile(r"(?<![\w°])(?<!\w[.'’])(?:(?:[A-Z]\.){1,4}[A-Z]|[A-Z]{1,5})(?!\w|['’](?!s\b)\w)")
"""A capital by itself, and capitals that stand for a name, with full stops or without."""
_PLURAL = re.compile(r"\b([A-Z]{2,6})s\b")
"""Of capitals that stand for a name: "GPUs"."""
_ENGLISH = STOP_WORDS["en"]
_YEAR = re.compile(r"(?:1\d|20)\d\d")


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it was written, and its words as search compares them."""

    text: str
    words: tuple[str, ...]

    @property
    def is_proper(self) -> bool:
        """Whether it names a person or a place by its looks, and no figure, model, or name in a program."""
        return all(word.isalpha() and word.istitle() for word in self.text.split())

    def named_in(self, stems: list[str], spelled: list[str]) -> bool:
        """Whether a text names it: all its words, those that are written as one (`SHELF_BUSY`) together, and figures
        right behind the word that they stand behind here. A year may stand elsewhere, such as in the date of what a
        heading tells the month of, and so may a single letter, such as in a table's cell."""
        groups: list[list[str]] = []
        for part in filter(None, map(_spelled, self.text.split())):
            if groups and part[0][0].isdigit() and not _YEAR.fullmatch(part[0]):
                # With its figure a letter is told from the article without its capital: "Annex B 1".
                groups[-1] = [*map(str.lower, groups[-1]), *part]
            else:
                groups.append(part)
        return all(_holds(spelled, group) or _holds(stems, group) for group in groups)


def names_of(text: str, language: str) -> list[Name]:
    """The names of a question, in its order, each once."""
    text = unicodedata.normalize("NFC", text)
    stop = STOP_WORDS.get(language, frozenset())
    found: dict[tuple[str, ...], Name] = {}
    for quoted in _QUOTED.finditer(text):
        _add(found, quoted[1])
    for sentence in segments(text, language):
        run: list[str] = []
        end = 0
        for at, match in enumerate(_WORD.finditer(sentence)):
            word = match.group()
            bare = word.removesuffix("'s").removesuffix("’s")
            # "I've" is no name either; of "Hub M" the letter is part of the name, and of "20 °C" it is none.
            of_grammar = not stop.isdisjoint({bare.lower(), _APOSTROPHE.split(bare.lower(), maxsplit=1)[0]})
            of_grammar &= not run or len(bare) > 1 or bare in "AI"
            degrees = sentence[: match.start()].endswith("°")
            capital = word[:1].isupper() and language not in _CAPITALISE_NOUNS and not of_grammar | degrees
            named = (
                not degrees and bool(_INSIDE.search(bare) or _FIGURE.fullmatch(bare)) and not _COUNTING.fullmatch(bare)
            )
            if below := _BELOW_ZERO.fullmatch(sentence[max(0, match.start() - 2) : match.end()].strip()):
                bare = f"−{below[1]}"
            if sentence[end : match.start()].strip():
                _close(found, run)
                run = []
            end = match.end()
            if named or capital:
                # The first word of a sentence is capital in any case, so it only counts before a figure.
                run.append(bare if at or named else f"\0{bare}")
            else:
                _close(found, run)
                run = []
        _close(found, run)
    return list(found.values())


def _close(found: dict[tuple[str, ...], Name], run: list[str]) -> None:
    if run and run[0].startswith("\0"):
        # "Windows 11" is a name, "Compare Ghent" and "Since 2024" are not.
        numbered = len(run) > 1 and run[1][0].isdigit() and not _YEAR.fullmatch(run[1])
        run = [run[0][1:], *run[1:]] if numbered else run[1:]
    if run:
        _add(found, " ".join(run))


def _add(found: dict[tuple[str, ...], Name], text: str) -> None:
    words = tuple(spellings(text))
    if words and not any(_within(words, other) for other in found):
        found[words] = Name(text, words)


def _holds(words: list[str], group: list[str]) -> bool:
    return any(words[at : at + len(group)] == group for at, word in enumerate(words) if word == group[0])


def _within(words: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return any(other[at : at + len(words)] == words for at in range(len(other) - len(words) + 1))


def comparable(text: str, language: str) -> tuple[list[str], list[str]]:
    """A text as `Name.named_in` compares it."""
    below = (f"−{each}" for each in _BELOW_ZERO.findall(text))
    capitals = {each.replace(".", "") for each in _CAPITALS.findall(text)}
    return tokens(text, language), [*spellings(_PLURAL.sub(r"\1 \1s", text)), *below, *capitals]


def _spelled(word: str) -> list[str]:
    """The words of a name; what else would be a number or a word of grammar ("US") stays as it is written."""
    word = _PLURAL.sub(r"\1", word)
    bare = word.replace(".", "") if _CAPITALS.fullmatch(word) else ""
    below = word.startswith("−") and word[1:2].isdigit()
    as_written = below or len(bare) == 1 or (bare and bare != word) or bare.lower() in _ENGLISH
    return [bare or word] if as_written else spellings(bare or word)
