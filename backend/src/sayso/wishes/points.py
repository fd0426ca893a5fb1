"""Feedback in points."""

import re

from sayso.language.segments import segments

MAX_POINTS = 20
"""Points of one piece of feedback; what comes after them belongs to the last."""
_FULL = 55
"""Characters; who breaks a line earlier means to."""
_BULLET = re.compile(r"^\s*(?:[-*+•–]|\(?\d{1,2}[.)]|[a-z][.)])\s+")
_STOP = re.compile(r"(?<=[^\W\d_]{3})(?:[.!?]+)\s+(?=[a-zà-ÿ])")
"""Before a small letter, with which people go on who type in a hurry."""
_SHORTENED = re.compile(
    r"\b(?:abb|approx|art|bzgl|bzw|dept|esp|etc|evtl|excl|exkl|fig|ggf|incl|inkl|max|min|resp|tel|usw|vgl|zzgl)$", re.I
)
_QUOTED = re.compile(r"[\"“”„]([^\"“”„]{2,80})[\"“”„]|`([^`]{2,80})`")


def points(text: str, *, typed_on: bool = True) -> list[str]:
    """The separate wishes of a feedback in the words of who gave it: its bullets, numbered lines, sentences and parts
    between semicolons, in order, each once, at most `MAX_POINTS`. A single sentence is one point.

    Args:
        typed_on: whether a sentence also ends at a full stop behind which a small letter follows.
    """
    lines: list[str] = []
    before = ""
    for line in text.splitlines():
        bare = _BULLET.sub("", line).strip()
        goes_on = bool(lines) and not _BULLET.match(line) and bare[:1].islower() and _wrapped(before)
        if goes_on:
            lines[-1] = f"{lines[-1]} {bare}"
        else:
            lines.append(bare)
        before = bare
    found = [
        point
        for line in lines
        for part in _semicolons(line)
        for segment in segments(part)
        for sentence in (_typed_on(segment) if typed_on else [segment])
        if (point := _BULLET.sub("", " ".join(sentence.split())).strip(" ;")) and any(char.isalnum() for char in point)
    ]
    found = list(dict.fromkeys(found))
    return found if len(found) <= MAX_POINTS else [*found[: MAX_POINTS - 1], " ".join(found[MAX_POINTS - 1 :])]


def _wrapped(line: str) -> bool:
    """Whether a line was broken because it was full, so that the next one goes on with its sentence."""
    return len(line) >= _FULL and not line.endswith((".", "!", "?", ";", ":"))


def _typed_on(sentence: str) -> list[str]:
    """A sentence cut at full stops behind which a small letter follows, where no abbreviation stands before them."""
    found = []
    start = 0
    for match in _STOP.finditer(sentence):
        if not _SHORTENED.search(sentence[: match.start()]):
            found.append(sentence[start : match.end()])
            start = match.end()
    return [*found, sentence[start:]]


def _semicolons(line: str) -> list[str]:
    """`line` at its semicolons, those within quotation marks apart."""
    held = _QUOTED.sub(lambda match: match.group().replace(";", "\0"), line)
    return [part.replace("\0", ";") for part in held.split(";")]
