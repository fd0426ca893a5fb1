"""What a workflow is started with: the question under the name that it reads, options as fields of its start event."""

import inspect
from typing import Any

from pydantic import JsonValue, ValidationError
from pydantic.errors import PydanticInvalidForJsonSchema, PydanticSchemaGenerationError
from workflows import Workflow
from workflows.events import StartEvent

from sayso.engine.reading import keywords
from sayso.errors import SettingsError
from sayso.protocol.codes import ErrorCode
from sayso.protocol.commands import ProtocolError, invalid

GIVEN = ("question", "options", "by")
"""Keywords that every run has."""
_AGENTS = {"AgentWorkflowStartEvent": "user_msg"}
"""Start events of LlamaIndex's own workflows, with what they call a question."""
_OF_AGENTS = {
    "chat_history": {"type": "array", "items": {"type": "object"}},
    "max_iterations": {"type": "integer", "minimum": 1},
}


class Starting:
    """How one workflow is started.

    Args:
        first_steps: names of the steps that take the start event.
        question_as: the field, or keyword, that the run's question fills too.

    Raises:
        SettingsError: it needs what no client can send.
    """

    def __init__(self, workflow: Workflow, first_steps: list[str], question_as: str | None) -> None:
        self._class = workflow.start_event_class
        agent = next((_AGENTS[kind.__name__] for kind in self._class.__mro__ if kind.__name__ in _AGENTS), None)
        self._question_as = question_as or agent
        self._read = not agent and self._class is StartEvent
        self.schema = (
            self._agents() if agent else self._keywords(workflow, first_steps) if self._read else self._fields()
        )

    def check(self, question: str, options: dict[str, JsonValue]) -> None:
        """Refuse options with which the workflow could not begin.

        Raises:
            ProtocolError: `invalid_frame`, naming the field below `options`.
        """
        missing = [name for name in self.schema.get("required", ()) if name not in options]
        if missing and self._read:
            name = missing[0]
            raise ProtocolError(
                ErrorCode.INVALID_FRAME,
                f"options.{name}: this workflow reads it (ev.{name}). Send it in options; or name the workflow in "
                f"SAYSO_WORKFLOWS as name=module:Class({name}), and the question goes there.",
                field=f"options.{name}",
            )
        try:
            self.event(question, options, "")
        except ValidationError as error:
            wrong = invalid(error)
            raise ProtocolError(
                ErrorCode.INVALID_FRAME, f"options.{wrong.message}", field=f"options.{wrong.field}"
            ) from error

    def event(self, question: str, options: dict[str, JsonValue], by: str) -> StartEvent:
        """The start event of a run.

        Raises:
            ValidationError: the options do not fill it.
        """
        known = self._class.model_fields
        given: dict[str, Any] = {"question": question, "options": options, "by": by}
        # An event keeps what begins with an underscore for itself, and "self" is itself; all of it is in `options`.
        fields = {name: value for name, value in options.items() if name != "self" and not name.startswith("_")}
        if self._question_as:
            fields.setdefault(self._question_as, question)
        fields |= given if self._class is StartEvent else {name: given[name] for name in GIVEN if name in known}
        taken = _taken(self._class)
        return self._class(**(fields if taken is None else {name: fields[name] for name in taken if name in fields}))

    def _fields(self) -> dict[str, Any]:
        """Of a typed start event."""
        given = {*GIVEN, self._question_as}
        try:
            schema = self._class.model_json_schema()
        except (PydanticInvalidForJsonSchema, PydanticSchemaGenerationError) as error:
            needed = [name for name, field in self._class.model_fields.items() if field.is_required()]
            if set(needed) <= given:
                return {}
            raise SettingsError(
                f"its start event {self._class.__name__} needs {', '.join(needed)}, and not all of that is JSON"
            ) from error
        return _reduced(schema, given)

    def _keywords(self, workflow: Workflow, first_steps: list[str]) -> dict[str, Any]:
        """Of a plain start event, from what the first steps read of it."""
        always: set[str] = set()
        perhaps: set[str] = set()
        for name in first_steps:
            step: Any = workflow._get_steps()[name]
            found = keywords(step, step._step_config.event_name)
            # A step that takes other events too may read of those.
            alone = len(step._step_config.accepted_events) == 1
            always |= found.always if alone else set()
            perhaps |= found.perhaps if alone else set()
        given = {*GIVEN, self._question_as}
        names = sorted((always | perhaps) - given)
        if not names:
            return {}
        return {"type": "object", "properties": {name: {} for name in names}, "required": sorted(always - given)}

    def _agents(self) -> dict[str, Any]:
        return {"type": "object", "properties": dict(_OF_AGENTS), "required": []}


def _reduced(schema: dict[str, Any], given: set[str | None]) -> dict[str, Any]:
    properties = {name: value for name, value in schema.get("properties", {}).items() if name not in given}
    if not properties:
        return {}
    required = [name for name in schema.get("required", ()) if name not in given]
    rest = {name: schema[name] for name in ("$defs",) if name in schema}
    return {"type": "object", "properties": properties, "required": required, **rest}


def _taken(kind: type[StartEvent]) -> list[str] | None:
    """The names that a constructor of its own takes; `None` if it takes any."""
    parameters = inspect.signature(kind.__init__).parameters.values()
    if any(each.kind is each.VAR_KEYWORD for each in parameters):
        return None
    return [each.name for each in parameters]
