"""Loaded by every Python process that finds this folder first on its path: writes down where it connects to.

The audit hook hears of every connection, look-up and datagram that goes through Python's sockets, whoever asks for it.
uvloop has sockets of its own, so it is not to be had here, and the server takes asyncio's loop.
"""

import os
import sys
from typing import Any

_LOG = os.environ.get("WATCHED_LOG", "")
_EVENTS = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "socket.sendmsg")


def _hear(event: str, arguments: tuple[Any, ...]) -> None:
    if event in _EVENTS:
        told = arguments[0] if event == "socket.getaddrinfo" else arguments[-1]
        line = f"{os.getpid()} {event} {told!r}\n".encode()
        handle = os.open(_LOG, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        os.write(handle, line)
        os.close(handle)


if _LOG:
    with open(_LOG, "a", encoding="utf-8") as file:
        file.write(f"{os.getpid()} watched\n")
    sys.modules["uvloop"] = None  # type: ignore[assignment] # what makes it impossible to import
    sys.addaudithook(_hear)
