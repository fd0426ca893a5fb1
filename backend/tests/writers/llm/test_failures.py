"""Models and endpoints that fail: the writer says why, in words that help."""

import asyncio
import json
import re
import socket
from typing import Any

import pytest

from llm_evidence import QUESTION, Drafts, brief
from model_answers import answer
from model_replies import Reply, failing
from model_server import ModelServer
from sayso.writers.llm.hearing import Patience
from sayso.writers.llm.writer import LLMWriter, llm_writer
from sayso.writers.port import Assignment, WriterError

ASSIGNMENT = Assignment(question=QUESTION)


async def failure_of(writer: LLMWriter, *, streamed: bool = False) -> str:
    with pytest.raises(WriterError) as caught:
        await (writer.write(brief(), Drafts()) if streamed else writer.plan(ASSIGNMENT))
    told, reason = str(caught.value), caught.value.reason
    # What readers of the report are told says what happened, and nothing of what to set or check.
    assert told.startswith(reason)
    assert not re.search(r"OPENAI_|SAYSO_|\b(?:check|set|choose|try)\b", reason)
    return told


@pytest.mark.parametrize("streamed", [False, True])
@pytest.mark.parametrize(
    ("reply", "calls", "said"),
    [
        (failing(401), 1, "key was refused (401): check OPENAI_API_KEY"),
        (failing(403), 1, "(403)"),
        (failing(404, message="Not Found"), 1, "check OPENAI_BASE_URL, which mostly ends in /v1"),
        (failing(404, message="no such model"), 1, "model scripted is not known"),
        (failing(429, retry_after="0"), 3, "too many requests"),
        (failing(429, retry_after="600"), 1, "try again later"),
        (failing(429, code="insufficient_quota"), 1, "no quota left"),
        (failing(500), 3, "failed to answer (500)"),
        (failing(503, retry_after="Wed, 21 Oct 2026 07:28:00 GMT"), 3, "(503)"),
        (failing(400, message="maximum context length is 2048 tokens"), 1, "too long for the model"),
        (Reply(status=200, body="<html>Welcome to the router</html>"), 1, "cannot be read as chat completions"),
        (Reply(status=200, body="{}"), 1, ""),
    ],
)
async def test_errors_are_explained(
    writer: LLMWriter, server: ModelServer, reply: Reply, calls: int, said: str, streamed: bool
) -> None:
    server.otherwise = reply
    assert said in (message := await failure_of(writer, streamed=streamed)) or streamed
    assert message.endswith(".") or "check" in message
    assert len(server.chats) == calls


async def test_a_busy_endpoint_is_asked_again(writer: LLMWriter, server: ModelServer) -> None:
    server.script(failing(429, retry_after="0"), failing(502))
    assert await writer.plan(ASSIGNMENT)
    server.script(failing(500))
    assert (await writer.write(brief(), Drafts())).sections


async def test_nobody_there() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{unused.getsockname()[1]}/v1"
        writer = llm_writer(api_key="key", base_url=address, model="scripted")
        assert "cannot be reached" in await failure_of(writer)
        info = await writer.check()
        assert not info.ready
        assert "cannot be reached" in info.why
        await writer.aclose()


@pytest.mark.parametrize("streamed", [False, True])
@pytest.mark.parametrize("pings", [False, True])
async def test_silence_has_an_end(server: ModelServer, streamed: bool, pings: bool) -> None:
    server.otherwise = Reply(hang=True, pings=pings)
    writer = llm_writer(api_key="key", base_url=server.url, model="scripted", patience=Patience(0.3, 0.3))
    assert "did not answer within 0.3 seconds" in await failure_of(writer, streamed=streamed)
    await server.gone.wait()
    await writer.aclose()


async def test_cancelling_stops_the_model(writer: LLMWriter, server: ModelServer) -> None:
    server.otherwise = Reply(endless=True)
    drafts = Drafts()
    task = asyncio.create_task(writer.write(brief(), drafts))
    await drafts.begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await server.gone.wait()


@pytest.mark.parametrize("reply", [Reply(cut_after=3), Reply(finish=None), Reply(cut_after=0)])
async def test_a_stream_that_breaks_off(writer: LLMWriter, server: ModelServer, reply: Reply) -> None:
    server.script(reply)
    assert "broke off" in await failure_of(writer, streamed=True)


@pytest.mark.parametrize("text", ["", "<think>What a question", "I am sorry, I cannot help with that."])
async def test_answers_without_a_report(writer: LLMWriter, server: ModelServer, text: str) -> None:
    server.script(Reply(text=text))
    assert "no sentence that cites" in await failure_of(writer, streamed=True)


@pytest.mark.parametrize(
    "around",
    [
        "{}",
        "```json\n{}\n```",
        "Sure! Here it is {{as asked}}:\n\n{}\n\nDoes that help?",
        '<think>I could say {{"queries": []}} but no</think>{}',
        'I ponder {{"queries": [{{"query": "wrong"}}]}}</think>\n{}',
    ],
)
async def test_json_is_found_in_what_models_say(writer: LLMWriter, server: ModelServer, around: str) -> None:
    good = json.dumps({"queries": [{"query": "vacuum full lock", "part": 1}]})
    server.script(Reply(text=around.format(good)))
    assert [query.text for query in await writer.plan(ASSIGNMENT)] == ["vacuum full lock"]
    assert len(server.chats) == 1


async def test_a_bare_list_will_do(writer: LLMWriter, server: ModelServer) -> None:
    server.script(Reply(text='[{"query": "vacuum full lock"}]'))
    assert [query.text for query in await writer.plan(ASSIGNMENT)] == ["vacuum full lock"]


@pytest.mark.parametrize(
    ("bad", "complaint"),
    [
        ("", "empty"),
        ('{"queries": [{"query": ', "no complete JSON"),
        ('{"queries": [{"topic": "x"}]}', "queries.0.query"),
        ('{"queries": []}', "every query was empty"),
        ("[" * 5_000, "no complete JSON"),
    ],
)
async def test_bad_json_is_repaired_once(writer: LLMWriter, server: ModelServer, bad: str, complaint: str) -> None:
    server.script(Reply(text=bad))
    assert await writer.plan(ASSIGNMENT)
    repair = server.chats[1]["messages"][-1]
    assert repair["role"] == "user"
    assert complaint in repair["content"]
    server.script(Reply(text=bad), Reply(text=bad))
    assert "twice" in await failure_of(writer)


def refusing(option: str, message: str) -> Any:
    """An endpoint that refuses requests with `option`."""

    class Refusing(ModelServer):
        async def _chat(self, reader: Any, writer: Any, body: Any, reply: Reply) -> bool:
            refused = failing(400, message=message) if option in body else reply
            return await super()._chat(reader, writer, body, refused)

    return Refusing()


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ("response_format", "unknown field response_format"),
        ("response_format", "bad request"),
        ("temperature", "Unsupported value: 'temperature' does not support 0.2 with this model"),
        ("max_tokens", "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."),
        ("stream_options", "stream_options: extra fields not permitted"),
    ],
)
async def test_what_an_endpoint_refuses_is_left_out(option: str, message: str) -> None:
    async with refusing(option, message) as server:
        writer = llm_writer(api_key="", base_url=server.url, model="scripted")
        await asyncio.gather(writer.plan(ASSIGNMENT), writer.plan(ASSIGNMENT))
        await writer.write(brief(), Drafts())
        asked = len(server.chats)
        await writer.plan(ASSIGNMENT)
        await writer.write(brief(), Drafts())
        assert len(server.chats) == asked + 2
        assert option not in server.chats[-1] | server.chats[-2]
        await writer.aclose()


@pytest.mark.parametrize(
    ("models", "model", "ready", "why"),
    [
        (["scripted"], "scripted", True, "ready: scripted at 127.0.0.1:"),
        (["qwen3:latest"], "qwen3", True, "ready: qwen3 at"),
        (["nomic-embed", "first", "second"], None, True, "ready: first at"),
        ([], None, False, "set SAYSO_MODEL"),
        (failing(404), None, False, "set SAYSO_MODEL"),
        (failing(404), "scripted", True, "ready: scripted"),
        (failing(403), "scripted", True, "ready: scripted"),
        (Reply(body="<html>"), "scripted", True, "ready: scripted"),
        (failing(401), "scripted", False, "key was refused (401): check OPENAI_API_KEY"),
        (failing(500), "scripted", False, "failed to answer (500)"),
    ],
)
async def test_the_check(models: list[str] | Reply, model: str | None, ready: bool, why: str) -> None:
    async with ModelServer() as server:
        server.models = models
        writer = llm_writer(api_key="key", base_url=server.url, model=model)
        info = await writer.check()
        assert (info.ready, info.name) == (ready, "llm")
        assert why in info.why
        assert writer.info == info
        await writer.aclose()


async def test_the_check_knows_an_unknown_model() -> None:
    async with ModelServer(models=["other"]) as server:
        server.otherwise = failing(404, message="The model `gtp-5` does not exist", code="model_not_found")
        writer = llm_writer(api_key="key", base_url=server.url, model="gtp-5")
        assert "The model gtp-5 is not known" in (await writer.check()).why
        assert server.chats[0]["max_tokens"] < 100
        await writer.aclose()


async def test_the_model_is_found_without_a_check(server: ModelServer) -> None:
    server.models = ["found"]
    server.otherwise = Reply(text=answer)
    writer = llm_writer(api_key=None, base_url=server.url)
    assert await writer.plan(ASSIGNMENT)
    assert server.chats[0]["model"] == writer.info.model == "found"
    await writer.aclose()
