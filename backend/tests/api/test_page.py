from pathlib import Path

import httpx
from starlette.applications import Starlette

from sayso.api.page import HEADERS, PageFiles


async def test_every_answer_carries_the_headers(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<!doctype html>page", encoding="utf-8")
    (tmp_path / "404.html").write_text("<!doctype html>nothing", encoding="utf-8")
    (tmp_path / "a.js").write_text("1", encoding="utf-8")
    app = Starlette()
    app.mount("/", PageFiles(directory=tmp_path, html=True))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://page") as client:
        answers = [await client.get(path) for path in ("/", "/a.js", "/nothing")]
        same = await client.get("/", headers={"if-none-match": answers[0].headers["etag"]})
    assert [answer.status_code for answer in (*answers, same)] == [200, 200, 404, 304]
    for answer in (*answers, same):
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS
