"""A finished report as a file: Markdown, a web page, Word, PDF, JSON; and the record of a run."""

import asyncio
import hashlib
from concurrent.futures import ThreadPoolExecutor
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Header, Query
from starlette.responses import Response

from sayso import __version__
from sayso.api.http import PROBLEMS, RunId
from sayso.api.identity.authorize import Runs
from sayso.engine.acting import Acting
from sayso.exports.formats import FORMATS, Format, ascii_name, file_name
from sayso.protocol.codes import ErrorCode
from sayso.protocol.commands import ProtocolError
from sayso.protocol.record import RunRecord
from sayso.protocol.report import Report

router = APIRouter(responses=PROBLEMS)

# Setting a long report takes a second of a processor. Two at a time leave the others to runs and their watchers.
_renderers = ThreadPoolExecutor(max_workers=2, thread_name_prefix="export")
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
UNCHANGED: dict[int | str, dict[str, Any]] = {
    304: {"description": "The file that the client has (`If-None-Match`) is the same."}
}
Inline = Annotated[bool, Query(description="Show it in the browser, if that can, in place of saving it.")]
IfNoneMatch = Annotated[str | None, Header(max_length=1_000)]


@router.get("/api/runs/{run_id}/report.json", tags=["runs"], response_model=Report, responses=UNCHANGED)
async def export_json(run_id: RunId, runs: Runs, inline: Inline = False, if_none_match: IfNoneMatch = None) -> Response:
    """The report of a completed run, field by field. 409 `no_report` until there is one."""
    return await _file(run_id, FORMATS["json"], runs, inline=inline, if_none_match=if_none_match)


def _add_export(chosen: Format) -> None:
    """A call of its own for each format, because each answers with a type of its own."""
    media_type = chosen.media_type.partition(";")[0]
    schema = {"type": "string"} if media_type.startswith("text/") else {"type": "string", "format": "binary"}
    content = {media_type: {"schema": schema}}

    @router.get(
        f"/api/runs/{{run_id}}/report.{chosen.name}",
        tags=["runs"],
        name=f"export_{chosen.name}",
        response_class=Response,
        responses={200: {"description": "The file.", "content": content}, **UNCHANGED},
        description=f"The report of a completed run as `{chosen.name}`. 409 `no_report` until there is one.",
    )
    async def export(run_id: RunId, runs: Runs, inline: Inline = False, if_none_match: IfNoneMatch = None) -> Response:
        return await _file(run_id, chosen, runs, inline=inline, if_none_match=if_none_match)


for _format in FORMATS.values():
    if _format.name != "json":
        _add_export(_format)


@router.get("/api/runs/{run_id}/report.{format}", include_in_schema=False)
async def no_such_format(run_id: RunId, format: str) -> None:
    raise ProtocolError(
        ErrorCode.INVALID_REQUEST,
        f"format: a report can be had as {', '.join(FORMATS)}.",
        field="format",
        details={"formats": list(FORMATS)},
    )


async def _file(run_id: str, chosen: Format, runs: Acting, *, inline: bool, if_none_match: str | None) -> Response:
    report = await runs.results.report(run_id)
    headers = _headers(report, chosen, inline=inline and chosen.shown)
    if if_none_match and headers["ETag"] in (each.strip() for each in if_none_match.split(",")):
        return Response(status_code=304, headers=headers)
    body = await asyncio.get_running_loop().run_in_executor(_renderers, chosen.render, report)
    return Response(body, media_type=chosen.media_type, headers=headers)


@router.get("/api/runs/{run_id}/record", tags=["runs"], response_model=RunRecord)
async def export_record(run_id: RunId, runs: Runs) -> Response:
    """The record of a run as it stands, whether or not it is over: a chain of hashes over what was shown, decided and
    written, with these. `sayso verify` checks it."""
    record = await runs.results.record(run_id)
    body = record.model_dump_json(indent=1) + "\n"
    name = f"record-{quote(run_id, safe='')}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-cache"}
    return Response(body, media_type="application/json", headers=headers)


def _headers(report: Report, chosen: Format, *, inline: bool) -> dict[str, str]:
    name = file_name(report, chosen.name)
    content = f"{__version__} {chosen.name} {report.model_dump_json()}"
    return {
        "Content-Disposition": f"{'inline' if inline else 'attachment'}; "
        f"filename=\"{ascii_name(name)}\"; filename*=UTF-8''{quote(name, safe='')}",
        "Content-Security-Policy": _POLICY,
        "Cross-Origin-Resource-Policy": "same-origin",
        # A report does not change, but its run may be deleted: ask again each time.
        "Cache-Control": "private, no-cache",
        "ETag": f'W/"{hashlib.sha256(content.encode()).hexdigest()[:32]}"',
    }
