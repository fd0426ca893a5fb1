"""Who somebody is: tokens, links, sessions, a proxy's word; and that it ends when it is to end."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from sayso.api.identity import known
from sayso.engine import presence
from sayso.people.actor import SERVER
from sayso.people.person import SESSION_IDLE, SESSION_LASTS
from sayso.protocol.people import PersonChange
from sayso.settings import Settings
from sayso.storage.store import Store
from support.people import Office, office

PAGE = {"origin": "http://localhost:8000"}
SAME = {"sec-fetch-site": "same-origin"}


@pytest.fixture
def tokens(settings: Settings) -> Settings:
    return settings.model_copy(update={"auth": "tokens"})


@pytest.fixture
async def people(tokens: Settings, new_store: Callable[[], Store]) -> AsyncIterator[Office]:
    async with office(tokens, new_store()) as made:
        yield made


@pytest.fixture(autouse=True)
def look_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presence, "LOOK", 0.05)


@asynccontextmanager
async def signed_in(people: Office, name: str) -> AsyncIterator[httpx.AsyncClient]:
    """A browser with a session, on our page."""
    async with people.client(**PAGE) as browser:
        answer = await browser.post("/api/session", json={"secret": people.tokens[name]})
        assert answer.status_code == 200, answer.text
        yield browser


def code_of(answer: httpx.Response) -> str:
    code: str = answer.json()["error"]["code"]
    return code


async def test_a_token_is_who_one_is(people: Office) -> None:
    me = (await people.call("Lea", "GET", "/api/me")).json()
    assert (me["auth"], me["person"]["name"], me["person"]["role"], me["person"]["groups"]) == (
        *("tokens", "Lea", "reviewer"),
        ["Legal"],
    )
    assert (await people.call(None, "GET", "/api/me")).json()["person"] is None
    answer = await people.call(None, "GET", "/api/runs", headers={"authorization": "Bearer sayso_0_0"})
    assert (answer.status_code, code_of(answer)) == (401, "unauthorized")
    altered = people.tokens["Lea"][:-1] + ("x" if people.tokens["Lea"][-1] != "x" else "y")
    assert (
        await people.call(None, "GET", "/api/me", headers={"authorization": f"Bearer {altered}"})
    ).status_code == 401


async def test_what_one_does_bears_ones_own_name(people: Office) -> None:
    """Whatever a client says."""
    async with people.socket("Rex") as socket:
        socket.send({"question": "q", "workflow": "rewrite", "by": "Somebody Else"})
        run = await socket.receive()
        assert run is not None
        assert (run["data"]["by"], run["data"]["verified"]) == ("Rex", True)
        await socket.until("input_required")
        socket.send({"response": "yes", "by": "Somebody Else"})
        received = await socket.until("input_received")
        assert (received["data"]["by"], received["data"]["verified"]) == ("Rex", True)
        assert received["payload"] == "Answered by Rex"
    run_id = await people.ask("Ada")
    await people.call("Ada", "POST", f"/api/runs/{run_id}/cancel", json={"cancel": True, "by": "Somebody Else"})
    async with people.socket("Ada") as socket:
        socket.send({"run_id": run_id})
        cancelled = await socket.until("cancelled")
    assert (cancelled["payload"], cancelled["data"]) == ("Cancelled by Ada", {"by": "Ada", "verified": True})


async def test_a_session_is_a_cookie_that_scripts_cannot_read(people: Office) -> None:
    async with signed_in(people, "Rex") as browser:
        assert (await browser.get("/api/me")).json()["person"]["name"] == "Rex"
        set_cookie = (await browser.post("/api/session", json={"secret": people.tokens["Rex"]})).headers["set-cookie"]
    attributes = {part.strip().lower() for part in set_cookie.split(";")[1:]}
    assert {"httponly", "samesite=strict", "path=/"} <= attributes
    assert "secure" not in attributes
    assert people.tokens["Rex"] not in set_cookie


async def test_off_loopback_a_session_never_travels_in_the_clear(people: Office) -> None:
    headers = {"host": "sayso.example.org", "origin": "https://sayso.example.org"}
    answer = await people.call(None, "POST", "/api/session", json={"secret": people.tokens["Rex"]}, headers=headers)
    assert answer.headers["set-cookie"].startswith("__Host-sayso=")
    assert "secure" in answer.headers["set-cookie"].lower()


async def test_signing_in_rotates_the_session_and_signing_out_ends_it(people: Office) -> None:
    async with signed_in(people, "Rex") as browser:
        first = browser.cookies["sayso"]
        await browser.post("/api/session", json={"secret": people.tokens["Lea"]})
        second = browser.cookies["sayso"]
        assert first != second
        for session, name in ((first, None), (second, "Lea")):
            me = (await people.call(None, "GET", "/api/me", headers={"cookie": f"sayso={session}"})).json()
            assert (me["person"] or {}).get("name") == name
        assert (await browser.delete("/api/session")).status_code == 204
        assert "sayso" not in browser.cookies
    me = (await people.call(None, "GET", "/api/me", headers={"cookie": f"sayso={second}"})).json()
    assert me["person"] is None


@pytest.mark.parametrize("after", [SESSION_IDLE, SESSION_LASTS])
async def test_a_session_ends(people: Office, monkeypatch: pytest.MonkeyPatch, after: timedelta) -> None:
    """Without use, and however much it is used."""
    async with signed_in(people, "Rex") as browser:
        at, until = datetime.now(UTC), datetime.now(UTC) + after
        steps = [until] if after == SESSION_IDLE else [at + SESSION_IDLE * 0.9 * n for n in range(1, 20)]
        for step in [each for each in steps if each < until]:
            monkeypatch.setattr(known, "now", lambda step=step: step)
            assert (await browser.get("/api/runs")).status_code == 200
        monkeypatch.setattr(known, "now", lambda: until)
        assert (await browser.get("/api/runs")).status_code == 401


async def test_a_link_lets_in_once_and_within_the_hour(people: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    link = (await people.administration.link("Lea")).secret
    async with people.client(**PAGE) as browser:
        assert (await browser.post("/api/session", json={"secret": link})).json()["person"]["name"] == "Lea"
        assert (await browser.get("/api/me")).json()["person"]["name"] == "Lea"
    late = (await people.administration.link("Lea")).secret
    async with people.client(**PAGE) as browser:
        again = await browser.post("/api/session", json={"secret": link})
        assert (again.status_code, code_of(again)) == (401, "unauthorized")
        bearer = await browser.get("/api/runs", headers={"authorization": f"Bearer {late}"})
        assert bearer.status_code == 401
        monkeypatch.setattr(known, "now", lambda: datetime.now(UTC) + timedelta(minutes=61))
        assert (await browser.post("/api/session", json={"secret": late})).status_code == 401


async def test_one_link_pressed_many_times_lets_in_one(people: Office) -> None:
    link = (await people.administration.link("Lea")).secret
    presses = (people.call(None, "POST", "/api/session", json={"secret": link}, headers=PAGE) for _ in range(8))
    answers = await asyncio.gather(*presses)
    assert sorted(answer.status_code for answer in answers) == [200, *[401] * 7]


async def test_a_browser_has_to_say_that_our_page_asks(people: Office) -> None:
    """Its cookie alone proves that somebody is signed in, and not that they wanted this."""
    body = {"question": "q", "workflow": "rewrite"}
    async with signed_in(people, "Rex") as browser:
        cookie = {"cookie": f"sayso={browser.cookies['sayso']}"}
    expected: list[tuple[dict[str, str], int]] = [
        ({}, 403),
        ({"sec-fetch-site": "none"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"origin": "http://localhost:3000"}, 403),
        ({"origin": "http://evil.example"}, 403),
        (PAGE, 201),
        (SAME, 201),
    ]
    for headers, status in expected:
        answer = await people.call(None, "POST", "/api/runs", json=body, headers={**cookie, **headers})
        assert answer.status_code == status, headers
        async with people.socket(None, **cookie, **headers) as socket:
            assert (socket.refused is None) == (status == 201), headers
        forged = await people.call(None, "POST", "/api/session", json={"secret": people.tokens["Rex"]}, headers=headers)
        assert forged.status_code == (200 if status == 201 else 403), headers
    # A script has its token, which no browser sends by itself.
    assert (await people.call("Rex", "POST", "/api/runs", json=body)).status_code == 201


async def test_port_3000_is_trusted_only_where_nobody_signs_in(settings: Settings, tokens: Settings) -> None:
    assert "http://localhost:3000" in settings.origins
    assert "http://localhost:3000" not in tokens.origins


async def test_a_handshake_that_is_refused_says_why(people: Office) -> None:
    async with people.socket(None) as socket:
        assert socket.refused is not None
        assert socket.refused[0] == 401
        assert b"unauthorized" in socket.refused[1]
    async with people.socket(None, authorization="Bearer nonsense") as socket:
        assert socket.refused is not None
        assert socket.refused[0] == 401


async def ended(people: Office, end: Callable[[], Any]) -> tuple[int | None, str]:
    """Has Lea watch a run by socket and by stream on one server, and ends it from another. What the socket said last,
    and what the stream brought until its end."""
    run_id = await people.ask("Lea")
    async with people.socket("Lea") as socket, people.client("Lea") as client:
        socket.send({"run_id": run_id})
        await socket.until("input_required")
        stream = asyncio.create_task(client.get(f"/api/runs/{run_id}/events"))
        await asyncio.sleep(0.1)
        assert not stream.done()
        await end()
        async with asyncio.timeout(20):
            last = await socket.until("error")
            assert last["data"]["code"] == "unauthorized"
            assert await socket.receive() is None
            return socket.close_code, (await stream).text


@pytest.mark.parametrize("how", ["revoke", "disable", "change", "revoke one"])
async def test_what_is_revoked_is_over_at_once_on_every_server(
    tokens: Settings, new_store: Callable[[], Store], how: str, request: pytest.FixtureRequest
) -> None:
    store = new_store()
    two = "postgres" in request.node.callspec.params.values()
    async with office(tokens, store) as people:
        other = new_store() if two else store
        if two:
            await other.open()
        administration = type(people.administration)(other, SERVER)
        token = people.tokens["Lea"].split("_")[1]

        async def end() -> None:
            match how:
                case "revoke":
                    await administration.revoke("Lea")
                case "revoke one":
                    await administration.revoke("Lea", token)
                case "disable":
                    await administration.change("Lea", PersonChange(disabled=True))
                case _:
                    await administration.change("Lea", PersonChange(role="asker"))

        code, streamed = await ended(people, end)
        assert code == 4401
        assert "input_required" in streamed
        expected = 200 if how == "change" else 401
        assert (await people.call("Lea", "GET", "/api/runs")).status_code == expected
        if two:
            await other.close()


async def test_signing_out_ends_what_came_in_with_the_session(people: Office) -> None:
    async with signed_in(people, "Rex") as browser:
        cookie = {"cookie": f"sayso={browser.cookies['sayso']}", **PAGE}
        async with people.socket(None, **cookie) as socket, people.socket("Rex") as other:
            await browser.delete("/api/session")
            assert (await socket.until("error"))["data"]["code"] == "unauthorized"
            assert await socket.receive() is None
            assert socket.close_code == 4401
            other.send({"question": "q", "workflow": "rewrite"})
            assert (await other.receive() or {})["type"] == "run"


async def test_the_inbox_of_who_is_shut_out_ends(people: Office) -> None:
    async with people.client("Lea") as client:
        stream = asyncio.create_task(client.get("/api/runs/stream"))
        await asyncio.sleep(0.1)
        await people.administration.change("Lea", PersonChange(disabled=True))
        async with asyncio.timeout(20):
            assert (await stream).status_code == 200


async def test_secrets_are_stored_as_hashes_and_logged_nowhere(
    people: Office, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    link = (await people.administration.link("Lea")).secret
    async with signed_in(people, "Lea") as browser:
        session = browser.cookies["sayso"]
        await browser.get("/api/runs")
    await people.call(None, "GET", "/api/runs", headers={"authorization": f"Bearer {link}"})
    for secret in (link, session, people.tokens["Lea"]):
        assert secret[-24:] not in caplog.text
        found = await people.app.state.store.secret(secret.split("_")[1])
        assert secret[-24:] not in repr(found)


class TestProxy:
    """`SAYSO_AUTH=proxy`."""

    @pytest.fixture
    async def behind(self, settings: Settings, new_store: Callable[[], Store]) -> AsyncIterator[Office]:
        given = {"auth": "proxy", "proxies": ("127.0.0.1", "10.1.0.0/16"), "proxy_header": "X-User"}
        async with office(settings.model_copy(update=given), new_store()) as made:
            yield made

    async def test_its_word_counts_from_its_own_address_only(self, behind: Office) -> None:
        for address, name in (("127.0.0.1", "Zoe"), ("10.1.2.3", "Zoe"), ("10.2.0.1", None), ("::1", None)):
            transport = httpx.ASGITransport(behind.app, client=(address, 1))
            async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as client:
                # Who says to have been forwarded is who it comes from, for all that we know.
                headers = {"x-user": "Zoe", "x-forwarded-for": "127.0.0.1"}
                me = (await client.get("/api/me", headers=headers)).json()
            assert (me["person"] or {}).get("name") == name, address

    async def test_who_is_named_is_a_person_from_then_on(self, behind: Office) -> None:
        headers = {"x-user": "Zoe"}
        for _ in range(2):
            assert (await behind.call(None, "GET", "/api/runs", headers=headers)).status_code == 200
        (zoe,) = [each for each in await behind.administration.everybody() if each.name == "Zoe"]
        assert zoe.role == "asker"
        await behind.administration.change("Zoe", PersonChange(disabled=True))
        assert (await behind.call(None, "GET", "/api/runs", headers=headers)).status_code == 401

    async def test_a_forged_request_does_nothing_in_its_name(self, behind: Office) -> None:
        body = {"question": "q", "workflow": "rewrite"}
        for headers, status in (({}, 403), (PAGE, 201)):
            answer = await behind.call(None, "POST", "/api/runs", json=body, headers={"x-user": "Zoe", **headers})
            assert answer.status_code == status

    @pytest.mark.parametrize("named", ["", "a,b", "<b>", "a|b"])
    async def test_what_is_no_name_is_nobody(self, behind: Office, named: str) -> None:
        assert (await behind.call(None, "GET", "/api/runs", headers={"x-user": named})).status_code == 401


class TestNobody:
    """`SAYSO_AUTH=none`, as ever."""

    @pytest.fixture
    async def alone(self, settings: Settings, new_store: Callable[[], Store]) -> AsyncIterator[Office]:
        async with office(settings, new_store()) as made:
            yield made

    async def test_everybody_may_everything_by_any_name(self, alone: Office) -> None:
        me = (await alone.call(None, "GET", "/api/me")).json()
        assert me == {"auth": "none", "open": False, "person": None}
        body = {"question": "q", "workflow": "rewrite", "by": "Ada"}
        run = (await alone.call(None, "POST", "/api/runs", json=body)).json()
        assert (run["by"], run["verified"], run["asked_of"]) == ("Ada", False, [])
        assert (await alone.call(None, "DELETE", f"/api/runs/{run['id']}")).status_code == 204

    @pytest.mark.parametrize("open", [False, True])
    async def test_an_unverified_name_says_so_where_others_come_too(
        self, settings: Settings, new_store: Callable[[], Store], open: bool
    ) -> None:
        """In the server's own words, for clients that know nothing else. The data say it anyway."""
        doubt = " (name not verified)" if open else ""
        async with office(settings.model_copy(update={"open": open}), new_store()) as made:
            run_id = await made.ask("Ada")
            review = (await made.call(None, "GET", f"/api/runs/{run_id}")).json()["open_reviews"][0]
            (await made.call(None, "PUT", f"/api/runs/{run_id}/claim", json={"by": "Bo"})).raise_for_status()
            claimed = await made.call(None, "PUT", f"/api/runs/{run_id}/claim", json={"by": "Cy"})
            assert claimed.json()["error"]["message"] == f"Bo{doubt} is on it already."
            assert claimed.json()["error"]["details"]["verified"] is False
            body = {"response": "yes", "review": review, "by": "Ada"}
            path = f"/api/runs/{run_id}/response"
            assert (await made.call(None, "POST", path, json=body)).status_code == 200
            late = (await made.call(None, "POST", path, json={**body, "by": "Bo"})).json()["error"]
            assert late["message"] == f"Answered by Ada{doubt} already. Nothing was changed."
            assert (late["details"]["by"], late["details"]["verified"]) == ("Ada", False)
            log = (await made.call(None, "GET", f"/api/runs/{run_id}/events.json")).json()["events"]
            (received,) = [each for each in log if each["type"] == "input_received"]
            assert (received["payload"], received["data"]["verified"]) == (f"Answered by Ada{doubt}", False)
            other = await made.ask("Ada")
            body = {"cancel": True, "by": "Ada"}
            (await made.call(None, "POST", f"/api/runs/{other}/cancel", json=body)).raise_for_status()
            log = (await made.call(None, "GET", f"/api/runs/{other}/events.json")).json()["events"]
            assert log[-1]["payload"] == f"Cancelled by Ada{doubt}"

    async def test_a_token_is_not_asked_for(self, alone: Office) -> None:
        headers = {"authorization": "Bearer nonsense"}
        assert (await alone.call(None, "GET", "/api/runs", headers=headers)).status_code == 200

    async def test_people_are_the_operators_alone(self, alone: Office) -> None:
        """Or whoever is on this machine today lets themselves in when people sign in tomorrow."""
        assert (await alone.call(None, "POST", "/api/people/Root/token")).status_code == 403
        async with alone.operator() as operator:
            assert (await operator.post("/api/people/Root/token")).status_code == 201

    async def test_nobody_in_particular_can_be_asked(self, alone: Office) -> None:
        body = {"question": "q", "workflow": "rewrite", "options": {"reviewers": ["Legal"]}}
        answer = await alone.call(None, "POST", "/api/runs", json=body)
        assert (answer.status_code, answer.json()["error"]["field"]) == (422, "options.reviewers")
