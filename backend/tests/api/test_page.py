from pathlib import Path

import httpx
import pytest

from sayso.api.page import HEADERS

FOREVER = "public, max-age=31536000, immutable"


async def test_every_answer_carries_the_headers(client: httpx.AsyncClient) -> None:
    answers = [await client.get(path) for path in ("/", "/a.js", "/nothing")]
    same = await client.get("/", headers={"if-none-match": answers[0].headers["etag"]})
    assert [answer.status_code for answer in (*answers, same)] == [200, 200, 404, 304]
    for answer in (*answers, same):
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS


@pytest.mark.parametrize(
    ("path", "status", "kept"),
    [
        ("/", 200, None),
        ("/a.js", 200, None),
        ("/nothing", 404, None),
        ("/_next/static/a1b2.js", 200, FOREVER),
        ("/_next/static/gone.js", 404, None),
    ],
)
async def test_only_files_named_after_their_content_are_kept(
    client: httpx.AsyncClient, path: str, status: int, kept: str | None
) -> None:
    answer = await client.get(path)
    assert (answer.status_code, answer.headers.get("cache-control")) == (status, kept)


async def test_nothing_outside_of_the_page_is_served(client: httpx.AsyncClient, page: Path) -> None:
    (page.parent / "secret").write_text("secret", encoding="utf-8")
    for path in ("/../secret", "/%2e%2e/secret", "/..%2fsecret", "/_next/../../secret"):
        assert "secret" not in (await client.get(path)).text
