"""Whether a sentence stands word for word in a text.

There is one tolerance, for everybody who asks: what a reader does not see, or takes for the same sign, may differ.

- Any run of white space is one space, and none at either end.
- Markdown's marks around words do not count: emphasis, code, links with their targets, the mark of an image. A mark
  inside a word, and one that has no fellow, is a sign like any other (`2*3`, `__init__`, `a[0]`).
- Invisible characters do not count (soft hyphen, zero-width space); joiners, which change how letters look, do.
- Quotation marks are one sign, apostrophes another, and so are hyphens and dashes; `…` is three full stops, a
  ligature is its letters, and a letter with its accent is one however it is encoded.

All else counts: case, every other sign, and where words and numbers end. "The limit is 10" does not stand in "The
limit is 10.5", nor "lock" in "block". Scripts without spaces between words have no such ends to look at.
"""

import re
import unicodedata
from functools import lru_cache

_SAME = {
    **dict.fromkeys("“”„‟«»", '"'),
    **dict.fromkeys("‘’‚‛", "'"),
    **dict.fromkeys("‐‑‒–—−", "-"),
    "…": "...",
    **{chr(0xFB00 + at): letters for at, letters in enumerate(("ff", "fi", "fl", "ffi", "ffl", "st", "st"))},
}
_UNSEEN = frozenset("\u00ad\u200b\u2060\ufeff")
_LINK = re.compile(r"!?\[([^\[\]\n]{0,300})\]\([^()\s]{0,500}(?:\s[^()]{0,200})?\)")
_CODE = re.compile(r"(?<![\w`])(`{1,3})[^`\n]{1,300}(\1)(?![\w`])")
_EMPHASIS = re.compile(r"""(?<![\w*])(\*{1,3})(?=[\w"'“‘„«(\[`])[^*]{0,300}?(?<=[\w"'”’»)\]`.,!?:;%…])(\1)(?![\w*])""")
"""Of words: the asterisk of `*.gif` stands for something."""
_STRONG = re.compile(r"(?<![\w*])(\*\*)(?=[^\s*]).{1,300}?(?<=\S)(\*\*)(?![\w*])", re.S)
_UNDERLINED = re.compile(r"(?<!\w)(_{1,2})(?=[^\W_])(?!\w+\1(?!\w))[^_\n]{1,300}?(?<=[^\s_])(\1)(?!\w)")
"""A single word between underscores (`__init__`) is a name."""
_CUT_OFF = re.compile(r"(?<![\w*])\*\*(?=[^\s*])|(?<=[^\s*])\*\*(?![\w*])")
"""A mark of bold text whose fellow was left behind where the text was cut."""
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
_GOES_ON = re.compile(r"\d[.,]?\Z")
_GOES_ON_WITH = re.compile(r"[.,]?\d")
_DIFFERING = re.compile(r"[*_`\[\]]|\s\s|[^\S ]")
"""What an ASCII text needs to have to be unlike itself when it is folded."""
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def stands(sentence: str, text: str) -> bool:
    """Whether `sentence` stands word for word in `text`; nothing stands nowhere."""
    # Letter for letter first: a sign that has its fellow outside of the sentence is a mark in the text, and none in it.
    return _find(sentence.strip(), text) >= 0 or _find(folded(sentence), _folded(text)) >= 0


def numbers(text: str) -> set[str]:
    """The numbers of `text`, as digits: "1,000" is "1000"."""
    return {number.replace(",", "") for number in _NUMBER.findall(text)}


def folded(text: str) -> str:
    """`text` for comparison: what may differ is gone."""
    return _folded(text).strip()


def without_marks(text: str) -> str:
    """`text` as people read it: without Markdown's links and emphasis; code keeps its marks, which say what it is."""
    hidden = _marks(text, code=False)
    return "".join(char for at, char in enumerate(text) if at not in hidden) if hidden else text


def _find(wanted: str, have: str) -> int:
    """Where `wanted` stands in `have` with nothing going on at its ends; -1 if nowhere."""
    start = have.find(wanted) if wanted else -1
    while start >= 0 and (_joined(have, start) or _joined(have, start + len(wanted))):
        start = have.find(wanted, start + 1)
    return start


def _joined(text: str, at: int) -> bool:
    """Whether a word or a number goes on from before `at` to behind it."""
    # A word goes on behind a soft hyphen too.
    end, start = at, at
    while end > 0 and text[end - 1] in _UNSEEN:
        end -= 1
    while start < len(text) and text[start] in _UNSEEN:
        start += 1
    left, right = text[max(0, end - 2) : end], text[start : start + 2]
    if not left or not right:
        return False
    if _GOES_ON.search(left) and _GOES_ON_WITH.match(right):
        return True
    sides = left[-1], right[0]
    return all(_is_word(char) and not _UNSPACED.match(char) for char in sides)


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_" or unicodedata.category(char)[0] == "M"


@lru_cache(maxsize=1024)
def _folded(text: str) -> str:
    """`text` with what may differ made equal."""
    if text.isascii() and not _DIFFERING.search(text):
        return text
    unseen = _marks(text)
    out: list[str] = []
    for offset, char in enumerate(text):
        if offset in unseen:
            continue
        if char.isspace():
            if not out or out[-1] != " ":
                out.append(" ")
            continue
        if unicodedata.combining(char) and out and out[-1] != " ":
            # One letter, if there is one; else the accent stays a sign of its own.
            letter = unicodedata.normalize("NFC", out[-1] + char)
            if len(letter) == 1:
                out[-1] = letter
                continue
        out.extend(_SAME.get(char) or unicodedata.normalize("NFC", char))
    return "".join(out)


def _marks(text: str, *, code: bool = True) -> set[int]:
    """Offsets of what no reader sees; those of code's marks only with `code`."""
    unseen = {at for at, char in enumerate(text) if char in _UNSEEN}
    for pattern in (*([_CODE] if code else []), _EMPHASIS, _STRONG, _UNDERLINED):
        for match in pattern.finditer(text):
            unseen.update(range(*match.span(1)), range(*match.span(2)))
    for match in _LINK.finditer(text):
        unseen.update(range(match.start(), match.start(1)), range(match.end(1), match.end()))
    for match in _CUT_OFF.finditer(text):
        unseen.update(range(*match.span()))
    return unseen
