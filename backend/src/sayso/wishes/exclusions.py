"""What feedback asks to leave out: "without X", "not about X", "ignore X"."""

import re
from collections.abc import Iterable

from sayso.language.terms import stems

_EXCLUDE = re.compile(
    r"\b(?:without|ignor(?:e|ing)|exclud(?:e|ing)|skip(?:ping)?|leave\s+out|drop|omit|not\s+about|less\s+(?:about|on|of)"
    r"|no\s+more|stop\s+(?:with|citing)|not\s+interested\s+in|don['’]?t\s+(?:want|need|care\s+about))\s+"
    r"(?:anything\s+(?:on|about)\s+)?(?:the\s+|any\s+)?([^,.;:!?\n]+?)(?=\s+(?:but|and\s+(?:more|add|include)|please|instead)\b"
    r"|[,.;:!?\n]|$)",
    re.I,
)


def excluded(texts: Iterable[str]) -> list[frozenset[str]]:
    """Stems of each thing that feedback asked to leave out."""
    asked = [stems(match.group(1)) for text in texts for match in _EXCLUDE.finditer(text)]
    return [each for each in asked if each]


def without_exclusions(text: str) -> str:
    """`text` without what it asks to leave out."""
    return _EXCLUDE.sub(" ", text)
