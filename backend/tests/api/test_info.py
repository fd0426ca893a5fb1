from pathlib import Path

import httpx
import pytest

from sayso import __version__
from sayso.protocol.commands import MAX_FEEDBACK, MAX_FRAME, MAX_QUESTION
from sayso.protocol.http import Info
from sayso.settings import Settings
from sayso.storage.sqlite.store import SqliteStore
from support.people import office


async def test_what_this_server_is_and_can_do(client: httpx.AsyncClient) -> None:
    info = Info.model_validate((await client.get("/api/info")).json())
    assert info.version == __version__
    assert [workflow.name for workflow in info.workflows] == ["report", "rewrite", "raises"]
    assert info.workflows[1].title == "Research, ask, and write or research again."
    assert [(source.name, source.ready) for source in info.sources] == [("library", True)]
    assert info.writer in [writer.name for writer in info.writers]
    assert info.examples == [], "of somebody's own documents we know none"
    limits = info.limits
    assert (limits.question, limits.feedback, limits.frame_bytes) == (MAX_QUESTION, MAX_FEEDBACK, MAX_FRAME)


async def test_who_is_asked_where_a_question_names_none(
    settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    given = {"auth": "tokens", "reviewers": ("Legal", "rewrite=Ops"), "four_eyes": ("rewrite",)}
    async with office(settings.model_copy(update=given), SqliteStore(tmp_path / "sayso.db")) as people:
        info = Info.model_validate((await people.call("Ada", "GET", "/api/info")).json())
    told = {each.name: (each.reviewers, each.four_eyes) for each in info.workflows}
    assert told == {"report": (["Legal"], False), "rewrite": (["Ops"], True), "raises": (["Legal"], False)}
    warned = [record.getMessage() for record in caplog.records if "SAYSO_REVIEWERS" in record.getMessage()]
    assert [name for name in ("Legal", "Ops") if any(f" {name} " in line for line in warned)] == ["Legal", "Ops"]
