"""Serves an application on a free port of 127.0.0.1, and says which."""

import socket
from typing import Any

import uvicorn


class _Server(uvicorn.Server):
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started and sockets:
            print(f"listening on 127.0.0.1:{sockets[0].getsockname()[1]}", flush=True)


def listen(app: Any) -> None:
    """Until SIGTERM. The same uvicorn with the same choices of its own as Sayso's: uvloop, httptools, websockets."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", 0))
        config = uvicorn.Config(app, log_level="warning", access_log=False, timeout_graceful_shutdown=2)
        _Server(config).run(sockets=[listener])
