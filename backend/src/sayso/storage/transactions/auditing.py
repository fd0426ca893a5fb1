"""The audit: rows, stored in the transactions of what they tell of, and the links that seal them, made a little later.

A row is sealed by whichever process looks first, many rows by one link, so that no answer waits for another one's link.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime

from pydantic import JsonValue

from sayso.people.actor import Actor
from sayso.people.audit import Action, Entry
from sayso.record.chain import Link, linked
from sayso.storage.sealed import CHAIN, ROWS, SealedRow
from sayso.storage.transactions.transaction import Ask, Row, Transaction


def note(entry: Entry | None) -> Transaction[None]:
    """A row more, for what the transaction around it does."""
    if entry is not None:
        values = {"at": _text(entry.at), "body": json.dumps(entry.as_json(), ensure_ascii=False)}
        yield Ask("append_audit", values)


def note_settings(values: Mapping[str, JsonValue], actor: Actor, at: datetime) -> Transaction[None]:
    """A row if they are other than at the last start; of each that is, what it was and is.

    Args:
        values: without secrets.
    """
    row = (yield Ask("get_meta", {"key": "settings"})).row
    before: dict[str, JsonValue] = json.loads(row["value"]) if row else {}
    changed = {name for name in {*values, *before} if values.get(name) != before.get(name)}
    if not changed:
        return
    yield Ask("put_meta", {"key": "settings", "value": json.dumps(dict(values))})
    about: dict[str, JsonValue] = {name: [before.get(name), values.get(name)] for name in sorted(changed)}
    yield from note(Entry(Action.SETTINGS_CHANGED, actor, at, about=about))


def seal(at: datetime, limit: int) -> Transaction[int]:
    """Seal rows that are not sealed yet, by one link. Returns how many; 0 too while another process seals."""
    if not (yield Ask("lock_audit", {})).one["locked"]:
        return 0
    rows = [to_sealed(row) for row in (yield Ask("unsealed", {"limit": limit})).rows]
    if not rows:
        return 0
    last = (yield Ask("last_audit_link", {})).row
    content: JsonValue = [row.content for row in rows]
    link = linked(CHAIN, to_audit_link(last) if last else None, ROWS, seq=rows[-1].id, at=_text(at), content=content)
    yield Ask("append_audit_link", asdict(link))
    yield Ask("seal_row", [{"id": row.id, "link": link.position} for row in rows])
    return len(rows)


def audit(*, since: datetime | None = None, after: int = 0, limit: int) -> Transaction[list[SealedRow]]:
    """Rows, oldest first."""
    values = {"since": _text(since) if since else "", "after": after, "limit": limit}
    return [to_sealed(row) for row in (yield Ask("audit_page", values)).rows]


def unsealed() -> Transaction[int]:
    """How many rows no link seals yet."""
    return int((yield Ask("count_unsealed", {})).one["found"])


def audit_links(after: int, limit: int) -> Transaction[list[tuple[Link, list[SealedRow]]]]:
    """Links behind the one with this position, in order, each with the rows that it seals."""
    links = [to_audit_link(row) for row in (yield Ask("audit_links_after", {"after": after, "limit": limit})).rows]
    until = links[-1].position if links else after
    found: dict[int, list[SealedRow]] = {}
    for row in (yield Ask("sealed_by", {"after": after, "until": until})).rows:
        found.setdefault(row["link"], []).append(to_sealed(row))
    return [(link, found.get(link.position, [])) for link in links]


def prune_audit(before: datetime, actor: Actor, at: datetime) -> Transaction[int]:
    """Erase rows that were sealed before that time, with their links. A row that is sealed in its turn says how far,
    and with which hash, the chain had come. Returns up to which link."""
    if not (yield Ask("lock_audit", {})).one["locked"]:
        return 0
    row = (yield Ask("last_audit_link_before", {"before": _text(before)})).row
    if row is None:
        return 0
    last = to_audit_link(row)
    yield Ask("prune_audit", {"until": last.position})
    yield Ask("prune_audit_links", {"until": last.position})
    yield from note(Entry(Action.PRUNED, actor, at, about={"links": last.position, "head": last.hash}))
    return last.position


def to_audit_link(row: Row) -> Link:
    return Link(
        CHAIN, row["position"], row["kind"], row["seq"], row["at"], row["content_hash"], row["previous"], row["hash"]
    )


def to_sealed(row: Row) -> SealedRow:
    return SealedRow(row["id"], json.loads(row["body"]), row["link"])


def _text(at: datetime) -> str:
    # In UTC, because the database compares times as text.
    return at.astimezone(UTC).isoformat()
