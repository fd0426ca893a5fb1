"""Event loops in threads of their own, where hosted workflows run: what blocks there blocks nothing else."""

import asyncio
import contextlib
import logging
import sys
import threading
import traceback
from collections.abc import Awaitable, Callable, Coroutine
from time import monotonic
from typing import Any, ParamSpec, TypeVar

from sayso.engine.containment import contain_tasks, whereabouts

log = logging.getLogger("sayso.engine")

P = ParamSpec("P")
T = TypeVar("T")

BLOCKED = 1.0
"""Seconds without a sign of life after which a loop counts as blocked."""
LET_GO = 3.0
"""Seconds that work that was cancelled has to clear up; what is blocked for longer is left behind."""


class LoopThread:
    """An event loop in a thread that begins with the first work for it, and ends with the process.

    While it works, somebody watches it: a step that blocks is logged once, with its run and its stack.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._working = 0
        self._watching: asyncio.Task[None] | None = None

    async def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run `work` on this loop until it is done. Cancelled, it cancels the work, and waits for it for `LET_GO`."""
        here = asyncio.get_running_loop()
        there = self._started()
        done: asyncio.Future[T] = here.create_future()
        task: list[asyncio.Task[T]] = []

        def begin() -> None:
            task.append(there.create_task(work))
            task[0].add_done_callback(lambda ended: _tell(here, done, ended))

        there.call_soon_threadsafe(begin)
        self._working += 1
        self._watch()
        try:
            return await asyncio.shield(done)
        except asyncio.CancelledError:
            if not done.done():
                there.call_soon_threadsafe(lambda: task[0].cancel())
                await asyncio.wait([done], timeout=LET_GO)
            raise
        finally:
            self._working -= 1
            # Whoever was cancelled asks no more what came of it.
            done.cancel()

    def call(self, function: Callable[[], None]) -> None:
        """Have `function` called on this loop, soon."""
        self._started().call_soon_threadsafe(function)

    def _started(self) -> asyncio.AbstractEventLoop:
        if self._loop is None:
            # Of the same kind as the service's, which may be a faster one than Python's own.
            self._loop = type(asyncio.get_running_loop())()
            loops = (self._loop, asyncio.get_running_loop())
            self._thread = threading.Thread(target=_forever, args=loops, name=self._name, daemon=True)
            self._thread.start()
        return self._loop

    def _watch(self) -> None:
        if self._watching is None or self._watching.done():
            self._watching = asyncio.create_task(self._watch_while_working(), name=f"watch {self._name}")

    async def _watch_while_working(self) -> None:
        while self._working:
            alive = asyncio.Event()
            here, asked = asyncio.get_running_loop(), monotonic()
            self._started().call_soon_threadsafe(lambda: _set(here, alive))  # noqa: B023 - called before the next round
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(BLOCKED):
                    await alive.wait()
            if not alive.is_set():
                self._tell_of_block()
                await alive.wait()
                log.warning("workflow %s goes on after %.1f s", self._name, monotonic() - asked)
            await asyncio.sleep(BLOCKED)

    def _tell_of_block(self) -> None:
        assert self._thread is not None
        frame = sys._current_frames().get(self._thread.ident or 0)
        run, step = whereabouts(frame)
        log.error(
            "run %s: the step %s blocks the other runs of workflow %s; a step that waits has to `await`, and what "
            "cannot belongs into a plain function or `asyncio.to_thread`\n%s",
            run or "(unknown)",
            step or "(unknown)",
            self._name,
            "".join(traceback.format_stack(frame)),
        )


def from_elsewhere(function: Callable[P, Coroutine[Any, Any, T]]) -> Callable[P, Awaitable[T]]:
    """A function of this loop, to be awaited on another one."""
    here = asyncio.get_running_loop()

    async def call(*args: P.args, **kwargs: P.kwargs) -> T:
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(function(*args, **kwargs), here))

    return call


def _forever(loop: asyncio.AbstractEventLoop, service: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    contain_tasks(loop)
    try:
        loop.run_forever()
    except BaseException as error:
        # It would have ended the process from the service's own loop, and still does: its runs can go on nowhere.
        service.call_soon_threadsafe(_raise, error)


def _raise(error: BaseException) -> None:
    raise error


def _tell(here: asyncio.AbstractEventLoop, done: "asyncio.Future[T]", ended: "asyncio.Task[T]") -> None:
    def tell() -> None:
        if done.done():
            return
        if ended.cancelled():
            done.cancel()
        elif error := ended.exception():
            done.set_exception(error)
        else:
            done.set_result(ended.result())

    # The service is gone once its loop is closed: there is nobody to tell.
    with contextlib.suppress(RuntimeError):
        here.call_soon_threadsafe(tell)


def _set(here: asyncio.AbstractEventLoop, alive: asyncio.Event) -> None:
    with contextlib.suppress(RuntimeError):
        here.call_soon_threadsafe(alive.set)
