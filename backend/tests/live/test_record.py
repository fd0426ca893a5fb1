"""The record of real runs: saved from a server, checked in a process that knows no server."""

import asyncio
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest

from exports.reading import docx_text, flat, html_text, pdf_text
from live.conftest import write_library
from sayso.record.canonical import digest
from support.server import Server, send, until

READ: dict[str, Callable[[bytes], str]] = {
    "md": lambda data: data.decode(),
    "html": html_text,
    "docx": docx_text,
    "pdf": pdf_text,
}
QUESTION = "When does VACUUM FULL lock a table, and what about pg_repack and CLUSTER?"


def sayso(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("SAYSO_", "OPENAI_"))}
    return subprocess.run(
        [sys.executable, "-m", "sayso", *arguments],
        capture_output=True,
        text=True,
        env=environment | {"COLUMNS": "200", "PYTHONIOENCODING": "utf-8"},
        cwd=folder,
        timeout=60,
    )


def verified(folder: Path, record: dict[str, Any], *arguments: str) -> tuple[int, str]:
    (folder / "checked.json").write_text(json.dumps(record), encoding="utf-8")
    done = sayso(folder, "verify", "checked.json", *arguments)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout + done.stderr


async def reviewed_run(server: Server) -> str:
    """Rejected once, approved, the text sent back once, approved; its id."""
    async with server.connect() as socket:
        await send(socket, question=QUESTION, by="Grace", options={"review_report": True})
        frames = await until(socket, "input_required")
        await send(socket, response="reject", feedback="What of autovacuum?", by="Ada")
        await until(socket, "input_required")
        await send(socket, response="approve", by="Ada", feedback="Keep it short, my secret note")
        await until(socket, "input_required")
        await send(socket, response="reject", by="Linus", feedback="Shorter")
        await until(socket, "input_required")
        await send(socket, response="approve", by="Linus")
        await until(socket, "final_result")
    return str(frames[0]["run_id"])


async def test_a_record_is_saved_checked_and_falsified(own_server: Server, tmp_path: Path) -> None:
    server = own_server
    run = await reviewed_run(server)
    done = await asyncio.to_thread(sayso, tmp_path, "export", run, "--format", "record", "--server", server.url)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip() == f"record-{run}.json"
    log = [json.loads(line[5:]) for line in await _log(server, run)]
    report = log[-1]["data"]
    # The server is gone: the file says all.
    server.stop()
    record = json.loads((tmp_path / f"record-{run}.json").read_bytes())
    kinds = [link["kind"] for link in record["links"]]
    assert kinds == ["start", *["shown", "decided"] * 4, "written"]
    by_seq = {frame["seq"]: frame for frame in log}
    for link in record["links"][1:]:
        assert link["content"] == by_seq[link["seq"]], "what was sent is what was recorded"
        assert link["content_hash"] == digest(by_seq[link["seq"]])
    code, said = verified(tmp_path, record)
    assert code == 0, said
    assert "Rejected by Linus" in said
    assert f"The record holds: 10 links, head {record['links'][-1]['hash']}" in said
    # The report names the decision that released it.
    assert report["record"] == {"links": 9, "head": record["links"][8]["hash"]}
    assert verified(tmp_path, record, "--head", report["record"]["head"])[0] == 0

    changed = json.loads(json.dumps(record))
    changed["links"][2]["content"]["data"]["feedback"] = "What of autovacuum!"
    code, said = verified(tmp_path, changed)
    assert code == 1
    assert "CHANGED" in next(line for line in said.splitlines() if line.lstrip().startswith("3 "))

    without = json.loads(json.dumps(record))
    del without["links"][6]
    code, said = verified(tmp_path, without)
    assert code == 1
    assert "Link 7 is missing before it." in said

    cut = {**record, "links": record["links"][:-2]}
    assert verified(tmp_path, cut)[0] == 0
    code, said = verified(tmp_path, cut, "--head", record["links"][-1]["hash"])
    assert code == 1
    assert "its end is missing" in said


async def _log(server: Server, run: str) -> list[str]:
    async with httpx.AsyncClient(base_url=server.url, timeout=30) as client:
        return [line for line in (await client.get(f"/api/runs/{run}/events")).text.splitlines() if line[:5] == "data:"]


async def test_a_record_goes_on_after_a_kill_and_has_nothing_twice(own_server: Server, tmp_path: Path) -> None:
    server = own_server
    async with server.connect() as socket:
        await send(socket, question="why?", workflow="rewrite", by="Ada")
        frames = await until(socket, "input_required")
    run = frames[0]["run_id"]
    for answer in ("no", "no", "yes"):
        before = (await server.get(f"/api/runs/{run}/record"))["links"]
        server.kill()
        server.start()
        async with server.connect() as socket:
            await send(socket, run_id=run)
            review = (await until(socket, "input_required"))[-1]["seq"]
            while review not in (await server.get(f"/api/runs/{run}"))["open_reviews"]:
                review = (await until(socket, "input_required"))[-1]["seq"]
            await send(socket, response=answer, review=review, by="Ada")
            await until(socket, "input_received")
            await until(socket, "final_result" if answer == "yes" else "input_required")
        record = await server.get(f"/api/runs/{run}/record")
        assert record["links"][: len(before)] == before
        assert verified(tmp_path, record)[0] == 0
    kinds = [link["kind"] for link in record["links"]]
    assert kinds == ["start", *["shown", "decided"] * 3, "written"]


async def test_an_edited_database_is_seen_in_the_record(own_server: Server, tmp_path: Path) -> None:
    server = own_server
    async with server.connect() as socket:
        await send(socket, question="why?", workflow="rewrite")
        frames = await until(socket, "input_required")
        await send(socket, response="yes", by="Ada")
        await until(socket, "final_result")
    run = frames[0]["run_id"]
    server.stop()
    database = server.folder / "data" / "sayso.db"
    _execute(database, "UPDATE events SET body = replace(body, 'Ada', 'Eve') WHERE body LIKE '%input_received%'")
    server.start()
    code, said = verified(tmp_path, await server.get(f"/api/runs/{run}/record"))
    assert code == 1
    assert "CHANGED  Approved by Eve" in said or "CHANGED  Answered by Eve" in said
    server.stop()
    _execute(database, "DELETE FROM events WHERE body LIKE '%input_received%'")
    server.start()
    assert verified(tmp_path, await server.get(f"/api/runs/{run}/record"))[0] == 1


def _execute(database: Path, statement: str) -> None:
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute(statement).rowcount == 1
        connection.commit()


@pytest.mark.parametrize("keep", [False, True])
async def test_what_is_left_of_an_erased_run(tmp_path: Path, keep: bool) -> None:
    write_library(tmp_path / "library")
    with Server(tmp_path, SAYSO_KEEP_RECORDS=str(keep).lower()) as server:
        async with server.connect() as socket:
            await send(socket, question="a hush-hush question", workflow="rewrite", by="Ada")
            run = (await until(socket, "input_required"))[0]["run_id"]
        record = await server.get(f"/api/runs/{run}/record")
        async with httpx.AsyncClient(base_url=server.url, timeout=30) as client:
            assert (await client.delete(f"/api/runs/{run}")).status_code == 204
            gone = await client.get(f"/api/runs/{run}/record")
            assert (gone.status_code, gone.json()["error"]["code"]) == (404, "run_not_found")
        server.stop()
        details = gone.json()["error"]["details"]
        if not keep:
            assert details == {}
            return
        assert {name: details[name] for name in ("links", "head")} == {"links": 2, "head": record["links"][-1]["hash"]}
        assert verified(tmp_path, record, "--head", details["head"])[0] == 0
        with closing(sqlite3.connect(server.folder / "data" / "sayso.db")) as connection:
            dumped = " ".join(connection.iterdump())
        assert details["head"] in dumped
        assert "hush-hush" not in dumped


async def test_the_head_is_in_every_export_and_a_note_only_if_its_author_says_so(own_server: Server) -> None:
    server = own_server
    for show in (False, True):
        async with server.connect() as socket:
            await send(socket, question=QUESTION, by="Grace")
            frames = await until(socket, "input_required")
            await send(socket, response="approve", by="Ada", feedback="For the board, please", show_note=show)
            final = (await until(socket, "final_result"))[-1]
        run = frames[0]["run_id"]
        head = final["data"]["record"]["head"]
        assert head == (await server.get(f"/api/runs/{run}/record"))["links"][2]["hash"]
        texts = {"payload": final["payload"]}
        async with httpx.AsyncClient(base_url=server.url, timeout=60) as client:
            for name, read in READ.items():
                texts[name] = read((await client.get(f"/api/runs/{run}/report.{name}")).content)
        for name, text in texts.items():
            assert flat(head) in flat(text), name
            assert (flat("For the board, please") in flat(text)) is show, name
