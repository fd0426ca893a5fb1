"""Untrusted text made fit to set: what no format can carry is left out, and what a typesetter must know is found."""

import re
import unicodedata
from textwrap import dedent
from urllib.parse import quote, urlsplit

_UNFIT = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # control characters but white space: XML 1.0 has none, terminals obey them
    "\u202a-\u202e\u2066-\u2069"  # embeddings, overrides, isolates: one left open would turn the text behind it
    "\ufeff\ufdd0-\ufdef\ud800-\udfff"
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17))
    + "]"
)
_LINE_END = re.compile("\r\n|[\r\n\v\f\x85\u2028\u2029]")
_JAPANESE = re.compile("[\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f]")
_KOREAN = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]")
_CHINESE = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff]")
_HEBREW = re.compile("[\u0590-\u05ff\ufb1d-\ufb4f]")
_LONGEST_LINK = 2000
"""Characters; Word refuses a document with a link beyond 2079."""


def clean(text: str) -> str:
    """`text` with `\\n` line ends and without control characters, surrogates, noncharacters and direction overrides.
    Joiners and direction marks stay, because Persian, Hindi or an emoji need them."""
    return _UNFIT.sub("", _LINE_END.sub("\n", text))


def one_line(text: str) -> str:
    """The same on one line, with single spaces."""
    return " ".join(clean(text).split())


def language(text: str) -> str:
    """`ja`, `ko`, `zh`, `ar` or `he` where the script tells, else an empty string. Fonts draw the same Chinese
    character in different shapes for Japanese, Korean and Chinese."""
    eastern = len(_CHINESE.findall(text))
    kana, hangul = len(_JAPANESE.findall(text)), len(_KOREAN.findall(text))
    counts = {"ar": len(_ARABIC.findall(text)), "he": len(_HEBREW.findall(text))}
    # Japanese mixes kana into nearly every sentence; a Chinese text may quote a word of it.
    counts["ja" if kana * 10 > eastern and kana >= hangul else "ko" if hangul else "zh"] = eastern + kana + hangul
    found, most = max(counts.items(), key=lambda pair: pair[1])
    letters = sum(char.isalpha() for char in text)
    return found if most and most * 4 >= letters else ""


def right_to_left(text: str) -> bool:
    """Whether a paragraph begins from the right: by its first strong character (Unicode's annex 9, rule P2)."""
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind in ("L", "R", "AL"):
            return kind != "L"
    return False


def web_address(uri: str) -> str | None:
    """`uri` as an ASCII address that may become a link, or `None`: only http and https, and no user name in it."""
    try:
        parts = urlsplit(one_line(uri))
        port = f":{parts.port}" if parts.port else ""
        host = (parts.hostname or "").encode("idna").decode()
    except (ValueError, UnicodeError):
        return None
    if parts.scheme not in ("http", "https") or "@" in parts.netloc or not re.fullmatch(r"[a-z0-9._-]+", host):
        return None
    found = f"{parts.scheme}://{host}{port}{quote(parts.path, safe='/%:@!$&()*+,;=~')}"
    for mark, rest in (("?", parts.query), ("#", parts.fragment)):
        if rest:
            found += mark + quote(rest, safe="/%:@!$&()*+,;=~?")
    # A lone percent sign is no escape.
    found = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", found)
    return found if len(found) <= _LONGEST_LINK else None


def one_lines(texts: list[str]) -> list[str]:
    """Each of `texts` as one line."""
    return [one_line(text) for text in texts]


def code_lines(text: str) -> str:
    """Code without what it is indented by as a whole, and without blank lines around it."""
    return dedent(clean(text)).strip("\n")
