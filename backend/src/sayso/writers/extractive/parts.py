"""What a question and its feedback ask for, in the words of who asked: its parts, and the searches for each.

Nothing is parsed. A text is cut where its writer cut it: at the ends of sentences and lines, and before a further
question word. Where that is not sure, the words stay together.
"""

import re
from dataclasses import dataclass, replace

from sayso.language.asking import asks, introduced, points_back, questions_in
from sayso.language.segments import is_question, segments
from sayso.language.stopwords import STOP_WORDS
from sayso.language.tokens import folded, telling, tokens
from sayso.language.tongue import language_of
from sayso.wishes.points import points
from sayso.wishes.polarity import understood
from sayso.writers.port import Assignment, Query

MAX_PARTS = 6
"""Parts of a question; what comes after them belongs to the last."""
MAX_QUERIES = 8
"""Searches of one round; more only so that every point of the feedback has one."""
LONG = 40
"""Words from which a text is a story with a question in it."""
TELLS = 15
"""Words of what is told around a question from which the question counts by itself too."""
VAGUE, ALONE = 2, 0.5
"""Telling words below which a question says nothing without its story, and how far others say it by themselves."""
_HEADING = 90
"""Characters of a heading."""
_PREAMBLE = re.compile(
    r"(?:please|also|and|but|then|so|hi|hello|i(?:'d| would)? (?:want|like|need)(?: to know)?|(?:can|could) you|tell me"
    r"|show me|what about|how about|more (?:about|on)|nothing (?:about|on)|add|include|cover|explain|only|just|auch|nur"
    r"|aussi|seulement|también|s[oó]lo)[,:]?\s+",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that is asked for."""

    topic: str
    """In the words of who asked, as a heading."""
    text: str
    """What evidence is held against: its own words, with those of the question where it points back."""
    feedback: int | None = None
    """The round whose feedback asked for it."""
    wish: str = ""
    """Its own words, where `text` has those of the question beside them; what answers it matches these too."""
    story: str = ""
    """What is told around the question."""
    alone: float = 1.0
    """How far `text` says by itself what is asked, 0 to 1; the rest is for the story to tell."""

    @property
    def borrows(self) -> bool:
        """Whether `text` has more than its own words."""
        return heading(self.text) != self.topic


def parts_of(question: str) -> list[Part]:
    """The parts of a question, in its order; at least one.

    What only tells the story around the questions stands beside each that does not say by itself what it asks, and
    beside the first.
    """
    language = language_of(question)
    asked, story = _asked(question, language)
    parts: list[Part] = []
    for text in asked:
        says = _says_something(text, language)
        leaning = points_back(text, language) or not says or len(telling(text, language)) < 2
        whole = f"{asked[0]} {text}" if parts and leaning else text
        part = Part(heading(text), whole)
        if story and (leaning or not parts):
            alone = says and len(story.split()) > TELLS and len(telling(whole, language)) >= VAGUE
            part = replace(part, story=story, alone=ALONE if alone else 0.0)
        parts.append(part)
    if len(parts) > MAX_PARTS:
        rest = " ".join(part.text for part in parts[MAX_PARTS - 1 :])
        parts = [*parts[: MAX_PARTS - 1], Part(parts[MAX_PARTS - 1].topic, rest)]
    return parts


def parts_of_feedback(text: str, round: int | None, question: str) -> list[Part]:
    """What one piece of feedback asks to search for, point by point."""
    found: dict[str, Part] = {}
    first = parts_of(question)[0]
    for point in points(text):
        wish = " ".join(point.split()).strip(" ,.;")
        language = language_of(wish, sure=0.8)
        if not _says_something(wish, language):
            continue
        for clause in _clauses(wish, language):
            back = points_back(clause, language) or len(telling(clause, language)) < 2
            part = Part(heading(clause), clause, round)
            if back:
                wish = clause if telling(clause, language) else ""
                part = replace(part, text=f"{clause} {first.text}", wish=wish)
            found.setdefault(part.topic, part)
    return list(found.values())


def topics_of(wish: str, question: str) -> list[str]:
    """The topics (`Query.topic`) that the plan makes of something to search for."""
    return [part.topic for part in parts_of_feedback(wish, None, question)]


def literal(wishes: list[str], round: int, question: str) -> list[Query]:
    """The searches for `wishes` in their own words, each under a topic of its own, and with the question's words."""
    wishes = [_bare(wish) for wish in wishes]
    named = " ".join(telling_words(parts_of(question)[0].text)[:4])
    queries = [Query(text=wish, topic=heading(wish), feedback=round) for wish in wishes]
    return queries + [
        Query(text=f"{named} {wish}", topic=heading(wish), feedback=round) for wish in wishes if named not in wish
    ]


def plan(assignment: Assignment) -> list[Query]:
    """Queries of this round, none of them searched before.

    Round one searches the question and its parts. A later round searches what the last feedback names, by itself and
    with the question's words; feedback that names nothing (a bare "no") searches the question's words in other ways.
    """
    question = parts_of(assignment.question)
    latest = [item for item in assignment.feedback if item.round == assignment.round - 1 and item.text.strip()]
    asked = [part for item in latest for part in parts_of_feedback(item.text, item.round, assignment.question)]
    if assignment.round == 1:
        queries = [Query(text=text, topic=part.topic) for part in question for text in _asking(part)]
        if len(question) > 1:
            queries.append(Query(text=assignment.question, topic=question[0].topic))
    else:
        named = " ".join(telling_words(question[0].text)[:4])
        queries = [Query(text=part.text, topic=part.topic, feedback=part.feedback) for part in asked]
        queries += [
            Query(text=f"{named} {part.text}", topic=part.topic, feedback=part.feedback)
            for part in asked
            if named not in part.text
        ]
    queries = unsearched(queries, assignment)
    if assignment.round == 1 or queries:
        return queries[: max(MAX_QUERIES, len(asked))]
    return unsearched(_wider(assignment, question), assignment)[:MAX_QUERIES]


def _asking(part: Part) -> list[str]:
    """What is searched for a part: its own words where they say something, and those of its story."""
    own = [part.text] if part.alone else []
    return [*own, f"{part.story} {part.text}"] if part.story else own


def heading(text: str) -> str:
    """A clause as a heading: one line, capital first, no mark at the end, 90 characters at most."""
    line = _bare(text)
    if len(line) > _HEADING:
        line = line[:_HEADING].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"
    first = line.split(" ", 1)[0]
    return line[:1].upper() + line[1:] if first.isalpha() and first.islower() else line


def _bare(text: str) -> str:
    """What is asked for, without the words that only ask ("What about ...?")."""
    line = " ".join(text.split()).strip(" ,;:.!?¡¿？؟-–—\"“”'`")
    while (rest := _PREAMBLE.sub("", line, count=1)) and rest != line and _PREAMBLE.match(line):
        line = rest
    return line


def telling_words(text: str) -> list[str]:
    """The words of `text` that carry a topic, as written, each once."""
    stop = STOP_WORDS.get(language_of(text), frozenset())
    found = {
        folded(word): word for word in reversed(re.findall(r"\w+(?:[-.'’/]\w+)*", text)) if folded(word) not in stop
    }
    return list(found.values())[::-1]


def asked_in(question: str, language: str) -> tuple[list[str], list[str]]:
    """The sentences of a text that ask, without what introduces them in a story, and those that do not."""
    sentences = [" ".join(each.split()) for line in question.splitlines() for each in segments(line, language)]
    sentences = [each for each in sentences if any(map(str.isalnum, each))]
    is_long = sum(len(each.split()) for each in sentences) > LONG
    asking = [each for each in sentences if is_question(each)]
    if not asking and is_long:
        # Without a mark, what asks and is a wish is the question.
        asking = [each for each in sentences if asks(each, language) and understood(each).may_be_searched]
    story = [each for each in sentences if each not in asking]
    asked = []
    for each in asking:
        told, text = introduced(each, language) if is_long else ("", each)
        # A question that says little by itself keeps what introduces it.
        apart = told and len(telling(text, language)) >= VAGUE
        story += [told] if apart else []
        asked.append(text if apart else each)
    return asked, story


def _asked(question: str, language: str) -> tuple[list[str], str]:
    """What is asked, clause by clause, and the story around it."""
    asked, story = asked_in(question, language)
    if not asked:
        # All of it may be.
        whole = " ".join(story)
        short = [clause for each in story for clause in _clauses(each, language)]
        return (short or [question.strip()] if len(whole.split()) <= LONG else [whole]), ""
    if not any(map(is_question, asked)):
        return [" ".join(asked)], " ".join(story)
    return [clause for each in asked for clause in _clauses(each, language)], " ".join(story)


def _clauses(text: str, language: str) -> list[str]:
    """A sentence cut before each further question in it."""
    return [each for each in questions_in(text, language) if any(map(str.isalnum, each))]


def _says_something(text: str, language: str) -> bool:
    stop = STOP_WORDS.get(language, frozenset())
    return any(word not in stop for word in re.findall(r"\w+", folded(text)))


def _wider(assignment: Assignment, question: list[Part]) -> list[Query]:
    """The question's words without its grammar, then each part of them, then beside the headings of what was found."""
    base = telling_words(assignment.question)
    topic = question[0].topic
    texts = [" ".join(base)]
    shown = [*assignment.dropped, *assignment.kept]
    for place in dict.fromkeys(quote.place.heading or "" for finding in shown for quote in finding.quotes):
        last = place.rsplit(" › ", 1)[-1]
        if last:
            texts.append(f"{' '.join(base[:3])} {last}")
    texts += [f"{one} {other}" for at, one in enumerate(base) for other in base[at + 1 :]]
    return [Query(text=text, topic=topic) for text in [*texts, *base] if text]


def unsearched(queries: list[Query], assignment: Assignment) -> list[Query]:
    """Those of `queries` that were not searched yet, none twice."""
    seen = {_key(text) for text in assignment.searched}
    kept: list[Query] = []
    for query in queries:
        key = _key(query.text)
        if key and key not in seen:
            seen.add(key)
            kept.append(query)
    return kept


def _key(text: str) -> tuple[str, ...]:
    return tuple(tokens(text, language_of(text)))
