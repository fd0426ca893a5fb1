"""What a query asks for: its terms, without stop words, as full-text search expressions."""

import re
from dataclasses import dataclass
from itertools import pairwise

MAX_TERMS = 32
"""Further ones are ignored: a longer query is a text, not a question."""

_STOP_WORDS = """
a about above after again all also am an and any are aren't as at be because been before being below between both
but by can can't cannot could couldn't did didn't do does doesn't doing don't down during each either else etc ever
every few for from further get gets got had has hasn't have haven't having he her here hers him his how however i
if in into is isn't it it's its itself just kind let's like many may me might more most much must my myself need
no nor not of off on once one only or other our out over own per please same she should shouldn't so some such
tell than that that's the their theirs them themselves then there there's these they this those through thus to
too under until up upon us used using very was wasn't way we were weren't what what's when where whether which
while who whom whose why will with within without won't would wouldn't you your yours
describe explain happen happens know let lets mean means work works
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())

_QUOTED = re.compile(r'"([^"]+)"|“([^”]+)”')
_WORD = re.compile(r"\w+(?:(?:['’.:/@-]|::|->)\w+)*")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_PARTS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Term:
    """A word, a name such as `pg_stat_activity`, or a quoted phrase; `expression` finds it in FTS5."""

    text: str
    expression: str


@dataclass(frozen=True, slots=True)
class Terms:
    """`pairs` are expressions for terms that are neighbours in the query, such as "VACUUM FULL"."""

    terms: tuple[Term, ...]
    pairs: tuple[str, ...]


def parse(query: str) -> Terms:
    """The terms of any text; none if it has no letters or digits."""
    # What SQLite cannot take as text: lone surrogates and NUL.
    query = query.encode("utf-8", "ignore").decode("utf-8").replace("\0", " ")
    terms: dict[str, Term] = {}
    for match in _QUOTED.finditer(query):
        phrase = match[1] or match[2]
        if len(_PARTS.findall(phrase)) > 1:
            terms.setdefault(phrase.lower(), Term(phrase, _phrase(phrase)))
    words = [match.group() for match in _WORD.finditer(query)]
    telling = [word for word in words if word.lower().replace("’", "'") not in STOP_WORDS and _PARTS.search(word)]
    for word in telling or words:
        if _PARTS.search(word):
            terms.setdefault(word.lower(), Term(word, _expression(word)))
    kept = tuple(terms.values())[:MAX_TERMS]
    known = {word.lower() for word in telling}
    pairs = dict.fromkeys(
        _phrase(f"{first} {second}")
        for first, second in pairwise(words)
        if first.lower() in known and second.lower() in known
    )
    return Terms(kept, tuple(pairs)[:MAX_TERMS])


def any_of(terms: Terms) -> str:
    """The FTS5 expression for passages with at least one of the terms."""
    return " OR ".join(term.expression for term in terms.terms)


def in_headings(expression: str) -> str:
    """`expression`, met by a passage's title or heading."""
    return f"{{title heading}} : ({expression})"


def _phrase(text: str) -> str:
    # Within quotes FTS5 takes its tokenizer's words, in this order; nothing else has a meaning there.
    return '"' + text.replace('"', " ") + '"'


def _expression(word: str) -> str:
    """`word` itself; parts joined by punctuation count as one only when they stand together."""
    spellings = [_phrase(word)]
    humps = _HUMP.sub(" ", word)
    if humps != word:
        spellings.append(_phrase(humps))
    parts = _PARTS.findall(word)
    if len(parts) > 1:
        # "old_snapshot_threshold", but also "oldSnapshotThreshold" written as one word.
        spellings.append(_phrase("".join(parts)))
    if re.search(r"[-/’']", word):
        spellings.extend(_phrase(part) for part in parts if len(part) > 1 and part.lower() not in STOP_WORDS)
    return "(" + " OR ".join(spellings) + ")" if len(spellings) > 1 else spellings[0]
