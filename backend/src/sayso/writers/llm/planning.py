"""The searches that a model plans, put right."""

from pydantic import BaseModel

from sayso.language.terms import stems
from sayso.writers.llm.plaintext import one_line
from sayso.writers.port import Assignment, Query

MAX_QUERIES = 6


class PlannedQuery(BaseModel):
    query: str
    topic: str = ""
    feedback: int | None = None


class Plan(BaseModel):
    """What a model answers when planning."""

    queries: list[PlannedQuery]


def fresh(plan: Plan, assignment: Assignment) -> list[Query]:
    """The planned queries that are none of the earlier ones, tidied."""
    seen = {_asked(text) for text in assignment.searched}
    rounds = {said.round for said in assignment.feedback}
    queries = []
    for planned in plan.queries:
        text = one_line(planned.query, limit=200).strip(" \"'“”")
        if not stems(text) or _asked(text) in seen:
            continue
        seen.add(_asked(text))
        topic = one_line(planned.topic, limit=80) or text
        feedback = planned.feedback if planned.feedback in rounds else None
        queries.append(Query(text=text, topic=topic, feedback=feedback))
    return queries[:MAX_QUERIES]


def _asked(query: str) -> tuple[str, ...]:
    """What makes two queries one: the same words, in any order."""
    return tuple(sorted(stems(query)))


def following_feedback(queries: list[Query], assignment: Assignment) -> list[Query]:
    """`queries`, of which at least one follows the last feedback, if that says something."""
    last = assignment.feedback[-1] if assignment.feedback else None
    wished = stems(last.text) if last else frozenset()
    if last is None or not wished or any(query.feedback == last.round for query in queries):
        return queries
    matching = [query for query in queries if query.feedback is None and stems(query.text) & wished]
    if matching:
        return [query.model_copy(update={"feedback": last.round}) if query in matching else query for query in queries]
    text = one_line(last.text, limit=200)
    own = Query(text=text, topic=one_line(text, limit=60), feedback=last.round)
    return [own, *queries[: MAX_QUERIES - 1]]
