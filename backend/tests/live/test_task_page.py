"""The page of PocketFlow's FastAPI service must work as it is."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from live.conftest import write_library
from support.server import Server
from support.task_page import opened

TEXT = "we can't   meet on monday ,because the room isn't free!!  I really think we should wait."
TIDY = "We cannot meet on monday, because the room is not free! I really think we should wait."
SHORT = "We cannot meet on monday, because the room is not free! I think we should wait."


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """With the workflows that come along, and no others."""
    with Server(tmp_path_factory.mktemp("tasks"), SAYSO_WORKFLOWS="") as server:
        yield server


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Server]:
    """The same, to be killed."""
    with Server(tmp_path, SAYSO_WORKFLOWS="") as server:
        yield server


@pytest.mark.parametrize("origin", ["own", "http://localhost:3000", None])
async def test_rejected_then_approved(server: Server, origin: str | None) -> None:
    async with opened(server.url, server.url if origin == "own" else origin) as page:
        await page.submit(TEXT)
        listening = asyncio.create_task(page.listen())
        await page.until(lambda: page.review)
        await asyncio.sleep(0.3)
        assert page.review, "something was sent between a review and its feedback, which hides the buttons"
        assert page.review.startswith(TIDY)
        assert (await page.click("rejected")).json() == {"message": "Feedback 'rejected' received"}
        await page.until(lambda: page.review and page.review.startswith(SHORT))
        assert (await page.click("approved")).status_code == 200
        await page.until(lambda: page.result is not None)
        await listening
    assert page.result == SHORT
    round_ = ["running", "waiting_for_review", "processing_feedback"]
    assert page.statuses == ["pending", *round_, *round_, "running", "completed"]
    assert page.told[0]["task_id"] == page.task_id
    assert [said.get("feedback_value") for said in page.told if said["status"] == "processing_feedback"] == [
        "rejected",
        "approved",
    ]


async def test_a_page_of_a_stranger_may_do_none_of_it(server: Server) -> None:
    async with opened(server.url) as page:
        await page.submit(TEXT)
        foreign = {"origin": "https://evil.example.org", "sec-fetch-site": "cross-site"}
        for method, path in (("POST", "/submit"), ("GET", "/stream/x"), ("POST", "/feedback/x")):
            path = path.replace("x", page.task_id)
            answer = await page.client.request(method, path, json={"data": "x"}, headers=foreign)
            assert answer.status_code == 403
            assert list(answer.json()) == ["detail"]


async def test_a_kill_between_submit_and_feedback_loses_nothing(own_server: Server) -> None:
    async with opened(own_server.url) as page:
        await page.submit(TEXT)
        listening = asyncio.create_task(page.listen())
        await page.until(lambda: page.review)
        own_server.kill()
        await listening
        own_server.start()
        # The page closes a stream that broke off, and leaves the review where it is.
        assert page.review
        assert (await page.click("rejected")).status_code == 200
        again = asyncio.create_task(page.listen())
        await page.until(lambda: page.review and page.review.startswith(SHORT))
        assert page.statuses.count("waiting_for_review") == 2, "an answered review is not shown again"
        own_server.kill()
        await again
        own_server.start()
        assert (await page.click("approved")).status_code == 200
        await page.listen()
    assert page.result == SHORT


async def test_a_kill_before_the_stream_was_opened_loses_nothing(own_server: Server) -> None:
    async with opened(own_server.url) as page:
        await page.submit(TEXT)
        own_server.kill()
        own_server.start()
        early = await page.client.post(f"/feedback/{page.task_id}", json={"feedback": "approved"})
        assert (early.status_code, list(early.json())) == (409, ["detail"])
        listening = asyncio.create_task(page.listen())
        await page.until(lambda: page.review)
        await page.click("approved")
        await listening
    assert page.result == TIDY


async def test_the_report_can_be_asked_for_in_the_same_way(tmp_path: Path) -> None:
    write_library(tmp_path / "library")
    with Server(tmp_path, SAYSO_TASK_WORKFLOW="report") as server:
        async with opened(server.url) as page:
            await page.submit("When does VACUUM FULL lock a table?")
            listening = asyncio.create_task(page.listen())
            await page.until(lambda: page.review)
            await page.click("rejected")
            await page.until(lambda: page.statuses.count("waiting_for_review") == 2)
            await page.click("approved")
            await listening
    assert page.result is not None
    assert "ACCESS EXCLUSIVE" in page.result


def test_a_setting_that_names_no_workflow_is_told(tmp_path: Path) -> None:
    server = Server(tmp_path, SAYSO_WORKFLOWS="", SAYSO_TASK_WORKFLOW="nothing")
    with pytest.raises(AssertionError, match="SAYSO_TASK_WORKFLOW: this server has report, rewrite"):
        server.start()
