"""Documents that are zip archives: Word, Excel, PowerPoint, OpenDocument and EPUB."""

from io import BytesIO
from typing import Any, NamedTuple
from zipfile import ZipFile

from lxml import etree

from sayso.language.dates import first
from sayso.research.formats import Unreadable
from sayso.research.readers.outline import squash

MAX_UNPACKED = 300 * 1024 * 1024
"""Bytes; an archive can be small and unpack to anything."""
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What Office wrote before 2007, and wraps a file in that has a password."""
_CORE = "docProps/core.xml"
_DUBLIN = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"
_TEMPLATES = ("2013-01-27", "2013-12-23")
"""The dates of the templates of python-pptx and python-docx, which stand in what was given none."""


class Described(NamedTuple):
    """What an Office file says of itself. The libraries that read them put today's date where there is none."""

    title: str
    date: str | None


def opened(data: bytes) -> ZipFile:
    """The archive in `data`.

    Raises:
        Unreadable: it has a password, or unpacks to too much.
        BadZipFile: it is none.
    """
    if data.startswith(_COMPOUND):
        raise Unreadable("has a password, or is of an older kind under a new name; save a copy without the password")
    archive = ZipFile(BytesIO(data))
    if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED:
        raise Unreadable(f"unpacks to more than {MAX_UNPACKED // 1024 // 1024} MB")
    return archive


def xml(archive: ZipFile, name: str) -> Any:
    """The root element of a member; entities are not resolved, and nothing is fetched.

    Raises:
        KeyError: there is no such member.
        XMLSyntaxError: it is no XML.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    return etree.fromstring(archive.read(name), parser)


def described(archive: ZipFile) -> Described:
    """The title and date of a Word, Excel or PowerPoint file."""
    if _CORE not in archive.namelist():
        return Described("", None)
    core = xml(archive, _CORE)
    dates = [(core.findtext(f"{_TERMS}{name}") or "")[:10] for name in ("modified", "created")]
    return Described(
        squash(core.findtext(f"{_DUBLIN}title") or ""), first(each for each in dates if each not in _TEMPLATES)
    )
