"""LlamaIndex's WorkflowServer with its defaults, and its store in a SQLite file (the first argument) or in memory."""

import asyncio
import sys
from typing import Any

from llama_agents.server import MemoryWorkflowStore, SqliteWorkflowStore, WorkflowServer

from benchmarks.peers.listen import listen
from benchmarks.workflow import Trivial


def hold_tasks() -> None:
    """Keep every task alive until it is done.

    WorkflowServer holds no reference to a run that waits: with its memory store, garbage collections lose up to a
    fourth of the runs between question and reply, and this bench would not come to its end.
    """
    held: set[asyncio.Task[Any]] = set()

    def factory(loop: asyncio.AbstractEventLoop, work: Any, **options: Any) -> asyncio.Task[Any]:
        task = asyncio.Task(work, loop=loop, **options)
        held.add(task)
        task.add_done_callback(held.discard)
        return task

    asyncio.get_running_loop().set_task_factory(factory)


class Held:
    """The application, with its tasks held."""

    def __init__(self, app: Any) -> None:
        self._app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            hold_tasks()
        await self._app(scope, receive, send)


if __name__ == "__main__":
    store = SqliteWorkflowStore(sys.argv[1]) if len(sys.argv) > 1 else MemoryWorkflowStore()
    server = WorkflowServer(workflow_store=store)
    server.add_workflow("trivial", Trivial(timeout=None))
    listen(Held(server.app))
