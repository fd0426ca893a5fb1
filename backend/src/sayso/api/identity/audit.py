"""The audit, for admins: `sayso audit` comes through here where a server runs."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request

from sayso.api.http import PROBLEMS
from sayso.api.identity.authorize import actor_of
from sayso.engine.audit import PAGE, Audit
from sayso.people.actor import ANYBODY
from sayso.protocol.input import Plain
from sayso.protocol.people import AuditPage, AuditPruned, AuditVerdict

router = APIRouter(responses=PROBLEMS)


@router.get("/api/audit", tags=["people"])
async def show_audit(
    request: Request,
    since: datetime | None = None,
    after: Annotated[int, Query(ge=0)] = 0,
    limit: Annotated[int, Query(ge=1, le=PAGE)] = PAGE,
) -> AuditPage:
    """Who did what, oldest first; the next page is `after` the last id of this one."""
    return AuditPage(rows=await Audit(request.app.state.store).rows(since, after, limit))


@router.get("/api/audit/check", tags=["people"])
async def check_audit(
    request: Request, head: Annotated[Plain | None, Query(min_length=12, max_length=64)] = None
) -> AuditVerdict:
    """Whether it is as it was sealed. `head` is a hash that it is known to have ended with at some time."""
    return await Audit(request.app.state.store).verify(head)


@router.delete("/api/audit", tags=["people"])
async def prune_audit(request: Request, before: datetime) -> AuditPruned:
    """Erase what was sealed before that time; a sealed row says so. `links` is up to which."""
    return AuditPruned(links=await Audit(request.app.state.store).prune(before, actor_of(request) or ANYBODY))
