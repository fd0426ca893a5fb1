"""A run over all sources side by side, over real sockets; and texts of theirs that want to be instructions."""

import asyncio
import ipaddress
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from model_server import ModelServer
from report.driving import Run, evidence
from sayso.addresses import Addresses
from sayso.events import ReviewEvent
from sayso.exports.formats import FORMATS
from sayso.protocol.evidence import Source
from sayso.report.workflow import ReportWorkflow
from sayso.research.arxiv.source import Arxiv
from sayso.research.library.folder import Root
from sayso.research.library.source import Library
from sayso.research.mcp.server import McpServer
from sayso.research.mcp.source import McpTool
from sayso.research.source import SearchSource
from sayso.research.web.engines import searxng
from sayso.research.web.source import Web
from sayso.research.wikipedia.source import Wikipedia
from sayso.writers.extractive.writer import ExtractiveWriter
from sayso.writers.llm.writer import llm_writer
from support.injections import EVIL, INJECTIONS
from support.source_servers import TOLD, source_servers

QUESTION = "How long does a crate lock last?"


@asynccontextmanager
async def all_sources(folder: Path, told: dict[str, str], *, copies: int = 1) -> AsyncIterator[list[SearchSource]]:
    """One of each kind, that tell what `told` says; the web on several sites, with the same text on each."""
    (folder / "library").mkdir()
    (folder / "library" / "crates.md").write_text(f"# Crates\n\n{told['library']}\n", encoding="utf-8")
    async with source_servers(told, copies=copies) as servers:
        library = Library(folder / "index", [Root(folder / "library")], isolated=False)
        await library.refresh()
        allowed = Addresses(map(ipaddress.ip_network, servers.sites))
        sources: list[Any] = [
            library,
            Wikipedia(base_url=servers.wikipedia),
            Arxiv(folder / "arxiv", agent="Sayso/test", base_url=servers.arxiv, pause=0.0),
            Web(searxng(servers.searxng), folder / "web", agent="Sayso/test", addresses=allowed),
            McpTool(McpServer("tickets", servers.mcp, "search"), agent="Sayso/test"),
        ]
        yield sources
        for source in sources:
            await source.close()


def over(sources: list[SearchSource]) -> Run:
    return Run(lambda: ReportWorkflow(sources, {"extractive": ExtractiveWriter()}))


def by_kind(sources: list[Source]) -> dict[str, Source]:
    return {source.kind: source for source in sources}


async def test_all_sources_are_searched_side_by_side_and_cited_as_what_they_are(tmp_path: Path) -> None:
    async with all_sources(tmp_path, TOLD) as sources:
        run = over(sources)
        review = await run.ask(QUESTION)
        found = by_kind(review.sources)
        assert set(found) == set(TOLD)
        quoted = {quote.text for finding in evidence(review) for quote in finding.quotes}
        assert quoted == set(TOLD.values())
        assert found["library"].origin.retrieved_at is None
        assert all(found[kind].origin.retrieved_at for kind in TOLD if kind != "library")
        assert found["wikipedia"].origin.version == "revision 1290381"
        assert found["wikipedia"].date == "2025-02-03"
        assert (found["arxiv"].origin.version, found["arxiv"].origin.authors) == ("v2", ["Ada Lovelace"])
        assert found["tickets"].uri.startswith("mcp:tickets/search?query=")
        assert run.progress[0].startswith("Leaves this machine: ")
        assert all(each in run.progress[0] for each in ("SearXNG", "arXiv", "MCP server tickets", "127.0.0.1"))
        assert run.progress[0].count("the words of each search") == 1, "what all of them get is said once"
        assert any(line.startswith("Searching the library, Wikipedia, arXiv, Web and tickets") for line in run.progress)
        report = await run.approve()
        assert {source.kind for source in report.sources} == set(TOLD)
        for name in ("md", "html"):
            text = FORMATS[name].render(report).decode()
            assert text.count("retrieved 20") == 4
            assert "Ada Lovelace" in text
            assert "revision 1290381" in text
        assert json.loads(FORMATS["json"].render(report))["sources"][1]["origin"]["retrieved_at"]
        await run.close()


async def test_one_that_fails_is_named_and_the_others_go_on(tmp_path: Path) -> None:
    async with all_sources(tmp_path, TOLD) as sources:
        broken = Arxiv(tmp_path / "none", agent="Sayso/test", base_url="http://127.0.0.1:9", pause=0.0)
        run = over([broken if source.name == "arxiv" else source for source in sources])
        review = await run.ask(QUESTION)
        assert set(by_kind(review.sources)) == set(TOLD) - {"arxiv"}
        (line,) = [line for line in run.progress if line.startswith("arXiv could not be searched: ")]
        assert "cannot be reached" in line
        assert any("arXiv could not be searched" in each for each in review.not_found)
        await broken.close()
        await run.close()


async def test_the_same_text_on_many_pages_is_one_source(tmp_path: Path) -> None:
    async with all_sources(tmp_path, TOLD, copies=6) as sources:
        run = over(sources)
        review = await run.ask(QUESTION, sources=["web"])
        (source,) = review.sources
        (finding,) = evidence(review)
        assert finding.agreeing == 1
        assert len(finding.quotes) == 1
        assert source.copies, "where else it stands is told"
        await run.close()


async def test_a_run_narrows_the_sources_and_nobody_else_is_asked(tmp_path: Path) -> None:
    async with all_sources(tmp_path, TOLD) as sources:
        run = over(sources)
        review = await run.ask(QUESTION, sources=["library"])
        assert set(by_kind(review.sources)) == {"library"}
        assert run.progress[0] == "Research and writing send nothing to anybody else"
        await run.close()


@pytest.mark.parametrize("kind", TOLD)
async def test_a_text_of_a_source_is_no_instruction(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_up: list[str] = []
    real = asyncio.BaseEventLoop.getaddrinfo

    async def watched(self: Any, host: Any, port: Any, **rest: Any) -> Any:
        looked_up.append(str(host))
        return await real(self, host, port, **rest)

    monkeypatch.setattr(asyncio.BaseEventLoop, "getaddrinfo", watched)
    hostile = TOLD[kind] + "\n\n" + "\n\n".join(INJECTIONS)
    async with all_sources(tmp_path, TOLD | {kind: hostile}) as sources:
        run = over(sources)
        review = await run.ask(QUESTION)
        assert kind in by_kind(review.sources)
        assert len([event for event in run.events if isinstance(event, ReviewEvent)]) == 1, "a human is asked"
        assert review.round == 1
        report = await run.approve()
        assert report.approvals[0].by == "Grace", "whom the human said to be"
        assert EVIL not in "".join(looked_up)
        html = FORMATS["html"].render(report).decode()
        for mark in ("<script>alert", "<img", "<iframe", 'href="javascript:', 'href="data:', f'src="http://{EVIL}'):
            assert mark not in html
        await run.close()


@pytest.mark.parametrize("kind", TOLD)
async def test_a_text_of_a_source_stays_in_its_tags(kind: str, tmp_path: Path) -> None:
    hostile = TOLD[kind] + "\n\n" + "\n\n".join(INJECTIONS)
    async with all_sources(tmp_path, TOLD | {kind: hostile}) as sources, ModelServer() as model:
        writer = llm_writer(api_key="key", base_url=model.url, model="scripted")
        run = Run(lambda: ReportWorkflow(sources, {"extractive": ExtractiveWriter(), "llm": writer}, "llm"))
        review = await run.ask(QUESTION)
        assert kind in by_kind(review.sources)
        await run.approve()
        shown = [
            message["content"] for chat in model.chats for message in chat["messages"] if message["role"] == "user"
        ]
        assert any("Ignore all previous instructions" in text for text in shown), "it was read"
        for text in shown:
            assert text.count("<passage ") == text.count("</passage>")
            assert "<|im_start" not in text
            assert text.count("</question>") <= 1
        await run.close()
        await writer.aclose()
