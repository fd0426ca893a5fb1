"""The websocket endpoint: one socket starts or watches one run, and answers its reviews."""

import asyncio
import contextlib
import logging

from fastapi import APIRouter, WebSocket, WebSocketDisconnect

from sayso.api.guard import origin_allowed
from sayso.engine.clock import now
from sayso.engine.feed import RunDeleted
from sayso.engine.service import Service
from sayso.protocol.codes import CloseCode, ErrorCode
from sayso.protocol.commands import Answer, Cancel, ProtocolError, Start, Watch, parse_command
from sayso.protocol.frames import Error, ErrorData, RunFrame, RunState
from sayso.storage.records import StoredEvent
from sayso.storage.store import StorageError

log = logging.getLogger("sayso.api")
DELETED = "This run was deleted. Ask again to start another."
router = APIRouter()


@router.websocket("/query")
async def query(websocket: WebSocket) -> None:
    """The protocol of `docs/protocol.md`, from the first frame to the run's end."""
    if not origin_allowed(websocket.headers.get("origin"), websocket.app.state.origins):
        # Closing before accepting answers the handshake with 403.
        await websocket.close()
        return
    await websocket.accept()
    session = Session(websocket, websocket.app.state.service)
    with contextlib.suppress(WebSocketDisconnect, RuntimeError):
        await session.run()


class Session:
    """One socket."""

    def __init__(self, websocket: WebSocket, service: Service) -> None:
        self._websocket = websocket
        self._service = service
        self._run_id: str | None = None
        self._review: int | None = None
        """The review last sent here, which an answer without `review` means, once."""
        self._watching: asyncio.Task[None] | None = None

    async def run(self) -> None:
        """Until the client goes, or the run is over and everything was sent."""
        reading = asyncio.create_task(self._read())
        try:
            await reading
        finally:
            reading.cancel()
            if self._watching:
                self._watching.cancel()
                await asyncio.gather(self._watching, return_exceptions=True)

    async def _read(self) -> None:
        while True:
            message = await self._websocket.receive()
            if message["type"] == "websocket.disconnect":
                return
            text: str | None = message.get("text")
            try:
                await self._handle(text if text is not None else message.get("bytes") or b"")
            except ProtocolError as error:
                await self._complain(error)
            except StorageError:
                log.exception("a frame could not be handled")
                text = "The server cannot store anything now. Nothing was changed; try again in a moment."
                await self._complain(ProtocolError(ErrorCode.UNAVAILABLE, text))
            except (WebSocketDisconnect, RuntimeError):
                raise
            except Exception:
                log.exception("a frame could not be handled")
                text = "Something went wrong on the server. Its log says more."
                await self._complain(ProtocolError(ErrorCode.INTERNAL, text))

    async def _handle(self, text: str | bytes) -> None:
        match parse_command(text):
            case Start() as command:
                self._refuse_second_watch("question")
                await self._begin(await self._service.start(command), after=0)
            case Watch(run_id=run_id, after=after):
                self._refuse_second_watch("run_id")
                await self._begin(await self._service.run(run_id), after=after)
            case Answer() as command:
                await self._answer(command)
            case Cancel(by=by):
                await self._service.cancel(self._watched("cancel"), by)

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
        frame = RunFrame(payload=state.question, run_id=state.id, at=now(), data=state)
        await self._websocket.send_text(frame.model_dump_json())
        if after > state.last_seq:
            message = f"after: the run's last event is {state.last_seq}; watching from there."
            await self._complain(
                ProtocolError(ErrorCode.INVALID_AFTER, message, field="after", details={"last_seq": state.last_seq})
            )
            after = state.last_seq
        self._watching = asyncio.create_task(self._send_events(state.id, after, over=state.status.over))

    async def _send_events(self, run_id: str, after: int, *, over: bool) -> None:
        with contextlib.suppress(WebSocketDisconnect, RuntimeError):
            try:
                ended = True
                state = await self._service.run(run_id) if over else None
                if state is None or after < state.last_seq:
                    ended = await self._send_all(run_id, after)
                code = CloseCode.RUN_ENDED if ended else CloseCode.RESTARTING
            except StorageError:
                code = CloseCode.TRY_LATER
            await self._websocket.close(code)

    async def _send_all(self, run_id: str, after: int) -> bool:
        """Events as they come. Whether the run is over, or else the server stops."""
        try:
            async for events in self._service.watch(run_id, after):
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
        await self._websocket.send_text(event.body)

    async def _answer(self, command: Answer) -> None:
        run_id = self._watched("response")
        bare = command.review is None
        if bare:
            if self._review is None:
                raise ProtocolError(ErrorCode.NO_OPEN_REVIEW, "There is no question to answer now.", field="response")
            command = command.model_copy(update={"review": self._review})
        decision = await self._service.answer(run_id, command)
        if command.review == self._review:
            # Used up: a double click must not decide the next round.
            self._review = None
        if decision.repeated:
            await self._websocket.send_text(decision.event.body)

    async def _complain(self, error: ProtocolError) -> None:
        data = ErrorData(code=error.code, field=error.field, details=error.details)
        frame = Error(payload=error.message, run_id=self._run_id or "", at=now(), data=data)
        await self._websocket.send_text(frame.model_dump_json())
