"""Signing in through a provider: a process of its own on loopback, which errs in every way that matters."""

import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from pydantic import SecretStr

from sayso.api.identity.oidc_calls import FAILED, FLOW
from sayso.protocol.people import PersonChange
from sayso.settings import Settings
from sayso.storage.store import Store
from support.oidc_provider import CLIENT, SECRET
from support.people import Office, office

SCRIPT = Path(__file__).parents[1] / "support" / "oidc_provider.py"
HERE = "http://localhost:8000"


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """Where the provider answers."""
    process = subprocess.Popen([sys.executable, str(SCRIPT)], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    yield process.stdout.readline().rpartition(" ")[2].strip()
    process.kill()
    process.wait()
    process.stdout.close()


@pytest.fixture
async def people(settings: Settings, issuer: str, new_store: Callable[[], Store]) -> AsyncIterator[Office]:
    given = {"auth": "oidc", "oidc_issuer": issuer, "oidc_client_id": CLIENT, "public_url": HERE}
    given["oidc_client_secret"] = SecretStr(SECRET)  # type: ignore[assignment]  # the one that is no text
    async with office(settings.model_copy(update=given), new_store()) as made:
        await err(issuer, "")
        await say(issuer)
        yield made


async def err(issuer: str, how: str) -> None:
    async with httpx.AsyncClient() as client:
        assert (await client.post(f"{issuer}/err", json={"as": how})).status_code == 200


async def say(issuer: str, **claims: object) -> None:
    async with httpx.AsyncClient() as client:
        assert (await client.post(f"{issuer}/claims", json=claims)).status_code == 200


async def through(browser: httpx.AsyncClient, next: str = "/run/?id=r") -> str:
    """Goes to the provider and back; where to the browser is led at last."""
    away = await browser.get("/auth/start", params={"next": next})
    assert away.status_code == 303
    if away.headers["location"] == FAILED:
        return FAILED
    async with httpx.AsyncClient() as outside:
        back = (await outside.get(away.headers["location"])).headers["location"]
    assert back.startswith(f"{HERE}/auth/callback?")
    # As a browser comes from another site.
    arrived = await browser.get(back, headers={"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"})
    location: str = arrived.headers["location"]
    return location


async def who(browser: httpx.AsyncClient) -> str | None:
    person = (await browser.get("/api/me")).json()["person"]
    return person["name"] if person else None


async def test_to_the_provider_and_back(people: Office, issuer: str) -> None:
    async with people.client() as browser:
        away = await browser.get("/auth/start")
        assert away.headers["location"].startswith(f"{issuer}/authorize?")
        assert "code_challenge=" in away.headers["location"]
        cookie = away.headers["set-cookie"].lower()
        assert all(each in cookie for each in ("httponly", "samesite=lax", "path=/auth"))
        assert await through(browser) == "/run/?id=r"
        me = (await browser.get("/api/me")).json()["person"]
        # There is an Ada already, who did not come from there: nobody becomes her by a name.
        assert (me["name"], me["role"], me["groups"]) == ("ada 2", "asker", ["Legal"])
        assert FLOW not in browser.cookies


async def test_it_is_the_same_person_every_time(people: Office, issuer: str) -> None:
    for groups in (["Legal"], ["Ops"], []):
        await say(issuer, groups=groups, preferred_username=f"ada-{len(groups)}")
        async with people.client() as browser:
            await through(browser)
            assert await who(browser) == "ada-1"
    found = [person for person in await people.administration.everybody() if person.name.startswith("ada-")]
    assert [(person.name, person.groups) for person in found] == [("ada-1", [])]


@pytest.mark.parametrize("how", ["slow clock", "fast clock", "new keys"])
async def test_what_is_forgiven(people: Office, issuer: str, how: str) -> None:
    async with people.client() as browser:
        await through(browser)
        await err(issuer, how)
        await browser.delete("/api/session", headers={"origin": HERE})
        assert await through(browser) == "/run/?id=r"
        assert await who(browser) is not None


@pytest.mark.parametrize(
    "how",
    [
        *("issuer", "metadata", "nonce", "no nonce", "audience", "audiences", "expired", "early", "signature"),
        *("no signature", "client secret", "state", "denied", "mixed up", "no token"),
    ],
)
async def test_what_is_refused(people: Office, issuer: str, how: str, caplog: pytest.LogCaptureFixture) -> None:
    await err(issuer, how)
    async with people.client() as browser:
        assert await through(browser) == FAILED
        assert await who(browser) is None
        assert "sayso" not in browser.cookies
    assert "sign-in: " in caplog.text
    assert SECRET not in caplog.text
    assert [person.name for person in await people.administration.everybody() if "ada " in person.name] == []


async def test_a_way_back_that_another_browser_began_is_none(people: Office) -> None:
    async with people.client() as browser, people.client() as victim, httpx.AsyncClient() as outside:
        away = await browser.get("/auth/start")
        back = (await outside.get(away.headers["location"])).headers["location"]
        assert (await victim.get(back)).headers["location"] == FAILED
        await victim.get("/auth/start")
        assert (await victim.get(back)).headers["location"] == FAILED
        assert await who(victim) is None
        assert (await browser.get(back)).headers["location"] == "/"
        assert (await browser.get(back)).headers["location"] == FAILED


@pytest.mark.parametrize("next", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
async def test_it_leads_to_no_other_site(people: Office, next: str) -> None:
    async with people.client() as browser:
        assert await through(browser, next) == "/"


async def test_who_is_disabled_stays_out(people: Office) -> None:
    async with people.client() as browser:
        await through(browser)
        name = await who(browser)
        assert name is not None
        await people.administration.change(name, PersonChange(disabled=True))
        assert await who(browser) is None
        assert await through(browser) == FAILED


async def test_a_provider_that_is_away_is_said_so(people: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people.app.state.provider, "_issuer", "http://127.0.0.1:1")
    async with people.client() as browser:
        assert await through(browser) == FAILED


async def test_without_a_provider_there_is_nothing(settings: Settings, new_store: Callable[[], Store]) -> None:
    async with office(settings.model_copy(update={"auth": "tokens"}), new_store()) as people:
        assert (await people.call(None, "GET", "/auth/start")).status_code == 404
        assert urlsplit(FAILED).path == "/sign-in/"
