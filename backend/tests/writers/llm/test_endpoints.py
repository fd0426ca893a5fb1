"""Slow, odd and broken endpoints: what they do is noticed, named and lived with."""

import asyncio
import json
from typing import Any

import pytest

from llm_evidence import KEY, LOCKS, QUERY, QUESTION, Drafts, brief, passage
from model_answers import FIND, Body, task
from model_replies import Reply, failing
from model_server import ModelServer
from sayso.protocol.usage import Budget
from sayso.writers.judgement import Claimed
from sayso.writers.llm.endpoint import as_base, chat_models
from sayso.writers.llm.hearing import Patience
from sayso.writers.llm.writer import LLMWriter, llm_writer
from sayso.writers.meter import Meter
from sayso.writers.port import Assignment, WriterError

ASSIGNMENT = Assignment(question=QUESTION)


@pytest.mark.parametrize(
    ("typed", "base", "query"),
    [
        ("http://127.0.0.1:11434", "http://127.0.0.1:11434/v1", {}),
        ("127.0.0.1:11434/", "http://127.0.0.1:11434/v1", {}),
        (" http://host/v1/ ", "http://host/v1", {}),
        ("localhost:8080/v1/chat/completions/", "http://localhost:8080/v1", {}),
        ("gpu.local:8080", "http://gpu.local:8080/v1", {}),
        ("[::1]:8080", "http://[::1]:8080/v1", {}),
        ("api.example.com", "https://api.example.com/v1", {}),
        ("api.example.com/openai/v1/", "https://api.example.com/openai/v1", {}),
        ("http://host/v1/chat/completions", "http://host/v1", {}),
        ("https://host/openai/v1/models", "https://host/openai/v1", {}),
        ("https://host/proxy?api-version=2024-10-21", "https://host/proxy", {"api-version": "2024-10-21"}),
    ],
)
def test_a_base_url_as_people_write_it(typed: str, base: str, query: dict[str, str]) -> None:
    assert as_base(typed) == (base, query)


async def test_an_address_without_its_path_works(server: ModelServer) -> None:
    writer = llm_writer(api_key=KEY, base_url=server.url.removesuffix("/v1").removeprefix("http://"), model="scripted")
    assert await writer.plan(ASSIGNMENT)
    await writer.aclose()


def test_what_is_no_chat_model_is_passed_over() -> None:
    listed = ["nomic-embed-text", "whisper-1", "tts-1-hd", "bge-m3", "bge-reranker-v2", "qwen3:4b"]
    assert chat_models(listed) == ["qwen3:4b"]


async def test_readiness_is_an_answer(server: ModelServer) -> None:
    """The first of the list cannot chat, and says so only when it is asked."""
    server.models = ["mystery", "chatty"]
    server.script(failing(400, message="mystery does not support chat"))
    writer = llm_writer(api_key=KEY, base_url=server.url)
    assert (await writer.check()).why.startswith("ready: chatty at")
    assert [body["model"] for body in server.chats] == ["mystery", "chatty"]
    assert all(body["max_tokens"] < 100 for body in server.chats)
    await writer.aclose()


class Thinking(ModelServer):
    """Sends its thinking apart, a piece every `pause` seconds, and then the answer."""

    def __init__(self, pieces: int, pause: float) -> None:
        super().__init__()
        self.thoughts, self.pause = pieces, pause

    async def _stream(self, reader: Any, writer: Any, body: Body, reply: Reply, text: str, usage: Body | None) -> bool:
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n")
        for _ in range(self.thoughts):
            await self._send(writer, {"reasoning_content": "hm, "})
            await asyncio.sleep(self.pause)
        if reply.finish == "stop":
            await self._send(writer, {"content": text})
        await self._send(writer, {}, reply.finish)
        writer.write(b"data: [DONE]\n\n")
        await writer.drain()
        return False

    @staticmethod
    async def _send(writer: Any, delta: Body, finish: str | None = None) -> None:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        chunk = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "m", "choices": [choice]}
        writer.write(f"data: {json.dumps(chunk)}\n\n".encode())
        await writer.drain()


async def test_thinking_is_a_sign_of_life() -> None:
    async with Thinking(pieces=12, pause=0.1) as server:
        patience = Patience(first_token=5.0, silence=0.8)
        writer = llm_writer(api_key=KEY, base_url=server.url, model="m", patience=patience)
        await writer.check()
        meter = Meter()
        asking = asyncio.create_task(writer.plan(ASSIGNMENT, meter))
        said = ""
        while "thinks" not in said and not asking.done():
            await asyncio.sleep(0.02)
            said = meter.at_work
        assert "The model thinks: " in said
        assert await asking
        assert meter.at_work == ""
        await writer.aclose()


async def test_tokens_used_up_by_thinking_are_named() -> None:
    async with Thinking(pieces=3, pause=0.0) as server:
        server.otherwise = Reply(finish="length")
        writer = llm_writer(api_key=KEY, base_url=server.url, model="m")
        with pytest.raises(WriterError, match="used up its 4,096 tokens by thinking"):
            await writer.plan(ASSIGNMENT)
        await writer.aclose()


@pytest.mark.parametrize("first", [0.3, 5.0])
async def test_the_first_token_and_the_silence_have_their_own_patience(server: ModelServer, first: float) -> None:
    """A prompt that is read for long is no silence; a stream that stops is, whatever the first took."""
    server.otherwise = Reply(delay=1.0)
    writer = llm_writer(api_key=KEY, base_url=server.url, model="scripted", patience=Patience(first, 0.5))
    await writer.model._built()  # loads the library, which takes seconds of its own
    meter = Meter()
    if first < 1:
        with pytest.raises(WriterError, match=r"did not answer within 0\.3 seconds"):
            await writer.plan(ASSIGNMENT, meter)
        assert meter.used.prompt_tokens > 100  # it has read them
    else:
        assert await writer.plan(ASSIGNMENT, meter)
        server.otherwise = Reply(hang=True)
        with pytest.raises(WriterError, match=r"did not answer within 0\.5 seconds"):
            await writer.plan(ASSIGNMENT, meter)
    await writer.aclose()


@pytest.mark.parametrize("calls_tool", [True, False])
async def test_an_answer_that_comes_whole_is_read_too(calls_tool: bool) -> None:
    class Unstreamed(ModelServer):
        async def _chat(self, reader: Any, writer: Any, body: Body, reply: Reply) -> bool:
            return await super()._chat(reader, writer, {**body, "stream": False}, reply)

    async with Unstreamed(refuses=["response_format"] if calls_tool else []) as server:
        writer = llm_writer(api_key=KEY, base_url=server.url, model="scripted")
        meter = Meter()
        assert len(await writer.plan(ASSIGNMENT, meter)) > 2
        assert meter.used.completion_tokens > 10
        assert (await writer.write(brief(), Drafts())).sections
        await writer.aclose()


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('{"error": {"message": "model runner has crashed"}}', "an error about the model scripted instead of text"),
        ('{"error": "the context length was exceeded"}', "too long for the model"),
        ('{"error": "out of luck"}', "answered with an error instead of text: look into the log"),
        ('{"error": {"message": "pass ?api-version=..."}}', "wants to be told an api-version"),
    ],
)
async def test_an_error_with_the_status_of_a_success_is_named(
    writer: LLMWriter, server: ModelServer, body: str, said: str
) -> None:
    server.otherwise = Reply(status=200, body=body)
    with pytest.raises(WriterError) as caught:
        await writer.plan(ASSIGNMENT)
    assert said in str(caught.value)
    assert "luck" not in str(caught.value)


class Cutting(ModelServer):
    """Reads no more than `window` tokens of a prompt, and says so only in its counts; then it knows nothing."""

    def __init__(self, window: int) -> None:
        super().__init__()
        self.window = window

    async def _stream(self, reader: Any, writer: Any, body: Body, reply: Reply, text: str, usage: Body | None) -> bool:
        tokens = len(str(body["messages"])) // 4
        if task(body) == FIND and tokens > self.window:
            text = '{"findings": []}'
        counts = {"prompt_tokens": min(tokens, self.window), "completion_tokens": 9, "total_tokens": 9}
        return await super()._stream(reader, writer, body, reply, text, counts)


async def test_a_prompt_that_is_cut_is_noticed_and_a_smaller_one_is_sent() -> None:
    async with Cutting(2_048) as server:
        writer = llm_writer(api_key=KEY, base_url=server.url, model="scripted")
        passages = [passage(f"Passage {n}: {LOCKS} " + "More. " * 150, f"{n}.html") for n in range(60)]
        candidates = await writer.find(ASSIGNMENT, [(QUERY, passages)])
        assert candidates
        long, short = (len(str(body["messages"])) for body in server.chats)
        assert short < long / 3
        assert "cuts prompts, so it is sent no more than 2,048 tokens" in writer.info.why
        await writer.aclose()


async def test_what_hides_in_a_find_prompt_is_counted_as_it_is(writer: LLMWriter, server: ModelServer) -> None:
    """An honest count is no cut."""
    passages = [passage(f"Passage {n}: {LOCKS} " + "More. " * 150, f"{n}.html") for n in range(60)]
    assert await writer.find(ASSIGNMENT, [(QUERY, passages)])
    assert writer.model.cut_at is None
    assert len(server.chats) == 1


@pytest.mark.parametrize("stage", ["plan", "find", "write", "judge"])
@pytest.mark.parametrize("end", ["cancel", "budget"])
@pytest.mark.parametrize("reply", [Reply(hang=True), Reply(delay=60.0)], ids=["silent amid its answer", "reading"])
async def test_the_model_is_hung_up_on_at_once(server: ModelServer, stage: str, end: str, reply: Reply) -> None:
    writer = llm_writer(api_key=KEY, base_url=server.url, model="scripted")
    await writer.check()
    server.asked.clear()
    server.otherwise = reply
    meter = Meter(budget=Budget(seconds=1.0) if end == "budget" else None)
    calls: dict[str, Any] = {
        "plan": lambda: writer.plan(ASSIGNMENT, meter),
        "find": lambda: writer.find(ASSIGNMENT, [(QUERY, [passage(LOCKS)])], meter),
        "write": lambda: writer.write(brief(), Drafts(), meter),
        "judge": lambda: writer.judge([Claimed(text="A.", quotes=["B."])], meter),
    }
    asking = asyncio.create_task(calls[stage]())
    await server.asked.wait()
    if end == "cancel":
        asking.cancel()
    else:
        await asyncio.sleep(1.0)
    async with asyncio.timeout(3.0):
        await server.gone.wait()
    with pytest.raises((WriterError, asyncio.CancelledError)):
        await asking
    assert meter.used.prompt_tokens > 0
    await writer.aclose()
