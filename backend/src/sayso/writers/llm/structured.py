"""Answers with structure: asks a model for JSON, reads what comes tolerantly, and asks once more if that fails."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from sayso.writers.llm.exchange import length
from sayso.writers.llm.model import ChatModel
from sayso.writers.llm.plaintext import without_thinking
from sayso.writers.llm.prompts import Turn, repair_turn
from sayso.writers.meter import CHARS_PER_TOKEN, Meter
from sayso.writers.port import UnusableAnswer

M = TypeVar("M", bound=BaseModel)
_ECHO = 4_000
"""Characters of a bad answer that the model is shown again, if its context has room for them."""
_COMPLAINT = 300
_FRAME = 250
"""Characters around a schema, of a tool for instance."""
_SPARE = 1_500
"""Characters of a prompt that are kept free for the schema and the turn that asks for a repair."""
MAX_PROMPT = 60_000
"""Characters of passages, findings and feedback in one prompt."""
_LEAST = 1_000
_SHARE = 3
_SAID_ELSEWHERE = ("title", "default", "description", "properties", "$defs")
"""Keys of a schema that are left out, or are looked at name by name: a field may be called "title" too."""


async def ask(
    model: ChatModel,
    turns: list[Turn],
    shape: type[M],
    *,
    complaint: Callable[[M], str | None] = lambda _: None,
    meter: Meter | None = None,
    allowed: Mapping[str, Sequence[int]] = MappingProxyType({}),
) -> M:
    """The model's answer to `turns` as `shape`.

    Args:
        allowed: the numbers that fields of a name may have, as the endpoint is told.
        complaint: what is wrong with an answer of the right shape, or `None`; the model gets to read it.

    Raises:
        OutOfBudget: the budget of `meter` does not allow the call, or asking once more.
        UnusableAnswer: two answers that cannot be used.
        WriterError: no answer.
    """
    schema = schema_of(shape, allowed)
    for attempt in range(2):
        text = await model.complete(turns, schema=schema, meter=meter)
        try:
            answer = parsed(text, shape)
            wrong = complaint(answer)
        except ValueError as error:
            wrong = str(error)
        if not wrong:
            return answer
        if attempt == 0:
            repair = repair_turn(wrong[:_COMPLAINT])
            room = model.room - length([*turns, repair]) - len(json.dumps(schema)) - _FRAME
            turns = [*turns, ("assistant", text[: max(0, min(_ECHO, room))] or "(nothing)"), repair]
    raise UnusableAnswer(f"The model {model.name} at {model.host} gave twice an answer that cannot be used: {wrong}")


def prompt_budget(model: ChatModel, system: str, meter: Meter | None = None, *, sparing: bool = False) -> int:
    """Characters that may stand in a prompt beside the instructions `system`, so that the model's context has room for
    them, a repair and the answer. An endpoint that was found to be slow is sent what it can read and answer in the time
    that `meter` leaves.

    Args:
        sparing: other calls are to come, so of the tokens that `meter` has left a third may be used.
    """
    most = min(MAX_PROMPT, model.room - len(system) - _SPARE)
    left = meter.tokens_left if meter is not None and sparing else None
    if left is not None:
        most = min(most, left * CHARS_PER_TOKEN // _SHARE - len(system))
    readable = model.pace.readable(meter.seconds_left) if meter is not None else None
    if readable is not None:
        most = min(most, readable * CHARS_PER_TOKEN - len(system))
    return max(_LEAST, most)


def parsed(text: str, shape: type[M]) -> M:
    """The first JSON value in `text` that is a `shape`; thinking, prose and code fences around it do not matter.

    Raises:
        ValueError: what is wrong, fit for the model and for people: nothing of the text is quoted.
    """
    text = without_thinking(text)
    if not text.strip():
        raise ValueError("the answer was empty.")
    wrong = "there was no complete JSON object in the answer."
    fields = _needed(shape)
    for value in _values(text):
        if isinstance(value, list) and len(fields) == 1:
            value = {fields[0]: value}
        if not isinstance(value, dict):
            continue
        try:
            return shape.model_validate(value)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False, include_context=False)[0]
            path = ".".join(map(str, first["loc"]))
            wrong = f"in the JSON, {path}: {first['msg'].rstrip('.')}."
    if (whole := _begun(text, shape)) is not None:
        return whole
    raise ValueError(wrong)


def _needed(shape: type[BaseModel]) -> list[str]:
    """The fields that an answer cannot lack."""
    return [name for name, field in shape.model_fields.items() if field.is_required()]


def _begun(text: str, shape: type[M]) -> M | None:
    """Of an answer that breaks off in its list, what was complete before."""
    fields = _needed(shape)
    opened = re.search(rf'"{fields[0]}"\s*:\s*\[', text) if len(fields) == 1 else None
    if opened is None:
        return None
    decoder, at, items = json.JSONDecoder(strict=False), opened.end(), list[Any]()
    while (start := text.find("{", at)) >= 0:
        try:
            item, at = decoder.raw_decode(text, start)
            shape.model_validate({fields[0]: [item]})
        except (ValueError, RecursionError):
            break
        items.append(item)
    return shape.model_validate({fields[0]: items}) if items else None


def schema_of(shape: type[BaseModel], allowed: Mapping[str, Sequence[int]] = MappingProxyType({})) -> dict[str, Any]:
    """What an endpoint is told of `shape`: OpenAI's `json_schema`."""
    return {"name": shape.__name__.lower(), "strict": True, "schema": strict_schema(shape, allowed)}


def strict_schema(
    shape: type[BaseModel], allowed: Mapping[str, Sequence[int]] = MappingProxyType({})
) -> dict[str, Any]:
    """JSON Schema of `shape` as OpenAI's strict mode wants it: every field required, no other field allowed.

    Args:
        allowed: by the names of integer fields, or lists of them, the only values they may have.
    """
    schema: dict[str, Any] = _strict(shape.model_json_schema(), allowed)
    return schema


def _strict(node: Any, allowed: Mapping[str, Sequence[int]]) -> Any:
    if isinstance(node, list):
        return [_strict(item, allowed) for item in node]
    if not isinstance(node, dict):
        return node
    named = {name: _strict(each, allowed) for name, each in node.get("properties", {}).items()}
    defined = {name: _strict(each, allowed) for name, each in node.get("$defs", {}).items()}
    left = {key: value for key, value in node.items() if key not in _SAID_ELSEWHERE}
    node = {key: _strict(value, allowed) for key, value in left.items()}
    for name in allowed.keys() & named.keys():
        own = named[name] if allowed[name] else {}
        (own["items"] if own.get("type") == "array" else own)["enum"] = list(allowed[name])
    if node.get("type") == "object":
        node |= {"properties": named, "required": list(named), "additionalProperties": False}
    return node | ({"$defs": defined} if defined else {})


def _values(text: str) -> Iterator[Any]:
    """The outermost JSON objects and arrays in `text`, in order."""
    decoder = json.JSONDecoder(strict=False)  # a model may leave line breaks in its strings
    at = 0
    while at < len(text):
        if text[at] in "{[":
            try:
                value, at = decoder.raw_decode(text, at)
                yield value
                continue
            except ValueError:
                pass
            except RecursionError:
                return  # and so would be every bracket that follows
        at += 1
