"""A quote from a PDF opens as its page, for those who see the run, and as long as the file is there."""

import asyncio
import base64
import io
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
import typst
from PIL import Image

from sayso.people.audit import Action
from sayso.research.library.folder import Root
from sayso.research.library.source import Library
from sayso.settings import Settings
from sayso.storage.store import Store
from support.people import Office, office

QUESTION = "How many tonnes does the crane of the harbour lift?"
ANSWER = (
    "The crane of the harbour lifts four tonnes, which is enough for every boat that has come to the outer pier "
    "in the last ten years of this register."
)
TEXT = f"= Harbour\nThe ferry leaves at nine. {ANSWER} It is serviced every January."
COLUMNS = "#set page(width: 400pt, height: 500pt)\n"


def write(folder: Path, text: str) -> None:
    pdf = typst.compile(f"{COLUMNS}#columns(2)[{text}]\n".encode())
    assert isinstance(pdf, bytes)
    folder.mkdir(exist_ok=True)
    (folder / "harbour.pdf").write_bytes(pdf)


async def eventually(holds: Callable[[], Awaitable[bool]]) -> None:
    until = time.monotonic() + 60
    while not await holds():
        assert time.monotonic() < until
        await asyncio.sleep(0.1)


@pytest.fixture
async def people(settings: Settings, new_store: Callable[[], Store], tmp_path: Path) -> AsyncIterator[Office]:
    """An office with a library of one PDF, in two columns."""
    write(tmp_path / "library", TEXT)
    (tmp_path / "data").mkdir()
    library = Library(tmp_path / "data", [Root(tmp_path / "library")])
    async with office(settings.model_copy(update={"auth": "tokens"}), new_store(), source=library) as made:

        async def searched() -> bool:
            page = (await made.call("Ada", "GET", "/api/library")).json()
            return bool([each["state"] for each in page["documents"]] == ["searched"])

        await eventually(searched)
        yield made


async def asked(people: Office) -> tuple[str, str, str]:
    """A run of Ada's that Legal is to decide, and the address of the quoted page with its finding."""
    body = {"question": QUESTION, "options": {"reviewers": ["Legal"]}}
    run_id = (await people.call("Ada", "POST", "/api/runs", json=body)).json()["id"]
    async with people.socket("Root") as socket:
        socket.send({"run_id": run_id})
        review = await socket.until("input_required")
    finding = next(each for each in review["data"]["findings"] if "four tonnes" in each["claim"])
    return run_id, f"/api/runs/{run_id}/sources/{finding['quotes'][0]['source']}/page", finding["id"]


async def page(people: Office, path: str, finding: str) -> dict[str, Any]:
    answer = await people.call("Ada", "GET", path, params={"finding": finding})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_the_page_is_shown_with_the_quote_marked(people: Office) -> None:
    run_id, path, finding = await asked(people)
    shown = await page(people, path, finding)
    assert (shown["says"], shown["page"], shown["goes_on"]) == ("", 1, False)
    picture = Image.open(io.BytesIO(base64.b64decode(shown["png"])))
    assert picture.format == "PNG"
    assert picture.size == (shown["width"], shown["height"])
    assert shown["width"] == 1_200
    assert len(shown["boxes"]) > 2, "the sentence runs over several lines of its column"
    assert all(box["left"] + box["width"] <= 0.5 for box in shown["boxes"])
    assert all(0 < box["top"] < 0.5 for box in shown["boxes"])
    rows = (await people.call("Root", "GET", "/api/audit")).json()["rows"]
    assert [row["name"] for row in rows if row["action"] == Action.OPENED_SOURCE and row["run_id"] == run_id] == ["Ada"]


async def test_what_one_may_not_see_is_not_found(people: Office) -> None:
    _, path, finding = await asked(people)
    for name, status, code in (
        ("Ben", 404, "run_not_found"),
        ("Rex", 404, "run_not_found"),
        ("Lea", 200, None),
        (None, 401, "unauthorized"),
    ):
        answer = await people.call(name, "GET", path, params={"finding": finding})
        assert (name, answer.status_code, answer.json().get("error", {}).get("code")) == (name, status, code)


async def test_only_what_the_run_quotes_can_be_asked_for(people: Office) -> None:
    _, path, finding = await asked(people)
    for wrong, params, status, code in (
        (path, {"finding": "f999"}, 404, "source_not_found"),
        (path.replace("/s1/", "/s77/"), {"finding": finding}, 404, "source_not_found"),
        (path, {}, 422, "invalid_request"),
    ):
        answer = await people.call("Ada", "GET", wrong, params=params)
        assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)


async def test_a_file_that_has_changed_or_gone_says_so(people: Office, tmp_path: Path) -> None:
    _, path, finding = await asked(people)
    write(tmp_path / "library", TEXT.replace("four", "five"))
    shown = await page(people, path, finding)
    assert (shown["says"], shown["png"]) == ("harbour.pdf does not have the quote on page 1 now.", "")
    (tmp_path / "library" / "harbour.pdf").unlink()
    assert (await page(people, path, finding))["says"].startswith("harbour.pdf ")

    async def noticed() -> bool:
        says: str = (await page(people, path, finding))["says"]
        return says == "harbour.pdf is not in the library any more."

    await eventually(noticed)
