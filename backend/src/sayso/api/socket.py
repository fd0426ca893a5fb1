"""The websocket endpoint: one socket starts or watches one run, and answers its reviews."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from functools import partial

from fastapi import APIRouter, WebSocket, WebSocketDisconnect

from sayso.api.identity.authorize import admit, note_refusal
from sayso.api.problems import DELETED, INTERNAL, UNAVAILABLE, problem
from sayso.engine.acting import Acting
from sayso.engine.clock import now
from sayso.engine.feed import RunDeleted
from sayso.engine.presence import Visit
from sayso.people.policy import FRAMES
from sayso.protocol.codes import CloseCode, ErrorCode
from sayso.protocol.commands import Answer, Cancel, ClientCommand, ProtocolError, Start, Watch, kind_of, parse_command
from sayso.protocol.frames import Error, ErrorData, RunFrame, RunState
from sayso.storage.errors import StorageError
from sayso.storage.records import StoredEvent

log = logging.getLogger("sayso.api")
SIGNED_OUT = ProtocolError(ErrorCode.UNAUTHORIZED, "You are signed out, or what you may do has changed. Sign in again.")
router = APIRouter()


@router.websocket("/query")
async def query(websocket: WebSocket) -> None:
    """The protocol of `docs/protocol.md`, from the first frame to the run's end."""
    try:
        runs = await admit(websocket)
    except (ProtocolError, StorageError) as error:
        await _deny(websocket, error)
        return
    await websocket.accept()
    with contextlib.suppress(Gone), runs.visit() as visit:
        await Session(Line(websocket), runs, visit, partial(note_refusal, websocket)).run()


async def _deny(websocket: WebSocket, error: ProtocolError | StorageError) -> None:
    if not isinstance(error, ProtocolError):
        log.error("storage failed", exc_info=error)
        error = ProtocolError(ErrorCode.UNAVAILABLE, UNAVAILABLE)
    if "websocket.http.response" in websocket.scope.get("extensions", {}):
        await websocket.send_denial_response(problem(error, websocket.url.path))
    else:
        # Closing before accepting answers the handshake with a bare 403.
        await websocket.close()


class Gone(Exception):
    """The other side, or the socket itself, is closed: there is nobody to tell anything."""


class Line:
    """A socket whose end is one exception, told apart from everything else that can go wrong on the way to it."""

    def __init__(self, websocket: WebSocket) -> None:
        self._websocket = websocket

    async def receive(self) -> str | bytes:
        """The next frame. Raises `Gone`."""
        message = await self._websocket.receive()
        if message["type"] == "websocket.disconnect":
            raise Gone
        text: str | None = message.get("text")
        return text if text is not None else message.get("bytes") or b""

    async def send(self, text: str) -> None:
        """Raises `Gone`."""
        try:
            await self._websocket.send_text(text)
        except (WebSocketDisconnect, RuntimeError) as error:
            # The server raises a RuntimeError for what is sent to a socket that is closed.
            raise Gone from error

    async def close(self, code: CloseCode) -> None:
        """Raises `Gone`."""
        try:
            await self._websocket.close(code)
        except (WebSocketDisconnect, RuntimeError) as error:
            raise Gone from error


class Session:
    """One socket."""

    def __init__(
        self, line: Line, runs: Acting, visit: Visit, refused: Callable[[str, ProtocolError], Awaitable[None]]
    ) -> None:
        self._line = line
        self._runs = runs
        self._visit = visit
        self._refused = refused
        self._run_id: str | None = None
        self._review: int | None = None
        """The review last sent here, which an answer without `review` means, once."""
        self._watching: asyncio.Task[None] | None = None

    async def run(self) -> None:
        """Until the client goes, what it came in with is good no more, or the run is over and everything was sent."""
        leaving = asyncio.create_task(self._leave_when_ended())
        try:
            while True:
                frame = await self._line.receive()
                try:
                    await self._handle(frame)
                except Gone:
                    raise
                except Exception as error:
                    await self._complain(self._as_problem(error, "a frame could not be handled"))
        finally:
            tasks = [task for task in (leaving, self._watching) if task]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _leave_when_ended(self) -> None:
        await self._visit.ended.wait()
        with contextlib.suppress(Gone):
            await self._complain(SIGNED_OUT)
            await self._line.close(CloseCode.SIGNED_OUT)

    def _as_problem(self, error: Exception, what: str) -> ProtocolError:
        """What the client is told of it; what is no fault of the client's is in the log too."""
        if isinstance(error, ProtocolError):
            return error
        log.error("run %s: %s", self._run_id or "(none yet)", what, exc_info=error)
        if isinstance(error, StorageError):
            return ProtocolError(ErrorCode.UNAVAILABLE, UNAVAILABLE)
        return ProtocolError(ErrorCode.INTERNAL, INTERNAL)

    async def _handle(self, text: str | bytes) -> None:
        self._runs.count(frame=True)
        command = parse_command(text)
        if self._visit.ended.is_set():
            raise SIGNED_OUT
        await self._check(command)
        match command:
            case Start():
                self._refuse_second_watch("question")
                await self._begin(await self._runs.start(command), after=0)
            case Watch(run_id=run_id, after=after):
                self._refuse_second_watch("run_id")
                await self._begin(await self._runs.run(run_id), after=after)
            case Answer():
                await self._answer(command)
            case Cancel(by=by):
                await self._runs.cancel(self._watched("cancel"), by)

    async def _check(self, command: ClientCommand) -> None:
        kind = kind_of(command)
        run_id = command.run_id if isinstance(command, Watch) else self._run_id
        try:
            await self._runs.check(FRAMES[kind], None if kind == "question" else run_id)
        except ProtocolError as error:
            await self._refused(f"FRAME {kind}", error)
            raise

    def _refuse_second_watch(self, field: str) -> None:
        if self._watching:
            raise ProtocolError(
                ErrorCode.ALREADY_WATCHING,
                "This socket watches a run already; open another socket for another run.",
                field=field,
                details={"run_id": self._run_id},
            )

    def _watched(self, field: str) -> str:
        if self._run_id is None:
            raise ProtocolError(
                ErrorCode.NO_OPEN_REVIEW if field == "response" else ErrorCode.NOT_WATCHING,
                'This socket watches no run yet; send {"question": ...} or {"run_id": ...} first.',
                field=field,
            )
        return self._run_id

    async def _begin(self, state: RunState, after: int) -> None:
        self._run_id = state.id
        await self._runs.results.opened(state, self._runs.actor)
        frame = RunFrame(payload=state.question, run_id=state.id, at=now(), data=state)
        await self._line.send(frame.model_dump_json())
        if after > state.last_seq:
            message = f"after: the run's last event is {state.last_seq}; watching from there."
            await self._complain(
                ProtocolError(ErrorCode.INVALID_AFTER, message, field="after", details={"last_seq": state.last_seq})
            )
            after = state.last_seq
        self._watching = asyncio.create_task(self._send_events(state.id, after, over=state.status.over))

    async def _send_events(self, run_id: str, after: int, *, over: bool) -> None:
        with contextlib.suppress(Gone):
            try:
                ended = True
                state = await self._runs.run(run_id) if over else None
                if state is None or after < state.last_seq:
                    ended = await self._send_all(run_id, after)
                code = CloseCode.RUN_ENDED if ended else CloseCode.RESTARTING
            except Gone:
                raise
            except StorageError:
                code = CloseCode.TRY_LATER
            except Exception as error:
                await self._complain(self._as_problem(error, "its events could not be sent"))
                code = CloseCode.INTERNAL
            await self._line.close(code)

    async def _send_all(self, run_id: str, after: int) -> bool:
        """Events as they come. Whether the run is over, or else the server stops."""
        try:
            async for events in self._runs.watch_during(self._visit, run_id, after):
                for event in events:
                    await self._send_event(event)
                if events[-1].last:
                    return True
        except RunDeleted:
            await self._complain(ProtocolError(ErrorCode.RUN_DELETED, DELETED))
            return True
        return False

    async def _send_event(self, event: StoredEvent) -> None:
        if event.type == "input_required":
            self._review = event.seq
        await self._line.send(event.body)

    async def _answer(self, command: Answer) -> None:
        run_id = self._watched("response")
        bare = command.review is None
        if bare:
            if self._review is None:
                raise ProtocolError(ErrorCode.NO_OPEN_REVIEW, "There is no question to answer now.", field="response")
            command = command.model_copy(update={"review": self._review})
        decision = await self._runs.answer(run_id, command)
        if command.review == self._review:
            # Used up: a double click must not decide the next round.
            self._review = None
        if decision.repeated:
            await self._line.send(decision.event.body)

    async def _complain(self, error: ProtocolError) -> None:
        data = ErrorData(code=error.code, field=error.field, details=error.details)
        frame = Error(payload=error.message, run_id=self._run_id or "", at=now(), data=data)
        await self._line.send(frame.model_dump_json())
