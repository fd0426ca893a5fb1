"""A scripted model and a writer that uses it."""

from collections.abc import AsyncIterator

import pytest

from llm_evidence import KEY
from model_server import ModelServer
from sayso.writers.llm.writer import LLMWriter, llm_writer


@pytest.fixture
async def server() -> AsyncIterator[ModelServer]:
    async with ModelServer() as running:
        yield running


@pytest.fixture
async def writer(server: ModelServer) -> AsyncIterator[LLMWriter]:
    made = llm_writer(api_key=KEY, base_url=server.url, model="scripted")
    yield made
    await made.aclose()
