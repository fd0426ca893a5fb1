import httpx

from sayso import __version__
from sayso.protocol.commands import MAX_FEEDBACK, MAX_FRAME, MAX_QUESTION
from sayso.protocol.http import Info


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
