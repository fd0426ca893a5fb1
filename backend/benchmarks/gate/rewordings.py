"""Rules that say the same in other words: for each kind a few."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.gate.texts import Half, Unit
from benchmarks.gate.words import Change, changes

KINDS = [
    "article",
    "pronoun",
    "tense",
    "join",
    "split",
    "list",
    "passive",
    "synonym",
    "reorder",
    "number",
    "unit",
    "abbreviation",
    "nominal",
]
_SUBJECT = r"(?:the|a|an|it|they|there|each|all|some|no|you)\b"
_WORDS = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_PASSIVES = dict(
    bought="bought", lent="lent", supplied="supplied", sued="sued", hired="hired", paid="paid", copied="copied",
    warned="warned", replaced="replaced", trained="trained", beat="beaten", praised="praised", blamed="blamed",
    invoiced="invoiced", acquired="acquired", appointed="appointed", overtook="overtaken", succeeded="succeeded",
    outperformed="outperformed", supervised="supervised", activates="activated", inhibits="inhibited",
    suppresses="suppressed", referred="referred", examined="examined", relieves="relieved", accommodated="accommodated",
    masks="masked", triggers="triggered", confirmed="confirmed", preceded="preceded", mentored="mentored",
    outranks="outranked", stimulates="stimulated", compresses="compressed", outlasted="outlasted",
    displaced="displaced", weakens="weakened", instructs="instructed", overruled="overruled", informs="informed",
    follows="followed",
)  # fmt: skip
_PRESENT = frozenset(verb for verb in _PASSIVES if verb.endswith("s"))
_EXACT = [
    (r"\b60 seconds\b", "1 minute"), (r"\b30 seconds\b", "half a minute"), (r"\b5 minutes\b", "300 seconds"),
    (r"\bfive minutes\b", "300 seconds"), (r"\b10 minutes\b", "600 seconds"), (r"\b24 hours\b", "one day"),
    (r"\bone second\b", "1000 milliseconds"), (r"\b48 hours\b", "two days"), (r"\b40 hours\b", "2,400 minutes"),
    (r"\bsix weeks\b", "42 days"), (r"\b6 weeks\b", "42 days"), (r"\bone minute\b", "60 seconds"),
    (r"\b16 ?MB\b", "16,384 kB"), (r"\b8 ?kB\b", "8192 bytes"), (r"\b2 years\b", "24 months"),
    (r"\b1 ?GB\b", "1024 MB"),
    (r"\b18 months\b", "one and a half years"), (r"\b4 bytes\b", "32 bits"), (r"\b8 bytes\b", "64 bits"),
    (r"\b16 months\b", "one year and four months"), (r"\bone hour\b", "60 minutes"),
    (r"\b75 minutes\b", "an hour and a quarter"),
    (r"\b3 litres\b", "3,000 ml"), (r"\b300 tonnes\b", "300,000 kg"), (r"\b600 kg\b", "0.6 tonnes"),
    (r"\b3 metres\b", "300 centimetres"), (r"\b4 million\b", "4,000,000"), (r"\b1\.5 million\b", "1,500,000"),
    (r"\b2 billion\b", "2,000 million"), (r"\b35 thousand\b", "35,000"), (r"\b80 thousand\b", "80,000"),
    (r"\btwo bytes\b", "16 bits"), (r"\bfour bytes\b", "32 bits"), (r"\beight bytes\b", "64 bits"),
    (r"\b1 ?MB\b", "1024 kB"),
    (r"\bone byte\b", "eight bits"), (r"\b1 kB\b", "1024 bytes"), (r"\b1 ?TB\b", "1024 GB"),
    (r"\b16 bytes\b", "128 bits"),
]  # fmt: skip
_FRONTED = re.compile(
    r"((?:If|When|Unless|Because|After|Before|Although|While|Until|Since|As long as|Once)"
    rf" {_SUBJECT}[^,;]+), ({_SUBJECT}[^,;]+)\."
)
_BACK = re.compile(
    rf"([A-Z][^,;]{{12,}}) ((?:if|when|unless|because|after|before|although|until|once|as long as) {_SUBJECT}[^,;]+)\."
)
_BOUND = re.compile(
    r"\b(?:only|even|except|and|or|that|which|not|as|just|than|how|whether|see|who|what|immediately|long)\b"
)
_ASKS = re.compile(
    r"(?:indicates?|determines?|checks?|tests?|controls?|shows?|decides?|tells?|sees?|knows?|asks?|says?)$"
)
_ADJUNCT = re.compile(
    r"(By default|In general|In practice|At present|In this mode|In most cases|In some cases), ([^,;]+)\."
)
_END_ADJUNCT = re.compile(
    r"([A-Z][^,;]{15,}) (by default|in most cases|in some cases|in 20\d\d|in June 2022"
    r"|for \d+ (?:days|hours|years|weeks))\."
)
_OPEN = r"(?!If|When|While|Unless|Because|Although|Since|As|After|Before|Until|Once|Whenever|Where)"
_CLAUSES = re.compile(
    rf"{_OPEN}([A-Z][^,;]{{20,}}), (?:and|but|so) ({_SUBJECT}[^;]*?"
    r" (?:is|are|can|will|has|have|must|does|do|was|were|may|should|could)\b[^;]+)\."
)
_WHICH = re.compile(rf"{_OPEN}([A-Z][^,;]{{25,}}), (?:which|where|while|whereas|although|since|because|but)\b [^;,]+\.")
_BY = re.compile(
    r"(The [a-z]+(?: [a-z]+)?) (is|are) (?:then )?(used|set|controlled|defined|ignored|returned|created|read|called"
    r"|provided|accepted|supported|performed|stored|computed) by (the [a-z]+(?: [a-z]+)?|[a-z_]+)\."
)
_ACTIVE = {"set": "sets", "read": "reads", "computed": "computes", "stored": "stores", "performed": "performs"}


@dataclass(frozen=True)
class Rule:
    """A way to say the same in a sentence of `kind`."""

    kind: str
    name: str
    made: Callable[[Unit, Unit | None, random.Random], str | None]
    """Of a unit and, to join them, the one right after it in its passage."""
    half: Half | None = None
    joins: bool = False


def rules() -> list[Rule]:
    """All rules, those of the word lists among them."""
    found = [
        Rule("article", "the", lambda unit, *_: _article(unit)),
        Rule("pronoun", "own", lambda unit, *_: unit.noun and unit.noun[1] + unit.text[len(unit.noun[0]) :]),
        Rule("passive", "own", lambda unit, *_: _passive(unit)),
        Rule("passive", "by", lambda unit, *_: _active(unit)),
        Rule("join", "and", lambda unit, after, _: _join(unit, after), joins=True),
        Rule("split", "first", lambda unit, *_: _put(_CLAUSES, r"\1.", unit)),
        Rule("split", "second", lambda unit, *_: _second(unit)),
        Rule("split", "which", lambda unit, *_: _put(_WHICH, r"\1.", unit)),
        Rule("reorder", "to the back", lambda unit, *_: _to_the_back(unit)),
        Rule("reorder", "to the front", lambda unit, *_: _to_the_front(unit)),
        Rule("reorder", "adjunct back", lambda unit, *_: _adjunct_back(unit)),
        Rule("reorder", "adjunct front", lambda unit, *_: _to_the_front(unit, _END_ADJUNCT)),
        Rule("number", "digits", lambda unit, *_: _digits(unit)),
        Rule("number", "words", lambda unit, *_: _in_words(unit)),
    ]
    for pattern, same in _EXACT:
        found.append(Rule("unit", same, _exactly(re.compile(rf"(?<![-\w,.]){pattern}"), same)))
    for half in ("tune", "held"):
        for kind in ("synonym", "abbreviation"):
            found += [Rule(kind, change.old, _changing(change), half) for change in changes(half, kind)]
    return found


def _changing(change: Change) -> Callable[[Unit, Unit | None, random.Random], str | None]:
    return lambda unit, *_: change.made(unit.text)


def _exactly(pattern: re.Pattern[str], same: str) -> Callable[[Unit, Unit | None, random.Random], str | None]:
    return lambda unit, *_: pattern.sub(same, unit.text, count=1) if pattern.search(unit.text) else None


def _put(pattern: re.Pattern[str], new: str, unit: Unit) -> str | None:
    return match.expand(new) if (match := pattern.fullmatch(unit.text)) else None


def _lower(text: str) -> str:
    """`text` with a small first letter, unless its first word is a name."""
    return (
        text[0].lower() + text[1:]
        if re.match(
            r"(?:The|A|An|It|They|There|Each|All|Some|No|You|This|These|If|When|Enzyme|Factor|Gland|Strain)\b", text
        )
        else text
    )


def _upper(text: str) -> str:
    return text[0].upper() + text[1:]


def _article(unit: Unit) -> str | None:
    for old, new in (
        (r"\ball the\b", "all of the"),
        (r"^All (?=the )", "All of "),
        (r"\bboth (?=the [a-z]+s\b)", "both of "),
        (r"\bhalf the\b", "half of the"),
    ):
        if re.search(old, unit.text):
            return re.sub(old, new, unit.text, count=1)
    return None


def _passive(unit: Unit) -> str | None:
    if not unit.roles:
        return None
    doer, done = unit.roles
    match = re.fullmatch(rf"{re.escape(doer)} (\w+) {re.escape(done)}(.*)\.", unit.text)
    if not match or match[1] not in _PASSIVES or "," in match[2]:
        return None
    verb = f"{'is' if match[1] in _PRESENT else 'was'} {_PASSIVES[match[1]]}"
    return f"{_upper(done)} {verb} by {_lower(doer)}{match[2]}." if match[1] not in {"lent", "paid"} else None


def _active(unit: Unit) -> str | None:
    match = _BY.fullmatch(unit.text)
    if not match or match[4].endswith("s"):
        return None
    verb = _ACTIVE.get(match[3], match[3].removesuffix("d") + "s")
    return f"{_upper(match[4])} {verb} {_lower(match[1])}."


def _join(unit: Unit, after: Unit | None) -> str | None:
    if after is None or len(unit.text.split()) + len(after.text.split()) > 38 or "," in unit.text:
        return None
    small = _lower(after.text)
    return f"{unit.text[:-1]}, and {small}" if small != after.text else None


def _second(unit: Unit) -> str | None:
    match = _CLAUSES.fullmatch(unit.text)
    if not match or match[2].split()[0] in {"it", "they", "so"} or " so " in unit.text:
        return None
    return f"{_upper(match[2])}."


def _to_the_back(unit: Unit) -> str | None:
    match = _FRONTED.fullmatch(unit.text)
    if not match or match[2].split()[0] in {"it", "they"}:
        return None
    return f"{_upper(match[2])} {match[1][0].lower()}{match[1][1:]}."


def _to_the_front(unit: Unit, pattern: re.Pattern[str] = _BACK) -> str | None:
    match = pattern.fullmatch(unit.text)
    if not match or _BOUND.search(match[1]) or _ASKS.search(match[1]):
        return None
    small = _lower(match[1])
    if small == match[1] and not re.match(r"[A-Z]\w*[A-Z_]|[A-Z]\w+ [A-Z]", small):
        return None
    return f"{_upper(match[2])}, {small}."


def _adjunct_back(unit: Unit) -> str | None:
    match = _ADJUNCT.fullmatch(unit.text)
    if not match or re.search(r"\b(?:that|which|if|when|and|or|not|to|as|unless|because)\b", match[2]):
        return None
    return f"{_upper(match[2])} {match[1][0].lower()}{match[1][1:]}."


def _digits(unit: Unit) -> str | None:
    match = re.search(rf"(?<![-\w])(?:{'|'.join(_WORDS)}) (?=(?!is|was|has)[a-z]+s\b)", unit.text)
    if not match:
        return None
    return f"{unit.text[: match.start()]}{_WORDS.index(match[0].strip()) + 2} {unit.text[match.end() :]}"


def _in_words(unit: Unit) -> str | None:
    match = re.search(r"(?<![-\w.,:$€/] )(?<![-\w.,:$€/])(?:[2-9]|1[0-2]) (?=[a-z]{4,}s\b)", f" {unit.text}")
    if not match:
        return None
    text = f" {unit.text}"
    return f"{text[: match.start()]}{_WORDS[int(match[0]) - 2]} {text[match.end() :]}"[1:]
