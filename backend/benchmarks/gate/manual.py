"""Sentences of the PostgreSQL manual, read where a package has put it (`postgresql-doc-15`); none is stored here."""

import random
import re
from pathlib import Path

from lxml import html

from benchmarks.gate.texts import Half, Passage, Unit

_FOLDERS = "/usr/share/doc"
_SKIPPED = re.compile(r"^(?:release|bookindex|index|biblio|errcodes|keywords|sql-keywords|features|legal|acronyms)")
_END = re.compile(r"(?<=[A-Za-z)\d][.])\s+(?=[A-Z])")
_DANGLING = re.compile(
    r"(?:This|That|These|Those|It|Its|They|Their|Such|However|But|Also|And|Or|So|Then|Thus|Here|Note|See|Otherwise"
    r"|Therefore|Instead|Again|Yes|No|Number|Name|List|Size|Total|Time|Used|True|False|Text|Often|Same|Whether"
    r"|[A-Z][a-z]+s (?:the|a|an|whether|if|to|of|all|each|one|any|that)"
    r"|(?:If|When) (?:set|specified|true|false|not|used|given)|In (?:this|that|these|such)"
    r"|For (?:example|this|these|instance)|If (?:this|so|it))\b"
)
"""Begins what does not stand alone, or is no sentence."""
_ODD = re.compile(
    r"[:;—“”\"{}\[\]=<>|\\*]|\b(?:e\.g\.|i\.e\.|etc\.|see|[Ee]xamples?|Section|Chapter|Table|below|above)(?!\w)"
)

_FINITE = re.compile(
    r"\b(?:is|are|was|were|can|cannot|will|has|have|had|must|does|do|may|might|should|could|allows?|causes?|returns?|uses?"
    r"|contains?|requires?|provides?|creates?|leads?|results? in|exceeds?|rejects?|accepts?|makes?|works?|runs?|takes?"
    r"|needs?|supports?|tends?|appears?|fails?|succeeds?|stores?|shows?|means?|depends?|includes?)\b"
)


def folder() -> Path | None:
    """Where the manual lies on this computer."""
    return next(iter(sorted(Path(_FOLDERS).glob("postgresql-doc-15/html"))), None)


def units(where: Path, seed: int, pages: int = 420) -> list[Unit]:
    """Sentences that stand alone, from `pages` pages drawn by `seed`; a page is of one half."""
    chosen = sorted(path for path in where.glob("*.html") if not _SKIPPED.match(path.name))
    rng = random.Random(seed)
    rng.shuffle(chosen)
    found: list[Unit] = []
    for number, path in enumerate(chosen[:pages]):
        found += _page(path, "held" if number % 2 else "tune")
    return found


def _page(path: Path, half: Half) -> list[Unit]:
    page = html.fromstring(path.read_bytes())
    title = " ".join((page.findtext(".//title") or path.stem).split())
    found: list[Unit] = []
    for paragraph in page.iter("p"):
        sentences = _END.split(" ".join(paragraph.text_content().split()))
        for at, sentence in enumerate(sentences):
            if _stands_alone(sentence):
                around = " ".join(sentences[max(0, at - 1) : at + 2])
                found.append(Unit(sentence, Passage(title, around), half, "manual"))
    return found


def _stands_alone(sentence: str) -> bool:
    return (
        7 <= len(sentence.split()) <= 30
        and sentence[0].isupper()
        and sentence.endswith(".")
        and sentence.count("(") == sentence.count(")")
        and not re.search(r"[.?!] ", sentence)
        and _FINITE.search(sentence) is not None
        and not _DANGLING.match(sentence)
        and not _ODD.search(sentence)
    )
