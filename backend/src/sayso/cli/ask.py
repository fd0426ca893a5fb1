"""`sayso ask`: the whole loop in a terminal. The report goes to stdout, all else to stderr."""

import asyncio
import sys

from pydantic import ValidationError
from rich.console import Console
from rich.markdown import Markdown
from rich.text import Text

from sayso.client import Client, Frame, ServerRefused
from sayso.errors import SettingsError
from sayso.protocol.commands import Answer, Start, Watch, invalid
from sayso.protocol.decisions import NOT_VERIFIED, Decision, is_named

screen = Console(stderr=True, highlight=False)
HOW = "Each point is read: “more on X”, “drop f2”, “nothing about Y”, “only 2024 and later”, “shorter”; “;” parts them."
FIRST_PATIENCE, PATIENCE = 2.0, 60.0
"""Seconds without a connection after which the terminal gives up: at the start, and once it has a run."""


async def ask(
    address: str, *, question: str | None, run_id: str | None, approve: bool, by: str, token: str | None = None
) -> int:
    """Start or rejoin a run and see it through. Returns the exit status: 0 when there is a report.

    Raises:
        SettingsError: there is no server, it refuses this client, or there is nobody to decide.
    """
    url = address.replace("http", "ws", 1).rstrip("/") + "/query"
    try:
        first = Start(question=question, by=by) if question is not None else Watch(run_id=run_id or "")
    except ValidationError as error:
        raise SettingsError(f"ask: {invalid(error).message}") from error
    client = Client(url, first, patience=FIRST_PATIENCE, token=token)
    terminal = _Terminal(client, approve=approve, by=by, signs_in=token is not None)
    try:
        return await terminal.run()
    except ServerRefused as error:
        raise SettingsError(f"ask: {address} refused the connection. {error}") from error
    except OSError as error:
        rejoin = f"Rejoin with: sayso ask --run {client.run_id}" if client.run_id else "Start one with: make run"
        raise SettingsError(f"ask: there is no server at {address}. {rejoin}") from error


class _Terminal:
    """One run as seen by one person at a terminal."""

    def __init__(self, client: Client, *, approve: bool, by: str, signs_in: bool) -> None:
        self._client = client
        self._signs_in = signs_in
        self._approve = approve
        self._by = by
        self._open: set[int] = set()
        """Reviews that were open when we joined."""
        self._joined_at = 0
        self._asked: Frame | None = None
        """The review we are deciding."""

    async def run(self) -> int:
        async for frame in self._client.frames():
            await self._show(frame)
            if frame["type"] == "final_result":
                return 0
            # Without a run the question itself was refused.
            if frame["type"] == "error" and (not self._client.run_id or frame["data"]["code"] == "run_not_found"):
                return 1
        return 1

    async def _show(self, frame: Frame) -> None:
        payload = str(frame["payload"])
        match frame["type"]:
            case "run":
                self._client.patience = PATIENCE
                self._joined_at, self._open = frame["data"]["last_seq"], set(frame["data"]["open_reviews"])
                screen.print(Text(f"run {frame['run_id']}", style="dim"))
            case "progress":
                screen.print(Text(f"  {payload}", style="dim"))
            case "input_required":
                # One from before we joined may be answered already.
                if frame["seq"] > self._joined_at or frame["seq"] in self._open:
                    screen.print(Markdown(payload))
                    await self._decide(frame)
            case "input_received":
                self._asked = None
                screen.print(Text(payload + self._doubt(frame), style="bold"))
            case "final_result":
                print(payload)  # noqa: T201 - the result, for a pipe
            case "cancelled":
                screen.print(Text(payload + self._doubt(frame), style="yellow"))
            case "error":
                screen.print(Text(payload, style="red"))
                if frame["data"]["code"] == "invalid_response" and self._asked is not None:
                    await self._decide(self._asked)

    def _doubt(self, frame: Frame) -> str:
        """Of a name that nobody verified, where people sign in: from before they did, the server's words lack it."""
        by, verified = frame["data"].get("by", ""), frame["data"].get("verified")
        doubted = self._signs_in and verified is False and is_named(by)
        return f" ({NOT_VERIFIED})" if doubted and NOT_VERIFIED not in str(frame["payload"]) else ""

    async def _decide(self, frame: Frame) -> None:
        self._asked = frame
        answer = Answer(response=Decision.APPROVE) if self._approve else await _from_person()
        await self._client.answer(answer.model_copy(update={"review": frame["seq"], "by": self._by}))


async def _from_person() -> Answer:
    while True:
        try:
            word = (await _prompt("Approve? [yes / no / keep f1 f3] ")).lower()
            if word in ("y", "yes", "approve"):
                return Answer(response=Decision.APPROVE)
            if word in ("n", "no", "reject"):
                screen.print(Text(HOW, style="dim"))
                return Answer(response=Decision.REJECT, feedback=await _prompt("What is missing, or unwanted? "))
            if word.startswith("keep "):
                return Answer(response=Decision.APPROVE, keep=word.removeprefix("keep ").replace(",", " ").split())
        except ValidationError as error:
            # Such as an arrow key, which a terminal sends as a control character.
            screen.print(Text(invalid(error).message, style="yellow"))
            continue
        screen.print(Text('Say "yes", "no", or "keep" and the findings to keep.', style="yellow"))


async def _prompt(text: str) -> str:
    """A line from the person; the connection stays alive meanwhile.

    Raises:
        SettingsError: the input has ended.
    """
    screen.print(Text(text, style="bold"), end="")
    line: str = await asyncio.to_thread(sys.stdin.readline)
    if not line:
        raise SettingsError("ask: the input ended before a decision, so the run waits. --yes approves unattended.")
    return line.strip()
