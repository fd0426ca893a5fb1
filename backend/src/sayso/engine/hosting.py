"""A workflow as the engine hosts it: under a name, with a fingerprint, and the types its answers come in."""

import hashlib
import importlib
import inspect
from collections.abc import Awaitable, Callable
from typing import Any

from pydantic import JsonValue
from workflows import Context, Workflow
from workflows.events import HumanResponseEvent, InputRequiredEvent, StartEvent
from workflows.handler import WorkflowHandler
from workflows.representation import WorkflowStepNode, get_workflow_representation

from sayso.engine.containment import contain_steps, contained
from sayso.errors import SettingsError
from sayso.protocol.commands import Answer
from sayso.protocol.reading import Reading
from sayso.protocol.review import ReviewData
from sayso.storage.records import Run

Attachments = dict[str, JsonValue]


class HostedWorkflow:
    """One workflow instance, which serves every run of that name."""

    def __init__(self, name: str, workflow: Workflow) -> None:
        self.name = name
        self.workflow = workflow
        self.title = (inspect.getdoc(workflow) or name).splitlines()[0]
        self._graph = get_workflow_representation(workflow)
        contain_steps(workflow, self._steps.values())
        self.fingerprint = self._fingerprint()
        self._response_types = self._accepted_responses()

    async def check(self, options: dict[str, JsonValue]) -> None:
        """Let the workflow refuse options before a run exists, by its own `check_options`, which may be a coroutine.

        Raises:
            ProtocolError: naming the option.
        """
        check: Callable[[dict[str, JsonValue]], object] | None = getattr(self.workflow, "check_options", None)
        checked = contained(check)(options) if check is not None else None
        if inspect.isawaitable(checked):
            await checked

    async def read(
        self, answer: Answer, review: ReviewData, options: Attachments, kept: Callable[[], Awaitable[Attachments]]
    ) -> Reading | None:
        """Let the workflow read a decision as it comes in, by its own `read_decision`, which may be a coroutine; `None`
        if it has none.

        Args:
            options: those of the run.
            kept: gives the run's attachments.

        Raises:
            ProtocolError: `invalid_response`, naming the field.
        """
        reading: Callable[[Answer, ReviewData, Attachments, Attachments], object] | None
        reading = getattr(self.workflow, "read_decision", None)
        if reading is None:
            return None
        found = contained(reading)(answer, review, options, await kept() if answer.add else {})
        if inspect.isawaitable(found):
            found = await found
        return Reading.model_validate(found)

    def begin(self, run: Run, checkpoint: dict[str, Any] | None) -> WorkflowHandler:
        """Run on from a checkpoint; without one from the beginning."""
        if checkpoint is not None:
            return self.workflow.run(ctx=Context.from_dict(self.workflow, checkpoint))
        given: dict[str, Any] = {"question": run.question, "options": run.options, "by": run.by}
        # A typed start event gets the fields it declares, a plain one all of them.
        start = self.workflow.start_event_class
        if start is not StartEvent:
            known = start.model_fields
            given = {key: value for key, value in {**run.options, **given}.items() if key in known}
        return self.workflow.run(**given)

    def response_type(self, asked: InputRequiredEvent) -> str:
        """Qualified name of the event class that answers `asked`.

        The event's own `response_type`, else the one that the workflow's steps accept, else LlamaIndex's.
        """
        own = getattr(type(asked), "response_type", None)
        if isinstance(own, type) and issubclass(own, HumanResponseEvent):
            return qualified_name(own)
        accepted = self._response_types
        return qualified_name(accepted[0] if len(accepted) == 1 else HumanResponseEvent)

    def _fingerprint(self) -> str:
        lines = sorted(f"{node.id}" for node in self._graph.nodes)
        lines += sorted(f"{edge.source}>{edge.target}" for edge in self._graph.edges)
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]

    def _accepted_responses(self) -> list[type[HumanResponseEvent]]:
        return sorted(
            {event for event in self.workflow.events if issubclass(event, HumanResponseEvent)}, key=qualified_name
        )

    @property
    def first_steps(self) -> list[str]:
        """Names of the steps that a run begins with."""
        start = self.workflow.start_event_class.__name__
        steps = self._steps
        return [steps[edge.target] for edge in self._graph.edges if edge.source == start and edge.target in steps]

    @property
    def _steps(self) -> dict[str, str]:
        """Names by id."""
        return {node.id: node.label for node in self._graph.nodes if isinstance(node, WorkflowStepNode)}


def qualified_name(event: type) -> str:
    """`module:Class`, from which `load_class` finds it again."""
    return f"{event.__module__}:{event.__qualname__}"


def load_class(name: str) -> Any:
    """The object that `module:attribute` names.

    Raises:
        SettingsError: there is none.
    """
    module, _, attribute = name.partition(":")
    try:
        found: Any = importlib.import_module(module)
        for part in attribute.split("."):
            found = getattr(found, part)
    except (ImportError, AttributeError) as error:
        raise SettingsError(f"{name}: {error}") from error
    return found
