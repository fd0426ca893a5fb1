"""What a file is by its content, where that tells; its name may say anything."""

from io import BytesIO
from zipfile import BadZipFile, ZipFile

_MEMBERS = {
    "word/document.xml": ".docx",
    "xl/workbook.xml": ".xlsx",
    "ppt/presentation.xml": ".pptx",
    "META-INF/container.xml": ".epub",
}
"""By a member of the archive."""
_TYPES = {
    b"application/vnd.oasis.opendocument.text": ".odt",
    b"application/vnd.oasis.opendocument.spreadsheet": ".ods",
    b"application/epub+zip": ".epub",
}
"""By the archive's member `mimetype`."""


def kind_of(content: bytes) -> str | None:
    """The suffix that fits `content`; nothing if only a name can tell, as of all that is plain text."""
    if content.startswith(b"%PDF-"):
        return ".pdf"
    if content.lstrip()[:5] == b"{\\rtf":
        return ".rtf"
    if not content.startswith(b"PK\x03\x04"):
        return None
    try:
        with ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
            if "mimetype" in names:
                return _TYPES.get(archive.read("mimetype")[:100].strip())
            return next((kind for member, kind in _MEMBERS.items() if member in names), None)
    except (BadZipFile, OSError, RuntimeError, NotImplementedError):
        return None
