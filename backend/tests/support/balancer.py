"""A load balancer: every connection goes to a replica at random, so that clients hop from one to another."""

import asyncio
import contextlib
import random
from collections.abc import Sequence

from support.server import Server


class Balancer:
    """`async with Balancer(servers) as balancer`: listens on a port of its own and pipes bytes."""

    def __init__(self, servers: Sequence[Server], chance: random.Random) -> None:
        self._servers = list(servers)
        self._chance = chance
        self._pipes: set[asyncio.Task[None]] = set()
        self.url = ""
        self.away: set[Server] = set()
        """Replicas that get no new connections: what a health check would have noticed."""

    async def __aenter__(self) -> "Balancer":
        self._listening = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._listening.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._listening.close()
        for pipe in list(self._pipes):
            pipe.cancel()
        await asyncio.gather(*self._pipes, return_exceptions=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        able = [server for server in self._servers if server not in self.away]
        for server in self._chance.sample(able, len(able)):
            with contextlib.suppress(OSError):
                there, back = await asyncio.open_connection("127.0.0.1", server.port)
                for source, sink in ((reader, back), (there, writer)):
                    pipe = asyncio.create_task(self._pipe(source, sink))
                    self._pipes.add(pipe)
                    pipe.add_done_callback(self._pipes.discard)
                return
        writer.close()

    @staticmethod
    async def _pipe(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        try:
            while data := await source.read(65_536):
                sink.write(data)
                await sink.drain()
        except OSError:
            return
        finally:
            sink.close()
