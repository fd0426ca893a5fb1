"""Each thing that the audit is to know of, done once by somebody who may: its row says who, from where and on what."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from sayso.added import AddedDocuments
from sayso.engine.audit import Audit
from sayso.engine.clock import now
from sayso.engine.sealing import Sealer
from sayso.people.actor import OPERATOR
from sayso.people.audit import Action
from sayso.protocol.people import AuditRow
from sayso.settings import Settings
from sayso.storage.outbox import ChannelKind, NewChannel
from sayso.storage.store import Store
from support.people import Office, office

PAGE = {"origin": "http://localhost:8000"}
ADDRESS = "https://hooks.example.org/a-secret-path"
CHANNEL = NewChannel("webhook-1", ChannelKind.WEBHOOK, ADDRESS, ("run.ended",), "whsec_secret")
EXPORTS = ("md", "html", "docx", "pdf", "json")


@pytest.fixture
async def people(settings: Settings, new_store: Callable[[], Store], tmp_path: Path) -> AsyncIterator[Office]:
    async with office(settings.model_copy(update={"auth": "tokens"}), new_store()) as made:
        # Its source is a shelf of the tests, which takes no documents.
        made.app.state.toolkit.added = AddedDocuments(made.app.state.store, tmp_path / "added")
        yield made


def store_of(people: Office) -> Store:
    store: Store = people.app.state.store
    return store


async def rows(people: Office) -> list[AuditRow]:
    return await Audit(store_of(people)).rows(None)


async def done(people: Office, who: str, method: str, path: str, **options: object) -> httpx.Response:
    """A call that succeeds."""
    answer = await people.call(who, method, path, **options)
    assert answer.status_code < 300, (path, answer.text)
    return answer


async def decided(people: Office, question_by: str = "Ada") -> str:
    """Id of a run that Rex has decided about, and that is completed."""
    run_id = await people.ask(question_by)
    async with people.socket("Rex") as socket:
        socket.send({"run_id": run_id})
        review = (await socket.until("input_required"))["seq"]
        socket.send({"response": "yes", "review": review, "feedback": "words of Rex's own"})
        await socket.until("final_result")
    return run_id


async def failed(people: Office) -> str:
    run_id: str = (await done(people, "Ada", "POST", "/api/runs", json={"question": "q", "workflow": "raises"})).json()[
        "id"
    ]
    async with people.socket("Ada") as socket:
        socket.send({"run_id": run_id})
        await socket.until("error")
    return run_id


@dataclass
class Known:
    """What a row has to say."""

    who: str
    run_id: str | None = None
    address: str = "127.0.0.1"
    about: tuple[str, ...] = ()
    """Names of what else it says."""


async def signs_in(people: Office) -> Known:
    async with people.client(**PAGE) as browser:
        assert (await browser.post("/api/session", json={"secret": people.tokens["Rex"]})).status_code == 200
    return Known("Rex")


async def signs_out(people: Office) -> Known:
    async with people.client(**PAGE) as browser:
        await browser.post("/api/session", json={"secret": people.tokens["Rex"]})
        assert (await browser.delete("/api/session")).status_code == 204
    return Known("Rex")


async def is_refused(people: Office) -> Known:
    assert (await people.call("Ada", "GET", "/api/people")).status_code == 403
    return Known("Ada", about=("wanted", "code"))


async def asks(people: Office) -> Known:
    return Known("Ada", await people.ask("Ada", reviewers=["Legal"]), about=("asked_of",))


async def tries_again(people: Office) -> Known:
    again = await done(people, "Ada", "POST", f"/api/runs/{await failed(people)}/retry", json={})
    return Known("Ada", again.json()["id"], about=("retry_of",))


async def decides(people: Office) -> Known:
    return Known("Rex", await decided(people), about=("review",))


async def cancels(people: Office) -> Known:
    run_id = await people.ask("Ada")
    await done(people, "Ada", "POST", f"/api/runs/{run_id}/cancel")
    return Known("Ada", run_id)


async def deletes(people: Office) -> Known:
    run_id = await people.ask("Ada")
    await done(people, "Root", "DELETE", f"/api/runs/{run_id}")
    return Known("Root", run_id)


async def opens_a_report(people: Office) -> Known:
    run_id = await decided(people)
    async with people.socket("Ada") as socket:
        socket.send({"run_id": run_id})
        await socket.until("run")
    return Known("Ada", run_id)


async def opens_a_source(people: Office) -> Known:
    run_id = await people.ask("Ada")
    await people.call("Rex", "GET", f"/api/runs/{run_id}/sources/s1")
    return Known("Rex", run_id, about=("source",))


async def exports(people: Office) -> Known:
    run_id = await decided(people)
    await done(people, "Rex", "GET", f"/api/runs/{run_id}/record")
    return Known("Rex", run_id)


async def adds_a_document(people: Office) -> Known:
    await done(people, "Root", "POST", "/api/library?name=notes.txt", content=b"words of a document")
    return Known("Root", about=("name",))


async def removes_a_document(people: Office) -> Known:
    await adds_a_document(people)
    await done(people, "Root", "DELETE", "/api/library?name=added/notes.txt")
    return Known("Root", about=("name",))


async def adds_a_person(people: Office) -> Known:
    await done(people, "Root", "POST", "/api/people", json={"name": "Zoe", "role": "reviewer", "groups": ["Ops"]})
    return Known("Root", about=("name", "role"))


async def changes_a_person(people: Office) -> Known:
    await done(people, "Root", "PATCH", "/api/people/Ben", json={"role": "reviewer"})
    return Known("Root", about=("person", "role"))


async def makes_a_link(people: Office) -> Known:
    await done(people, "Root", "POST", "/api/people/Ben/link")
    return Known("Root", about=("person", "kind"))


async def revokes(people: Office) -> Known:
    await done(people, "Root", "DELETE", "/api/people/Ben/secrets")
    return Known("Root", about=("person",))


async def starts_otherwise(people: Office) -> Known:
    changed = {"four_eyes": "('true',)"}
    await store_of(people).note_settings(changed, OPERATOR, now())
    return Known("the operator", address="", about=("four_eyes",))


async def adds_a_channel(people: Office) -> Known:
    assert await store_of(people).add_channel(CHANNEL, now())
    return Known("the operator", address="", about=("channel", "events"))


async def removes_a_channel(people: Office) -> Known:
    await adds_a_channel(people)
    assert await store_of(people).remove_channel(CHANNEL.id, now())
    return Known("the operator", address="", about=("channel",))


async def enables_a_channel(people: Office) -> Known:
    await adds_a_channel(people)
    assert await store_of(people).enable_channel(CHANNEL.id, now())
    return Known("the operator", address="", about=("channel",))


async def prunes(people: Office) -> Known:
    await Sealer(store_of(people)).seal()
    # The last link stays, so there has to be another one.
    await revokes(people)
    before = (now() + timedelta(seconds=1)).isoformat()
    assert (await done(people, "Root", "DELETE", "/api/audit", params={"before": before})).json()["links"] > 0
    return Known("Root", about=("links", "head"))


DONE: dict[Action, Callable[[Office], Awaitable[Known]]] = {
    Action.SIGNED_IN: signs_in,
    Action.SIGNED_OUT: signs_out,
    Action.REFUSED: is_refused,
    Action.ASKED: asks,
    Action.RETRIED: tries_again,
    Action.DECIDED: decides,
    Action.CANCELLED: cancels,
    Action.DELETED: deletes,
    Action.OPENED_RUN: opens_a_report,
    Action.OPENED_SOURCE: opens_a_source,
    Action.EXPORTED: exports,
    Action.DOCUMENT_ADDED: adds_a_document,
    Action.DOCUMENT_REMOVED: removes_a_document,
    Action.PERSON_ADDED: adds_a_person,
    Action.PERSON_CHANGED: changes_a_person,
    Action.SECRET_MADE: makes_a_link,
    Action.SECRETS_REVOKED: revokes,
    Action.SETTINGS_CHANGED: starts_otherwise,
    Action.CHANNEL_ADDED: adds_a_channel,
    Action.CHANNEL_REMOVED: removes_a_channel,
    Action.CHANNEL_ENABLED: enables_a_channel,
    Action.PRUNED: prunes,
}


def test_every_action_is_done_here() -> None:
    assert set(DONE) == set(Action)


@pytest.mark.parametrize("action", DONE)
async def test_it_leaves_its_row(people: Office, action: Action) -> None:
    before = max(row.id for row in await rows(people))
    known = await DONE[action](people)
    found = [row for row in await rows(people) if row.id > before and row.action == action]
    assert len(found) == 1, found
    (row,) = found
    assert (row.name, row.run_id, row.address) == (known.who, known.run_id, known.address)
    assert row.verified is (known.who != "the operator")
    assert set(known.about) <= set(row.about), row.about
    told = " ".join(each.model_dump_json() for each in await rows(people))
    for secret in ("Ada asks", "words of", "a-secret-path", "whsec_secret", *people.tokens.values()):
        assert secret not in told


@pytest.mark.parametrize(
    "path", ["/api/runs/{}/events", "/api/runs/{}/events.json", "/stream/{}", "/api/runs/{}/reviews/{}"]
)
async def test_whichever_way_a_report_is_opened(people: Office, path: str) -> None:
    run_id = await decided(people)
    log = (await done(people, "Ada", "GET", f"/api/runs/{run_id}/events.json?limit=1")).json()["events"]
    assert log
    asked = [link["seq"] for link in (await done(people, "Ada", "GET", f"/api/runs/{run_id}/record")).json()["links"]]
    assert not [row for row in await rows(people) if row.action == Action.OPENED_RUN], "its first page has no report"
    await done(people, "Rex", "GET", path.format(run_id, asked[1]))
    (row,) = [row for row in await rows(people) if row.action == Action.OPENED_RUN]
    assert (row.name, row.run_id) == ("Rex", run_id)


@pytest.mark.parametrize("format", EXPORTS)
async def test_every_format_is_an_export(people: Office, format: str) -> None:
    run_id = await decided(people)
    # The result of this workflow is no report, which is said only once it is looked for.
    assert (await people.call("Rex", "GET", f"/api/runs/{run_id}/report.{format}")).status_code == 409
    (row,) = [row for row in await rows(people) if row.action == Action.EXPORTED]
    assert (row.name, row.run_id) == ("Rex", run_id)


async def test_channels_of_the_settings_are_noted_when_they_come_and_go(new_store: Callable[[], Store]) -> None:
    store = new_store()
    await store.open()
    for wanted in ([CHANNEL], [CHANNEL], []):
        await store.configure_channels(wanted, now())
    found = [(row.action, row.via, row.about.get("channel")) for row in await Audit(store).rows(None)]
    assert found == [("channel added", "server", CHANNEL.id), ("channel removed", "server", CHANNEL.id)]
    await store.close()
