"""How `sayso-0.1.0.db.gz` and `sayso-0.1.0.json` were made: by the server of the last commit of 0.1.0.

    cd backend && PYTHONPATH=tests python tests/golden/record_010.py

They are a promise to whoever has runs of 0.1.0, so they are not made anew: the script refuses to write over them. It
speaks to the server over the wire only, and stays as the description of what is in them.
"""

import asyncio
import gzip
import json
import shutil
import sqlite3
import sys
import tempfile
from itertools import takewhile
from pathlib import Path
from typing import Any

from websockets.asyncio.client import ClientConnection

from support.server import Frame, Server, receive, send, until

GOLDEN = Path(__file__).parent
DATABASE, LOG = GOLDEN / "sayso-0.1.0.db.gz", GOLDEN / "sayso-0.1.0.json"
RECORDED_WITH = {"SLOW_STEP": "0.4"}
PAGES = {
    "backups.md": """# Backups

A backup of the archive is taken every night at two. Backups are kept for 30 days. Each backup holds the records, the
scanned pages and the list of readers.

## Restoring

A restore copies the newest backup into an empty folder. While a restore runs, the archive accepts no new records. The
restore of a full archive takes about 40 minutes.
""",
    "storage.md": """# Storage

Backups are kept for 60 days. The disks in the second building are checked once a month. A disk that fails the
check is replaced within a week.
""",
    "keys.md": """# Encryption keys

Each backup is encrypted with a key of its own. The encryption keys are kept on paper in the safe of the reading room.
Without its key a backup cannot be restored.
""",
    "readers.md": """# Readers

A reader needs a card to see scanned pages. Cards are valid for two years. Lost cards are blocked on the same day.
""",
}
"""The library of the recorded server."""

QUESTION = "How long are backups kept, and how are backups restored?"
FEEDBACK = "How long are the cards of readers valid? What about helicopters?"
"""Its first point finds something, its second does not: that is a gap."""
REWORDED = "Every backup is kept for 30 days."


class Recorder:
    """Drives runs to where they are to be found, and keeps what a watcher sees of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ids: dict[str, str] = {}

    def server(self, **settings: str) -> Server:
        return Server(self.folder, **RECORDED_WITH, **settings)

    async def started(self, socket: ClientConnection, name: str, question: str, **start: Any) -> Frame:
        """Start run `name`; its first question."""
        await send(socket, question=question, by="Ada", **start)
        frames = await until(socket, "input_required")
        self.ids[name] = frames[0]["run_id"]
        return frames[-1]

    async def reports(self, server: Server) -> None:
        """Runs of the report workflow in every place where a run can be found."""
        async with server.connect() as socket:
            review = await self.started(socket, "finished", QUESTION)
            keep = [finding["id"] for finding in review["data"]["findings"] if finding["kind"] == "evidence"][:-1]
            await send(socket, response="reject", feedback=FEEDBACK, keep=keep, by="Ada", response_id="no-1")
            review = (await until(socket, "input_required"))[-1]
            edits = {each["id"]: REWORDED for each in review["data"]["findings"] if "30 days" in each["claim"]}
            await send(socket, response="approve", edits=edits, feedback="Begin with the backups", by="Grace")
            await until(socket, "final_result")
        async with server.connect() as socket:
            await self.started(socket, "released", QUESTION, options={"review_report": True}, request_id="once")
            await send(socket, response="yes", keep=["f1", "f2", "f3"], by="Ada")
            await until(socket, "input_required")
            await send(socket, response="no", feedback="Shorter", by="Grace")
            await until(socket, "input_required")
            await send(socket, response="approve", by="Grace")
            await until(socket, "final_result")
        async with server.connect() as socket:
            options = {"revises": self.ids["released"]}
            await self.started(socket, "revision", "Where are the encryption keys kept?", options=options)
            await send(socket, response="approve", by="Ada")
            await until(socket, "final_result")
        async with server.connect() as socket:
            await self.started(socket, "waiting", QUESTION)
        async with server.connect() as socket:
            await self.started(socket, "waiting in round 2", QUESTION)
            await send(socket, response="reject", feedback=FEEDBACK, keep=["f1", "f2"], by="Ada")
            await until(socket, "input_required")
        async with server.connect() as socket:
            await self.started(socket, "waiting with a text", QUESTION, options={"review_report": True})
            await send(socket, response="approve", keep=["f1", "f2"], by="Ada")
            await until(socket, "input_required")
        async with server.connect() as socket:
            await self.started(socket, "cancelled", QUESTION)
            await send(socket, cancel=True, by="Ada")
            await until(socket, "cancelled")

    async def hosted(self, server: Server) -> None:
        """Runs of workflows of one's own (`support.workflows`)."""
        async with server.connect() as socket:
            await self.started(socket, "hosted, finished", "why?", workflow="rewrite")
            await send(socket, response="no", by="Ada")
            await until(socket, "input_required")
            await send(socket, response="yes", by="Ada")
            await until(socket, "final_result")
        async with server.connect() as socket:
            await self.started(socket, "hosted, waiting", "why?", workflow="rewrite")
            await send(socket, response="no", by="Ada")
            await until(socket, "input_required")
        async with server.connect() as socket:
            await self.started(socket, "hosted, typed state", "why?", workflow="fan")
        async with server.connect() as socket:
            asked = [await self.started(socket, "hosted, one of two answered", "why?", workflow="waits")]
            asked += await until(socket, "input_required")
            first = next(frame["seq"] for frame in asked if frame["data"]["details"]["key"] == "a")
            await send(socket, response="blue", review=first, by="Ada")
            await until(socket, "input_received")
        async with server.connect() as socket:
            await send(socket, question="why?", workflow="raises", by="Ada")
            self.ids["failed"] = (await until(socket, "error"))[0]["run_id"]

    async def expired(self, server: Server) -> None:
        async with server.connect() as socket:
            await self.started(socket, "expired", "why?", workflow="rewrite")
            await until(socket, "cancelled")

    async def due(self, server: Server) -> None:
        """Due so late that it is not, whenever this is read."""
        async with server.connect() as socket:
            await self.started(socket, "due", QUESTION)

    async def interrupted(self, server: Server) -> None:
        """A run that is at work when the server stops."""
        async with server.connect() as socket:
            await send(socket, question="why?", workflow="slow", by="Ada")
            self.ids["at work"] = (await until(socket, "progress"))[0]["run_id"]
            for _ in range(3):
                await until(socket, "progress")

    async def recorded(self, server: Server) -> dict[str, Any]:
        """Of every run: its state, its log, and what its report quotes."""
        found: dict[str, Any] = {}
        for name, run_id in self.ids.items():
            state = await server.get(f"/api/runs/{run_id}")
            log = await logged(server, run_id, state["last_seq"])
            # What the run at work says after this start is no part of the record.
            frames = list(takewhile(lambda frame: frame["data"].get("stage") != "resume", log))
            quoted = frames[-1]["data"].get("sources", []) if state["status"] == "completed" else []
            sources = {each["id"]: await server.get(f"/api/runs/{run_id}/sources/{each['id']}") for each in quoted}
            found[name] = {"state": state, "frames": frames, "sources": sources}
        return found


async def logged(server: Server, run_id: str, last: int) -> list[Frame]:
    """A run's log from its start up to and with event `last`."""
    # A run at work goes on speaking, and is not waited for.
    async with server.connect(close_timeout=1) as socket:
        await send(socket, run_id=run_id, after=0)
        frames = [await receive(socket)]
        while frames[-1]["seq"] != last:
            frames.append(await receive(socket))
    return frames[1:]


async def when_read(server: Server) -> None:
    """Until the library has read its documents."""
    for _ in range(200):
        if (await server.get("/api/info"))["sources"][0]["why"] == f"{len(PAGES)} documents":
            return
        await asyncio.sleep(0.1)
    raise AssertionError("the library has not read its documents")


async def record(folder: Path) -> dict[str, Any]:
    """Make the runs in `folder`; what a watcher sees of them."""
    write_library(folder / "library")
    recorder = Recorder(folder)
    with recorder.server() as server:
        await when_read(server)
        await recorder.reports(server)
        await recorder.hosted(server)
    with recorder.server(SAYSO_REVIEW_DUE="2s", SAYSO_REVIEW_REMINDER="1s", SAYSO_REVIEW_PAST_DUE="cancel") as server:
        await recorder.expired(server)
    with recorder.server(SAYSO_REVIEW_DUE="36500d") as server:
        await recorder.due(server)
        await recorder.interrupted(server)
    # What a watcher sees is read from a copy: the run at work would go on.
    copy = folder / "copy"
    shutil.copytree(folder / "data", copy / "data")
    write_library(copy / "library")
    with Server(copy, SLOW_STEP="300") as server:
        return await recorder.recorded(server)


def write_library(folder: Path) -> None:
    folder.mkdir(parents=True)
    for name, text in PAGES.items():
        (folder / name).write_text(text, encoding="utf-8")


def packed(database: Path) -> bytes:
    """The database as one file, without pages that nothing uses."""
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.execute("VACUUM")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return gzip.compress(database.read_bytes(), mtime=0)


def main() -> None:
    if DATABASE.exists() or LOG.exists():
        sys.exit(f"{DATABASE.name} is there already, and is not made anew.")
    with tempfile.TemporaryDirectory() as folder:
        runs = asyncio.run(record(Path(folder)))
        DATABASE.write_bytes(packed(Path(folder) / "data" / "sayso.db"))
    LOG.write_text(json.dumps(runs, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
