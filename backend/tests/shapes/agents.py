"""LlamaIndex's agents, over a model that answers by what it has heard, as a real one does."""

import json
from collections.abc import AsyncGenerator, Sequence
from typing import Any

from llama_index.core.agent.workflow import AgentWorkflow, FunctionAgent, ReActAgent
from llama_index.core.base.llms.types import ChatMessage, ChatResponse, LLMMetadata, MessageRole
from llama_index.core.llms import MockLLM
from llama_index.core.llms.mock import MockFunctionCallingLLM
from llama_index.core.tools import FunctionTool
from workflows import Context
from workflows.events import HumanResponseEvent, InputRequiredEvent


def _calls(name: str, **arguments: Any) -> ChatMessage:
    from llama_index.core.base.llms.types import ToolCallBlock

    call = ToolCallBlock(tool_call_id=f"call-{name}", tool_name=name, tool_kwargs=arguments)
    return ChatMessage(role="assistant", blocks=[call])


def _replies(messages: Sequence[ChatMessage], **kwargs: Any) -> ChatMessage:
    """Calls the first tool that is named in the user's words and was not called yet; then says what came of it."""
    asked = next(str(each.content) for each in messages if each.role == MessageRole.USER)
    heard = [str(each.content) for each in messages if each.role == MessageRole.TOOL]
    tools = [name for name in ("handoff", "delete", "count", "remember") if name in asked][len(heard) :]
    if not tools:
        return ChatMessage(role="assistant", content=f"Then: {' / '.join(heard)}")
    arguments = {"handoff": {"to_agent": "worker", "reason": "it knows how"}, "delete": {"file": "a.txt"}}
    return _calls(tools[0], **arguments.get(tools[0], {}))


def model() -> MockFunctionCallingLLM:
    return MockFunctionCallingLLM(response_generator=_replies, is_chat_model=True)


class Thinker(MockLLM):
    """Speaks as a ReAct agent does."""

    @property
    def metadata(self) -> LLMMetadata:
        return LLMMetadata(is_chat_model=True)

    def _reply(self, messages: Sequence[ChatMessage]) -> str:
        seen = [str(each.content) for each in messages if str(each.content).startswith("Observation:")]
        if seen:
            return f"Thought: I can answer.\nAnswer: Then: {seen[-1].removeprefix('Observation:').strip()}"
        return f"Thought: I need a tool.\nAction: delete\nAction Input: {json.dumps({'file': 'a.txt'})}"

    async def achat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> ChatResponse:
        return ChatResponse(message=ChatMessage(role="assistant", content=self._reply(messages)))

    async def astream_chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> AsyncGenerator[ChatResponse, None]:
        async def stream() -> AsyncGenerator[ChatResponse, None]:
            said = ""
            for piece in self._reply(messages).splitlines(keepends=True):
                said += piece
                yield ChatResponse(message=ChatMessage(role="assistant", content=said), delta=piece)

        return stream()


async def delete(ctx: Context, file: str) -> str:
    """Delete a file, if a human agrees."""
    said = await ctx.wait_for_event(
        HumanResponseEvent,
        waiter_id=f"delete {file}",
        waiter_event=InputRequiredEvent(prefix=f"Delete {file}?", user_name="Ada"),
        requirements={"user_name": "Ada"},
    )
    return f"{file} is gone" if said.response == "yes" else f"{file} stays"


async def ask_first(ctx: Context, file: str) -> str:
    """Delete a file, asked about on the stream."""
    ctx.write_event_to_stream(InputRequiredEvent(prefix=f"Delete {file}?", user_name="Ada"))
    said = await ctx.wait_for_event(HumanResponseEvent, requirements={"user_name": "Ada"})
    return f"{file} is gone" if said.response == "yes" else f"{file} stays"


def count() -> int:
    """Count."""
    return 3


async def remember(ctx: Context) -> str:
    """Keep something in the agents' state."""
    async with ctx.store.edit_state() as state:
        state["state"]["times"] = state["state"].get("times", 0) + 1
    return f"remembered {(await ctx.store.get('state'))['times']}"


function_agent = FunctionAgent(tools=[delete, count], llm=model(), system_prompt="You delete files.")
unasked_agent = FunctionAgent(tools=[FunctionTool.from_defaults(ask_first, name="delete")], llm=model())
slow_agent = FunctionAgent(tools=[delete], llm=model(), streaming=False, timeout=20)
react_agent = ReActAgent(tools=[delete], llm=Thinker(max_tokens=None))
agent_workflow = AgentWorkflow.from_tools_or_functions([delete, count], llm=model())
remembering = AgentWorkflow(
    agents=[FunctionAgent(tools=[remember, delete], llm=model())], initial_state={"times": 1}, timeout=30
)
team = AgentWorkflow(
    agents=[
        FunctionAgent(name="lead", description="Hands on.", tools=[count], llm=model(), can_handoff_to=["worker"]),
        FunctionAgent(name="worker", description="Deletes.", tools=[delete], llm=model(), can_handoff_to=[]),
    ],
    root_agent="lead",
)
