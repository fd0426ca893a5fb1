"""Whether the first row of a table names its columns."""

import re
from collections import Counter
from collections.abc import Sequence

_FIGURE = re.compile(r"\d[\d.,:]*")
_NAME = re.compile(r"[^\W\d_]\d")
"""In a name such as "W740", which no measure is."""


def names_columns(first: Sequence[str], others: Sequence[Sequence[str]]) -> bool:
    """Whether a row names the columns of others: it has no figures and in a column most of them have, or its figures
    are with words ("12 months") and stand above cells that are alike and otherwise ("24.00 €"), or are those of names
    ("W740")."""
    if not any(_FIGURE.search(cell) for cell in first):
        having = (sum(at < len(row) and bool(_FIGURE.search(row[at])) for row in others) for at in range(len(first)))
        return any(2 * each > len(others) for each in having)
    names = False
    for at, cell in enumerate(first):
        below = Counter(_FIGURE.sub("0", row[at]) for row in others if at < len(row) and _FIGURE.search(row[at]))
        if not _FIGURE.search(cell) or not below:
            continue
        own = _FIGURE.sub("0", cell)
        if own in below or not any(map(str.isalpha, own)):
            return False
        names = names or below.most_common(1)[0][1] > 1 or _NAME.search(cell) is not None
    return names
