"""Who may do what, in one table. What somebody may not see is not found.

| what | anybody | asker | reviewer | admin |
| --- | --- | --- | --- | --- |
| the page, its sign-in, the description of the calls, health | yes | yes | yes | yes |
| `GET /api/info`, names of people and groups | | yes | yes | yes |
| ask | | yes | yes | yes |
| see a run (list, streams, log, sources, report, record) | | own | own, asked of them, of nobody in particular | all |
| decide, claim | | | asked of them, or of nobody in particular | the same |
| approve what they asked themselves, with four eyes | | | no | no |
| cancel, try again what has failed | | own | own | all |
| see the documents of the library | | yes | yes | yes |
| delete, add and remove documents, people, the audit | | | | yes |

Where nobody signs in (`SAYSO_AUTH=none`) everybody is an admin, but for people and the audit, which then are the
operator's alone. `CALLS` and `FRAMES` say it for each call and each frame of the websocket; one that is in neither is
refused.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol

from sayso.people.actor import Actor, Role, Via, key_of
from sayso.people.audit import Action


class Need(StrEnum):
    """What it takes."""

    NOTHING = "nothing"
    SIGNED_IN = "signed in"
    ASK = "ask"
    SEE = "see the run"
    DECIDE = "decide about the run"
    END = "end the run"
    ADMIN = "admin"
    OPERATE = "operate"

    @property
    def of_run(self) -> bool:
        """Whether it depends on a run."""
        return self in (Need.SEE, Need.DECIDE, Need.END)


CALLS: dict[str, Need] = {
    "GET /healthz": Need.NOTHING,
    "GET /readyz": Need.NOTHING,
    "GET /metrics": Need.NOTHING,
    "GET /api/docs": Need.NOTHING,
    "GET /api/me": Need.NOTHING,
    "POST /api/session": Need.NOTHING,
    "DELETE /api/session": Need.NOTHING,
    "GET /auth/start": Need.NOTHING,
    "GET /auth/callback": Need.NOTHING,
    "GET /api/info": Need.SIGNED_IN,
    "POST /api/runs": Need.ASK,
    "GET /api/runs": Need.SIGNED_IN,
    "GET /api/runs/stream": Need.SIGNED_IN,
    "GET /api/runs/{run_id}": Need.SEE,
    "GET /api/runs/{run_id}/events": Need.SEE,
    "POST /api/runs/{run_id}/reviews/{seq}/reading": Need.SEE,
    "GET /api/runs/{run_id}/sources/{source}": Need.SEE,
    "GET /api/runs/{run_id}/sources/{source}/page": Need.SEE,
    **{f"GET /api/runs/{{run_id}}/report.{format}": Need.SEE for format in ("md", "html", "docx", "pdf", "json")},
    "GET /api/runs/{run_id}/report.{format}": Need.SEE,
    "GET /api/runs/{run_id}/record": Need.SEE,
    "GET /api/runs/{run_id}/events.json": Need.SEE,
    "GET /api/runs/{run_id}/reviews/{seq}": Need.SEE,
    "POST /submit": Need.ASK,
    "GET /stream/{task_id}": Need.SEE,
    "POST /feedback/{task_id}": Need.DECIDE,
    "POST /api/runs/{run_id}/response": Need.DECIDE,
    "POST /api/runs/{run_id}/cancel": Need.END,
    "POST /api/runs/{run_id}/retry": Need.END,
    "PUT /api/runs/{run_id}/claim": Need.DECIDE,
    "DELETE /api/runs/{run_id}/claim": Need.DECIDE,
    "DELETE /api/runs/{run_id}": Need.ADMIN,
    "GET /api/library": Need.SIGNED_IN,
    "POST /api/library": Need.ADMIN,
    "DELETE /api/library": Need.ADMIN,
    "GET /api/people/names": Need.SIGNED_IN,
    "GET /api/audit": Need.OPERATE,
    "GET /api/audit/check": Need.OPERATE,
    "DELETE /api/audit": Need.OPERATE,
    "GET /api/people": Need.OPERATE,
    "POST /api/people": Need.OPERATE,
    "PATCH /api/people/{name}": Need.OPERATE,
    "POST /api/people/{name}/token": Need.OPERATE,
    "POST /api/people/{name}/link": Need.OPERATE,
    "DELETE /api/people/{name}/secrets": Need.OPERATE,
}
"""By method and path."""
NOTED = {
    "GET /api/runs/{run_id}/sources/{source}": Action.OPENED_SOURCE,
    "GET /api/runs/{run_id}/sources/{source}/page": Action.OPENED_SOURCE,
    **{f"GET /api/runs/{{run_id}}/report.{name}": Action.EXPORTED for name in ("md", "html", "docx", "pdf", "json")},
    "GET /api/runs/{run_id}/record": Action.EXPORTED,
}
"""Reading calls of which the audit is to know; what changes something is noted where it is stored."""
STREAMS = {"GET /api/runs/stream", "GET /api/runs/{run_id}/events", "GET /stream/{task_id}"}
"""Those of them that go on for as long as somebody listens."""
NOWHERE = "/api/{path:path}"
"""Where there is nothing."""
RUN_IN_PATH = ("run_id", "task_id")
"""What a run's id is called in a path."""

FRAMES: dict[str, Need] = {
    "question": Need.ASK,
    "run_id": Need.SEE,
    "response": Need.DECIDE,
    "cancel": Need.END,
}
"""By the one field that tells the frames of a client apart."""


class Asked(Protocol):
    """What of a run decides who may see it, and who may decide."""

    @property
    def asker(self) -> str | None: ...
    @property
    def asked_of(self) -> Sequence[str]: ...
    @property
    def four_eyes(self) -> bool: ...


def may(actor: Actor | None, need: Need) -> bool:
    """Whether `actor` may do what needs no run, or what needs one that it may see.

    Args:
        actor: `None` is somebody who has not signed in.
    """
    match need:
        case Need.NOTHING:
            return True
        case Need.OPERATE:
            return actor is not None and actor.role is Role.ADMIN and (actor.verified or actor.via is Via.OPERATOR)
        case Need.ADMIN:
            return actor is not None and actor.role is Role.ADMIN
        case _:
            return actor is not None


def may_see(actor: Actor, run: Asked) -> bool:
    """Whether the run is there, for `actor`."""
    if actor.unrestricted or is_own(actor, run):
        return True
    return actor.role.covers(Role.REVIEWER) and is_asked(actor, run)


def may_end(actor: Actor, run: Asked) -> bool:
    """Whether `actor`, who sees the run, may cancel it."""
    return actor.unrestricted or is_own(actor, run)


def may_not_decide(actor: Actor, run: Asked, *, approves: bool = False) -> str | None:
    """Why `actor` may not decide, fit to show; `None` if it may.

    Args:
        approves: it is an approval, or an answer of which nobody knows whether it is one.
    """
    if not actor.verified and actor.unrestricted:
        return None
    if not actor.role.covers(Role.REVIEWER):
        return "Deciding takes a reviewer. Nothing was changed."
    if not is_asked(actor, run):
        verb = "is" if len(run.asked_of) == 1 else "are"
        return f"{' and '.join(run.asked_of)} {verb} asked to decide here. Nothing was changed."
    if approves and run.four_eyes and is_own(actor, run):
        return "You asked this yourself, so somebody else has to approve it. Nothing was changed."
    return None


def is_own(actor: Actor, run: Asked) -> bool:
    """Whether `actor` asked."""
    return actor.verified and run.asker is not None and run.asker == actor.counted_as


def is_asked(actor: Actor, run: Asked) -> bool:
    """Whether the decision is asked of `actor`, or of nobody in particular."""
    return not run.asked_of or any(key_of(name) in actor.answers_to for name in run.asked_of)
