"""A text as the reading of wishes sees it: words, signs, and names whose own words do not count."""

import re
from dataclasses import dataclass, replace

from sayso.wishes.ordinals import ORDINAL

_NOUN = r"(?:findings?|claims?|results?|items?|ones?|points?|befunde?|résultats?|resultados?)"
_TOKEN = re.compile(
    rf"(?P<name>[\"“”„«][^\"“”„«»\n]{{1,120}}[\"”“»]|`[^`\n]{{1,120}}`)"
    rf"|(?P<finding>(?<![\w.])(?:{_NOUN}\s+)?[fg]\d{{1,4}}(?!\w|\.\w)|\b{_NOUN}\s+(?:no\.?\s+|number\s+|nr\.?\s+|\#)?\d{{1,3}}\b"
    rf"|\b{ORDINAL}\s+{_NOUN}\b)"
    r"|(?P<word>[^\W_](?:[\w.\-/+#]*[\w+#])?(?=n['’]t\b)|n['’]t\b|[^\W_](?:[\w.\-/+#]*[\w+#])?(?:['’]s\b|['’](?=[^\W\d_]))?)"
    r"|(?P<sign>[^\w\s]|_)",
    re.IGNORECASE,
)
NAME, FINDING, NUMBER = "‹name›", "‹finding›", "‹number›"
"""Forms of what is one thing whatever its letters are."""


@dataclass(frozen=True)
class Token:
    """A word, a sign, or a name."""

    form: str
    """In lower case, or `NAME`, `FINDING`, `NUMBER`."""
    start: int
    end: int
    """Where it stands in its text."""
    capitals: bool = False

    @property
    def is_word(self) -> bool:
        """Whether it is no sign."""
        return self.form[0].isalnum() or self.form[0] == "‹"


def tokens(text: str) -> list[Token]:
    """The tokens of `text` in reading order, without a full stop at its end.

    Names are what stands in quotation marks, what has the look of a name (`pg_repack`), and commands in capitals.
    """
    found = [_token(match) for match in _TOKEN.finditer(text.rstrip(" .!"))]
    capitals = [False, *(each.capitals for each in found), False]
    in_row = [
        own and (before or after) for before, own, after in zip(capitals, capitals[1:], capitals[2:], strict=False)
    ]
    return [replace(each, form=NAME) if named else each for each, named in zip(found, in_row, strict=True)]


def _token(match: re.Match[str]) -> Token:
    said = match.group()
    if match["finding"]:
        form = FINDING
    elif match["name"] or (match["word"] and re.search(r"[_/+#.]|[a-z][A-Z]", said)):
        form = NAME
    elif match["word"] and re.search(r"\d", said):
        form = NUMBER
    else:
        form = said.lower().replace("’", "'").removesuffix("'s")
    capitals = form.isalpha() and len(said) > 1 and said.isupper()
    return Token(form, match.start(), match.end(), capitals)
