"""reStructuredText within a line: roles, emphasis, targets and substitutions become plain words."""

import re

_ROLE = re.compile(r":[\w:+-]+:`([^`]+)`")
_INLINE = (
    (re.compile(r"``(.+?)``"), r"\1"),
    (re.compile(r"`([^`<]+?)\s*<[^`>]*>`_{0,2}"), r"\1"),
    (re.compile(r"`([^`]+)`_{0,2}"), r"\1"),
    (re.compile(r"(?<![\w*])\*\*(\S(?:.*?\S)?)\*\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<![\w*])\*(\S(?:[^*]*\S)?)\*(?![\w*])"), r"\1"),
    (re.compile(r"\s*\[(?:\d+|#[\w.-]*|\*)\]_"), ""),
    (re.compile(r"\[([\w.-]+)\]_"), r"[\1]"),
    (re.compile(r"([^\W_])_(?=[\s.,;:!?)]|$)"), r"\1"),
    (re.compile(r"\\(.)"), r"\1"),
)
_USED = re.compile(r"(?<!\w)\|([^|\s](?:[^|]*[^|\s])?)\|_{0,2}")
_DEFINED = re.compile(r"^\.\. +\|([^|\n]+)\| +(replace|unicode|image)::[^\S\n]*(.*(?:\n[^\S\n]+\S.*)*)", re.MULTILINE)
_CODE_POINT = re.compile(r"(?:0x|x|\\x|U\+|u|\\u)([0-9A-Fa-f]{1,6})\Z")
_ALT = re.compile(r":alt:[^\S\n]*(.*)")
_LONGEST = 200
"""Characters of what stands for a substitution; longer ones, of which a document could be all made, keep their name."""


class Inline:
    """Makes plain text of one document's lines.

    Args:
        text: the whole document, for the substitutions that it defines.
    """

    def __init__(self, text: str = "") -> None:
        found = {_key(match[1]): _meaning(match[2], match[3]) for match in _DEFINED.finditer(text)}
        self._means = {name: means for name, means in found.items() if len(means) <= _LONGEST}

    def __call__(self, text: str) -> str:
        """`text` without roles, emphasis and targets, and with what its substitutions stand for."""
        text = _USED.sub(lambda match: self._means.get(_key(match[1]), match[1]), text)
        text = _ROLE.sub(lambda match: _role_text(match[1]), text)
        for pattern, replacement in _INLINE:
            text = pattern.sub(replacement, text)
        return text


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()


def _meaning(kind: str, given: str) -> str:
    if kind == "image":
        alt = _ALT.search(given)
        return alt[1].strip() if alt else ""
    if kind == "unicode":
        return "".join(map(_character, given.split("..")[0].split()))
    return " ".join(given.split())


def _character(given: str) -> str:
    code = _CODE_POINT.match(given)
    return chr(int(code[1], 16)) if code and int(code[1], 16) < 0x110000 else given


def _role_text(content: str) -> str:
    named = re.match(r"(.+?)\s*<[^>]*>$", content)
    if named:
        return named[1]
    # "~package.module.name" shows only its last part, "!name" is just not linked.
    return content[1:].rpartition(".")[2] if content.startswith("~") else content.lstrip("!")
