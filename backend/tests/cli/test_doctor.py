"""`sayso doctor` against a scripted model, and what a server that uses the same data folder says of the judge."""

import asyncio
import json
from pathlib import Path

import pytest

from model_answers import JUDGE, Body, answer, task
from model_replies import Reply, failing
from model_server import ModelServer
from sayso.cli.doctor import doctor
from sayso.compose import Toolkit
from sayso.settings import Settings, read_settings
from sayso.writers.llm.writer import LLMWriter


def settings(server: ModelServer, folder: Path) -> Settings:
    library = folder / "library"
    library.mkdir(exist_ok=True)
    (library / "ferry.md").write_text("The ferry Alma carries 40 carts.\n")
    return read_settings(
        data_dir=folder / "data", library=library, sources=("library",), openai_base_url=server.url, judge=True
    )


def nods(body: Body) -> str:
    """A judge that says yes to everything."""
    if task(body) != JUDGE:
        return answer(body)
    return json.dumps({"verdicts": [{"sentence": number, "verdict": "yes"} for number in range(1, 9)]})


async def test_the_doctor_measures_the_judge_and_servers_know_its_score(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with ModelServer(models=["nodding"]) as server:
        server.otherwise = Reply(text=nods)
        given = settings(server, tmp_path)
        assert await doctor(given) == 0
        said = capsys.readouterr().out
        assert f"Model: ready: nodding at {server.url[7:-3]}" in said
        assert (
            "Judge: nodding: of 60 statements whose truth is known it accepts 30 of 30 true ones and refuses "
            "0 of 30 twisted ones (SAYSO_JUDGE is on)"
        ) in said
        toolkit = Toolkit(given)
        toolkit.open()
        model = toolkit.writers["llm"]
        assert isinstance(model, LLMWriter)
        async with asyncio.timeout(20):
            while model.info.judge is None:  # noqa: ASYNC110 - set by a task of the toolkit's own, which tells nobody
                await asyncio.sleep(0.02)
        assert (model.info.judge.model, model.info.judge.refused) == ("nodding", 0)
        await toolkit.close()


async def test_the_doctor_says_what_cannot_be_used(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    async with ModelServer(models=["nodding"]) as server:
        server.otherwise = failing(401)
        assert await doctor(settings(server, tmp_path)) == 1
        assert "Model: not ready" in (said := capsys.readouterr().out)
        assert "refused (401)" in said
        server.otherwise = Reply(text=lambda body: "no" if task(body) == JUDGE else answer(body))
        assert await doctor(settings(server, tmp_path)) == 1
        assert "Judge: The model nodding" in capsys.readouterr().out
