"""People, and what they come in with, in every store."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta

import pytest

from sayso.people.actor import Actor, Role, Via
from sayso.people.person import SEEN_EVERY, SESSION_IDLE, Person
from sayso.people.secrets import SecretKind, id_of, is_secret, new_secret
from sayso.protocol.frames import RecordedDecision, RunClaim
from sayso.protocol.review import ReviewData
from sayso.storage.audience import Scope
from sayso.storage.errors import NameTaken
from sayso.storage.records import AnswerOutcome, Ending, NewEvent, NewRun, OpenReview, Run, SegmentCommit
from sayso.storage.store import Store

AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture
async def store(new_store: Callable[[], Store]) -> AsyncIterator[Store]:
    store = new_store()
    await store.open()
    yield store
    await store.close()


def actor_of(person: Person) -> Actor:
    return Actor(person.id, person.name, person.role, person.groups, Via.TOKEN, version=person.version)


async def waiting(store: Store, id: str, asker: Person | None, *asked_of: str, four_eyes: bool = False) -> Run:
    """A run whose review 1 waits for an answer."""
    counted = actor_of(asker).counted_as if asker else None
    new = NewRun(id, "why?", "report", "fp", {}, asker.name if asker else "Ada", None, AT, counted, asked_of, four_eyes)
    await store.create(new)
    claim = await store.claim(id)
    assert claim is not None
    review = OpenReview(ReviewData(question="why?"), "module:Class", "q")
    events = [NewEvent('{"type":"input_required"}', review)]
    await store.commit(SegmentCommit(id, claim.run.epoch, 0, events, checkpoint="{}", covers=1, ending=Ending.PAUSE))
    run = await store.run(id)
    assert run is not None
    return run


async def decide(store: Store, run_id: str, person: Person, response: str = "approve") -> tuple[AnswerOutcome, str]:
    received = RecordedDecision(review=1, response=response, by=person.name)
    event = NewEvent('{"type":"input_received"}')
    answered = await store.answer(run_id, received, event, at=AT, actor=actor_of(person))
    return answered.outcome, answered.refusal


async def test_a_person_as_added_and_changed(store: Store) -> None:
    ada = await store.add_person("Ada", Role.REVIEWER, ["Legal"], at=AT)
    assert (ada.name, ada.role, ada.groups, ada.version) == ("Ada", Role.REVIEWER, ("Legal",), 1)
    changed = await store.change_person(ada.id, role=Role.ADMIN, groups=["Ops"])
    assert changed is not None
    assert (changed.role, changed.groups, changed.version) == (Role.ADMIN, ("Ops",), 2)
    assert await store.person_named(" ADA ") == changed
    assert await store.everybody() == [changed]
    assert await store.change_person("nobody", role=Role.ADMIN) is None


async def test_names_of_people_and_groups_are_told_apart(store: Store) -> None:
    await store.add_person("Ada", Role.REVIEWER, ["Legal"], at=AT)
    for name, groups in (("ada", []), ("LEGAL", []), ("Ben", ["ada"]), ("Cy", ["Cy"])):
        with pytest.raises(NameTaken):
            await store.add_person(name, Role.ASKER, groups, at=AT)
    assert [person.name for person in await store.everybody()] == ["Ada"]


async def test_who_a_provider_vouches_for_is_one_person(store: Store) -> None:
    await store.add_person("Ada", Role.REVIEWER, ["Legal"], at=AT)
    first = await store.vouched_for("idp|1", "Ada", Role.ASKER, ["Ops", "ada"], at=AT)
    assert (first.name, first.role, first.groups) == ("Ada 2", Role.ASKER, ("Ops",))
    other = await store.vouched_for("idp|2", "legal", Role.ASKER, None, at=AT)
    assert other.name == "legal 2"
    again = await store.vouched_for("idp|1", "Countess", Role.ADMIN, ["Legal"], at=AT)
    assert (again.id, again.name, again.role, again.groups) == (first.id, "Ada 2", Role.ASKER, ("Legal",))
    assert (await store.vouched_for("idp|1", "Ada", Role.ASKER, ["Legal"], at=AT)).version == again.version


async def test_a_secret_is_kept_as_a_hash_and_ends(store: Store) -> None:
    ada = await store.add_person("Ada", Role.ASKER, [], at=AT)
    secret = new_secret()
    assert secret.text not in repr(secret)
    assert id_of(secret.text) == secret.id
    await store.add_secret(secret, SecretKind.SESSION, ada.id, at=AT, expires_at=AT + timedelta(days=7))
    found = await store.secret(secret.id)
    assert found is not None
    stored, owner = found
    assert owner == ada
    assert secret.text[-24:] not in stored.hash
    assert is_secret(secret.text, stored.hash)
    assert not is_secret(secret.text[:-1] + ("A" if secret.text[-1] != "A" else "B"), stored.hash)
    assert stored.lives(AT + SESSION_IDLE / 2)
    assert not stored.lives(AT + SESSION_IDLE)
    assert not stored.lives(AT + timedelta(days=7))
    await store.see_secret(stored, AT + SEEN_EVERY)
    assert (await store.secrets_of(ada.id))[0].used_at == AT + SEEN_EVERY
    assert await store.delete_secret(secret.id)
    assert await store.secret(secret.id) is None


async def test_a_link_works_once(store: Store) -> None:
    ada = await store.add_person("Ada", Role.ASKER, [], at=AT)
    link = new_secret()
    await store.add_secret(link, SecretKind.LINK, ada.id, at=AT, expires_at=AT + timedelta(hours=1))
    assert [await store.use_up(link.id, AT), await store.use_up(link.id, AT)] == [True, False]
    found = await store.secret(link.id)
    assert found is not None
    assert not found[0].lives(AT)


async def test_who_is_disabled_has_nothing_left_to_come_in_with(store: Store) -> None:
    ada = await store.add_person("Ada", Role.REVIEWER, [], at=AT)
    await store.add_secret(new_secret(), SecretKind.TOKEN, ada.id, at=AT)
    disabled = await store.change_person(ada.id, disabled_at=AT)
    assert disabled is not None
    assert disabled.disabled_at == AT
    assert await store.secrets_of(ada.id) == []
    await waiting(store, "r", None)
    assert (await decide(store, "r", ada))[0] is AnswerOutcome.FORBIDDEN
    enabled = await store.change_person(ada.id, enabled=True)
    assert enabled is not None
    assert enabled.disabled_at is None
    assert (await decide(store, "r", ada))[0] is AnswerOutcome.ACCEPTED


async def test_only_who_is_asked_decides(store: Store) -> None:
    """Whoever is asked, by name or by group, as it is at the moment of the decision."""
    ada = await store.add_person("Ada", Role.REVIEWER, ["Legal"], at=AT)
    ben = await store.add_person("Ben", Role.REVIEWER, [], at=AT)
    cy = await store.add_person("Cy", Role.ASKER, ["Legal"], at=AT)
    root = await store.add_person("Root", Role.ADMIN, [], at=AT)
    await waiting(store, "r", cy, "legal")
    for person in (ben, cy, root):
        assert (await decide(store, "r", person))[0] is AnswerOutcome.FORBIDDEN
    assert "legal is asked" in (await decide(store, "r", ben))[1]
    # What counts is the group of now, not that of when Ada came in.
    await store.change_person(ada.id, groups=[])
    assert (await decide(store, "r", ada))[0] is AnswerOutcome.FORBIDDEN
    await store.change_person(ben.id, groups=["Legal"])
    assert (await decide(store, "r", ben))[0] is AnswerOutcome.ACCEPTED


async def test_four_eyes(store: Store) -> None:
    ada = await store.add_person("Ada", Role.ADMIN, [], at=AT)
    ben = await store.add_person("Ben", Role.REVIEWER, [], at=AT)
    await waiting(store, "r", ada, four_eyes=True)
    for response in ("approve", "something else"):
        outcome, why = await decide(store, "r", ada, response)
        assert outcome is AnswerOutcome.FORBIDDEN
        assert "somebody else" in why
    run = await store.run("r")
    assert run is not None
    assert run.last_seq == 1
    assert (await decide(store, "r", ben))[0] is AnswerOutcome.ACCEPTED
    await waiting(store, "s", ada, four_eyes=True)
    assert (await decide(store, "s", ada, "reject"))[0] is AnswerOutcome.ACCEPTED
    await waiting(store, "t", ada)
    assert (await decide(store, "t", ada))[0] is AnswerOutcome.ACCEPTED


async def test_lists_show_what_may_be_seen(store: Store) -> None:
    ada = await store.add_person("Ada_", Role.REVIEWER, ["Legal"], at=AT)
    ben = await store.add_person("Ben", Role.ASKER, [], at=AT)
    key = actor_of(ben).counted_as
    for id, asker, asked_of in (
        ("free", None, []),
        ("bens", ben, ["Ops"]),
        ("legals", None, ["ops", "LEGAL"]),
        ("adas", None, ["ada_"]),
        ("else's", None, ["Legal2", "XAda_"]),
    ):
        await waiting(store, id, asker, *asked_of)
    seen = {
        "all": Scope(),
        "ben": Scope(all=False, asker=key),
        "ada": Scope(all=False, asker=actor_of(ada).counted_as, reviews=True, names=actor_of(ada).answers_to),
    }
    expected = {
        "all": {"free", "bens", "legals", "adas", "else's"},
        "ben": {"bens"},
        "ada": {"free", "legals", "adas"},
    }
    for name, scope in seen.items():
        found = await store.runs(scope=scope, search="why")
        assert {run.id for run in found} == expected[name]
        everything = await store.runs()
        assert {run.id for run in everything if scope.covers(run)} == expected[name]
    assert [run.asked_of for run in await store.runs(scope=seen["ben"])] == [("Ops",)]


async def test_what_is_asked_of_one_is_without_what_one_may_not_approve(store: Store) -> None:
    ada = await store.add_person("Ada", Role.REVIEWER, [], at=AT)
    key = actor_of(ada).counted_as
    await waiting(store, "own", ada, four_eyes=True)
    await waiting(store, "own, two eyes", ada)
    await waiting(store, "else's", None, four_eyes=True)
    scope = Scope(all=False, reviews=True, names=actor_of(ada).answers_to, but_own=key)
    found = await store.runs(scope=scope)
    assert {run.id for run in found} == {"own, two eyes", "else's"}
    assert {run.id for run in await store.runs() if scope.covers(run)} == {"own, two eyes", "else's"}


async def test_one_is_on_it_until_it_is_decided(store: Store) -> None:
    ada = await store.add_person("Ada", Role.REVIEWER, [], at=AT)
    before = await waiting(store, "r", None)
    claim = RunClaim(by="Ada", verified=True, at=AT)
    assert await store.claim_review("r", claim)
    assert not await store.claim_review("r", RunClaim(by="Ben", at=AT))
    run = await store.run("r")
    assert run is not None
    assert (run.claim, run.last_seq) == (claim, before.last_seq)
    await store.give_back("r")
    assert await store.claim_review("r", RunClaim(by="Ben", at=AT))
    assert (await decide(store, "r", ada))[0] is AnswerOutcome.ACCEPTED
    run = await store.run("r")
    assert run is not None
    assert run.claim is None
    assert not await store.claim_review("r", claim)
