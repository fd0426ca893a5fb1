"""What arXiv's API answers: an Atom feed of papers (https://info.arxiv.org/help/api/user-manual.html)."""

import re
from dataclasses import dataclass
from typing import Any

from lxml import etree

from sayso.language.dates import iso
from sayso.research.source import SourceError

_ATOM = "{http://www.w3.org/2005/Atom}"
_ID = re.compile(r"https?://arxiv\.org/abs/((?:[a-z-]+(?:\.[A-Z]{2})?/\d{7}|\d{4}\.\d{4,5}))(v\d{1,3})?")


@dataclass(frozen=True, slots=True)
class Paper:
    """One version of a paper.

    Attributes:
        id: such as "2401.12345", without its version.
        version: "v2", if it is known.
        date: of this version, "2024-05-17".
    """

    id: str
    version: str | None
    title: str
    abstract: str
    authors: tuple[str, ...]
    date: str | None

    @property
    def name(self) -> str:
        """ "2401.12345v2": as its pages are addressed."""
        return f"{self.id}{self.version or ''}"


def papers(feed: bytes) -> list[Paper]:
    """The papers of a feed, in its order.

    Raises:
        SourceError: it is none, or it tells of an error.
    """
    # Nothing outside of it is read, and no entity can make it grow.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(feed, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None or root.tag != f"{_ATOM}feed":
        raise SourceError("arXiv did not answer with a feed; try again later.")
    found = []
    for entry in root.iter(f"{_ATOM}entry"):
        address = _text(entry, "id")
        if "/api/errors" in address:
            raise SourceError(f"arXiv refused the search ({_text(entry, 'summary')[:100]}).")
        match = _ID.fullmatch(address)
        title, abstract = _text(entry, "title"), _text(entry, "summary")
        if match is None or not title:
            continue
        names = (_text(author, "name") for author in entry.iter(f"{_ATOM}author"))
        date = iso(_text(entry, "updated")[:10]) or iso(_text(entry, "published")[:10])
        found.append(Paper(match[1], match[2], title, abstract, tuple(name for name in names if name), date))
    return found


def _text(element: Any, name: str) -> str:
    # Titles and abstracts come broken into lines.
    return " ".join("".join(element.findtext(f"{_ATOM}{name}") or "").split())
