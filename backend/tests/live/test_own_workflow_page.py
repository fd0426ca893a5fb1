"""docs/your-own-workflow.md says nothing that was not tried: its workflows are hosted and its script is run."""

import asyncio
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from support.server import Server, receive, send, until

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "your-own-workflow.md").read_text(encoding="utf-8")
*WORKFLOWS, SCRIPT = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("page")
    names = []
    for number, source in enumerate(WORKFLOWS):
        (folder / f"page_{number}.py").write_text(source, encoding="utf-8")
        (name,) = re.findall(r"class (\w+)\(Workflow\)", source)
        names.append(f"{name.lower()}=page_{number}:{name}")
    (folder / "examples").symlink_to(ROOT / "examples")
    names.append("rewrite=examples.rewrite_workflow:RewriteWorkflow")
    with Server(folder, SAYSO_WORKFLOWS=",".join(names)) as server:
        yield server


ANSWERS: list[tuple[str, Any, Any]] = [
    ("release", "yes", {"version": "1.2", "released": True}),
    ("release", "reject", {"version": "1.2", "released": False}),
    ("gradeit", {"verdict": "good", "points": 9}, "good, 9 points, says Ada"),
]


@pytest.mark.parametrize(("workflow", "response", "result"), ANSWERS)
async def test_the_workflows_do_what_the_page_says(server: Server, workflow: str, response: Any, result: Any) -> None:
    async with server.connect() as socket:
        await send(socket, question="1.2", workflow=workflow)
        await until(socket, "input_required")
        await send(socket, response="maybe")
        assert (await receive(socket))["data"]["code"] == "invalid_response"
        await send(socket, response=response, by="Ada")
        assert (await until(socket, "final_result"))[-1]["data"]["result"] == result


async def test_two_questions_at_once(server: Server) -> None:
    async with server.connect() as socket:
        await send(socket, question="q", workflow="both")
        asked = [(await until(socket, "input_required"))[-1] for _ in range(2)]
        for frame in reversed(asked):
            key = frame["data"]["details"]["key"]
            assert frame["payload"] == f"Which {key}?"
            await send(socket, response=f"the {key}", review=frame["seq"])
        result = (await until(socket, "final_result"))[-1]["data"]["result"]
    assert result == {"budget": "the budget", "date": "the date"}


async def test_the_script_runs(server: Server) -> None:
    script = SCRIPT.replace("127.0.0.1:8000", f"127.0.0.1:{server.port}")
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", script, stdout=asyncio.subprocess.PIPE)
    said, _ = await process.communicate()
    assert process.returncode == 0
    assert said.decode().endswith("final_result We cannot wait\n")
