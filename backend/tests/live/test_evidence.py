"""What a report stands on, over the wire: quotes in context, the review of the text, revisions."""

from typing import Any

import httpx

from live.conftest import PAGES
from support.server import Frame, Server, receive, send, until

QUESTION = "When does VACUUM FULL lock a table?"


async def report_of(server: Server, question: str = QUESTION, **decision: Any) -> tuple[str, Frame, Frame]:
    """A finished run: its id, the review and the result."""
    async with server.connect() as socket:
        await send(socket, question=question, by="Ada")
        frames = await until(socket, "input_required")
        review = frames[-1]
        await send(socket, response="approve", by="Ada", **decision)
        result = (await until(socket, "final_result"))[-1]
    return frames[0]["run_id"], review, result


async def test_every_quote_is_marked_in_its_stored_passage_with_what_stands_around(server: Server) -> None:
    run_id, review, result = await report_of(server)
    for finding in review["data"]["findings"]:
        for quote in finding["quotes"]:
            kept = await server.get(f"/api/runs/{run_id}/sources/{quote['source']}")
            passage = next(each for each in kept["passages"] if each["finding"] == finding["id"])
            start, end = passage["quote"]
            assert passage["text"][start:end] == quote["text"]
            first, last = passage["marked"]
            assert start <= first < last <= end
            page = " ".join(PAGES[kept["source"]["uri"]].split())
            around = passage["before"] + passage["text"] + passage["after"]
            assert " ".join(passage["text"].split()) in page
            assert len(around) > len(passage["text"]) or len(kept["passages"]) == 1
    for source in result["data"]["sources"]:
        kept = await server.get(f"/api/runs/{run_id}/sources/{source['id']}")
        assert (kept["source"]["title"], kept["source"]["uri"]) == (source["title"], source["uri"])


async def test_a_quote_stays_readable_after_its_document_has_gone_and_the_server_restarted(own_server: Server) -> None:
    run_id, _, result = await report_of(own_server)
    before = [await own_server.get(f"/api/runs/{run_id}/sources/{each['id']}") for each in result["data"]["sources"]]
    for file in (own_server.folder / "library").iterdir():
        file.unlink()
    (own_server.folder / "library" / "other.md").write_text("# Other\n\nNothing of all that.\n", encoding="utf-8")
    own_server.kill()
    own_server.start()
    after = [await own_server.get(f"/api/runs/{run_id}/sources/{each['id']}") for each in result["data"]["sources"]]
    assert after == before
    assert all(each["passages"] for each in after)


async def test_a_source_or_run_that_is_not_there_is_said_clearly(server: Server) -> None:
    run_id, _, _ = await report_of(server)
    async with httpx.AsyncClient(base_url=server.url) as client:
        wrong = await client.get(f"/api/runs/{run_id}/sources/s99")
        assert (wrong.status_code, wrong.json()["error"]["code"]) == (404, "source_not_found")
        assert "s1" in wrong.json()["error"]["message"]
        nobody = await client.get("/api/runs/nobody/sources/s1")
        assert (nobody.status_code, nobody.json()["error"]["code"]) == (404, "run_not_found")
        await client.delete(f"/api/runs/{run_id}")
        gone = await client.get(f"/api/runs/{run_id}/sources/s1")
        assert gone.status_code == 404


async def test_the_text_waits_for_a_decision_of_its_own_through_a_kill(own_server: Server) -> None:
    async with own_server.connect() as socket:
        await send(socket, question=QUESTION, options={"review_report": True}, by="Ada")
        run_id = (await until(socket, "input_required"))[0]["run_id"]
        await send(socket, response="approve", by="Ada")
        review = (await until(socket, "input_required"))[-1]
    assert review["data"]["kind"] == "report_review"
    assert review["data"]["report"]["sections"]
    assert "Report approved by" not in review["payload"]
    state = await own_server.get(f"/api/runs/{run_id}")
    assert state["status"] == "waiting"
    assert state["brief"]["findings"] > 0, "the figures of the findings stay"
    own_server.kill()
    own_server.start()
    async with own_server.connect() as socket:
        await send(socket, run_id=run_id, after=review["seq"])
        await receive(socket)
        await send(socket, response="reject", review=review["seq"], feedback="Shorter", by="Grace")
        second = (await until(socket, "input_required"))[-1]
        assert second["data"]["kind"] == "report_review"
        await send(socket, response="approve", by="Grace")
        result = (await until(socket, "final_result"))[-1]
    assert [(each["kind"], each["by"]) for each in result["data"]["approvals"]] == [
        ("evidence", "Ada"),
        ("report", "Grace"),
    ]
    assert "Report approved by Grace" in result["payload"]


async def test_a_revision_goes_on_from_the_approved_evidence_and_links_to_its_parent(server: Server) -> None:
    run_id, _, result = await report_of(server, keep=["f1"])
    async with server.connect() as socket:
        await send(socket, question="What about pg_repack?", options={"revises": run_id}, by="Grace")
        review = (await until(socket, "input_required"))[-1]["data"]
        assert review["parent"] == {"run_id": run_id, "title": result["data"]["title"]}
        claims = [finding["claim"] for finding in review["findings"] if finding["state"] == "kept"]
        assert claims == [finding["claim"] for finding in result["data"]["findings"]]
        new = [finding for finding in review["findings"] if finding["state"] == "new"]
        assert any("pg_repack" in quote["text"] for finding in new for quote in finding["quotes"])
        await send(socket, response="approve", by="Grace")
        report = (await until(socket, "final_result"))[-1]["data"]
    assert report["parent"]["run_id"] == run_id
    assert report["rounds"] == 2
    assert {finding["claim"] for finding in result["data"]["findings"]} <= {
        each["claim"] for each in report["findings"]
    }


async def test_only_a_report_can_be_revised(server: Server) -> None:
    async with server.connect() as socket:
        await send(socket, question="shorter", options={"revises": "nobody"})
        refused = await receive(socket)
        assert (refused["type"], refused["data"]["field"]) == ("error", "options.revises")
        await send(socket, question=QUESTION)
        run_id = (await until(socket, "input_required"))[0]["run_id"]
    async with server.connect() as socket:
        await send(socket, question="shorter", options={"revises": run_id})
        refused = await receive(socket)
        assert refused["data"]["code"] == "invalid_frame"
        assert "no report" in refused["payload"]
