import asyncio
import json
from typing import Any

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosedOK, InvalidStatus

from support.server import Server, assert_no_gap, receive, send, until

QUESTION = "When does VACUUM FULL lock a table?"


async def test_feedback_opens_a_second_round_and_the_report_cites_what_was_kept(server: Server) -> None:
    async with server.connect() as socket:
        await send(socket, question=QUESTION, by="Ada")
        frames = await until(socket, "input_required")
        run, review = frames[0], frames[-1]
        assert run["type"] == "run"
        assert run["data"]["status"] == "running"
        shown = {quote["text"] for finding in review["data"]["findings"] for quote in finding["quotes"]}
        assert shown
        assert not any("pg_repack" in text for text in shown)
        await send(socket, response="reject", feedback="What about pg_repack?", by="Ada")
        frames += await until(socket, "input_required")
        second = frames[-1]
        assert second["data"]["round"] == 2
        assert "Round 2" in second["payload"]
        new = [finding for finding in second["data"]["findings"] if finding["state"] == "new"]
        assert any("pg_repack" in quote["text"] for finding in new for quote in finding["quotes"])
        assert second["data"]["feedback_used"][-1]["feedback"] == "What about pg_repack?"
        kept, dropped = second["data"]["findings"][0], second["data"]["findings"][1:]
        await send(socket, response="approve", keep=[kept["id"]], by="Ada")
        frames += await until(socket, "final_result")
        assert_no_gap(frames)
        report = frames[-1]["data"]
        approved = {quote["text"] for quote in kept["quotes"]}
        assert {quote for source in report["sources"] for quote in source["quotes"]} <= approved
        numbers = {source["n"] for source in report["sources"]}
        for section in report["sections"]:
            for sentence in section["sentences"]:
                assert sentence["citations"]
                assert set(sentence["citations"]) <= numbers
        assert report["approvals"][-1]["by"] == "Ada"
        assert report["approvals"][-1]["kept"] == [kept["id"]]
        assert set(report["approvals"][-1]["dropped"]) == {finding["id"] for finding in dropped}
        assert "Evidence approved by Ada" in frames[-1]["payload"]
        with pytest.raises(ConnectionClosedOK):
            await receive(socket)


async def test_a_watcher_that_comes_back_gets_exactly_the_rest(server: Server) -> None:
    async with server.connect() as socket:
        await send(socket, question=QUESTION)
        frames = await until(socket, "input_required")
        run_id, last = frames[0]["run_id"], frames[-1]["seq"]
    for after in (0, 1, last - 1):
        async with server.connect() as socket:
            await send(socket, run_id=run_id, after=after)
            seen = await until(socket, "input_required")
            assert seen[0]["data"]["open_reviews"] == [last]
            assert_no_gap(seen, after)
            assert seen[-1] == frames[-1]
    async with server.connect() as socket:
        await send(socket, run_id=run_id, after=last + 5)
        assert (await receive(socket))["type"] == "run"
        told = await receive(socket)
        assert (told["data"]["code"], told["data"]["details"]) == ("invalid_after", {"last_seq": last})
        await send(socket, response="yes", review=last)
        rest = await until(socket, "final_result")
        assert_no_gap(rest, last)
    async with server.connect() as socket:
        await send(socket, run_id=run_id)
        everything = await until(socket, "final_result")
        assert_no_gap(everything)
        with pytest.raises(ConnectionClosedOK):
            await receive(socket)


async def test_two_watchers_two_answers_one_decision(server: Server) -> None:
    async with server.connect() as one, server.connect() as two:
        await send(one, question=QUESTION)
        seen = await until(one, "input_required")
        run_id = seen[0]["run_id"]
        await send(two, run_id=run_id)
        await until(two, "input_required")
        await asyncio.gather(send(one, response="yes", by="Ada"), send(two, response="no", by="Bob"))
        frames = await asyncio.gather(until(one, "input_received"), until(two, "input_received"))
        first, second = ([frame for frame in each if frame["type"] in ("input_received", "error")] for each in frames)
        assert first[-1] == second[-1]
        winner, loser = ("Ada", two) if first[-1]["data"]["by"] == "Ada" else ("Bob", one)
        errors = [frame for frame in [*frames[0], *frames[1]] if frame["type"] == "error"]
        if not errors:
            # The loser may be told after it saw the decision.
            errors = [(await until(loser, "error"))[-1]]
        assert errors[0]["data"]["code"] == "already_answered"
        assert errors[0]["data"]["details"]["by"] == winner


async def test_a_double_click_does_not_decide_the_next_round(server: Server) -> None:
    async with server.connect() as socket:
        await send(socket, question="q", workflow="rewrite")
        await until(socket, "input_required")
        await send(socket, response="no")
        await send(socket, response="no")
        frames = await until(socket, "input_required")
        frames += [] if any(frame["type"] == "error" for frame in frames) else await until(socket, "error")
        errors = [frame for frame in frames if frame["type"] == "error"]
        assert [error["data"]["code"] for error in errors] == ["no_open_review"]
        await send(socket, response="yes")
        result = (await until(socket, "final_result"))[-1]["data"]["result"]
        assert result == {"question": "q", "rounds": 2}


async def test_a_repeated_response_gets_the_same_event_again(server: Server) -> None:
    async with server.connect() as socket:
        await send(socket, question="q", workflow="rewrite")
        review = (await until(socket, "input_required"))[-1]["seq"]
        await send(socket, response="no", review=review, response_id="x")
        first = (await until(socket, "input_received"))[-1]
        await until(socket, "input_required")
        await send(socket, response="no", review=review, response_id="x")
        assert await receive(socket) == first


BAD: list[tuple[str | bytes, str, str | None]] = [
    ("not json", "invalid_frame", None),
    ('["question"]', "invalid_frame", None),
    ('{"response": "yes", "colour": "red"}', "invalid_frame", "colour"),
    ('{"question": ""}', "invalid_frame", "question"),
    (json.dumps({"question": "a" * 100_000}), "too_large", "question"),
    (json.dumps({"question": "a" * 300_000}), "too_large", None),
    (b"\x00\xff", "invalid_frame", None),
    ('{"response": "maybe"}', "invalid_response", "response"),
    ('{"response": "yes", "keep": []}', "invalid_response", "keep"),
    ('{"response": "yes", "review": 1}', "review_not_found", "review"),
    ('{"run_id": "r"}', "already_watching", "run_id"),
    ('{"question": "another"}', "already_watching", "question"),
]


async def test_bad_frames_leave_socket_run_and_review_unharmed(server: Server) -> None:
    async with server.connect() as socket:
        await send(socket, question=QUESTION)
        await until(socket, "input_required")
        for text, code, field in BAD:
            await socket.send(text)
            frame = await receive(socket)
            assert (frame["type"], frame["seq"]) == ("error", None)
            assert (frame["data"]["code"], frame["data"]["field"]) == (code, field), text
            assert frame["payload"]
        await send(socket, response="yes")
        await until(socket, "final_result")


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ({"response": "yes"}, "no_open_review"),
        ({"cancel": True}, "not_watching"),
        ({"run_id": "nobody"}, "run_not_found"),
        ({"question": "q", "workflow": "nothing like it"}, "unknown_workflow"),
        ({"question": "q", "options": {"writer": "shakespeare"}}, "invalid_frame"),
        ({"question": "q", "options": {"sources": ["gossip"]}}, "invalid_frame"),
    ],
)
async def test_a_frame_too_early_leaves_the_socket_usable(server: Server, frame: dict[str, Any], code: str) -> None:
    async with server.connect() as socket:
        await send(socket, **frame)
        assert (await receive(socket))["data"]["code"] == code
        await send(socket, question="q", workflow="rewrite")
        await until(socket, "input_required")


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://localhost:3001", "https://localhost:3000"])
async def test_a_foreign_origin_gets_no_socket(server: Server, origin: str) -> None:
    with pytest.raises(InvalidStatus) as raised:
        async with server.connect(origin=origin):
            pass
    assert raised.value.response.status_code == 403


async def test_a_strangers_name_gets_no_socket_and_the_reason(server: Server) -> None:
    with pytest.raises(InvalidStatus) as raised:
        async with connect("ws://evil.example/query", host="127.0.0.1", port=server.port):
            pass
    assert raised.value.response.status_code == 403
    assert b"SAYSO_ALLOWED_HOSTS" in raised.value.response.body
    async with connect("ws://localhost/query", host="127.0.0.1", port=server.port) as socket:
        await send(socket, run_id="nobody")
        assert (await receive(socket))["data"]["code"] == "run_not_found"


async def test_cancel_over_the_socket(server: Server) -> None:
    async with server.connect() as socket:
        await send(socket, question="q", workflow="slow")
        await until(socket, "progress")
        await send(socket, cancel=True, by="Ada")
        last = (await until(socket, "cancelled"))[-1]
        assert last["payload"] == "Cancelled by Ada"
        with pytest.raises(ConnectionClosedOK):
            await receive(socket)
