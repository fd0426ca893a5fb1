"""The transactions of channels, and of what is sent to them; the same for every database."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pydantic import JsonValue

from sayso.people.actor import OPERATOR, SERVER, Actor
from sayso.people.audit import Action, Entry
from sayso.storage.outbox import Channel, Failure, NewChannel, Origin, Outgoing
from sayso.storage.transactions.auditing import note
from sayso.storage.transactions.rows import to_channel, to_outgoing
from sayso.storage.transactions.transaction import Ask, Transaction


def channels() -> Transaction[list[Channel]]:
    """All of them, oldest first."""
    return [to_channel(row) for row in (yield Ask("channels", {})).rows]


def add_channel(channel: NewChannel, at: datetime, actor: Actor = OPERATOR) -> Transaction[bool]:
    """Add a channel; one that is there with the same id gets these events. False if that one is of the settings."""
    added = bool((yield _put(channel, Origin.ADDED, at)).changed)
    if added:
        yield from _note(Action.CHANNEL_ADDED, actor, at, channel.id, channel.events)
    return added


def configure_channels(wanted: Sequence[NewChannel], at: datetime) -> Transaction[None]:
    """Have the channels of the settings be these. One that is there stays as it is, disabled or not."""
    known = {row["id"] for row in (yield Ask("channel_ids_of", {"origin": Origin.SETTINGS})).rows}
    # In one order, so that processes that start together do not wait for each other.
    for id in sorted(known - {channel.id for channel in wanted}):
        if (yield Ask("remove_channel", {"id": id, "origin": Origin.SETTINGS})).changed:
            yield from _note(Action.CHANNEL_REMOVED, SERVER, at, id)
    for channel in sorted(wanted, key=lambda channel: channel.id):
        put = yield _put(channel, Origin.SETTINGS, at)
        if put.changed and channel.id not in known:
            yield from _note(Action.CHANNEL_ADDED, SERVER, at, channel.id, channel.events)


def remove_channel(id: str, at: datetime, actor: Actor = OPERATOR) -> Transaction[bool]:
    """Remove a channel that was added, with what it is owed. False if there is none."""
    removed = bool((yield Ask("remove_channel", {"id": id, "origin": Origin.ADDED})).changed)
    if removed:
        yield from _note(Action.CHANNEL_REMOVED, actor, at, id)
    return removed


def enable_channel(id: str, at: datetime, actor: Actor = OPERATOR) -> Transaction[bool]:
    """Send to a channel again, what was given up too. False if there is none."""
    # In the order in which attempts are noted, so that neither waits for the other.
    yield Ask("requeue", {"id": id, "at": at.isoformat()})
    enabled = bool((yield Ask("enable_channel", {"id": id})).changed)
    if enabled:
        yield from _note(Action.CHANNEL_ENABLED, actor, at, id)
    return enabled


def channels_due(at: datetime) -> Transaction[list[str]]:
    """Ids of the channels that something is to be sent to by now."""
    return [row["id"] for row in (yield Ask("channels_due", {"at": at.isoformat()})).rows]


def claim_outgoing(channel: str, *, at: datetime, until: datetime, limit: int) -> Transaction[list[Outgoing]]:
    """Messages for a channel that nobody else gets before `until`, oldest first."""
    claim = uuid.uuid4().hex
    bounds = {"channel": channel, "at": at.isoformat(), "until": until.isoformat(), "limit": limit, "claim": claim}
    claimed = [to_outgoing(row) for row in (yield Ask("claim_outgoing", bounds)).rows]
    return sorted(claimed, key=lambda outgoing: (outgoing.created_at, outgoing.id))


def note_delivered(outgoing: Outgoing, at: datetime) -> Transaction[None]:
    """It has arrived. Whoever claimed it meanwhile, nobody sends it again."""
    yield Ask("delete_outgoing", {"channel": outgoing.channel, "id": outgoing.id})
    yield Ask("note_delivered", {"id": outgoing.channel, "at": at.isoformat()})


def note_failed(outgoing: Outgoing, failure: Failure) -> Transaction[bool]:
    """An attempt was in vain, so it is tried again or given up. True if the channel is disabled by it: if its receiver
    is gone, or nothing has arrived since a message was made that is given up now."""
    again_at = failure.again_at.isoformat() if failure.again_at else None
    back = yield Ask("put_back", {**_of(outgoing), "again_at": again_at})
    if not back.changed:
        return False
    at = failure.at.isoformat()
    yield Ask("note_failed", {"id": outgoing.channel, "at": at, "why": failure.why})
    if failure.again_at is not None and not failure.gone:
        return False
    since = at if failure.gone else outgoing.created_at.isoformat()
    disabled = yield Ask("disable_failing", {"id": outgoing.channel, "at": at, "since": since})
    return disabled.row is not None


def hand_back_outgoing(claimed: Sequence[Outgoing], at: datetime) -> Transaction[None]:
    """A sender stops: others may send these at once."""
    yield Ask("hand_back_outgoing", [{**_of(outgoing), "at": at.isoformat()} for outgoing in claimed])


def free_claims(at: datetime) -> Transaction[None]:
    """Nobody sends anything: whoever did is gone."""
    yield Ask("free_claims", {"at": at.isoformat()})


def _note(action: Action, actor: Actor, at: datetime, id: str, events: Sequence[str] = ()) -> Transaction[None]:
    """Without the address, which may be a secret; its hash is part of the id."""
    about: dict[str, JsonValue] = {"channel": id, **({"events": list(events)} if events else {})}
    yield from note(Entry(action, actor, at, about=about))


def _put(channel: NewChannel, origin: Origin, at: datetime) -> Ask:
    return Ask(
        "add_channel",
        {
            "id": channel.id,
            "kind": channel.kind,
            "address": channel.address,
            "events": ",".join(channel.events),
            "secret": channel.secret,
            "origin": origin,
            "at": at.isoformat(),
        },
    )


def _of(outgoing: Outgoing) -> dict[str, Any]:
    return {"channel": outgoing.channel, "id": outgoing.id, "claim": outgoing.claim}
