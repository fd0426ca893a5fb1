"""The searches that a model plans, put right."""

from pydantic import BaseModel, Field

from sayso.language.terms import stems
from sayso.writers.llm.plaintext import one_line
from sayso.writers.llm.prompts import leaked
from sayso.writers.port import Assignment, Query

MAX_QUERIES = 8
LEAST = 4
"""Different queries that a model is asked for."""


class PlannedQuery(BaseModel):
    query: str
    part: int = 1


class Plan(BaseModel):
    """What a model answers when planning."""

    queries: list[PlannedQuery] = Field(json_schema_extra={"minItems": LEAST})


def fresh(plan: Plan, assignment: Assignment) -> list[Query]:
    """The planned queries that are none of the earlier ones, tidied, each under a part of what is asked."""
    seen = {_asked(text) for text in [*assignment.searched, *(each.text for each in assignment.queries)]}
    parts = assignment.parts
    queries = []
    for planned in plan.queries:
        text = one_line(planned.query, limit=200).strip(" \"'“”")
        if not stems(text) or _asked(text) in seen or leaked(text):
            continue
        seen.add(_asked(text))
        part = parts[planned.part - 1] if 0 < planned.part <= len(parts) else parts[0]
        queries.append(Query(text=text, topic=part.topic, feedback=part.feedback))
    return queries[:MAX_QUERIES]


def _asked(query: str) -> tuple[str, ...]:
    """What makes two queries one: the same words, in any order."""
    return tuple(sorted(stems(query)))
