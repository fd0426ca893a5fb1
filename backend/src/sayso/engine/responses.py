"""What may be answered to a workflow's question, when the question does not say: the classes that its steps take."""

import json
from collections.abc import Iterable
from typing import Any

from pydantic import JsonValue
from pydantic.errors import PydanticInvalidForJsonSchema, PydanticSchemaGenerationError
from workflows.events import Event, HumanResponseEvent

from sayso.engine.names import load_class, qualified_name
from sayso.errors import SettingsError
from sayso.events import DecisionEvent
from sayso.protocol.review import ReviewData

CHOSEN = "response_type"
"""Field of a response that names one of several classes."""
STANDARD = frozenset(
    {"response", "review", "feedback", "keep", "edits", "by", "at", "key", "delivery", "drop", "search", "leave_out"}
    | {"limits", "note", "add", "text", "read", "show_note", "record"}
)
"""Fields that every answer may have."""
FILLED = frozenset({"review", "by", "at", "key", "delivery"})
"""Fields of an answer that its sender does not fill."""
_SEPARATOR = "|"
_WORDS = {"yes": True, "no": False}


class Responses:
    """The classes that one question may be answered with."""

    def __init__(self, classes: Iterable[type[Event]]) -> None:
        self.classes = sorted(set(classes), key=qualified_name) or [HumanResponseEvent]

    @classmethod
    def named(cls, names: str) -> "Responses":
        """As `name` gave it."""
        return cls(load_class(name) for name in names.split(_SEPARATOR))

    @property
    def name(self) -> str:
        """`module:Class` of each, from which `named` finds them again."""
        return _SEPARATOR.join(qualified_name(kind) for kind in self.classes)

    def schema(self, filled: Iterable[str] = ()) -> dict[str, Any]:
        """JSON Schema of the response; empty where any will do.

        Args:
            filled: fields that the question itself fills.

        Raises:
            SettingsError: somebody would have to fill a field with what is no JSON, or cannot tell the classes apart.
        """
        if len(self.classes) == 1:
            return _form(self.classes[0], set(filled))
        names = [kind.__name__ for kind in self.classes]
        if twice := [name for name in names if names.count(name) > 1]:
            raise SettingsError(f"two classes of answers are called {twice[0]}; an answer could not say which it is")
        return {"anyOf": [_chosen(kind, _form(kind, set(filled))) for kind in self.classes]}

    def read(self, response: JsonValue, filled: Iterable[str] = ()) -> JsonValue:
        """`response` as an object, if it is one value for a class with one field to fill."""
        kind = self.kind(response)
        if kind is None or isinstance(response, dict):
            return response
        fields = _own(kind, set(filled))
        others = [name for name in fields if name != "response"]
        if len(others) != 1 or "response" in fields:
            return response
        return {others[0]: _value(kind, others[0], response)}

    def accepts(self, response: JsonValue, filled: Iterable[str] = ()) -> bool:
        """Whether it fits though it is no object: what was plain in 0.1.0 may stay so where no field is required."""
        kind = self.kind(response)
        if kind is None or isinstance(response, dict):
            return False
        return not any(kind.model_fields[name].is_required() for name in _own(kind, set(filled)))

    def kind(self, response: JsonValue) -> type[Event] | None:
        """The class that `response` is for; `None` if it does not say, and it has to."""
        if len(self.classes) == 1:
            return self.classes[0]
        chosen = response.get(CHOSEN) if isinstance(response, dict) else None
        if named := next((kind for kind in self.classes if kind.__name__ == chosen), None):
            return named
        needed = {
            kind: {name for name in _own(kind, set()) if kind.model_fields[name].is_required()} for kind in self.classes
        }
        given = set(response) if isinstance(response, dict) else set()
        fitting = [kind for kind, names in needed.items() if names and names <= given]
        if len(fitting) == 1:
            return fitting[0]
        return HumanResponseEvent if HumanResponseEvent in self.classes else None

    def asked(self, schema: dict[str, Any], response: JsonValue) -> dict[str, Any]:
        """Of a schema that leaves a choice, the part that `response` has chosen."""
        chosen = response.get(CHOSEN) if isinstance(response, dict) else None
        parts = schema.get("anyOf", ()) if len(self.classes) > 1 else ()
        return next((part for part in parts if part["properties"][CHOSEN]["const"] == chosen), schema)


def derived(review: ReviewData, responses: Responses, filled: Iterable[str]) -> bool:
    """Whether the review asks for what its classes say, and not for what the question itself said."""
    return not review.response_schema or review.response_schema == responses.schema(filled)


def _own(kind: type[Event], filled: set[str]) -> list[str]:
    """Fields that whoever answers fills."""
    if issubclass(kind, DecisionEvent):
        return []
    return [name for name in kind.model_fields if name not in FILLED | filled]


def _form(kind: type[Event], filled: set[str]) -> dict[str, Any]:
    fields = _own(kind, filled)
    if not fields:
        return {}
    try:
        schema = kind.model_json_schema()
    except (PydanticInvalidForJsonSchema, PydanticSchemaGenerationError) as error:
        needed = [name for name in fields if kind.model_fields[name].is_required()]
        if not needed:
            return {}
        raise SettingsError(f"{kind.__name__} needs {', '.join(needed)}, and not all of that is JSON") from error
    properties = {name: value for name, value in schema["properties"].items() if name in fields}
    rest: dict[str, Any] = {name: schema[name] for name in ("title", "description", "$defs") if name in schema}
    if list(properties) == ["response"]:
        return {**properties["response"], **{name: rest[name] for name in ("$defs",) if name in rest}}
    required = [name for name in schema.get("required", ()) if name in fields]
    return {"type": "object", "properties": properties, "required": required, **rest}


def _chosen(kind: type[Event], form: dict[str, Any]) -> dict[str, Any]:
    """`form` as one of several."""
    if form.get("type") != "object":
        form = {"type": "object", "properties": {"response": form or {"type": "string"}}, "required": ["response"]}
    return {
        "title": kind.__name__,
        **form,
        "properties": {CHOSEN: {"const": kind.__name__}, **form["properties"]},
        "required": [CHOSEN, *form["required"]],
    }


def _value(kind: type[Event], field: str, response: JsonValue) -> JsonValue:
    """A text as what the field takes, where that is no text: a client that only prints sends nothing else."""
    takes = _form(kind, set())["properties"][field].get("type")
    if not isinstance(response, str) or takes not in ("integer", "number", "boolean", "array", "object"):
        return response
    text = response.strip()
    if takes == "boolean" and text.lower() in _WORDS:
        return _WORDS[text.lower()]
    try:
        read: JsonValue = json.loads(text)
    except ValueError:
        return response
    return read
