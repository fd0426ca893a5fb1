"""A scripted model behind a real HTTP server that speaks OpenAI's chat completions, with streaming.

Without a script it answers as a good model would, computed from the request: it plans queries from the question and
the feedback, words findings from the numbered passages, outlines, writes and sums up a report from the approved
findings and judges its sentences, so a whole run works with it. A script makes it misbehave in every way that models
and their servers do.

In a test:

    async with ModelServer() as server:
        server.script(failing(429, retry_after="0"), Reply("<think>hm</think>..."))
        ...
        assert server.chats[0]["messages"]

As a model for another process: `python tests/model_server.py --port 9000 --behaviour thinking` (from `tests`:
`python -m model_server --port 9000`), `--refuse response_format` for an endpoint that knows no JSON schemas, then
`OPENAI_API_KEY=any OPENAI_BASE_URL=http://127.0.0.1:9000/v1`.
"""

import argparse
import asyncio
import contextlib
import json
import sys
from collections import deque
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Self

from model_answers import Body, answer
from model_replies import BEHAVIOURS, Reply, failing
from weak_model import weak


class ModelServer:
    """The server. Chat requests take the replies of `script` in turn, then `otherwise`.

    Args:
        models: names to list.
        refuses: options that are refused, by name, with status 400.
        at_once: chat requests that are answered side by side; more get `busy`.
    """

    def __init__(
        self, *, models: list[str] | None = None, refuses: Iterable[str] = (), at_once: int | None = None
    ) -> None:
        self.refuses = set(refuses)
        self.at_once = at_once
        self.most_at_once = 0
        """Chat requests that were being answered side by side, at the most."""
        self.turned_away = 0
        """Chat requests that got `busy`."""
        self.busy = failing(429, message="one at a time, please")
        self._answering = 0
        self.models: list[str] | Reply = models if models is not None else ["scripted"]
        self.otherwise = Reply()
        self.chats: list[Body] = []
        """Bodies of the chat requests so far."""
        self.keys: set[str] = set()
        """Authorization headers seen."""
        self.paths: list[str] = []
        self.asked = asyncio.Event()
        """Set when a chat request has come."""
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
        self.asked.set()
        refused = sorted(self.refuses & body.keys())
        if refused:
            return await self._chat(reader, writer, body, failing(400, message=f"{refused[0]} is not supported"))
        if self.at_once is not None and self._answering >= self.at_once:
            self.turned_away += 1
            return await self._chat(reader, writer, body, self.busy)
        reply = self._script.popleft() if self._script else self.otherwise
        self._answering += 1
        self.most_at_once = max(self.most_at_once, self._answering)
        try:
            return await self._chat(reader, writer, body, reply)
        finally:
            self._answering -= 1

    async def _chat(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, body: Body, reply: Reply) -> bool:
        await self._wait(reader, reply.delay)
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
        message: Body = {"role": "assistant", "content": text}
        if body.get("tools") and reply.calls_tool:
            function = {"name": body["tools"][0]["function"]["name"], "arguments": text}
            call = {"id": "call-1", "type": "function", "function": function}
            message = {"role": "assistant", "content": None, "tool_calls": [call]}
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

    async def _wait(self, reader: asyncio.StreamReader, seconds: float) -> None:
        """Wait, and notice if the client goes away meanwhile."""
        if not seconds:
            return
        gone = asyncio.create_task(reader.read(1))
        done, _ = await asyncio.wait([gone], timeout=seconds)
        gone.cancel()
        if done:
            raise ConnectionResetError

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


async def _main(port: int, models: list[str], behaviour: str, delay: float, refuses: list[str]) -> None:
    server = ModelServer(models=models, refuses=refuses)
    chosen = Reply(text=weak) if behaviour == "weak" else BEHAVIOURS[behaviour]
    server.otherwise = replace(chosen, delay=delay) if delay else chosen
    await server.start(port)
    print(f"A scripted model answers at {server.url}", file=sys.stderr, flush=True)  # noqa: T201
    await asyncio.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="A scripted model that speaks OpenAI's chat completions.")
    parser.add_argument("--port", type=int, default=9000, help="0 takes a free one, and says which")
    parser.add_argument("--model", action="append", help="name of a model to list (default: scripted)")
    parser.add_argument("--behaviour", choices=sorted([*BEHAVIOURS, "weak"]), default="good")
    parser.add_argument("--delay", type=float, default=0.0, help="seconds before an answer; a tenth between pieces")
    parser.add_argument(
        "--refuse", action="append", default=[], help="an option to refuse: response_format, tools, ..."
    )
    given = parser.parse_args()
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_main(given.port, given.model or ["scripted"], given.behaviour, given.delay, given.refuse))
