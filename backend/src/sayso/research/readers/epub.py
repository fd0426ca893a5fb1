"""EPUB: the chapters of a book, in the order in which they are read."""

from collections.abc import Iterator
from posixpath import dirname, join, normpath
from typing import Any
from urllib.parse import unquote
from zipfile import ZipFile

from sayso.language.dates import first
from sayso.research.formats import Unreadable
from sayso.research.readers.archive import opened, xml
from sayso.research.readers.html import HtmlReader
from sayso.research.readers.outline import Outline, OutlineReader, squash

_CONTAINER = "META-INF/container.xml"
_LOCKED = "META-INF/encryption.xml"
_PACKAGE = "{http://www.idpf.org/2007/opf}"
_DUBLIN = "{http://purl.org/dc/elements/1.1/}"
_PAGES = ("application/xhtml+xml", "text/html")


class EpubReader(OutlineReader):
    """Reads `.epub` without copy protection."""

    def outline(self, data: bytes) -> Outline:
        with opened(data) as archive:
            rootfile = xml(archive, _CONTAINER).find(".//{*}rootfile")
            if rootfile is None:
                raise Unreadable("is damaged: it does not say where its text is")
            place = rootfile.get("full-path") or ""
            package = xml(archive, place)
            outline = Outline()
            outline.title = squash(package.findtext(f".//{_DUBLIN}title") or "")
            outline.date = first([package.findtext(f".//{_DUBLIN}date") or ""])
            reader = HtmlReader()
            for page in _pages(archive, package, dirname(place)):
                outline.close(1)
                reader.add(outline, page)
            if outline.is_empty and _LOCKED in archive.namelist():
                raise Unreadable("is copy-protected")
        return outline


def _pages(archive: ZipFile, package: Any, folder: str) -> Iterator[bytes]:
    items = {item.get("id"): item for item in package.iter(f"{_PACKAGE}item")}
    names = set(archive.namelist())
    for reference in package.iter(f"{_PACKAGE}itemref"):
        item = items.get(reference.get("idref"))
        if item is None or reference.get("linear") == "no" or item.get("media-type") not in _PAGES:
            continue
        if "nav" in (item.get("properties") or "").split():
            continue
        name = normpath(join(folder, unquote(item.get("href") or "")))
        if name in names:
            yield archive.read(name)
