"""`sayso audit`: who did what, and whether that is as it was sealed."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

from rich.console import Console

from sayso.cli.data import ServerCalls, server_or_store
from sayso.engine.audit import PAGE, Audit
from sayso.engine.clock import now
from sayso.errors import SettingsError
from sayso.exports.text import one_line
from sayso.people.actor import OPERATOR, Via
from sayso.protocol.decisions import NOT_VERIFIED
from sayso.protocol.people import AuditPage, AuditRow, AuditVerdict
from sayso.record.check import SHORTEST_HEAD
from sayso.settings import Settings
from sayso.storage.store import Store

HOLDS, BROKEN = 0, 1
say = Console(highlight=False, soft_wrap=True, markup=False)


def show(settings: Settings, since: timedelta | None, *, as_json: bool) -> None:
    """Print what was done, oldest first.

    Raises:
        SettingsError: there is no way to it.
    """

    async def work() -> None:
        async with server_or_store(settings, "audit") as way:
            async for row in _rows(way, now() - since if since else None):
                say.print(json.dumps(row.model_dump(mode="json"), ensure_ascii=False) if as_json else _line(row))

    asyncio.run(work())


def verify(settings: Settings, head: str | None) -> int:
    """Print whether it holds. Returns the exit code: `HOLDS` or `BROKEN`.

    Raises:
        SettingsError: there is no way to it.
    """
    if head is not None and len(head.strip()) < SHORTEST_HEAD:
        raise SettingsError(f"audit verify: --head takes a hash, or at least its first {SHORTEST_HEAD} digits.")

    async def work() -> AuditVerdict:
        async with server_or_store(settings, "audit") as way:
            if isinstance(way, ServerCalls):
                query = {"head": head.strip()} if head else {}
                return AuditVerdict.model_validate(await way("GET", "/api/audit/check", query=query))
            return await Audit(way).verify(head)

    verdict = asyncio.run(work())
    for fault in verdict.faults:
        say.print(one_line(fault))
    said = f"{verdict.rows:,} rows sealed by {verdict.links:,} links; the last has the hash {verdict.head or '(none)'}"
    say.print(f"The audit {'holds' if verdict.holds else 'does not hold'}: {said}.")
    if verdict.unsealed:
        say.print(f"{verdict.unsealed:,} rows are not sealed yet.")
    return HOLDS if verdict.holds else BROKEN


def prune(settings: Settings, older_than: timedelta) -> None:
    """Erase what was sealed so long ago; what is left says so.

    Raises:
        SettingsError: there is no way to it.
    """

    async def work() -> int:
        before = now() - older_than
        async with server_or_store(settings, "audit") as way:
            if isinstance(way, ServerCalls):
                return int((await way("DELETE", "/api/audit", query={"before": before.isoformat()}))["links"])
            return await Audit(way).prune(before, OPERATOR)

    until = asyncio.run(work())
    say.print(f"Erased up to link {until:,}." if until else "There was nothing so old.")


async def _rows(way: ServerCalls | Store, since: datetime | None) -> AsyncIterator[AuditRow]:
    after = 0
    while True:
        if isinstance(way, ServerCalls):
            query = {"after": after, **({"since": since.isoformat()} if since else {})}
            page = AuditPage.model_validate(await way("GET", "/api/audit", query=query)).rows
        else:
            page = await Audit(way).rows(since, after)
        for row in page:
            yield row
        if len(page) < PAGE:
            return
        after = page[-1].id


def _line(row: AuditRow) -> str:
    who = row.name or ("the server" if row.via == Via.SERVER else "somebody")
    doubt = [NOT_VERIFIED] if row.name and row.via == Via.NOBODY_ASKED else []
    how = ", ".join([row.via, *([row.address] if row.address else []), *doubt])
    told = {key: value if isinstance(value, str) else json.dumps(value) for key, value in row.about.items()}
    about = [f"{key}={value}" for key, value in told.items()]
    run = [f"run={row.run_id}"] if row.run_id else []
    return one_line(" ".join([f"{row.at:%Y-%m-%d %H:%M:%S} {who} ({how}): {row.action}", *run, *about]))
