"""The encoding of a text file: by its mark, by what it declares, as UTF-8, else by what its bytes look like."""

import codecs
import re
from collections.abc import Iterable

from sayso.research.formats import Unreadable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins with the mark of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""<\?xml\b[^>]{0,100}?\bencoding\s*=\s*["']([\w.:-]{2,40})  # of XML
    | <meta\b[^>]{0,300}?\bcharset\s*=\s*["']?\s*([\w.:-]{2,40})   # of HTML, in either way""",
    re.IGNORECASE | re.VERBOSE,
)
_DECLARED_WITHIN = 4_096
"""Bytes of a page in which its encoding is declared."""
MEANT = {
    "ascii": "cp1252",
    "euc_kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "shift_jis": "cp932",
    "tis-620": "cp874",
    "utf-16": "utf-8",  # a page whose declaration can be read is not UTF-16
}
"""What files are in that declare themselves as something narrower (WHATWG Encoding Standard, 4.2)."""
_LIKELY = (
    *("cp1252", "iso8859_2", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "koi8_r", "cp866", "cp1257"),
    *("cp1258", "cp874", "mac_roman", "cp932", "euc_jp", "gb18030", "big5", "cp949", "utf_16_le", "utf_16_be"),
    *("utf_32_le", "utf_32_be"),
)
"""What text files are in that say nothing, the most frequent first."""
_SHOWN = {"cp932": "Shift JIS", "cp949": "EUC-KR", "cp874": "TIS-620", "cp866": "CP866"}
_SAMPLE = 32_768
"""Bytes by which an encoding is guessed."""
_NEARLY = 0.08
"""How much less coherent (0 to 1) a more frequent encoding may make a text and still be taken."""
_ESCAPES = re.compile(rb"\x1b[$(]|~\{")
"""Of the encodings of seven bits, which look like ASCII (ISO-2022, HZ)."""
_PLAIN = re.compile("[\t\n\r -~、。，！？：]")
_PLAIN_SHARE = 0.02
"""Of a text in two or four bytes a character, in any script; random bytes seldom make any."""
_CONTROL = re.compile("[\x01-\x08\x0e-\x1a\x7f\ufffd]")


def decoded(data: bytes, *, declares: bool = False) -> tuple[str, str | None]:
    """The text in `data`, and what is doubtful about it as a sentence without its subject, if anything is.

    Args:
        declares: it is markup, which may name its encoding.

    Raises:
        Unreadable: it is not text.
    """
    text, doubt = _decoded(data, _declared(data) if declares else None)
    # Control characters are what tells a binary file; a form feed is a page break of old text files.
    if "\0" in text or len(_CONTROL.findall(text)) > len(text) / 100:
        raise Unreadable("is not a text file")
    return text, doubt


def _decoded(data: bytes, declared: str | None) -> tuple[str, str | None]:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _replacing(data[len(mark) :], name)
    if declared not in (None, "utf-8") and (_utf8(data) is None or (data.isascii() and _ESCAPES.search(data))):
        return _replacing(data, declared)
    # A few NULs are damage; many are text in two or four bytes a character, or no text.
    if (nuls := data.count(b"\0")) * 100 < len(data):
        if (text := _utf8(data.replace(b"\0", b""))) is not None:
            return text, _invalid(nuls, "utf-8")
        text = data.decode("utf-8", errors="replace")
        wrong = text.count("\ufffd")
        if wrong * 10 <= len(text) - len(text.encode("ascii", "ignore")):
            return text, _invalid(wrong, "utf-8")
    name = _guessed(data)
    text = data.decode(name, errors="replace")
    if name.startswith("utf") and len(_PLAIN.findall(text)) < len(text) * _PLAIN_SHARE:
        raise Unreadable("is not a text file")
    return text, f"was read as {_shown(name)}; its encoding is not certain"


def _declared(data: bytes) -> str | None:
    for match in _DECLARED.finditer(data[:_DECLARED_WITHIN]):
        try:
            codec = codecs.lookup((match[1] or match[2]).decode("ascii"))
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
        # Some of Python's codecs make no text ("hex"), and UTF-7 is what no page is in that means well.
        if getattr(codec, "_is_text_encoding", False) and codec.name not in ("utf-7", "idna", "punycode"):
            return MEANT.get(codec.name, codec.name)
    return None


def _replacing(data: bytes, name: str) -> tuple[str, str | None]:
    """By an encoding that is certain; a few bytes may be wrong nevertheless."""
    text = data.decode(name, errors="replace")
    wrong = text.count("\ufffd")
    if wrong > len(text) / 100 + 1:
        raise Unreadable(f"is not valid {_shown(name)}; save it as UTF-8")
    return text, _invalid(wrong, name)


def _invalid(wrong: int, name: str) -> str | None:
    if not wrong:
        return None
    return f"has {wrong:,} place{'s' if wrong > 1 else ''} that {'are' if wrong > 1 else 'is'} not valid {_shown(name)}"


def _utf8(data: bytes) -> str | None:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        # Halves of pairs, written one by one by programs that take UTF-16 for characters.
        halves = data.decode("utf-8", errors="surrogatepass").encode("utf-16-le", errors="surrogatepass")
    except UnicodeDecodeError:
        return None
    return halves.decode("utf-16-le", errors="replace").replace("\ufffd", "?")


def _guessed(data: bytes) -> str:
    # Loaded only for the files that need it.
    from charset_normalizer import from_bytes

    matches = list(from_bytes(_sample(data), cp_isolation=list(_LIKELY), enable_fallback=False))
    if not matches:
        return "cp1252"
    best = matches[0]
    alike = {
        name
        for match in matches
        for name in match.could_be_from_charset
        if match.chaos <= best.chaos + 0.01 and match.coherence >= best.coherence - _NEARLY
    }
    return next((name for name in _LIKELY if name in alike), best.encoding)


def _sample(data: bytes) -> bytes:
    """Lines that are not plain ASCII, for these tell; the beginning where there are no lines."""
    if b"\0" in data:
        return data[: _SAMPLE // 4 * 4]
    return b"\n".join(_telling(data.split(b"\n"))) or data[:_SAMPLE]


def _telling(lines: Iterable[bytes]) -> Iterable[bytes]:
    left = _SAMPLE
    for line in lines:
        if left > 0 and not line.isascii():
            yield line[:left]
            left -= len(line)


def _shown(name: str) -> str:
    """As people write it."""
    if name in _SHOWN:
        return _SHOWN[name]
    if name.startswith("cp125"):
        return f"Windows-{name[2:]}"
    if name.startswith("iso8859"):
        return f"ISO-8859-{name[8:]}"
    return name.upper().replace("_", "-").removesuffix("-LE").removesuffix("-BE")
