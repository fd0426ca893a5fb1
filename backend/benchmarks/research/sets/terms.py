"""Judgements that the PostgreSQL manual brings itself: the terms of its book index, with the pages they lead to.

`python -m benchmarks.research.sets.terms` counts them. Nothing of them is kept in the repository.
"""

import re
from collections import defaultdict
from pathlib import Path

from lxml import html

POSTGRESQL = Path("/usr/share/doc/postgresql-doc-15/html")
"""Where Debian's package postgresql-doc-15 puts the manual."""

_WORDS = re.compile(r"[A-Za-z][^_]{2,}")


def index_terms(manual: Path = POSTGRESQL) -> dict[str, set[str]]:
    """Primary terms in words -> file names of the pages they link to.

    Left out are terms that are the name of one thing and no query in words: settings, anything with an underscore,
    commands in capitals. Terms that differ in case only are one. Raises OSError where the manual is not installed.
    """
    terms: dict[str, set[str]] = defaultdict(set)
    spelled: dict[str, str] = {}
    root = html.parse(str(manual / "bookindex.html")).getroot()
    for entry in root.xpath('//div[@class="indexdiv"]/dl/dt[a[@class="indexterm"]]'):
        term = " ".join((entry.text or "").split()).rstrip(",")
        if not _WORDS.fullmatch(term) or term.isupper() or term.endswith("configuration parameter"):
            continue
        name = spelled.setdefault(term.lower(), term)
        terms[name] |= {link.partition("#")[0] for link in entry.xpath('a[@class="indexterm"]/@href')}
    return dict(terms)


if __name__ == "__main__":
    found = index_terms()
    print(f"{len(found)} terms, {sum(map(len, found.values()))} pages")
