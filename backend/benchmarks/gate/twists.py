"""Rules that make a sentence say something else: for each kind a few, each with the words of its half."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.gate.texts import Half, Unit
from benchmarks.gate.words import Change, changes, names, put

KINDS = [
    "antonym",
    "role",
    "number",
    "unit",
    "scale",
    "scope",
    "modal",
    "condition",
    "exception",
    "order",
    "cause",
    "hedge",
    "comparison",
    "negation",
    "entity",
]
Made = Callable[[Unit, random.Random], str | None]

_SPELLED = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_COUNT = rf"(?:\d|\b(?:one|{'|'.join(_SPELLED)}|a|half an?)) (?:(?:thousand|hundred|million|billion) )?"
_FIGURE = re.compile(
    r"(?<![\w.,:/-])(?<!PostgreSQL )(?<!version )\d{1,3}(?:,\d{3})+"
    r"|(?<![\w.,:/-])(?<!PostgreSQL )\d+(?:\.\d+)?(?=%|[ ,;)]|\.$)"
)
_IN_WORDS = re.compile(rf"\b(?:{'|'.join(_SPELLED)})\b(?! of| or|-)", re.I)
_OPENING = re.compile(
    r"\b(?:if|when|that|which|because|unless|as|where|who|whether|while|since|than|any|no|not|never|neither|once|until|how)\b",
    re.I,
)
_ADDED = re.compile(
    r"\b(is|are|was|were|will|must|should)\b(?! (?:not|also|only|always|either|both|some|usually|often|sometimes"
    r"|typically|normally|generally|therefore|thus|then|still)\b)"
)
_MOVED = re.compile(
    r"(.*?\b(?:is|are|was|will|must|should)) not\b(?! even)"
    r"([^,;]*,? (?:but|and|if|when|because|unless|while|although|so)\b.*?"
    r"\b(?:is|are|was|will|must|should)\b)(?! not)(.*)"
)
_DOUBLE = re.compile(
    r"([^,;]*?\b(?:is|are|was|will|must|should))\b(?! not)([^,;]*,? (?:but|and|because|so|while|although)\b.*?"
    r"\b(?:is|are|was|will|must|should))\b(?! not)(.*)"
)
_CAN_MOVED = re.compile(
    r"(.*?\b)cannot\b([^,;]*,? (?:but|and|if|when|because|unless|while|although|so)\b.*?\b)can\b(.*)"
)
_IF_TAIL = re.compile(
    r"(?!.*\bif any\b)([A-Z][^,;]{20,})(?<!as)(?<!even)(?<!only) if (?!necessary|so|needed|any|you)[^,;]+\."
)
_BECAUSE = re.compile(r"([A-Z][^,;]{12,}),? because ((?:the|a|an|some|all|each|there)\b[^,;]{8,})\.")
_EXCEPT_TAIL = re.compile(r",? except (?:that|when|if|as|to|where|in|by|on|with|during|after|at|possibly)\b[^.;]*\.$")
_EXCEPT_WHEN = re.compile(r",? except (when|if|in|with|during|at|where|on|after|by) ")
_EXCEPT = re.compile(
    r"(?<=[ (])except (?:for )?(?!that|when|if|as |to |where|in |by |on |with|during|after|at |possibly|it )"
    r"(?=(?:the|those|a|an|its|this|one|cough|[a-z]+s|[a-z]+ [a-z]+s|[A-Z]\w+)\b)"
)
_OTHERS = [
    (re.compile(p), r)
    for p, r in (
        (r"(?<!for that,) other than (?=\w)", " as well as "),
        (r" apart from (?=\w)", " along with "),
        (r" aside from (?=\w)", " along with "),
        (r" with the exception of (?=\w)", " together with "),
        (r" save for (?=\w)", " along with "),
        (r" excluding (?=\w)", " together with "),
        (r" instead of (?=\w)", " in addition to "),
        (r" rather than (?=\w)", " as well as "),
    )
]
_NO_CAUSE = "partly|just|only|simply|is|are|was|were|be|being|not|often|usually|mostly|primarily|largely|probably"
_COUNTED = re.compile(
    r"(?<=\d)(?= (?:dollars|euros|pounds|francs|tonnes|patients|adults|hospitals|bytes|shops|turbines|members|people"
    r"|rows|transactions|loaves|rolls|stalls|berths|bags|kroner|litres|villages|kB|MB)\b)"
)
_JOINED = re.compile(r"^[^A-Za-z]*(?:,|and|or|,? and the|or the|and a|nor|to|and/or|with|as|like)?[^A-Za-z]*$")


@dataclass(frozen=True)
class Rule:
    """A way to make a sentence of `kind`, for one half or for both."""

    kind: str
    name: str
    made: Made
    half: Half | None = None


def rules() -> list[Rule]:
    """All rules, those of the word lists among them."""
    found = [
        Rule("role", "own", _roles_swapped),
        Rule("role", "names", _names_swapped),
        Rule("entity", "other", _other_name),
        Rule("entity", "another", _other_name),
        Rule("number", "figure", _other_figure),
        Rule("number", "figures swapped", _figures_swapped),
        Rule("number", "in words", _other_in_words, "held"),
        Rule("scale", "dropped", _scale_dropped),
        Rule("scale", "put in", lambda unit, _: _scale_put_in(unit, " million"), "tune"),
        Rule("scale", "put in", lambda unit, _: _scale_put_in(unit, " thousand"), "held"),
        Rule("negation", "added", _negation_added, "tune"),
        Rule("negation", "moved", lambda unit, _: _put(_MOVED, r"\1\2 not\3", unit.text), "tune"),
        Rule("negation", "double", lambda unit, _: _put(_DOUBLE, r"\1 not\2 not\3", unit.text), "tune"),
        Rule("negation", "moved", lambda unit, _: _put(_CAN_MOVED, r"\1can\2cannot\3", unit.text), "held"),
        Rule("condition", "dropped", lambda unit, _: _put(_IF_TAIL, r"\1.", unit.text), "tune"),
        Rule("cause", "turned", _cause_turned, "tune"),
        Rule("exception", "dropped", lambda unit, _: _part(_EXCEPT_TAIL, ".", unit.text), "tune"),
        Rule("exception", "even", lambda unit, _: _part(_EXCEPT_WHEN, r", even \1 ", unit.text), "tune"),
        Rule("exception", "included", lambda unit, _: _part(_EXCEPT, "including ", unit.text), "tune"),
    ]
    for pattern, new in _OTHERS:
        found.append(Rule("exception", new, _parting(pattern, new), "held"))
    for half in ("tune", "held"):
        for kind in KINDS:
            if kind != "entity":
                found += [
                    Rule(kind, f"{change.old} {change.new}", _changing(kind, change), half)
                    for change in changes(half, kind)
                ]
    return found


def _changing(kind: str, change: Change) -> Made:
    counted = kind in {"unit", "scale"}

    def made(unit: Unit, _: random.Random) -> str | None:
        if re.search(rf"\b{re.escape(change.new)}\b", unit.text) and kind != "negation":
            return None
        if counted and not re.search(rf"{_COUNT}{re.escape(change.old)}\b", unit.text):
            return None
        if kind == "cause" and re.search(rf"\b(?:{_NO_CAUSE}) (?:because|due to|owing to)\b", unit.text):
            return None
        return change.made(unit.text)

    return made


def _parting(pattern: re.Pattern[str], new: str) -> Made:
    return lambda unit, _: _part(pattern, new, unit.text)


def _put(pattern: re.Pattern[str], new: str, text: str) -> str | None:
    return match.expand(new) if (match := pattern.fullmatch(text)) else None


def _part(pattern: re.Pattern[str], new: str, text: str) -> str | None:
    return pattern.sub(new, text, count=1) if pattern.search(text) else None


def swapped(text: str, one: str, other: str) -> str:
    """`text` with each of two phrases in the place of the other, and a capital at its start."""
    at, to = text.index(one), text.rindex(other)
    first, then = (other, one) if at else (other[0].upper() + other[1:], one)
    if at == 0 and one.startswith(("The ", "A ", "An ")):
        then = one[0].lower() + one[1:]
    return text[:at] + first + text[at + len(one) : to] + then + text[to + len(other) :]


def _roles_swapped(unit: Unit, _: random.Random) -> str | None:
    return swapped(unit.text, *unit.roles) if unit.roles else None


def _names_swapped(unit: Unit, _: random.Random) -> str | None:
    """Two names of one sort, where a verb stands between them."""
    for sort in names(unit.half):
        places = [match for match in re.finditer(rf"(?<![\w-])(?:{'|'.join(sort)})(?![\w-])", unit.text)]
        if len(places) == 2 and places[0][0] != places[1][0]:
            between = unit.text[places[0].end() : places[1].start()]
            if len(between.split()) > 2 and not _JOINED.match(between):
                return swapped(unit.text, places[0][0], places[1][0])
    return None


def _other_name(unit: Unit, rng: random.Random) -> str | None:
    for sort in names(unit.half):
        places = list(re.finditer(rf"(?<![\w-])(?:{'|'.join(sort)})(?![\w-])", unit.text))
        others = [name for name in sort if name not in unit.text]
        if len(places) == 1 and others:
            return put(unit.text, places[0].start(), places[0].end(), rng.choice(others))
    return None


def _other_figure(unit: Unit, rng: random.Random) -> str | None:
    figures = [match for match in _FIGURE.finditer(unit.text) if match[0] not in {"0", "1"}]
    if not figures:
        return None
    place = rng.choice(figures)
    digits = [at for at, sign in enumerate(place[0]) if sign.isdigit()]
    at = rng.choice(digits)
    new = rng.choice([digit for digit in "23456789" if digit != place[0][at]])
    other = place[0][:at] + new + place[0][at + 1 :]
    if other in unit.passage.text:
        return None
    return unit.text[: place.start()] + other + unit.text[place.end() :]


def _figures_swapped(unit: Unit, _: random.Random) -> str | None:
    figures = list(_FIGURE.finditer(unit.text))
    if len(figures) != 2 or figures[0][0] == figures[1][0]:
        return None
    if re.fullmatch(r"[^a-z]*(?:and|or|to)?[^a-z]*| [A-Z]\w+ ", unit.text[figures[0].end() : figures[1].start()]):
        return None
    return swapped(unit.text, figures[0][0], figures[1][0])


def _other_in_words(unit: Unit, rng: random.Random) -> str | None:
    match = _IN_WORDS.search(unit.text)
    if not match:
        return None
    others = [word for word in _SPELLED[1:] if word not in unit.passage.text.lower()]
    if not others:
        return None
    other = rng.choice(others)
    other = other.capitalize() if match[0][0].isupper() else other
    return unit.text[: match.start()] + other + unit.text[match.end() :]


def _scale_dropped(unit: Unit, _: random.Random) -> str | None:
    scales = r"(?<=\d) (?:million|billion)\b" if unit.half == "tune" else r"(?<=\d) thousand\b"
    return _part(re.compile(scales), "", unit.text)


def _scale_put_in(unit: Unit, scale: str) -> str | None:
    return _part(_COUNTED, scale, unit.text)


def _negation_added(unit: Unit, _: random.Random) -> str | None:
    match = _ADDED.search(unit.text)
    if not match or _OPENING.search(unit.text) or "nor" in unit.text:
        return None
    return f"{unit.text[: match.end()]} not{unit.text[match.end() :]}"


def _cause_turned(unit: Unit, _: random.Random) -> str | None:
    match = _BECAUSE.fullmatch(unit.text)
    if not match or re.search(r"\b(?:not|only|just|partly|is|simply)$", match[1]):
        return None
    named = re.match(r"[A-Z][A-Z]|(?!The |An? )[A-Z]\w+ [A-Z]", match[1])
    effect = match[1] if named else match[1][0].lower() + match[1][1:]
    return f"{match[2][0].upper()}{match[2][1:]} because {effect}."
