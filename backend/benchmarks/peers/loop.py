"""The loop of LlamaIndex's websocket demo in few lines: one socket, one workflow, everything in memory."""

from fastapi import FastAPI, WebSocket, WebSocketDisconnect
from workflows.events import HumanResponseEvent, InputRequiredEvent, StopEvent

from benchmarks.peers.listen import listen
from benchmarks.workflow import Trivial

app = FastAPI()
workflow = Trivial(timeout=None)


@app.websocket("/query")
async def query(websocket: WebSocket) -> None:
    await websocket.accept()
    asked = await websocket.receive_json()
    handler = workflow.run(question=asked["question"])
    try:
        async for event in handler.stream_events():
            if isinstance(event, InputRequiredEvent):
                await websocket.send_json({"type": "input_required", "payload": event.prefix})
                answer = await websocket.receive_json()
                handler.ctx.send_event(HumanResponseEvent(response=answer["response"]))
            elif not isinstance(event, StopEvent):
                await websocket.send_json({"type": "progress", "payload": event.msg})
        await websocket.send_json({"type": "final_result", "payload": str(await handler)})
    except WebSocketDisconnect:
        await handler.cancel_run()
        return
    await websocket.close()


if __name__ == "__main__":
    listen(app)
