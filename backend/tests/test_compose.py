import asyncio
from pathlib import Path

import pytest
from workflows.events import Event

from report.archive import Archive
from sayso.compose import SAMPLE_QUESTIONS, Toolkit, compose
from sayso.events import ReviewEvent
from sayso.settings import CHECKOUT, read_settings

RIGHT_PAGES = {
    "What happens to a decision when the server dies?": {"sayso/architecture.md", "sayso/protocol.md"},
    "How do redirects work in Next.js?": {
        "next/01-app/02-guides/redirecting.md",
        "next/01-app/03-api-reference/04-functions/redirect.md",
        "next/01-app/03-api-reference/04-functions/permanentRedirect.md",
        "next/01-app/03-api-reference/04-functions/next-response.md",
        "next/01-app/03-api-reference/05-config/01-next-config-js/redirects.md",
        "next/01-app/04-glossary.md",
        "next/02-pages/02-guides/redirecting.md",
    },
    "How are environment variables exposed to the browser?": {
        "next/01-app/02-guides/environment-variables.md",
        "next/01-app/02-guides/data-security.md",
        "next/01-app/04-glossary.md",
        "next/02-pages/02-guides/environment-variables.md",
        "next/02-pages/02-guides/forms.md",
    },
}


@pytest.fixture
def no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """As on a fresh machine, whatever the one that tests has set."""
    monkeypatch.chdir(tmp_path)
    for name in ("SAYSO_LIBRARY", "SAYSO_SOURCES", "OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)


async def test_each_example_question_is_answered_well_by_the_sample(tmp_path: Path, no_settings: None) -> None:
    installed = CHECKOUT / "frontend" / "node_modules" / "next" / "dist" / "docs"
    assert installed.is_dir(), "the sample is part of the installed page; `make test` installs it"
    toolkit = Toolkit(read_settings(data_dir=tmp_path, sources=("library",)))
    assert toolkit.library is not None
    assert toolkit.library.sample
    try:
        assert (await toolkit.library.refresh()).documents > 400
        assert toolkit.examples == tuple(SAMPLE_QUESTIONS)
        assert set(SAMPLE_QUESTIONS) == set(RIGHT_PAGES)
        for question, pages in RIGHT_PAGES.items():
            review = (await first_review(toolkit, question)).review
            uris = {source.id: source.uri for source in review.sources}
            found = [uris[finding.quotes[0].source] for finding in review.findings]
            assert sum(uri in pages for uri in found) >= 3, (question, found)
            assert found[0] in pages, (question, found)
    finally:
        await toolkit.close()


async def first_review(toolkit: Toolkit, question: str) -> ReviewEvent:
    handler = toolkit.report_workflow(Archive()).run(question=question, options={}, by="Ada")
    event: Event
    async for event in handler.stream_events():
        if isinstance(event, ReviewEvent):
            await handler.cancel_run()
            return event
    raise AssertionError("the workflow asked nothing")


async def test_which_sources_are_used(tmp_path: Path, no_settings: None) -> None:
    async def names(**given: object) -> list[str]:
        toolkit = Toolkit(read_settings(data_dir=tmp_path, **given))
        await toolkit.close()
        return [source.name for source in toolkit.sources]

    assert await names() == ["library", "wikipedia"]
    assert await names(library=tmp_path) == ["library"], "nothing leaves the machine of who named their own documents"
    assert await names(library=tmp_path, sources="library,wikipedia") == ["library", "wikipedia"]
    assert await names(library=tmp_path, sources="auto") == ["library"]
    assert await names(sources="wikipedia") == ["wikipedia"]


async def test_a_key_alone_switches_the_model_on(tmp_path: Path, no_settings: None) -> None:
    without = Toolkit(read_settings(data_dir=tmp_path))
    assert (list(without.writers), without.default_writer) == (["extractive"], "extractive")
    keyed = Toolkit(read_settings(data_dir=tmp_path, openai_api_key="sk-secret"))
    assert (list(keyed.writers), keyed.default_writer) == (["extractive", "llm"], "llm")
    assert keyed.writers["llm"].info.model == "gpt-5.4-mini"
    assert "sk-secret" not in repr(keyed.writers["llm"].info)
    for toolkit in (without, keyed):
        await toolkit.close()


async def test_from_its_first_moment_a_library_says_that_it_is_being_read(tmp_path: Path, no_settings: None) -> None:
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / "a.md").write_text("# A\n\nThe walrus sleeps on the ice.", encoding="utf-8")
    settings = read_settings(data_dir=tmp_path / "data", library=folder, sources="library")
    toolkit, service = compose(settings)
    assert toolkit.library is not None
    await service.open()
    try:
        toolkit.open()
        await asyncio.sleep(0)
        state = await toolkit.library.readiness()
        assert (state.ready, state.working) == (False, True), state.why
    finally:
        await service.close()
        await toolkit.close()
