"""Whether a workflow can be hosted: whether all that it waits for comes from its own steps or from a human."""

from collections.abc import Callable, Iterator
from typing import Any

from workflows import Workflow
from workflows.events import Event, HumanResponseEvent, StartEvent, StepFailedEvent

from sayso.engine.reading import waits
from sayso.engine.responses import Responses
from sayso.errors import SettingsError

_FROM_OUTSIDE = (StartEvent, HumanResponseEvent, StepFailedEvent)


def accepted_responses(workflow: Workflow) -> list[type[HumanResponseEvent]]:
    """The classes of answers that the workflow's steps accept."""
    return [event for event in workflow.events if issubclass(event, HumanResponseEvent)]


def check_graph(workflow: Workflow) -> None:
    """Refuse a workflow with a step that only an event from outside can start.

    Raises:
        SettingsError: naming the step.
        WorkflowValidationError: LlamaIndex refuses it.
    """
    if getattr(workflow, "_disable_validation", False):
        return
    for name, config in workflow._step_configs().items():
        for event in config.accepted_events:
            if isinstance(event, type) and not _comes(event, workflow):
                raise SettingsError(
                    f"the step {name} takes {event.__name__}, which no step gives: whatever comes from outside has to "
                    "be an answer (a HumanResponseEvent) to a question"
                )
    workflow.validate()


def check_waits(workflow: Workflow) -> None:
    """Refuse a workflow whose steps, or its agents' tools, wait for an event that nobody is asked for.

    Raises:
        SettingsError: naming the step.
    """
    for name, function in _functions(workflow):
        for wait in waits(function):
            kind = wait.kind
            if kind is None or wait.asks or _comes(kind, workflow):
                continue
            raise SettingsError(
                f"{name} waits for {kind.__name__}, which no step gives and nobody is asked for: pass the question as "
                "`waiter_event`"
            )


def check_responses(workflow: Workflow, accepted: Responses) -> None:
    """Refuse a workflow whose answers nobody could give.

    Raises:
        SettingsError: naming the step.
    """
    waited = [(name, wait.kind) for name, function in _functions(workflow) for wait in waits(function) if wait.asks]
    taken = [
        (f"the step {name}", event)
        for name, config in workflow._step_configs().items()
        for event in config.accepted_events
        if isinstance(event, type) and issubclass(event, HumanResponseEvent)
    ]
    for name, kind in [*taken, *((name, kind) for name, kind in waited if kind is not None)]:
        if "<locals>" in kind.__qualname__:
            raise SettingsError(
                f"{name} takes {kind.__name__}, which is defined within a function, where a restarted server does not "
                "find it; define it at the top of its module"
            )
        try:
            Responses([kind]).schema()
        except SettingsError as error:
            raise SettingsError(f"{name} takes an answer that nobody can give: {error}") from error
    try:
        accepted.schema()
    except SettingsError as error:
        steps = ", ".join(name for name, kind in taken if kind in accepted.classes)
        raise SettingsError(f"{error} ({steps})") from error


def _comes(event: type[Event], workflow: Workflow) -> bool:
    """Whether a step gives it, or a human, or the engine."""
    given = [kind for config in workflow._step_configs().values() for kind in config.return_types]
    return issubclass(event, _FROM_OUTSIDE) or any(
        isinstance(kind, type) and (issubclass(kind, event) or issubclass(event, kind)) for kind in given
    )


def _functions(workflow: Workflow) -> Iterator[tuple[str, Callable[..., Any]]]:
    """The steps, and the tools of agents, by what they are called."""
    for name, step in workflow._get_steps().items():
        yield f"the step {name}", step
    agents: Any = [workflow, *getattr(workflow, "agents", {}).values()]
    for agent in agents:
        for tool in getattr(agent, "tools", None) or ():
            if function := getattr(tool, "real_fn", None) or getattr(tool, "fn", None):
                yield f"the tool {tool.metadata.name}", function
