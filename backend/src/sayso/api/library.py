"""The documents of the library, and those that people add to it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from sayso.added import AddedDocuments
from sayso.api.http import PROBLEMS, RunId
from sayso.api.identity.authorize import Runs, actor_of
from sayso.compose import Toolkit
from sayso.people.actor import ANYBODY
from sayso.people.policy import CALLS, may
from sayso.protocol.codes import ErrorCode
from sayso.protocol.commands import ProtocolError
from sayso.protocol.http import LibraryDocument, LibraryPage, PageBox, QuotedPage
from sayso.protocol.input import Plain
from sayso.report.passages import source_passages
from sayso.research.formats import Unreadable
from sayso.research.library.document import Document
from sayso.research.library.folder import ADDED
from sayso.research.source import SourceError

router = APIRouter(responses=PROBLEMS)

NO_LIBRARY = ProtocolError(
    ErrorCode.INVALID_REQUEST, "This server searches no library; name `library` in SAYSO_SOURCES to have one."
)
_BODY = {
    "required": True,
    "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
}


def _toolkit(request: Request) -> Toolkit:
    toolkit: Toolkit = request.app.state.toolkit
    return toolkit


Tools = Annotated[Toolkit, Depends(_toolkit)]
Name = Annotated[Plain, Query(min_length=1, max_length=500)]


@router.get("/api/library", tags=["library"])
async def list_documents(
    request: Request,
    tools: Tools,
    q: Annotated[Plain, Query(max_length=200)] = "",
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> LibraryPage:
    """The documents of the library by name, with what has become of each. `q` is a part of a name or title."""
    if tools.library is None:
        return LibraryPage(documents=[], total=0, can_add=False)
    try:
        documents = await tools.library.documents()
    except SourceError as error:
        raise ProtocolError(ErrorCode.UNAVAILABLE, str(error)) from error
    if tools.added is not None:
        documents = _kept(documents, await tools.added.sizes())
    wanted = q.strip().casefold()
    found = [each for each in documents if wanted in f"{each.uri}\n{each.title}".casefold()]
    # What people added themselves comes first.
    found.sort(key=lambda each: not each.added)
    can_add = may(actor_of(request), CALLS["POST /api/library"])
    page = [_told(each) for each in found[offset : offset + limit]]
    return LibraryPage(documents=page, total=len(found), can_add=can_add)


@router.post("/api/library", status_code=201, tags=["library"], openapi_extra={"requestBody": _BODY})
async def add_document(
    request: Request, tools: Tools, name: Name, by: Annotated[Plain, Query(max_length=100)] = ""
) -> LibraryDocument:
    """Add a document: its bytes are the body, `name` is its file name. One of that name is replaced.

    It is searched as soon as it was read; until then its state is `reading`.
    """
    actor = actor_of(request) or ANYBODY
    added = await _added(tools).add(name, await request.body(), by=by, actor=actor)
    tools.refresh_soon()
    return LibraryDocument(name=f"{ADDED}/{added.name}", state="reading", size=added.size, added=True)


@router.delete("/api/library", status_code=204, tags=["library"], response_class=Response)
async def remove_document(request: Request, tools: Tools, name: Name) -> None:
    """Remove a document that was added. Runs keep what they quote from it."""
    if not name.startswith(f"{ADDED}/"):
        raise ProtocolError(
            ErrorCode.INVALID_REQUEST,
            "name: only documents that were added here can be removed here; the others lie in a folder of the server.",
            field="name",
        )
    if not await _added(tools).remove(name.removeprefix(f"{ADDED}/"), actor=actor_of(request) or ANYBODY):
        raise ProtocolError(ErrorCode.SOURCE_NOT_FOUND, "There is no such document.", field="name")
    tools.refresh_soon()


@router.get("/api/runs/{run_id}/sources/{source}/page", tags=["runs"])
async def show_page(
    run_id: RunId,
    source: str,
    finding: Annotated[Plain, Query(min_length=1, max_length=40)],
    runs: Runs,
    tools: Tools,
) -> QuotedPage:
    """The page of a PDF of the library as a picture, with the boxes of what `finding` quotes from it.

    Unlike the passage, it is the file as it is now: `says` why there is none, if it has gone or changed.
    """
    kept = source_passages(await runs.results.attachments(run_id), source)
    passage = next((each for each in kept.passages if each.finding == finding), None)
    if passage is None:
        raise ProtocolError(
            ErrorCode.SOURCE_NOT_FOUND, f"{finding!r} quotes nothing from this source.", field="finding"
        )
    if kept.source.kind != "library" or passage.place.page is None:
        return QuotedPage(says="This document has no pages that can be shown.")
    if tools.library is None:
        return QuotedPage(says=f"{kept.source.uri} is not in the library any more.")
    start, end = passage.quote
    try:
        found = await tools.library.pictures.picture(
            kept.source.uri, passage.place.page, passage.text[start:end], passage.before + passage.text[:start]
        )
    except Unreadable as error:
        return QuotedPage(says=f"{kept.source.uri} {error}.")
    boxes = [PageBox(left=left, top=top, width=width, height=height) for left, top, width, height in found.boxes]
    return QuotedPage(
        page=found.page, png=found.png, width=found.width, height=found.height, boxes=boxes, goes_on=found.goes_on
    )


def _added(tools: Toolkit) -> AddedDocuments:
    if tools.added is None:
        raise NO_LIBRARY
    return tools.added


def _kept(documents: list[Document], added: dict[str, int]) -> list[Document]:
    """The documents with those that were added as they are now, which the folders show a moment later.

    Args:
        added: their sizes by their names.
    """
    here = {f"{ADDED}/{name}": size for name, size in added.items()}
    kept = [each for each in documents if not each.added or each.uri in here]
    seen = {each.uri for each in kept}
    new = (uri for uri in here if uri not in seen)
    return [*kept, *(Document(uri, "", "reading", "", here[uri], None, added=True) for uri in new)]


def _told(document: Document) -> LibraryDocument:
    return LibraryDocument(
        name=document.uri,
        title=document.title,
        state=document.state,
        says=document.says,
        size=document.size,
        date=document.date,
        added=document.added,
    )
