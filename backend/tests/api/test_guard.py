import httpx
import pytest
from fastapi import FastAPI

from sayso.protocol.commands import MAX_FRAME
from support.asgi import AsgiSocket

CROSS = {"sec-fetch-site": "cross-site"}
NAVIGATION = CROSS | {"sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
ORIGIN = "https://sayso.example.org"


@pytest.mark.parametrize("path", ["/api/runs", "/api/info", "/api/runs/stream", "/api/docs", "/", "/a.js", "/nothing"])
@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", ""])
async def test_nothing_is_told_under_a_strangers_name(client: httpx.AsyncClient, path: str, host: str) -> None:
    answer = await client.get(path, headers={"host": host})
    assert answer.status_code == 403
    assert answer.json()["error"]["code"] == "forbidden_host"
    assert "SAYSO_ALLOWED_HOSTS" in answer.json()["error"]["message"]


async def test_nothing_is_done_under_a_strangers_name(client: httpx.AsyncClient) -> None:
    answer = await client.post("/api/runs", json={"question": "q"}, headers={"host": "evil.example"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "forbidden_host")
    assert (await client.get("/api/runs")).json()["runs"] == []


async def test_two_hosts_are_none(client: httpx.AsyncClient) -> None:
    request = client.build_request("GET", "/api/info")
    request.headers = httpx.Headers([("host", "localhost"), ("host", "evil.example")])
    assert (await client.send(request)).status_code == 403


@pytest.mark.parametrize("host", ["localhost:9", "127.0.0.1", "[::1]:8000", "SAYSO.example.org", "sayso.example.org."])
async def test_our_own_names_pass(client: httpx.AsyncClient, host: str) -> None:
    assert (await client.get("/api/info", headers={"host": host})).status_code == 200


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
async def test_who_watches_the_process_may_call_it_anything(client: httpx.AsyncClient, path: str) -> None:
    assert (await client.get(path, headers={"host": "backend:8000"})).status_code == 200


@pytest.mark.parametrize("path", ["/api/runs", "/api/runs/stream", "/api/runs/x/report.pdf", "/api", "/query"])
@pytest.mark.parametrize("headers", [CROSS, NAVIGATION, CROSS | {"origin": "http://evil.example"}])
async def test_pages_of_other_sites_read_nothing(client: httpx.AsyncClient, path: str, headers: dict[str, str]) -> None:
    answer = await client.get(path, headers=headers)
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "forbidden_origin")
    assert "SAYSO_ALLOWED_ORIGINS" in answer.json()["error"]["message"]


@pytest.mark.parametrize("path", ["/", "/?status=waiting", "/a.js", "/api/docs", "/api/openapi.json", "/healthz"])
async def test_a_link_elsewhere_leads_to_the_page(client: httpx.AsyncClient, path: str) -> None:
    assert (await client.get(path, headers=NAVIGATION)).status_code == 200


@pytest.mark.parametrize(
    "headers", [{"sec-fetch-site": "same-origin"}, {"sec-fetch-site": "none"}, {}, CROSS | {"origin": ORIGIN}]
)
async def test_the_page_itself_scripts_and_named_origins_read(
    client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    assert (await client.get("/api/runs", headers=headers)).status_code == 200


async def test_only_named_origins_write(client: httpx.AsyncClient) -> None:
    body = {"question": "q", "workflow": "rewrite"}
    for origin, status in (("http://evil.example", 403), ("null", 403), (ORIGIN, 201), ("http://[::1]:3000", 201)):
        assert (await client.post("/api/runs", json=body, headers={"origin": origin})).status_code == status


@pytest.mark.parametrize(("size", "status"), [(MAX_FRAME, 422), (MAX_FRAME + 1, 413)])
async def test_a_body_has_a_limit(client: httpx.AsyncClient, size: int, status: int) -> None:
    answer = await client.post("/api/runs", content=b'"' + b"a" * (size - 2) + b'"')
    assert answer.status_code == status


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"host": "evil.example"}, "forbidden_host"),
        ({"origin": "http://evil.example"}, "forbidden_origin"),
        ({"host": "evil.example", "origin": "http://evil.example"}, "forbidden_host"),
        (CROSS, "forbidden_origin"),
    ],
)
async def test_a_stranger_gets_no_socket_and_the_reason(app: FastAPI, headers: dict[str, str], code: str) -> None:
    async with AsgiSocket(app, headers) as socket:
        assert socket.refused is not None
        status, body = socket.refused
        assert status == 403
        assert f'"{code}"'.encode() in body
    async with AsgiSocket(app, headers, denials=False) as socket:
        assert socket.refused == (403, b"")


@pytest.mark.parametrize("headers", [{}, {"host": "127.0.0.1:8000"}, {"origin": ORIGIN, **CROSS}])
async def test_who_belongs_here_gets_a_socket(app: FastAPI, headers: dict[str, str]) -> None:
    async with AsgiSocket(app, headers) as socket:
        assert socket.refused is None
