"""Rows of a database as the records of the port."""

import json
from datetime import datetime

from sayso.people.actor import Role
from sayso.people.person import Person, StoredSecret
from sayso.people.secrets import SecretKind
from sayso.protocol.frames import RecordedDecision, RunClaim, RunFigures, Status
from sayso.protocol.notification import Notification
from sayso.protocol.record import RecordHead
from sayso.protocol.review import ReviewData
from sayso.record.chain import Link
from sayso.storage.audience import Audience
from sayso.storage.kept import Erased
from sayso.storage.outbox import Channel, ChannelKind, Origin, Outgoing
from sayso.storage.records import Delivery, Run, StoredEvent, StoredReview
from sayso.storage.transactions.transaction import Row

LATEST = "9999"
"""Sorts behind every time as text."""


def to_run(row: Row) -> Run:
    return Run(
        id=row["id"],
        question=row["question"],
        workflow=row["workflow"],
        fingerprint=row["fingerprint"],
        options=json.loads(row["options"]),
        by=row["by"],
        status=Status(row["status"]),
        created_at=datetime.fromisoformat(row["created_at"]),
        updated_at=datetime.fromisoformat(row["updated_at"]),
        last_seq=row["last_seq"],
        epoch=row["epoch"],
        attempts=row["attempts"],
        brief=RunFigures.model_validate_json(row["brief"]),
        asker=row["asker"],
        asked_of=tuple(json.loads(row["asked_of"])),
        four_eyes=bool(row["four_eyes"]),
        claim=RunClaim.model_validate_json(row["claim"]) if row["claim"] else None,
        retry_of=row["retry_of"],
    )


def to_event(row: Row) -> StoredEvent:
    return StoredEvent(row["seq"], row["body"])


def to_review(row: Row) -> StoredReview:
    return StoredReview(
        seq=row["seq"],
        data=ReviewData.model_validate_json(row["data"]),
        response_type=row["response_type"],
        answer=RecordedDecision.model_validate_json(row["answer"]) if row["answer"] else None,
        answered_at=datetime.fromisoformat(row["answered_at"]) if row["answered_at"] else None,
        key=row["key"],
        fills=json.loads(row["fills"]),
    )


def to_delivery(row: Row) -> Delivery:
    return Delivery(
        review=row["seq"],
        response_type=row["response_type"],
        answer=RecordedDecision.model_validate_json(row["answer"]),
        at=datetime.fromisoformat(row["answered_at"]),
        fingerprint=row["fingerprint"],
        key=row["key"],
        fills=json.loads(row["fills"]),
        record=RecordHead(links=row["links"], head=row["head"]) if row["head"] else None,
    )


def to_link(row: Row) -> Link:
    return Link(
        chain=row["run_id"],
        position=row["position"],
        kind=row["kind"],
        seq=row["seq"],
        at=row["at"],
        content_hash=row["content_hash"],
        previous=row["previous"],
        hash=row["hash"],
    )


def to_erased(row: Row) -> Erased:
    record = RecordHead(links=row["links"], head=row["head"])
    return Erased(record, datetime.fromisoformat(row["erased_at"]))


def to_audience(row: Row) -> Audience:
    return Audience(row["asker"], tuple(json.loads(row["asked_of"])), bool(row["four_eyes"]))


def to_person(row: Row) -> Person:
    return Person(
        id=row["id"],
        name=row["name"],
        role=Role(row["role"]),
        groups=tuple(json.loads(row["groups"])),
        version=row["version"],
        created_at=datetime.fromisoformat(row["created_at"]),
        disabled_at=_time(row["disabled_at"]),
        subject=row["subject"],
    )


def to_secret(row: Row) -> StoredSecret:
    return StoredSecret(
        id=row["id"],
        kind=SecretKind(row["kind"]),
        hash=row["hash"],
        person_id=row["person_id"],
        created_at=datetime.fromisoformat(row["created_at"]),
        used_at=_time(row["used_at"]),
        expires_at=_time(row["expires_at"]),
        data=row["data"],
    )


def to_channel(row: Row) -> Channel:
    return Channel(
        id=row["id"],
        kind=ChannelKind(row["kind"]),
        address=row["address"],
        events=tuple(row["events"].split(",")),
        secret=row["secret"],
        origin=Origin(row["origin"]),
        created_at=datetime.fromisoformat(row["created_at"]),
        disabled_at=_time(row["disabled_at"]),
        failing_since=_time(row["failing_since"]),
        why=row["why"],
        delivered_at=_time(row["delivered_at"]),
        pending=row["pending"],
        given_up=row["given_up"],
    )


def to_outgoing(row: Row) -> Outgoing:
    return Outgoing(
        id=row["id"],
        channel=row["channel"],
        claim=row["claim"],
        attempt=row["attempts"],
        created_at=datetime.fromisoformat(row["created_at"]),
        notification=Notification.model_validate_json(row["body"]),
    )


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def like(search: str) -> str:
    """Pattern for `LIKE ... ESCAPE '\\'` that finds `search` anywhere in a lower-cased text."""
    escaped = search.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
