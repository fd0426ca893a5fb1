"""Structured answers: JSON schemas, tool calls, and neither; what an endpoint refuses is learned once."""

import asyncio

import pytest

from llm_evidence import QUESTION, Drafts, long_brief
from model_answers import OUTLINE, Body, task
from model_replies import Reply, failing
from model_server import ModelServer
from sayso.writers.llm.writer import llm_writer
from sayso.writers.port import Assignment

ASSIGNMENT = Assignment(question=QUESTION)
WAYS = ("response_format", "tools")


def way(body: Body) -> str:
    """How a request asks for its schema."""
    return "+".join(name for name in WAYS if name in body) or "prompt"


@pytest.mark.parametrize(
    ("refuses", "asked"),
    [
        ((), ["response_format", "response_format"]),
        (("response_format",), ["response_format", "tools", "tools"]),
        (("response_format", "tools"), ["response_format", "tools", "prompt", "prompt"]),
        (("response_format", "tool_choice"), ["response_format", "tools", "prompt", "prompt"]),
        (("tools",), ["response_format", "response_format"]),
    ],
)
async def test_the_best_way_that_is_not_refused(refuses: tuple[str, ...], asked: list[str]) -> None:
    async with ModelServer(refuses=refuses) as server:
        writer = llm_writer(api_key="key", base_url=server.url, model="scripted")
        assert len(await writer.plan(ASSIGNMENT)) > 2
        assert len(await writer.plan(ASSIGNMENT)) > 2
        assert [way(body) for body in server.chats] == asked
        await writer.aclose()


async def test_a_refusal_without_a_reason_is_the_schemas() -> None:
    async with ModelServer() as server:
        writer = llm_writer(api_key="key", base_url=server.url, model="scripted")
        server.script(failing(422, message="bad request"), failing(400, message="bad request"))
        assert await writer.plan(ASSIGNMENT)
        assert [way(body) for body in server.chats] == ["response_format", "tools", "prompt"]
        await writer.aclose()


async def test_the_schema_is_the_same_either_way() -> None:
    async with ModelServer(refuses=["response_format"]) as server:
        writer = llm_writer(api_key="key", base_url=server.url, model="scripted")
        await writer.plan(ASSIGNMENT)
        first, second = server.chats
        (tool,) = second["tools"]
        assert tool["function"]["parameters"] == first["response_format"]["json_schema"]["schema"]
        assert second["tool_choice"]["function"]["name"] == tool["function"]["name"] == "plan"
        await writer.aclose()


@pytest.mark.parametrize("calls_tool", [True, False])
async def test_a_tool_call_is_repaired_and_may_be_plain_text(calls_tool: bool) -> None:
    async with ModelServer(refuses=["response_format"]) as server:
        writer = llm_writer(api_key="key", base_url=server.url, model="scripted")
        await writer.plan(ASSIGNMENT)
        server.chats.clear()
        server.script(Reply(text='{"queries": "none"}', calls_tool=calls_tool), Reply(calls_tool=calls_tool))
        assert await writer.plan(ASSIGNMENT)
        assert "queries" in server.chats[1]["messages"][-1]["content"]
        assert len(server.chats) == 2
        await writer.aclose()


async def test_a_whole_report_without_schemas() -> None:
    async with ModelServer(refuses=["response_format", "tools", "temperature", "stream_options"]) as server:
        writer = llm_writer(api_key=None, base_url=server.url, model="scripted")
        first, second = await asyncio.gather(*(writer.write(long_brief(), Drafts()) for _ in range(2)))
        assert first == second
        assert len(first.sections) == 3
        assert first.summary
        server.chats.clear()
        await writer.write(long_brief(), Drafts())
        assert [way(body) for body in server.chats if task(body) == OUTLINE] == ["prompt"]
        assert len(server.chats) == 5
        await writer.aclose()
