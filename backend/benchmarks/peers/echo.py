"""A bare websocket echo: what the wire and the web framework cost by themselves."""

from fastapi import FastAPI, WebSocket, WebSocketDisconnect

from benchmarks.peers.listen import listen

app = FastAPI()


@app.websocket("/query")
async def echo(websocket: WebSocket) -> None:
    await websocket.accept()
    try:
        while True:
            await websocket.send_text(await websocket.receive_text())
    except WebSocketDisconnect:
        return


if __name__ == "__main__":
    listen(app)
