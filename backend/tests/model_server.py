"""A scripted model behind a real HTTP server that speaks OpenAI's chat completions, with streaming.

Without a script it answers as a good model would, computed from the request: it plans queries from the question and
the feedback, words findings from the numbered passages and writes a report from the approved findings, so a whole run
works with it. A script makes it misbehave in every way that models and their servers do.

In a test:

    async with ModelServer() as server:
        server.script(failing(429, retry_after="0"), Reply("<think>hm</think>..."))
        ...
        assert server.chats[0]["messages"]

As a model for another process: `python tests/model_server.py --port 9000 --behaviour thinking`, then
`OPENAI_API_KEY=any OPENAI_BASE_URL=http://127.0.0.1:9000/v1`.
"""

import argparse
import asyncio
import contextlib
import json
import sys
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Self

from model_answers import Body, answer


@dataclass(frozen=True)
class Reply:
    """How the server answers one chat request. The answer is computed if there is no `text`."""

    text: str | Callable[[Body], str] | None = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: str | None = None
    """Sent as it is instead of a completion."""
    delay: float = 0.0
    """Seconds before the answer, and a tenth of it between the pieces of a stream."""
    hang: bool = False
    """Never answer; of a stream, never go on after the first piece."""
    pings: bool = False
    """Keep a hanging stream open with comments, as gateways do."""
    cut_after: int | None = None
    """Break the connection after so many pieces."""
    endless: bool = False
    """Say the text again and again, until the client goes away."""
    finish: str | None = "stop"
    chunk: int = 12
    """Characters of a piece."""
    usage: bool = True


def failing(status: int, *, retry_after: str | None = None, message: str = "scripted failure", code: str = "") -> Reply:
    """An error as OpenAI words it."""
    body = json.dumps({"error": {"message": message, "type": "scripted", "code": code or None, "param": None}})
    return Reply(status=status, body=body, headers={"retry-after": retry_after} if retry_after is not None else {})


BEHAVIOURS: dict[str, Reply] = {
    "good": Reply(),
    "slow": Reply(delay=1.0),
    "hang": Reply(hang=True),
    "thinking": Reply(text=lambda body: f"<think>Let me see. ## Not this [1].</think>\n{answer(body)}"),
    "refused": failing(401, message="Incorrect API key provided"),
    "busy": failing(429, retry_after="60"),
    "down": failing(500),
    "broken": Reply(text='{"queries": [{"query": '),
    "empty": Reply(text=""),
    "cut": Reply(cut_after=3),
    "endless": Reply(endless=True),
}


class ModelServer:
    """The server. Chat requests take the replies of `script` in turn, then `otherwise`."""

    def __init__(self, *, models: list[str] | None = None) -> None:
        self.models: list[str] | Reply = models if models is not None else ["scripted"]
        self.otherwise = Reply()
        self.chats: list[Body] = []
        """Bodies of the chat requests so far."""
        self.keys: set[str] = set()
        """Authorization headers seen."""
        self.paths: list[str] = []
        self.gone = asyncio.Event()
        """Set when a client went away before its answer was complete."""
        self._script: deque[Reply] = deque()
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def script(self, *replies: Reply) -> None:
        self._script.extend(replies)

    @property
    def url(self) -> str:
        """Base URL for clients."""
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}/v1"

    @property
    def said(self) -> str:
        """Everything that was in a chat request, as text."""
        return "\n".join(json.dumps(body, ensure_ascii=False) for body in self.chats)

    async def start(self, port: int = 0) -> Self:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", port)
        return self

    async def stop(self) -> None:
        assert self._server is not None
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            while await self._serve(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError):
            self.gone.set()
        except asyncio.CancelledError:
            pass
        finally:
            self._tasks.discard(task)
            writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """One request and its answer; whether the connection goes on."""
        line = await reader.readline()
        if not line:
            return False
        path = line.split()[1].decode()
        headers = {}
        while (line := await reader.readline()).strip():
            name, _, value = line.decode().partition(":")
            headers[name.lower()] = value.strip()
        content = await reader.readexactly(int(headers.get("content-length", 0)))
        self.paths.append(path)
        self.keys.add(headers.get("authorization", ""))
        if path.endswith("/models"):
            if isinstance(self.models, Reply):
                return await self._plain(writer, self.models.status, self.models.body or "{}", self.models.headers)
            listed = [{"id": name, "object": "model", "created": 0, "owned_by": "test"} for name in self.models]
            return await self._plain(writer, 200, json.dumps({"object": "list", "data": listed}), {})
        if not path.endswith("/chat/completions"):
            return await self._plain(writer, 404, '{"error": {"message": "no such path"}}', {})
        body = json.loads(content)
        self.chats.append(body)
        reply = self._script.popleft() if self._script else self.otherwise
        return await self._chat(reader, writer, body, reply)

    async def _chat(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, body: Body, reply: Reply) -> bool:
        await asyncio.sleep(reply.delay)
        if reply.body is not None or (reply.hang and not body.get("stream")):
            if reply.hang:
                await reader.read()  # until the client goes away
                raise ConnectionResetError
            return await self._plain(writer, reply.status, reply.body or "", reply.headers)
        text = reply.text(body) if callable(reply.text) else reply.text if reply.text is not None else answer(body)
        tokens = {"prompt_tokens": len(str(body["messages"])) // 4, "completion_tokens": len(text) // 4}
        usage = {**tokens, "total_tokens": sum(tokens.values())} if reply.usage else None
        if body.get("stream"):
            return await self._stream(reader, writer, body, reply, text, usage)
        message = {"role": "assistant", "content": text}
        choice = {"index": 0, "message": message, "finish_reason": reply.finish}
        return await self._plain(writer, 200, json.dumps(_completion(body, [choice], usage=usage)), {})

    async def _stream(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        body: Body,
        reply: Reply,
        text: str,
        usage: Body | None,
    ) -> bool:
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n")

        async def send(data: str) -> None:
            event = f"{data}\n\n".encode()
            writer.write(b"%x\r\n%s\r\n" % (len(event), event))
            await writer.drain()

        async def delta(content: dict[str, str], finish: str | None = None) -> None:
            choice = {"index": 0, "delta": content, "finish_reason": finish}
            await send("data: " + json.dumps(_completion(body, [choice], chunk=True)))

        await delta({"role": "assistant", "content": ""})
        pieces = [text[at : at + reply.chunk] for at in range(0, len(text), reply.chunk)]
        sent = 0
        while sent < len(pieces) or (reply.endless and pieces):
            if reply.cut_after == sent:
                writer.transport.abort()
                return False
            await delta({"content": pieces[sent % len(pieces)]})
            sent += 1
            if reply.hang:
                await self._silence(reader, send if reply.pings else None)
            await asyncio.sleep(reply.delay / 10)
        if reply.finish is not None:
            await delta({}, reply.finish)
            if usage and body.get("stream_options", {}).get("include_usage"):
                await send("data: " + json.dumps(_completion(body, [], usage=usage, chunk=True)))
            await send("data: [DONE]")
        writer.write(b"0\r\n\r\n")
        await writer.drain()
        return True

    async def _silence(self, reader: asyncio.StreamReader, send: Any) -> None:
        """Say nothing more until the client goes away."""
        while send is not None and not reader.at_eof():
            await send(": still working")
            await asyncio.sleep(0.02)
        await reader.read()
        raise ConnectionResetError

    async def _plain(self, writer: asyncio.StreamWriter, status: int, body: str, headers: dict[str, str]) -> bool:
        content = body.encode()
        lines = [f"HTTP/1.1 {status} Scripted", "content-type: application/json", f"content-length: {len(content)}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + content)
        await writer.drain()
        return True


def _completion(body: Body, choices: list[Any], *, usage: Any = None, chunk: bool = False) -> Body:
    kind = "chat.completion.chunk" if chunk else "chat.completion"
    return {
        "id": "chatcmpl-1",
        "object": kind,
        "created": 0,
        "model": body["model"],
        "choices": choices,
        "usage": usage,
    }


async def _main(port: int, models: list[str], behaviour: str, delay: float) -> None:
    server = ModelServer(models=models)
    chosen = BEHAVIOURS[behaviour]
    server.otherwise = Reply(**{**chosen.__dict__, "delay": delay}) if delay else chosen
    await server.start(port)
    print(f"A scripted model answers at {server.url}", file=sys.stderr, flush=True)  # noqa: T201
    await asyncio.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="A scripted model that speaks OpenAI's chat completions.")
    parser.add_argument("--port", type=int, default=9000, help="0 takes a free one, and says which")
    parser.add_argument("--model", action="append", help="name of a model to list (default: scripted)")
    parser.add_argument("--behaviour", choices=sorted(BEHAVIOURS), default="good")
    parser.add_argument("--delay", type=float, default=0.0, help="seconds before an answer; a tenth between pieces")
    given = parser.parse_args()
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_main(given.port, given.model or ["scripted"], given.behaviour, given.delay))
