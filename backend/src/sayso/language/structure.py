"""How structure shows in the text of a passage: the marks of lists, tables and code, and words that point back."""

import re

from sayso.language.stopwords import STOP_WORDS

CELL = " | "
"""Between the cells of a table's row."""
FENCE = "```"
RULE = re.compile(r"[ \t]*:?-{3,}:?(?:[ \t]*\|[ \t]*:?-{3,}:?)*[ \t]*\|?[ \t]*")
"""The line under a table's header."""
MARK = re.compile(r"[ \t>]*(?:[-*+•‣◦–]|\(?\d{1,3}[.)]|\[\d{1,3}\]|\(?[a-z][.)])[ \t]+(?=\S)")
"""Of a list's item."""
CLOSED = re.compile(r"[.!?。！？؟…:;](?:[\"'”’»)\]*_`]|\s)*$")
"""The end of a whole sentence, or of a line that announces something."""
_LEANING = re.compile(
    r"(?:this|that|these|those|it|its|they|their|them|he|she|his|her|such|both|neither|however|therefore|thus|hence|also"
    r"|otherwise|instead|furthermore|moreover|similarly|then|but|and|so|in (?:this|that|these|those|such)"
    r"|for (?:this|that|these|example|instance)|if (?:so|not|it|this|they)|when (?:this|it|they)|as a result"
    r"|the (?:former|latter|same|following|above))\b",
    re.I,
)
_EXPLETIVE = re.compile(
    r"it(?:'s| is| was| may be| can be| will be)(?: \w+ly| not| often| also)* \w+ (?:to|that|for)\b", re.I
)


def is_rule(line: str) -> bool:
    """Whether it is the line under a table's header."""
    return bool(RULE.fullmatch(line.strip().strip("|")))


def cells(row: str) -> list[str]:
    """The cells of a table's row."""
    return [cell.strip() for cell in row.strip().strip("|").split("|")]


def unfinished(line: str, language: str, *, only_marked: bool) -> bool:
    """Whether what follows a line finishes it: "These are the steps:", or "Do not take it if you", whose last word is
    one of grammar.

    Args:
        only_marked: only a colon tells.
    """
    bare = line.rstrip("*_ ")
    last = bare.rpartition(" ")[2].casefold()
    return bare.endswith((":", "：")) or (not only_marked and last in STOP_WORDS.get(language, frozenset()))


def broken_off(text: str) -> bool:
    """Whether it is no heading, and no whole sentence either: what follows stands in the middle of one."""
    return len(text.split()) > 3 and not CLOSED.search(text)


def leans(sentence: str) -> bool:
    """Whether a sentence begins with a word that points back ("It ...", "However, ..."); not one that stands for what
    follows ("It is possible to ..."). English."""
    return bool(_LEANING.match(sentence)) and not _EXPLETIVE.match(sentence)


_SMALL = 5
"""Letters of a word from which it has a capital in a title."""


def is_titled(text: str) -> bool:
    """Whether `text` is written as a title: most of its words, and all of the longer ones, begin with capitals. What is
    in capitals throughout need not be one."""
    words = [word for word in text.split() if word[0].isalpha()]
    large = sum(word[0].isupper() for word in words)
    return (
        not text.isupper()
        and 2 * large > len(words)
        and all(word[0].isupper() for word in words if len(word) >= _SMALL)
    )
