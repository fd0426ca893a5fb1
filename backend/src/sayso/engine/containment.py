"""Keeps what a hosted workflow raises within its run, though asyncio would end the process with it.

A task that raises `SystemExit` or `KeyboardInterrupt` takes its event loop down, and so the server with all its runs. A
step that raises them, or anything else that is no `Exception`, fails like any other step: its function is wrapped when
the workflow is hosted. Tasks that a workflow makes beside its steps are wrapped where the loop makes them.
"""

import asyncio
import functools
from collections.abc import Callable, Coroutine, Generator
from contextvars import ContextVar
from types import FrameType, TracebackType
from typing import Any, Protocol, TypeVar

from workflows import Workflow
from workflows.runtime.types.results import AddWaiter, StepWorkerStateContextVar, WaitingForEvent

T = TypeVar("T")
Report = Callable[[BaseException], None]
_WRAPPED = "__sayso_contained__"

_report: ContextVar[Report | None] = ContextVar("sayso_escapes", default=None)
"""Who is told what escapes from the tasks of this context; `None` outside of hosted workflows."""
_steps: ContextVar["StepWatcher | None"] = ContextVar("sayso_steps", default=None)
"""Who is told what the steps of this context wait for."""


class StepWatcher(Protocol):
    """Hears of a run's steps."""

    @property
    def run_id(self) -> str: ...

    def waits(self, waiter: AddWaiter[Any]) -> None:
        """A step is about to wait for an event."""

    def repeats(self, waits: int) -> None:
        """A step begins again, up to where it has waited, which it did so many times."""


class Escaped(Exception):
    """Hosted code raised what is no `Exception`, such as `SystemExit`; that is its cause."""


def contain_steps(workflow: Workflow) -> None:
    """Wrap the steps of `workflow`, once."""
    functions = type(workflow)._step_functions
    for name, step in workflow._get_steps().items():
        if hasattr(step, _WRAPPED):
            continue
        if name in functions:
            functions[name] = contained(step)  # type: ignore[assignment]  # it has what it wraps
        elif function := getattr(step, "__func__", None):
            # LlamaIndex looks a step up on its instance whenever it runs it. A model, as an agent is, takes no field.
            vars(workflow)[name] = contained(function).__get__(workflow)


def contain_tasks(loop: asyncio.AbstractEventLoop) -> None:
    """Have the loop wrap the tasks that hosted workflows make."""
    before: Any = loop.get_task_factory()
    if not isinstance(before, _TaskFactory):
        loop.set_task_factory(_TaskFactory(before))


def report_to(report: Report) -> None:
    """Have what escapes from here on, in this context and in tasks begun in it, told to `report`."""
    _report.set(report)


def watch_steps(watcher: StepWatcher) -> None:
    """Have `watcher` told of the steps that are begun from here on, in this context."""
    _steps.set(watcher)


def whereabouts(frame: FrameType | None) -> tuple[str, str]:
    """The run, and the step, that a thread is at work on; empty where it is at none."""
    while frame is not None:
        if frame.f_code.co_filename == __file__ and "watcher" in frame.f_locals:
            watcher = frame.f_locals["watcher"]
            return watcher.run_id if watcher else "", frame.f_locals["step"].__name__
        frame = frame.f_back
    return "", ""


def contained(step: Callable[..., Any]) -> Callable[..., Any]:
    """`step`, which raises `Escaped` where it would raise what is no `Exception`, unless it is cancelled."""
    wrapped = _contained_coroutine(step) if asyncio.iscoroutinefunction(step) else _contained_function(step)
    setattr(wrapped, _WRAPPED, True)
    return wrapped


def _contained_coroutine(step: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(step)
    async def awaited(*args: Any, **kwargs: Any) -> Any:
        # What a step's own tasks raise reaches the step, if it waits for them.
        token = _report.set(_unheard)
        watcher = _steps.get()
        if watcher and (before := _waits_before()):
            watcher.repeats(before)
        try:
            return await step(*args, **kwargs)
        except asyncio.CancelledError as error:
            task = asyncio.current_task()
            if task is not None and task.cancelling():
                raise
            # Nobody cancelled it. LlamaIndex would wait for this step for ever.
            raise _escaped(error) from error
        except WaitingForEvent as waiting:
            if watcher:
                watcher.waits(waiting.add)
            raise
        except (Exception, GeneratorExit):
            raise
        except BaseException as error:
            raise _escaped(error) from error
        finally:
            _report.reset(token)

    return awaited


def _contained_function(step: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(step)
    def called(*args: Any, **kwargs: Any) -> Any:
        try:
            return step(*args, **kwargs)
        except Exception:
            raise
        except BaseException as error:
            raise _escaped(error) from error

    return called


def _waits_before() -> int:
    """How often the step that begins has waited before, in the same piece of work."""
    try:
        state = StepWorkerStateContextVar.get().state
        return sum(waiter.work_item_id == state.work_item_id for waiter in state.collected_waiters)
    except LookupError:
        return 0


class _TaskFactory:
    def __init__(self, before: Callable[..., Any] | None) -> None:
        self._make = before

    def __call__(self, loop: asyncio.AbstractEventLoop, coro: Any, **kwargs: Any) -> Any:
        context = kwargs.get("context")
        report = _report.get() if context is None else context.get(_report)
        if report is not None:
            coro = _Contained(coro, report)
        return self._make(loop, coro, **kwargs) if self._make else asyncio.Task(coro, loop=loop, **kwargs)


class _Contained(Coroutine[Any, Any, T]):
    """A coroutine that raises `Escaped` where the one within raises what asyncio does not keep in a task."""

    def __init__(self, within: Coroutine[Any, Any, T], report: Report) -> None:
        self._within = within
        self._report = report

    def send(self, value: Any) -> Any:
        try:
            return self._within.send(value)
        except (SystemExit, KeyboardInterrupt) as error:
            raise self._told(error) from error

    def throw(self, kind: Any, value: BaseException | object = None, trace: TracebackType | None = None) -> Any:
        try:
            # The form with one argument is the only one that is not deprecated.
            return self._within.throw(kind if value is None else value)  # type: ignore[arg-type]  # one of the two is it
        except (SystemExit, KeyboardInterrupt) as error:
            raise self._told(error) from error

    def close(self) -> None:
        self._within.close()

    def __await__(self) -> Generator[Any, Any, T]:
        return self._within.__await__()

    def __getattr__(self, name: str) -> Any:
        # Libraries ask a task's coroutine whether it has begun (`cr_frame` and so on).
        return getattr(self._within, name)

    def _told(self, error: BaseException) -> Escaped:
        escaped = _escaped(error)
        self._report(escaped)
        return escaped


def _escaped(error: BaseException) -> Escaped:
    return Escaped(f"{type(error).__name__}: {error}" if str(error) else type(error).__name__)


def _unheard(_: BaseException) -> None:
    """The task's exception is all that there is to say."""
