"""What an HTML page says of its own date."""

from collections.abc import Iterator
from typing import Any

from sayso.language.dates import first
from sayso.research.readers.outline import names

_MODIFIED = names(
    "article:modified_time og:updated_time dcterms.modified dc.date.modified datemodified last-modified revised"
)
_WRITTEN = names(
    "article:published_time dcterms.date dc.date dcterms.issued dc.date.issued dcterms.created dc.date.created "
    "datepublished citation_publication_date citation_date date"
)
_TOP = 600
"""Characters of a page's text within which a `time` element dates the page and not something it tells of."""


def date_of(root: Any, main: Any) -> str | None:
    """When the page was last changed, else when it was written, by its `meta` elements; else a `time` at its top."""
    given: dict[bool, list[str | None]] = {True: [], False: []}
    for meta in root.iter("meta"):
        name = (
            meta.get("name") or meta.get("property") or meta.get("http-equiv") or meta.get("itemprop") or ""
        ).lower()
        if name in _MODIFIED or name in _WRITTEN:
            given[name in _MODIFIED].append(meta.get("content"))
    return first([*given[True], *given[False], *_times(main)])


def _times(main: Any) -> Iterator[str | None]:
    read = 0
    for node in main.iter():
        if read > _TOP:
            return
        if node.tag == "time":
            yield node.get("datetime")
        if isinstance(node.tag, str):
            read += len((node.text or "").strip()) + len((node.tail or "").strip())
