"""What a text means, as a vector: the mean of its word pieces' vectors from a table that comes along.

The table was distilled from the model all-MiniLM-L6-v2 (see `vectors/NOTICE` and `tools/static_vectors.py`). It knows
English. Words are cut into pieces as that model's tokenizer cuts them (WordPiece: the longest known piece first).
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

Vectors: TypeAlias = "np.ndarray[Any, np.dtype[np.float32]]"
"""Shape (texts, WIDTH), each of length 1, or 0 for a text without a word."""

LANGUAGE = "en"
WIDTH = 256
_FOLDER = Path(__file__).with_name("vectors")
_WORD = re.compile(r"[^\W_]+")
_LONGEST = 40
"""Characters of a word; a longer one is no word."""
_BATCH = 256
"""Texts at a time, which bounds the memory."""


class _Table(dict[str, tuple[int, ...]]):
    """Word pieces and their vectors; as a mapping, lower-case words to the numbers of their pieces, remembered.

    A word that cannot be put together from pieces has none.
    """

    def __init__(self) -> None:
        super().__init__()
        pieces = (_FOLDER / "pieces.txt").read_text(encoding="utf-8").splitlines()
        self._numbers = {piece: number for number, piece in enumerate(pieces)}
        self.vectors = np.load(_FOLDER / "table.npy", mmap_mode="r")

    def __missing__(self, word: str) -> tuple[int, ...]:
        if len(word) > _LONGEST:
            return self[word[:_LONGEST]]
        if len(self) > 200_000:
            self.clear()
        found = self[word] = self._cut(word)
        return found

    def _cut(self, word: str) -> tuple[int, ...]:
        numbers = []
        start = 0
        while start < len(word):
            mark = "##" if start else ""
            for end in range(len(word), start, -1):
                number = self._numbers.get(mark + word[start:end])
                if number is not None:
                    numbers.append(number)
                    start = end
                    break
            else:
                return ()
        return tuple(numbers)


@lru_cache(1)
def _table() -> _Table:
    return _Table()


def embedded(texts: Sequence[str]) -> Vectors:
    """The vectors of `texts`; the cosine of two is their dot product."""
    table = _table()
    rows = np.zeros((len(texts), WIDTH), np.float32)
    for first in range(0, len(texts), _BATCH):
        batch = [_numbers(table, text) for text in texts[first : first + _BATCH]]
        pieces, which = np.unique(np.fromiter(chain.from_iterable(batch), np.int64), return_inverse=True)
        if not len(pieces):
            continue
        # Each row's pieces are counted, and the counts multiplied with the vectors: far fewer of these than of words.
        owner = np.repeat(np.arange(len(batch)), [len(each) for each in batch])
        counts = np.bincount(owner * len(pieces) + which, minlength=len(batch) * len(pieces))
        # Lengths are made equal below, so the sum does for the mean.
        rows[first : first + len(batch)] = counts.reshape(len(batch), -1).astype(np.float32) @ table.vectors[
            pieces
        ].astype(np.float32)
    return np.asarray(rows / np.maximum(1e-9, np.linalg.norm(rows, axis=1, keepdims=True)), np.float32)


def _numbers(table: _Table, text: str) -> list[int]:
    return list(chain.from_iterable(map(table.__getitem__, _WORD.findall(_plain(text)))))


LIKE = 0.4
"""Cosine below which two words have nothing to do with one another."""


def kinship(cosines: Vectors) -> Vectors:
    """How far one word stands for another, 0 to 1, from the cosines of their vectors: their square, from `LIKE` on."""
    return np.asarray(np.where(cosines < LIKE, 0.0, cosines) ** 2, np.float32)


def packed(vectors: Vectors) -> "np.ndarray[Any, np.dtype[np.int8]]":
    """Vectors as one byte a number, for storing; a dot product with them is 127 times the cosine."""
    return np.asarray((vectors * 127).round(), np.int8)


def _plain(text: str) -> str:
    text = text.lower()
    if text.isascii():
        return text
    return "".join(char for char in unicodedata.normalize("NFD", text) if unicodedata.category(char) != "Mn")
