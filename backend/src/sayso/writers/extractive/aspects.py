"""What a question and its feedback ask for, taken apart without a model."""

import re
from dataclasses import dataclass

from sayso.language.terms import content, is_technical, kindred, stem, stems, weight, words
from sayso.language.vocabulary import CRITIQUE, GENERIC_HEADINGS, PHRASAL
from sayso.wishes.editorial import is_editorial
from sayso.wishes.feedback import Feedback
from sayso.wishes.periods import without_period
from sayso.wishes.points import MAX_POINTS, points
from sayso.writers.extractive.subject import ASK, subject, subject_phrase
from sayso.writers.port import Assignment, Query

__all__ = [
    "MAX_QUERIES",
    "Aspect",
    "aspects_of",
    "excluded",
    "feedback_aspects",
    "heading",
    "plan",
    "points",
    "queries_of",
    "subject",
    "topics_of",
]

MAX_QUERIES = 8
"""Searches of one round; more only so that every point of the feedback has one."""
_CLAUSE = re.compile(rf"[?!;\n]+|\.(?=\s|$)|,?\s+(?:and|or|but)\s+(?=(?:{ASK})\b)|,\s+(?=(?:{ASK})\b)", re.I)
_OPENING = re.compile(rf"({ASK})\s+(?:{ASK})\s+\w+\s+\w+", re.I)
_SHORT = re.compile(rf"({ASK})\s+((?:an?|the|to)\s+.+)", re.I)
_PRONOUN = re.compile(r"\b(?:it|they|them|this|that|these|those)\b", re.I)
_POSSESSIVE = re.compile(r"\b(?:its|their)\b", re.I)
_BACK = re.compile(r"\b(?:it|they|them|this|that|these|those|its|their|each|both|either|neither|one)\b", re.I)
"""Words by which a sub-question points back at what the first one is about."""
_MAY_RUN = re.compile(r"\b(?:can|could|may|might|will|does|do|to)\s+run\b", re.I)
"""Where "run" is a verb that says next to nothing, unlike in "a run"."""
_WHILE = re.compile(r"\b(?:while|at the same time|beside|alongside)\b", re.I)
_AT_ONCE = ("concurrently", "parallel", "simultaneously")
"""How documents say "while"."""
_PREAMBLE = re.compile(
    r"^(?:please|also|and|but|or|i\s+(?:want|need|would\s+like)(?:\s+to\s+know)?|(?:tell|show|give)\s+me|add|include|cover"
    r"|(?:what|how)\s+about|(?:say\s+|find\s+)?(?:some\s+|much\s+)?more\s+(?:about|on)|(?:there\s+is\s+)?nothing\s+(?:about|on)"
    r"|not\s+enough\s+(?:about|on|of)|no\s+mention\s+of|(?:you\s+)?miss(?:ed|ing|es)|too\s+little\s+(?:about|on)"
    r"|focus\s+on|look\s+(?:for|into|at)|search\s+for)\s+",
    re.I,
)
_QUOTED = re.compile(r"[\"“”„]([^\"“”„]{2,80})[\"“”„]|`([^`]{2,80})`")
_EXCLUDE = re.compile(
    r"\b(?:without|ignor(?:e|ing)|exclud(?:e|ing)|skip(?:ping)?|leave\s+out|drop|omit|not\s+about|less\s+(?:about|on|of)"
    r"|no\s+more|stop\s+(?:with|citing)|not\s+interested\s+in|don['’]?t\s+(?:want|need|care\s+about))\s+"
    r"(?:anything\s+(?:on|about)\s+)?(?:the\s+|any\s+)?([^,.;:!?\n]+?)(?=\s+(?:but|and\s+(?:more|add|include)|please|instead)\b"
    r"|[,.;:!?\n]|$)",
    re.I,
)
_CRITIQUE = frozenset(map(stem, CRITIQUE))
_CRITIQUES: tuple[tuple[re.Pattern[str], str, tuple[str, ...]], ...] = (
    (re.compile(r"\b(?:numbers?|figures?|statistics|quantif\w+|how (?:much|many))\b", re.I), "Figures",
     ("number", "size", "percent", "seconds", "limit", "default")),
    (re.compile(r"\b(?:out of date|outdated|too old|newer|recent|current|latest)\b", re.I), "What is current",
     ("new", "latest", "current", "version", "since", "changed")),
    (re.compile(r"\bexamples?\b", re.I), "Examples", ("example", "instance", "such")),
)  # fmt: skip


@dataclass(frozen=True)
class Aspect:
    """One thing that is asked for.

    Attributes:
        topic: how a reader would name it; a heading.
        own: words that evidence must be about, one at least in the sentence itself.
        context: words of the question that place it, searched for too; they may stand in the heading or title instead.
        setting: the question's other words; evidence that has some is closer, but they are not searched for.
        wider: words that often stand for the own ones; they find, but weigh less.
        numeric: whether only sentences with figures answer it.
        feedback: the round whose feedback asked for it.
    """

    topic: str
    own: tuple[str, ...]
    context: tuple[str, ...] = ()
    wider: tuple[str, ...] = ()
    numeric: bool = False
    feedback: int | None = None
    setting: tuple[str, ...] = ()


def aspects_of(question: str) -> list[Aspect]:
    """The sub-questions of a question, in order. A sub-question without words of its own ("and what does it do?")
    takes the name that the first one is about, or joins it when there is no such name."""
    found: list[Aspect] = []
    name = subject(question)
    clauses = _clauses(question)
    noun = (subject_phrase(clauses[0]) if clauses else "") or name
    opening = _OPENING.match(clauses[0]) if clauses else None
    for clause in clauses:
        own = content(clause)
        topic = clause
        if found and opening and (short := _SHORT.match(clause)) and short.group(1).lower() == opening.group(1).lower():
            topic = f"{opening.group()} {short.group(2)}"
        if own == ["instead"]:
            own = ["alternative"]
        back = bool(found) and bool(_BACK.search(clause))
        if found and _PRONOUN.search(clause):
            topic = _PRONOUN.sub(noun, clause, count=1) if noun else question
        elif found and noun and _POSSESSIVE.search(clause):
            topic = _POSSESSIVE.sub(f"{noun}’s", clause, count=1)
        if not own and found and noun and topic != clause:
            own = content(noun)
        if not own or any(set(map(stem, own)) == set(map(stem, other.own)) for other in found):
            continue
        alone = not found or (bool(subject(clause)) and not back)
        whole = [] if alone else [word for word in found[0].own if weight(word) >= 1]
        strong = [word for word in own if weight(word) >= 1]
        # A sub-question with words enough of its own is not narrowed by those of the first.
        near = content(noun) if back and noun else content(name) or (whole if len(strong) < 2 or back else [])
        context = _without(near, own) if whole else []
        setting = _without(whole, [*own, *context])
        found.append(Aspect(heading(topic), tuple(own), tuple(context), _wider(own), setting=tuple(setting)))
    if not found:
        found.append(Aspect(heading(question), tuple(words(question)[:8]) or (question,)))
    return found


def topics_of(point: str, question: str) -> list[str]:
    """The topics (`Query.topic`) that the plan makes of one of the `points` of a feedback."""
    return list(dict.fromkeys(aspect.topic for aspect in _point_aspects(point, question, None)))


def feedback_aspects(feedback: Feedback, question: str) -> list[Aspect]:
    """What one piece of feedback asks for beyond the question, point by point, without what it asks to leave out, the
    years it limits its sources to, and what is only about how the report reads."""
    found: dict[str, Aspect] = {}
    for point in points(feedback.text):
        for aspect in _point_aspects(point, question, feedback.round):
            found.setdefault(aspect.topic, aspect)
    return list(found.values())


def _point_aspects(point: str, question: str, round: int | None) -> list[Aspect]:
    if is_editorial(point):
        return []
    name = subject(question)
    whole = content(question)
    context = content(name) or whole

    def aspect(topic: str, own: list[str], wider: tuple[str, ...]) -> Aspect:
        near = _without(context, own)
        setting = tuple(_without(whole, [*own, *near]))
        return Aspect(heading(topic), tuple(own), tuple(near), wider, False, round, setting)

    text = _EXCLUDE.sub(" ", without_period(point))
    found: list[Aspect] = []
    for quoted in _quoted(text):
        found.append(aspect(quoted, content(quoted) or words(quoted), ()))
        text = text.replace(quoted, " ")
    for clause in _clauses(text):
        own = [word for word in content(clause) if stem(word) not in _CRITIQUE or is_technical(word)]
        own = [word for word in own if not (_MAY_RUN.search(clause) and stem(word) == "run")] or own
        if own:
            topic = _PRONOUN.sub(name, clause, count=1) if name and _PRONOUN.search(clause) else clause
            at_once = _AT_ONCE if _WHILE.search(clause) else ()
            found.append(aspect(topic, own[:8], (*at_once, *_wider(own[:8]))))
            continue
        for pattern, topic, wider in _CRITIQUES:
            if pattern.search(clause):
                found.append(Aspect(topic, tuple(context), (), wider, topic == "Figures", round))
    return found


def excluded(feedback: list[Feedback]) -> list[frozenset[str]]:
    """Stems of each thing that feedback asked to leave out ("without X", "not about X", "ignore X")."""
    asked = [stems(match.group(1)) for item in feedback for match in _EXCLUDE.finditer(item.text)]
    return [each for each in asked if each]


def queries_of(aspect: Aspect) -> list[Query]:
    """Searches for one aspect, most telling first: its words in their context, the same without words that only
    shape the question, with words that often stand for its own, and what it asks about its name alone."""
    strong = [word for word in aspect.own if weight(word) >= 1]
    name = {stem(word) for word in words(subject(" ".join(["", *aspect.own])))}
    told = [word for word in strong if stem(word) not in name]
    texts = [" ".join([*aspect.context, *aspect.own]), " ".join([*aspect.context, *strong])]
    stands = next((word for word in aspect.own if kindred(word)), None)
    if stands:
        # One word at a time: a page on "restrictions" is not found among all that have some other word for it.
        rest = [*aspect.context, *(word for word in strong if word != stands)]
        texts += [" ".join([*rest, other]) for other in kindred(stands)[:2] if rest]
    if aspect.wider:
        texts.append(" ".join([*(aspect.context or strong or aspect.own), *aspect.wider[:4]]))
    if aspect.feedback is not None and any(map(is_technical, strong)):
        texts.append(" ".join(strong))
    if len(told) > 1 or (told and len(aspect.own) > len(told)):
        texts.append(" ".join(told))
    return [Query(text=_spelled(text), topic=aspect.topic, feedback=aspect.feedback) for text in texts if text]


def plan(assignment: Assignment) -> list[Query]:
    """Queries of this round, most telling first, none searched before, `MAX_QUERIES` at most.

    Round one searches the question and its sub-questions. A later round searches what the last feedback names;
    feedback that names nothing (a bare "no", "too narrow") searches wider: other words for the same, pairs of the
    question's words, and the question beside the headings of what was found so far.
    """
    question = aspects_of(assignment.question)
    latest = [item for item in assignment.feedback if item.round == assignment.round - 1 and item.text.strip()]
    asked = [aspect for item in latest for aspect in feedback_aspects(item, assignment.question)]
    if assignment.round == 1:
        by_aspect = [queries_of(aspect) for aspect in question]
        whole = content(assignment.question)
        if len(question) > 1 and len(whole) <= 12:
            by_aspect.append([Query(text=" ".join(whole), topic=question[0].topic)])
    else:
        by_aspect = [queries_of(aspect) for aspect in asked]
    queries = _new([query for rank in range(6) for each in by_aspect for query in each[rank : rank + 1]], assignment)
    if assignment.round == 1 or queries:
        return queries[: max(MAX_QUERIES, min(len(asked), MAX_POINTS))]
    return _new(_wide(assignment, question), assignment)[:MAX_QUERIES]


def heading(text: str) -> str:
    """A clause as a heading: one line, capital first, no mark at the end, 90 characters at most."""
    line = " ".join(text.split()).strip(" ,;:.!?-–—\"“”'`")
    while (rest := _PREAMBLE.sub("", line)) and rest != line:
        line = rest
    if len(line) > 90:
        line = line[:90].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"
    return line if is_technical(line.split(" ", 1)[0]) else line[:1].upper() + line[1:]


def _spelled(text: str) -> str:
    """A query with verbs of two words as they are usually written; "backup" stays, for the noun is as common."""
    for pair in PHRASAL - {"back-up"}:
        text = re.sub(rf"\b{pair.replace('-', '')}\b", pair.replace("-", " "), text)
    return text


def _wide(assignment: Assignment, question: list[Aspect]) -> list[Query]:
    base = [word for aspect in question for word in (*aspect.own, *aspect.context)]
    base = list({stem(word): word for word in base}.values())
    topic = question[0].topic
    queries = [
        Query(text=" ".join([base[0], *aspect.wider]), topic=aspect.topic) for aspect in question if aspect.wider
    ]
    shown = [*assignment.dropped, *assignment.kept]
    for place in dict.fromkeys(quote.place.heading or "" for finding in shown for quote in finding.quotes):
        last = [word for word in content(place.rsplit(" › ", 1)[-1]) if not word[0].isdigit()][:4]
        if last and last[0].lower() not in GENERIC_HEADINGS:
            queries.append(Query(text=" ".join(dict.fromkeys([*base[:2], *last])), topic=topic))
    pairs = [Query(text=f"{one} {other}", topic=topic) for i, one in enumerate(base) for other in base[i + 1 :]]
    singles = [Query(text=word, topic=topic) for word in sorted(base, key=lambda word: not is_technical(word))]
    mixed = [query for trio in zip(queries, pairs, strict=False) for query in trio]
    return [*mixed, *queries, *pairs, *singles]


def _new(queries: list[Query], assignment: Assignment) -> list[Query]:
    seen = {_key(text) for text in assignment.searched}
    kept: list[Query] = []
    for query in queries:
        key = _key(query.text)
        if key and key not in seen:
            seen.add(key)
            kept.append(query)
    return kept


def _key(text: str) -> frozenset[str]:
    return frozenset(map(stem, words(text)))


def _clauses(text: str) -> list[str]:
    pieces = (" ".join(piece.split()) for piece in _CLAUSE.split(text))
    return [piece for piece in pieces if piece]


def _quoted(text: str) -> list[str]:
    return [match.group(1) or match.group(2) for match in _QUOTED.finditer(text)]


def _without(base: list[str], own: list[str]) -> list[str]:
    taken = set(map(stem, own))
    return [word for word in base if stem(word) not in taken]


def _wider(own: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(other for word in own for other in kindred(word)))
