"""Keeps what a hosted workflow raises within its run, though asyncio would end the process with it.

A task that raises `SystemExit` or `KeyboardInterrupt` takes its event loop down, and so the server with all its runs. A
step that raises them, or anything else that is no `Exception`, fails like any other step: its function is wrapped when
the workflow is hosted. Tasks that a workflow makes beside its steps are wrapped where the loop makes them.
"""

import asyncio
import functools
from collections.abc import Callable, Coroutine, Generator, Iterable
from contextvars import ContextVar
from types import TracebackType
from typing import Any, TypeVar

T = TypeVar("T")
Report = Callable[[BaseException], None]

_report: ContextVar[Report | None] = ContextVar("sayso_escapes", default=None)
"""Who is told what escapes from the tasks of this context; `None` outside of hosted workflows."""


class Escaped(Exception):
    """Hosted code raised what is no `Exception`, such as `SystemExit`; that is its cause."""


def contain_steps(workflow: object, names: Iterable[str]) -> None:
    """Wrap the methods of `workflow` that are its steps."""
    for name in names:
        method = getattr(workflow, name, None)
        if function := getattr(method, "__func__", None):
            # LlamaIndex looks a step up on its instance whenever it runs it.
            setattr(workflow, name, contained(function).__get__(workflow))


def contain_tasks(loop: asyncio.AbstractEventLoop) -> None:
    """Have the loop wrap the tasks that hosted workflows make."""
    before: Any = loop.get_task_factory()
    if not isinstance(before, _TaskFactory):
        loop.set_task_factory(_TaskFactory(before))


def report_to(report: Report) -> None:
    """Have what escapes from here on, in this context and in tasks begun in it, told to `report`."""
    _report.set(report)


def contained(step: Callable[..., Any]) -> Callable[..., Any]:
    """`step`, which raises `Escaped` where it would raise what is no `Exception`, unless it is cancelled."""
    if asyncio.iscoroutinefunction(step):

        @functools.wraps(step)
        async def awaited(*args: Any, **kwargs: Any) -> Any:
            # What a step's own tasks raise reaches the step, if it waits for them.
            token = _report.set(_unheard)
            try:
                return await step(*args, **kwargs)
            except asyncio.CancelledError as error:
                task = asyncio.current_task()
                if task is not None and task.cancelling():
                    raise
                # Nobody cancelled it. LlamaIndex would wait for this step for ever.
                raise _escaped(error) from error
            except (Exception, GeneratorExit):
                raise
            except BaseException as error:
                raise _escaped(error) from error
            finally:
                _report.reset(token)

        return awaited

    @functools.wraps(step)
    def called(*args: Any, **kwargs: Any) -> Any:
        try:
            return step(*args, **kwargs)
        except Exception:
            raise
        except BaseException as error:
            raise _escaped(error) from error

    return called


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
