"""The audit: what is done is in it, by whom and from where; and it shows when somebody has had a hand in it."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from sayso.engine import sealing
from sayso.engine.audit import Audit
from sayso.engine.clock import now
from sayso.people.actor import ANYBODY, OPERATOR
from sayso.people.audit import Action, Entry
from sayso.protocol.people import AuditRow, PersonChange
from sayso.settings import Settings
from sayso.storage.sqlite.store import SqliteStore
from sayso.storage.store import Store
from support.people import Office, office


@pytest.fixture
async def people(settings: Settings, new_store: Callable[[], Store]) -> AsyncIterator[Office]:
    async with office(settings.model_copy(update={"auth": "tokens"}), new_store()) as made:
        yield made


async def rows(people: Office, *actions: Action) -> list[AuditRow]:
    found = await Audit(people.app.state.store).rows(None)
    return [row for row in found if not actions or row.action in actions]


async def test_what_is_done_is_in_it(people: Office) -> None:
    secret_question = "an acquisition nobody may hear of"
    body = {"question": secret_question, "workflow": "rewrite"}
    run_id = (await people.call("Ada", "POST", "/api/runs", json=body)).json()["id"]
    async with people.socket("Rex") as socket:
        socket.send({"run_id": run_id})
        review = (await socket.until("input_required"))["seq"]
        socket.send({"response": "yes", "review": review, "feedback": "secret feedback"})
        await socket.until("final_result")
    await people.call("Rex", "GET", f"/api/runs/{run_id}/report.md")
    await people.call("Rex", "GET", f"/api/runs/{run_id}/sources/s1")
    async with people.socket("Rex") as socket:
        socket.send({"run_id": run_id})
        await socket.until("run")
    await people.call("Root", "DELETE", f"/api/runs/{run_id}")
    other = await people.ask("Ada")
    await people.call("Ada", "POST", f"/api/runs/{other}/cancel")
    found = [(row.action, row.name, row.verified, row.via) for row in await rows(people) if row.run_id]
    token = ("token",)
    assert found == [
        ("asked", "Ada", True, *token),
        ("decided", "Rex", True, *token),
        ("exported", "Rex", True, *token),
        ("opened source", "Rex", True, *token),
        ("opened run", "Rex", True, *token),
        ("deleted", "Root", True, *token),
        ("asked", "Ada", True, *token),
        ("cancelled", "Ada", True, *token),
    ]
    assert {row.address for row in await rows(people, Action.EXPORTED, Action.DELETED)} == {"127.0.0.1"}
    told = " ".join(row.model_dump_json() for row in await rows(people))
    for secret in (secret_question, "secret feedback", *people.tokens.values()):
        assert secret[-24:] not in told


async def test_people_and_refusals_are_in_it(people: Office) -> None:
    await people.administration.change("Lea", PersonChange(role="admin"))
    await people.administration.revoke("Lea")
    secret = people.tokens["Rex"]
    async with people.client(origin="http://localhost:8000") as browser:
        await browser.post("/api/session", json={"secret": secret})
        await browser.delete("/api/session")
        await browser.post("/api/session", json={"secret": "nonsense"})
    await people.call("Ada", "GET", "/api/people")
    await people.call("Lea", "GET", "/api/runs")
    async with people.socket() as socket:
        assert socket.refused
    async with people.socket("Ada") as socket:
        socket.send({"question": "q", "workflow": "rewrite"})
        await socket.until("input_required")
        socket.send({"response": "yes"})
        await socket.until("error")
    changes = await rows(people, Action.PERSON_ADDED, Action.PERSON_CHANGED, Action.SECRETS_REVOKED)
    assert len(changes) == 7
    assert {row.via for row in changes} == {"operator"}
    assert changes[-2].about == {"person": "Lea", "role": "admin"}
    assert [row.name for row in await rows(people, Action.SIGNED_IN, Action.SIGNED_OUT)] == ["Rex", "Rex"]
    refused = [(row.name, row.about["wanted"], row.about["code"]) for row in await rows(people, Action.REFUSED)]
    assert refused == [
        ("", "POST /api/session", "unauthorized"),
        ("Ada", "GET /api/people", "forbidden"),
        ("", "GET /api/runs", "unauthorized"),
        ("", "WEBSOCKET /query", "unauthorized"),
        ("Ada", "FRAME response", "forbidden"),
    ]


async def test_nobody_fills_it_by_being_refused(people: Office) -> None:
    for _ in range(40):
        await people.call(None, "GET", "/api/runs")
    assert len(await rows(people, Action.REFUSED)) == 20


async def test_a_change_of_the_settings_is_in_it(settings: Settings, tmp_path: Path) -> None:
    changed = settings.model_copy(update={"auth": "tokens"})
    for given in (changed, changed, changed.model_copy(update={"four_eyes": ("true",)})):
        async with office_again(given, tmp_path) as store:
            found = [row for row in await Audit(store).rows(None) if row.action == Action.SETTINGS_CHANGED]
    assert len(found) == 2
    assert found[1].about == {"four_eyes": ["()", "('true',)"]}


def office_again(settings: Settings, folder: Path) -> Any:
    """The same server once more."""
    from contextlib import asynccontextmanager

    from sayso.api.app import create_app

    @asynccontextmanager
    async def started() -> AsyncIterator[Store]:
        store = SqliteStore(folder / "sayso.db")
        app = create_app(settings, store=store, sources=[])
        async with app.router.lifespan_context(app):
            yield store

    return started()


async def filled(store: Store, number: int = 5, batch: int = 2) -> None:
    for n in range(number):
        await store.note(Entry(Action.ASKED, ANYBODY, now(), "Ada", f"r{n}", {"asked_of": ["Legal"]}))
    while await store.seal(now(), batch):
        pass


async def test_it_holds_and_many_rows_share_a_link(new_store: Callable[[], Store]) -> None:
    store = new_store()
    await store.open()
    await filled(store)
    verdict = await Audit(store).verify()
    assert (verdict.holds, verdict.links, verdict.rows, verdict.unsealed) == (True, 3, 5, 0)
    assert (await Audit(store).verify(verdict.head[:12])).holds
    await filled(store, 1)
    assert (await Audit(store).verify(verdict.head)).holds
    assert not (await Audit(store).verify("0" * 64)).holds
    await store.close()


async def test_processes_that_seal_at_once_make_one_chain(new_store: Callable[[], Store]) -> None:
    store = new_store()
    await store.open()

    async def note_and_seal(who: int) -> None:
        for n in range(20):
            await store.note(Entry(Action.ASKED, ANYBODY, now(), f"{who}", f"r{n}"))
            await store.seal(now(), 3)

    await asyncio.gather(*map(note_and_seal, range(6)))
    await sealing.Sealer(store).seal()
    verdict = await Audit(store).verify()
    assert (verdict.holds, verdict.rows, verdict.unsealed) == (True, 120, 0)
    await store.close()


async def test_pruning_leaves_a_sealed_anchor(new_store: Callable[[], Store]) -> None:
    store = new_store()
    await store.open()
    await filled(store)
    head = (await Audit(store).verify()).head
    assert await Audit(store).prune(now() - timedelta(days=1), OPERATOR) == 0
    assert await Audit(store).prune(now() + timedelta(seconds=1), OPERATOR) == 2
    verdict = await Audit(store).verify(head)
    assert (verdict.holds, verdict.links, verdict.rows) == (True, 2, 2)
    await filled(store, 3)
    assert await Audit(store).prune(now() + timedelta(seconds=1), OPERATOR) > 3
    assert (await Audit(store).verify()).holds
    await store.close()


@pytest.mark.parametrize(
    ("tampering", "said"),
    [
        ("UPDATE audit SET body = replace(body, 'Ada', 'Eve') WHERE id = 2", "link 1: its rows"),
        ("DELETE FROM audit WHERE id = 3", "link 2: its rows"),
        ("UPDATE audit SET id = 30 WHERE id = 3", "link 2: its rows"),
        ("INSERT INTO audit (at, body, link) VALUES ('2026', '{}', 2)", "link 2: its rows"),
        ("UPDATE audit_links SET at = '2020' WHERE position = 2", "link 2: the link itself"),
        ("DELETE FROM audit_links WHERE position = 2", "link 3: links before it are missing"),
        ("DELETE FROM audit_links WHERE position = 1", "link 2: what stood before it is gone"),
        ("DELETE FROM audit_links WHERE position = 3", "no link has the hash"),
    ],
)
async def test_a_hand_in_it_shows(tmp_path: Path, tampering: str, said: str) -> None:
    store = SqliteStore(tmp_path / "sayso.db")
    await store.open()
    await filled(store)
    head = (await Audit(store).verify()).head
    with sqlite3.connect(tmp_path / "sayso.db") as connection:
        connection.execute(tampering)
    connection.close()
    verdict = await Audit(store).verify(head)
    assert not verdict.holds
    assert any(fault.startswith(said) for fault in verdict.faults), verdict.faults
    await store.close()


async def test_a_decision_and_its_row_are_one_transaction(people: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the row refused, nothing is decided."""
    run_id = await people.ask("Ada")
    state = (await people.call("Rex", "GET", f"/api/runs/{run_id}")).json()
    from sayso.storage.transactions import answering

    def fails(_: Entry) -> Any:
        raise RuntimeError("no row")

    monkeypatch.setattr(answering, "note", fails)
    body = {"response": "yes", "review": state["open_reviews"][0]}
    assert (await people.call("Rex", "POST", f"/api/runs/{run_id}/response", json=body)).status_code == 500
    monkeypatch.undo()
    assert (await people.call("Rex", "GET", f"/api/runs/{run_id}")).json()["open_reviews"] == state["open_reviews"]
    assert (await people.call("Rex", "POST", f"/api/runs/{run_id}/response", json=body)).status_code == 200
