import ssl
from datetime import UTC, datetime

import pytest
import trustme

from sayso.protocol.notification import TOPICS, Notification, NotificationData, Topic
from sayso.storage.outbox import Channel, ChannelKind, Origin

AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="session")
def server_tls(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1", "hooks.test").configure_cert(context)
    return context


@pytest.fixture(scope="session")
def trusting(authority: trustme.CA) -> ssl.SSLContext:
    """A client that believes the certificates of `server_tls`."""
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


@pytest.fixture
def opened() -> Notification:
    data = NotificationData(
        run_id="r1",
        seq=9,
        workflow="report",
        question="Why do tides\nexist?",
        asked_by="Ada",
        review=9,
        round=1,
        findings=7,
        sources=3,
        due_at=AT,
    )
    return Notification(type=Topic.OPENED, timestamp=AT, data=data)


def channel(kind: ChannelKind, address: str, secret: str | None = None) -> Channel:
    return Channel(
        id="c",
        kind=kind,
        address=address,
        events=TOPICS,
        secret=secret,
        origin=Origin.ADDED,
        created_at=AT,
        disabled_at=None,
        failing_since=None,
        why="",
        delivered_at=None,
        pending=0,
        given_up=0,
    )
