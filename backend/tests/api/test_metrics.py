"""What a Prometheus reads, parsed as it does."""

from datetime import UTC, datetime, timedelta

import httpx
from fastapi import FastAPI
from prometheus_client.parser import text_string_to_metric_families

from sayso.notify.channels import channel
from sayso.storage.outbox import ChannelKind, Failure
from sayso.storage.store import Store
from storage.test_outbox import asked

AT = datetime(2026, 11, 22, tzinfo=UTC)


async def figures(client: httpx.AsyncClient) -> dict[tuple[str, str], float]:
    """By metric and channel."""
    answer = await client.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain")
    families = text_string_to_metric_families(answer.text)
    return {(each.name, each.labels["channel"]): each.value for family in families for each in family.samples}


async def test_how_what_is_told_elsewhere_arrives(client: httpx.AsyncClient, app: FastAPI) -> None:
    store: Store = app.state.service._store
    assert await figures(client) == {}
    # Nobody else sends meanwhile.
    for companion in app.state.service.companions:
        await companion.close()
    slow = channel(ChannelKind.WEBHOOK, "https://slow.invalid/secret-path")
    await store.add_channel(slow, AT)
    await asked(store)
    names = ("disabled", "failing", "pending", "given_up")
    told = await figures(client)
    assert [told[f"sayso_channel_{name}", slow.id] for name in names] == [0, 0, 1, 0]
    now = datetime.now(UTC)
    (claimed,) = await store.claim_outgoing(slow.id, at=now, until=now + timedelta(hours=1), limit=1)
    await store.note_failed(claimed, Failure("it answered 410", now, None, gone=True))
    told = await figures(client)
    assert [told[f"sayso_channel_{name}", slow.id] for name in names] == [1, 1, 0, 1]
    assert "secret-path" not in (await client.get("/metrics")).text
