"""What is sent, how often, and by whom, on every database."""

import asyncio
import ipaddress
import logging
from collections.abc import AsyncIterator, Callable

import pytest

from sayso.addresses import Addresses
from sayso.notify.channels import channel
from sayso.notify.courier import SCHEDULE, Courier
from sayso.notify.posting import Poster
from sayso.notify.webhook import WebhookSender, new_secret
from sayso.notify.wording import Links
from sayso.storage.outbox import Channel, ChannelKind
from sayso.storage.store import Store
from storage.test_outbox import AT, asked
from support.receiver import OK, Received, Receiver, Reply

SENDERS = {
    ChannelKind.WEBHOOK: WebhookSender(Poster(Addresses([ipaddress.ip_network("127.0.0.1")])), Links(None), None)
}
AT_ONCE = (0.0, 0.0, 0.0)
"""A schedule of three attempts after the first."""
Couriers = Callable[..., Courier]


@pytest.fixture
async def store(new_store: Callable[[], Store]) -> AsyncIterator[Store]:
    store = new_store()
    await store.open()
    yield store
    await store.close()


@pytest.fixture
async def couriers() -> AsyncIterator[Couriers]:
    """Makes couriers that are closed before the store is."""
    made: list[Courier] = []

    def courier(store: Store, **more: object) -> Courier:
        made.append(Courier(store, SENDERS, **{"look": 0.02, "schedule": AT_ONCE, **more}))  # type: ignore[arg-type]  # of any value
        return made[-1]

    yield courier
    for each in made:
        await each.close()


async def listening(store: Store, receiver: Receiver) -> str:
    """The id of a channel that leads to `receiver`."""
    new = channel(ChannelKind.WEBHOOK, receiver.url, secret=new_secret())
    await store.add_channel(new, AT)
    return new.id


async def settled(store: Store, id: str, enough: Callable[[Channel], bool]) -> Channel:
    """The channel, when it is so."""
    async with asyncio.timeout(30):
        while True:
            found = next(each for each in await store.channels() if each.id == id)
            if enough(found):
                return found
            await asyncio.sleep(0.02)


async def test_what_fails_is_sent_again_with_the_same_id(store: Store, couriers: Couriers) -> None:
    async with Receiver() as receiver:
        answers = [Reply(500), Reply(302, ("location: http://10.0.0.1/",)), OK]
        receiver.reply = lambda _: answers[min(len(receiver.got), 3) - 1]
        id = await listening(store, receiver)
        await asked(store)
        await couriers(store).open()
        await settled(store, id, lambda each: each.delivered_at is not None)
    assert len(receiver.got) == 3
    assert len(set(receiver.ids)) == 1
    assert len({each.body for each in receiver.got}) == 1
    assert len({each.headers["webhook-signature"] for each in receiver.got}) >= 1


async def test_after_the_last_attempt_the_channel_is_disabled_and_said_to_be(
    store: Store, couriers: Couriers, caplog: pytest.LogCaptureFixture
) -> None:
    async with Receiver() as receiver:
        receiver.reply = Reply(503)
        id = await listening(store, receiver)
        await asked(store)
        with caplog.at_level(logging.ERROR, "sayso.notify"):
            await couriers(store).open()
            disabled = await settled(store, id, lambda each: each.disabled_at is not None)
        assert len(receiver.got) == len(AT_ONCE) + 1
        assert (disabled.why, disabled.given_up) == ("it answered 503", 1)
        (said,) = caplog.messages
        assert f"sayso webhook enable {id}" in said
        receiver.reply = OK
        await store.enable_channel(id, AT)
        await settled(store, id, lambda each: each.delivered_at is not None)
    assert len(set(receiver.ids)) == 1


def test_a_day_is_given() -> None:
    assert 20 * 3_600 < sum(SCHEDULE) < 26 * 3_600
    assert sorted(SCHEDULE) == list(SCHEDULE)


async def test_a_receiver_that_is_gone_is_asked_once(store: Store, couriers: Couriers) -> None:
    async with Receiver() as receiver:
        receiver.reply = Reply(410)
        id = await listening(store, receiver)
        await asked(store)
        await couriers(store).open()
        disabled = await settled(store, id, lambda each: each.disabled_at is not None)
        await asyncio.sleep(0.2)
    assert (len(receiver.got), disabled.why) == (1, "it answered 410")


async def test_a_receiver_that_wants_to_be_left_alone_is(store: Store, couriers: Couriers) -> None:
    async with Receiver() as receiver:
        receiver.reply = Reply(429, ("retry-after: 600",))
        id = await listening(store, receiver)
        await asked(store)
        await couriers(store).open()
        await settled(store, id, lambda each: each.failing_since is not None)
        await asyncio.sleep(0.3)
    assert len(receiver.got) == 1


async def test_one_that_is_slow_holds_up_nobody_else(store: Store, couriers: Couriers) -> None:
    async with Receiver() as slow, Receiver() as quick:
        slow.reply = Reply(hang=True)
        stuck, id = await listening(store, slow), await listening(store, quick)
        for n in range(10):
            await asked(store, f"r{n}")
        await couriers(store).open()
        await settled(store, id, lambda each: each.pending == 0)
        assert len(set(quick.ids)) == len(quick.got) == 10
        # No more of them at a time than what the receiver may be troubled with.
        assert len(slow.got) <= 4
        assert (await settled(store, stuck, lambda _: True)).pending == 10


async def test_one_message_that_is_never_taken_holds_up_nothing(store: Store, couriers: Couriers) -> None:
    def choosy(received: Received) -> Reply:
        return Reply(422) if received.json["data"]["run_id"] == "r3" else OK

    async with Receiver() as receiver:
        receiver.reply = choosy
        id = await listening(store, receiver)
        for n in range(8):
            await asked(store, f"r{n}")
        await couriers(store).open()
        ended = await settled(store, id, lambda each: each.given_up == 1)
        await asked(store, "later")
        # Several are on their way side by side: that the last one has come does not say that all have.
        await settled(store, id, lambda each: each.pending == 0)
    assert ended.disabled_at is None
    assert {each.json["data"]["run_id"] for each in receiver.got} == {*(f"r{n}" for n in range(8)), "later"}


async def test_a_sender_that_stops_leaves_its_messages_to_the_next_at_once(store: Store, couriers: Couriers) -> None:
    async with Receiver() as receiver:
        receiver.reply = Reply(hang=True)
        id = await listening(store, receiver)
        await asked(store)
        first = couriers(store)
        await first.open()
        await receiver.until(lambda got: len(got.got) == 1)
        await first.close()
        receiver.reply = OK
        await couriers(store).open()
        await settled(store, id, lambda each: each.pending == 0)
    assert (len(receiver.got), len(set(receiver.ids))) == (2, 1)


async def test_many_senders_and_each_message_once(
    store: Store, new_store: Callable[[], Store], couriers: Couriers
) -> None:
    """On PostgreSQL three stores, as in three processes; an SQLite file has one."""
    stores = [store]
    if store.cluster is not None:
        for _ in range(2):
            stores.append(new_store())
            await stores[-1].open()
    async with Receiver() as receiver:
        receiver.reply = Reply(delay=0.01)
        id = await listening(store, receiver)
        for each in stores:
            await couriers(each).open()
        await asyncio.gather(*(asked(stores[n % len(stores)], f"r{n}") for n in range(60)))
        await settled(store, id, lambda each: each.pending == 0 and each.delivered_at is not None)
        await asyncio.sleep(0.2)
    assert len(receiver.got) == 60
    assert len(set(receiver.ids)) == 60
    for each in stores[1:]:
        await each.close()


async def test_channels_of_the_settings_are_there(store: Store, couriers: Couriers) -> None:
    wanted = [channel(ChannelKind.WEBHOOK, "https://a.example/hook"), channel(ChannelKind.MAIL, "a@b.example")]
    await couriers(store, wanted=wanted).open()
    assert {each.id: each.address for each in await store.channels()} == {each.id: each.address for each in wanted}


async def test_a_kind_without_settings_is_a_failure_and_no_fault(store: Store, couriers: Couriers) -> None:
    new = channel(ChannelKind.MAIL, "a@b.example")
    await store.add_channel(new, AT)
    await asked(store)
    await couriers(store, schedule=(600.0,)).open()
    failing = await settled(store, new.id, lambda each: each.failing_since is not None)
    assert failing.why == "this process has no settings for mail"
