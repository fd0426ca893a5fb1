"""Reports as files from a real server, over HTTP and on the command line. What was dropped is in none of them."""

import asyncio
import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from exports.reading import docx_text, flat, html_text, pdf_text
from sayso.exports.formats import FORMATS
from sayso.protocol.report import Report
from support.server import Frame, Server, send, until

QUESTION = "When does VACUUM FULL lock a table, and what about pg_repack and CLUSTER?"
TEXT: dict[str, Callable[[bytes], str]] = {
    "md": lambda data: data.decode().replace("\\", ""),
    "html": html_text,
    "docx": docx_text,
    "pdf": pdf_text,
    "json": lambda data: data.decode(),
}


async def approved(server: Server) -> tuple[str, Frame, list[Frame]]:
    """A completed run in which only findings of one source were kept: its id, its review, and the dropped findings."""
    async with server.connect() as socket:
        await send(socket, question=QUESTION)
        frames = await until(socket, "input_required")
        review = frames[-1]
        found = [finding for finding in review["data"]["findings"] if finding["quotes"]]
        kept = [each for each in found if each["quotes"][0]["source"] == found[0]["quotes"][0]["source"]]
        dropped = [each for each in found if each not in kept]
        await send(socket, response="yes", by="Ada", keep=[each["id"] for each in kept])
        await until(socket, "final_result")
    return frames[0]["run_id"], review, dropped


@pytest.fixture(scope="module")
def report(server: Server) -> tuple[str, Frame, list[Frame]]:
    return asyncio.run(approved(server))


def fetch(server: Server, path: str, **headers: str) -> httpx.Response:
    return httpx.get(f"{server.url}/api/runs/{path}", headers=headers, timeout=30)


def test_every_format_over_http(server: Server, report: tuple[str, Frame, list[Frame]]) -> None:
    run_id = report[0]
    written = Report.model_validate_json(fetch(server, f"{run_id}/report.json").content)
    for name, each in FORMATS.items():
        answer = fetch(server, f"{run_id}/report.{name}")
        assert answer.status_code == 200, server.output
        assert answer.headers["content-type"] == each.media_type
        assert answer.headers["content-disposition"].startswith("attachment; filename=")
        assert answer.headers["content-disposition"].endswith(f".{name}")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "private, no-cache"
        text = flat(TEXT[name](answer.content))
        for sentence in [sentence for section in written.sections for sentence in section.sentences]:
            assert flat(sentence.text) in text
        assert flat("Ada") in text
        again = fetch(server, f"{run_id}/report.{name}", **{"If-None-Match": answer.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_nothing_of_a_dropped_finding_is_in_any_format(server: Server, report: tuple[str, Frame, list[Frame]]) -> None:
    run_id, review, dropped = report
    assert dropped
    kept = [each for each in review["data"]["findings"] if each not in dropped]
    sources = {source["id"]: source for source in review["data"]["sources"]}
    seen = {quote["source"] for finding in kept for quote in finding["quotes"]}
    gone = {quote["source"] for finding in dropped for quote in finding["quotes"]} - seen
    assert gone
    secrets = [finding["claim"] for finding in dropped]
    secrets += [quote["text"] for finding in dropped for quote in finding["quotes"] if quote["source"] in gone]
    secrets += [sources[name]["uri"] for name in gone]
    said = {name: flat(TEXT[name](fetch(server, f"{run_id}/report.{name}").content)) for name in FORMATS}
    for name, text in said.items():
        assert [secret for secret in secrets if flat(secret) in text] == [], name
    # The same look finds what was kept, so that it would have found the others.
    assert [name for name, text in said.items() if flat(kept[0]["claim"]) in text] == list(FORMATS)


def test_a_report_shown_in_the_browser_may_do_nothing(server: Server, report: tuple[str, Frame, list[Frame]]) -> None:
    for name in ("html", "pdf", "docx"):
        answer = fetch(server, f"{report[0]}/report.{name}?inline=1")
        kind = "attachment" if name == "docx" else "inline"
        assert answer.headers["content-disposition"].startswith(f"{kind}; ")
        assert answer.headers["content-security-policy"].startswith("default-src 'none'; style-src 'unsafe-inline'")
        assert answer.headers["x-content-type-options"] == "nosniff"


async def test_what_cannot_be_exported_says_why(server: Server) -> None:
    async with server.connect() as socket:
        await send(socket, question=QUESTION)
        waiting = (await until(socket, "input_required"))[0]["run_id"]
    async with server.connect() as socket:
        await send(socket, question="a", workflow="rewrite")
        other = (await until(socket, "input_required"))[0]["run_id"]
        await send(socket, response="yes")
        await until(socket, "final_result")
    for path, status, code, words in [
        ("nobody/report.pdf", 404, "run_not_found", "no run"),
        (f"{waiting}/report.pdf", 409, "no_report", "approved"),
        (f"{other}/report.pdf", 409, "no_report", "not a report"),
        (f"{waiting}/report.exe", 422, "invalid_request", "md, html, docx, pdf, json"),
    ]:
        answer = await asyncio.to_thread(fetch, server, path)
        assert answer.status_code == status
        assert answer.json()["error"]["code"] == code
        assert words in answer.json()["error"]["message"]


async def test_many_exports_at_once(server: Server, report: tuple[str, Frame, list[Frame]]) -> None:
    async with httpx.AsyncClient(base_url=server.url, timeout=60) as client:
        answers = await asyncio.gather(*(client.get(f"/api/runs/{report[0]}/report.pdf") for _ in range(12)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1


def sayso(server: Server, folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("SAYSO_", "OPENAI_"))}
    command = [sys.executable, "-m", "sayso", "export", "--server", server.url, *arguments]
    return subprocess.run(command, capture_output=True, env=environment | {"COLUMNS": "100"}, cwd=folder, timeout=60)


def test_export_on_the_command_line(server: Server, report: tuple[str, Frame, list[Frame]], tmp_path: Path) -> None:
    run_id = report[0]
    done = sayso(server, tmp_path, run_id)
    assert (done.returncode, done.stderr) == (0, b"")
    path = tmp_path / done.stdout.decode().strip()
    assert path.suffix == ".pdf"
    assert "vacuum" in path.name
    assert flat("Evidence approved by Ada") in flat(pdf_text(path.read_bytes()))
    path.write_bytes(b"mine")
    done = sayso(server, tmp_path, run_id, "--format", "pdf")
    assert (done.returncode, path.read_bytes()) == (2, b"mine")
    assert b"is there already" in done.stderr
    assert sayso(server, tmp_path, run_id, "--force").returncode == 0
    assert path.read_bytes().startswith(b"%PDF")
    assert sayso(server, tmp_path, run_id, "--output", "mine.docx").returncode == 0
    assert flat("Evidence approved by Ada") in flat(docx_text((tmp_path / "mine.docx").read_bytes()))
    printed = sayso(server, tmp_path, run_id, "--format", "json", "--output", "-")
    assert Report.model_validate_json(io.BytesIO(printed.stdout).read()).approvals[0].by == "Ada"
    assert {each.name for each in tmp_path.iterdir()} == {path.name, "mine.docx"}


def test_what_the_command_line_says_when_it_cannot(server: Server, tmp_path: Path) -> None:
    for arguments, words in [
        (("nobody",), "There is no run with this id"),
        (("../../healthz?x=",), "There is no"),
        (("nobody", "--format", "exe"), "--format is one of md, html, docx, pdf, json"),
        (("nobody", "--server", "http://127.0.0.1:9"), "there is no server at http://127.0.0.1:9"),
        (("nobody", "--server", "nonsense"), "is no address"),
    ]:
        done = sayso(server, tmp_path, *arguments)
        assert done.returncode == 2
        assert words in done.stderr.decode()
        assert done.stderr.decode().count("\n") == 1
    assert list(tmp_path.iterdir()) == []
