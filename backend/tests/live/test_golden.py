"""The transcript that the page's reducer is tested against: `frontend/src/state` replays it."""

import asyncio
import json
import re
from pathlib import Path

import pytest

from support.server import Frame, Server, send, until

QUESTION = "When does VACUUM FULL lock a table?"


async def test_the_golden_transcript_is_what_the_server_says(server: Server) -> None:
    golden = Path(__file__).parents[1] / "golden" / "transcript.json"
    for _ in range(100):
        if (await server.get("/api/info"))["sources"][0]["why"] == "4 documents":
            break
        await asyncio.sleep(0.1)
    async with server.connect() as socket:
        await send(socket, question=QUESTION, by="Ada")
        frames = await until(socket, "input_required")
        await send(socket, response="reject", feedback="What about pg_repack?", by="Ada")
        frames += await until(socket, "input_required")
        last = [finding["id"] for finding in frames[-1]["data"]["findings"]][-1]
        keep = [finding["id"] for finding in frames[-1]["data"]["findings"] if finding["id"] != last]
        await send(socket, response="approve", keep=keep, by="Ada")
        frames += await until(socket, "final_result")
    steadied = steady(with_whole_drafts(frames), frames[0]["run_id"])
    fresh = json.dumps(steadied, indent=1, ensure_ascii=False) + "\n"
    if not golden.exists():
        golden.write_text(fresh, encoding="utf-8")
        pytest.fail(f"{golden.name} was missing and is written anew: look at it and commit it.")
    stale = f"The server speaks differently now: delete {golden.name}, run this test, and look at the difference."
    assert golden.read_text(encoding="utf-8") == fresh, stale


def with_whole_drafts(frames: list[Frame]) -> list[Frame]:
    """With the pieces of a section as one: how many there are depends on the machine's mood."""
    whole: list[Frame] = []
    for frame in frames:
        before = whole[-1] if whole else frame
        if frame["type"] == before["type"] == "draft" and frame["data"]["section"] == before["data"]["section"]:
            before["payload"] += frame["payload"]
        else:
            whole.append(frame)
    shift = 0
    for number, frame in enumerate((each for each in whole if each["seq"] is not None), start=1):
        shift = frame["seq"] - number
        frame["seq"] = number
    assert shift == len(frames) - len(whole)
    return whole


def steady(value: object, run_id: str) -> object:
    """Without what differs from run to run: times, ids, and hashes over them."""
    if isinstance(value, dict):
        times = {"at", "created_at", "updated_at"}
        return {
            key: "2026-11-22T12:00:00Z" if key in times and isinstance(item, str) else steady(item, run_id)
            for key, item in value.items()
        }
    if isinstance(value, list):
        return [steady(item, run_id) for item in value]
    if isinstance(value, str):
        value = re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d UTC", "2026-11-22 12:00 UTC", value.replace(run_id, "0" * 32))
        return re.sub(r"\b[0-9a-f]{64}\b", "0" * 64, value)
    return value
