"""A workflow as the engine hosts it: under a name, with a fingerprint, and the types its answers come in."""

import hashlib
import inspect
import warnings
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, ParamSpec, TypeVar

from pydantic import JsonValue
from pydantic.errors import PydanticInvalidForJsonSchema, PydanticSchemaGenerationError
from workflows import Context, Workflow
from workflows.context.state_store import UnserializableKeyWarning
from workflows.errors import WorkflowValidationError
from workflows.events import HumanResponseEvent, InputRequiredEvent
from workflows.handler import WorkflowHandler
from workflows.representation import get_workflow_representation
from workflows.runtime.types.results import AddWaiter

from sayso.engine import checkpoint
from sayso.engine.containment import contain_steps, contained
from sayso.engine.fitness import accepted_responses, check_graph, check_responses, check_waits
from sayso.engine.keeping import KeepingSerializer, Unkept, keeping, why_unkept
from sayso.engine.responses import Responses
from sayso.engine.starting import Starting
from sayso.engine.threads import LoopThread, from_elsewhere
from sayso.errors import SettingsError
from sayso.protocol.commands import Answer
from sayso.protocol.reading import Reading
from sayso.protocol.review import ReviewData
from sayso.storage.records import Run

Attachments = dict[str, JsonValue]
P = ParamSpec("P")
T = TypeVar("T")


class HostedWorkflow:
    """One workflow instance, which serves every run of that name.

    Args:
        question_as: the field of the start event that the question fills too, if it is called something else there.
        isolated: run it on a loop of a thread of its own, where it blocks nobody else.

    Raises:
        SettingsError: it cannot be hosted, and why.
    """

    def __init__(
        self, name: str, workflow: Workflow, *, question_as: str | None = None, isolated: bool = False
    ) -> None:
        self.name = name
        self.workflow = workflow
        self.title = (_doc(workflow) or name).splitlines()[0]
        self._thread = LoopThread(name) if isolated else None
        with _refused(name):
            check_graph(workflow)
            self.starting = Starting(workflow, self.first_steps, question_as)
            self._responses = Responses(accepted_responses(workflow))
            check_waits(workflow)
            check_responses(workflow, self._responses)
        contain_steps(workflow)
        self.fingerprint = _fingerprint(workflow)
        self._serializer = keeping(workflow.runtime.get_serializer(workflow))

    async def check(self, question: str, options: dict[str, JsonValue]) -> None:
        """Refuse options before a run exists: those that do not fill the start event, and those that the workflow's own
        `check_options`, which may be a coroutine, refuses.

        Raises:
            ProtocolError: naming the option.
        """
        self.starting.check(question, options)
        check: Callable[[dict[str, JsonValue]], object] | None = getattr(self.workflow, "check_options", None)
        if check is not None:
            await self.run(_called(check, options))

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
        found = await self.run(_called(reading, answer, review, options, await kept() if answer.add else {}))
        return Reading.model_validate(found)

    async def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Do `work`, which is the workflow's, where the workflow runs."""
        return await (self._thread.run(work) if self._thread else work)

    def call(self, function: Callable[[], None]) -> None:
        """Have `function` called where the workflow runs."""
        if self._thread:
            self._thread.call(function)
        else:
            function()

    def reachable(self, function: Callable[P, Coroutine[Any, Any, T]]) -> Callable[P, Awaitable[T]]:
        """A function of the service's loop, to be awaited where the workflow runs."""
        return from_elsewhere(function) if self._thread else function

    def begin(self, run: Run, state: checkpoint.State | None) -> WorkflowHandler:
        """Run on from a checkpoint; without one from the beginning."""
        if state is not None:
            return self.workflow.run(ctx=Context.from_dict(self.workflow, state, self._serializer))
        return self.workflow.run(start_event=self.starting.event(run.question, run.options, run.by))

    def context(self, handler: WorkflowHandler) -> dict[str, Any]:
        """`Context.to_dict()`, with what LlamaIndex leaves out.

        Raises:
            Unkept: it holds what cannot be stored.
        """
        lost = self._serializer.lost if isinstance(self._serializer, KeepingSerializer) else []
        lost.clear()
        try:
            with warnings.catch_warnings():
                # What is left out is told by `lost`, each time.
                warnings.simplefilter("ignore", UnserializableKeyWarning)
                state = handler.ctx.to_dict(self._serializer)
        except Exception as error:
            raise Unkept(why_unkept(error)) from error
        if lost:
            raise Unkept(f"a {lost[0]} in its state cannot be stored")
        checkpoint.settle_answered(state)
        return state

    def responses(self, asked: InputRequiredEvent, waiter: AddWaiter[Any] | None = None) -> Responses:
        """The classes that answer `asked`: what the step that has asked waits for, else the event's own
        `response_type`, else what the workflow's steps accept, else LlamaIndex's."""
        if waiter is not None and waiter.event_type is not HumanResponseEvent:
            return Responses([waiter.event_type])
        own = getattr(type(asked), "response_type", None)
        if isinstance(own, type) and issubclass(own, HumanResponseEvent):
            return Responses([own])
        return Responses([HumanResponseEvent]) if waiter is not None else self._responses

    @property
    def first_steps(self) -> list[str]:
        """Names of the steps that a run begins with."""
        start = self.workflow.start_event_class
        configs = self.workflow._step_configs()
        return [name for name, config in configs.items() if start in config.accepted_events]


def _fingerprint(workflow: Workflow) -> str:
    """Of the steps and of what goes between them; another one cannot restore a checkpoint."""
    try:
        graph = get_workflow_representation(workflow)
        lines = sorted(f"{node.id}" for node in graph.nodes)
        lines += sorted(f"{edge.source}>{edge.target}" for edge in graph.edges)
    except (PydanticInvalidForJsonSchema, PydanticSchemaGenerationError):
        # LlamaIndex draws no graph of events that hold what is no JSON.
        lines = sorted(
            f"{name} {config.accepted_events}>{config.return_types}"
            for name, config in workflow._step_configs().items()
        )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


async def _called(function: Callable[P, object], /, *args: P.args, **kwargs: P.kwargs) -> object:
    """What comes of a function of the workflow's, which may be a coroutine."""
    found = contained(function)(*args, **kwargs)
    return await found if inspect.isawaitable(found) else found


def _doc(workflow: Workflow) -> str | None:
    """What an instance, or its class, says of itself; what it has inherited from LlamaIndex is no title."""
    return inspect.cleandoc(said) if (said := type(workflow).__doc__) else None


@contextmanager
def _refused(name: str) -> Iterator[None]:
    try:
        yield
    except (SettingsError, WorkflowValidationError) as error:
        raise SettingsError(f"the workflow {name} cannot be hosted: {error}") from error
