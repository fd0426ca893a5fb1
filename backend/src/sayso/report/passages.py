"""The passages that findings were taken from, kept with the run so that every quote can be read in context later."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence

from pydantic import JsonValue

from sayso.protocol.codes import ErrorCode
from sayso.protocol.commands import ProtocolError
from sayso.protocol.evidence import Finding, Place, Quote, Source, SourcePassages, StoredPassage
from sayso.research.formats import HEADING_SEPARATOR
from sayso.research.source import Passage, SearchSource, Surroundings

AROUND = 700
"""Characters kept before and after a passage."""


async def stored_passages(
    findings: Iterable[Finding],
    sources: Sequence[Source],
    passages: Sequence[Passage],
    searched: Sequence[SearchSource],
) -> dict[str, list[StoredPassage]]:
    """For each finding the passages of its quotes, in their order, with what stands around them.

    Args:
        sources: those that the findings quote.
        passages: what was read in this round.
        searched: the sources that were searched, some of which know what stands around a passage.
    """
    by_id = {source.id: source for source in sources}
    by_document: dict[tuple[str, str], list[Passage]] = {}
    for passage in passages:
        by_document.setdefault((passage.kind, passage.uri), []).append(passage)
    able = {source.name: source for source in searched if isinstance(source, Surroundings)}

    async def stored(finding: Finding, quote: Quote) -> StoredPassage:
        source = by_id[quote.source]
        passage = next(each for each in by_document[source.kind, source.uri] if _start(quote, each) is not None)
        start = _start(quote, passage) or 0
        asked = able.get(passage.kind)
        before, after = await asked.around(passage, AROUND) if asked else ("", "")
        marked = (start + quote.marked[0], start + quote.marked[1]) if quote.marked else None
        return StoredPassage(
            finding=finding.id,
            before=before,
            text=passage.text,
            after=after,
            quote=(start, start + len(quote.text)),
            marked=marked,
            place=_led(passage, quote),
        )

    found: dict[str, list[StoredPassage]] = {}
    for finding in findings:
        found[finding.id] = list(await asyncio.gather(*(stored(finding, quote) for quote in finding.quotes)))
    return found


def _led(passage: Passage, quote: Quote) -> Place:
    """The place of a passage, with the heading that leads into the quote's list, and the item that it stands within, in
    place of the line before it, if these are what leads into it and stand there."""
    place, lead = passage.place, quote.place.lead or ""
    heading = (place.heading or "").rsplit(HEADING_SEPARATOR, 1)[-1]
    above, _, item = lead.partition(HEADING_SEPARATOR)
    headed = bool(heading) and above == heading and (item in passage.text or item == place.lead)
    return place.model_copy(update={"lead": lead}) if headed else place


def text_of(passage: StoredPassage) -> str:
    """A stored passage with the line that leads into it, which may stand further up in its document."""
    return f"{passage.place.lead}\n{passage.text}" if passage.place.lead else passage.text


def to_attachments(
    findings: Iterable[Finding], sources: Sequence[Source], stored: Mapping[str, list[StoredPassage]]
) -> dict[str, JsonValue]:
    """The stored passages as records to keep with the run: one for each finding and source."""
    by_id = {source.id: source for source in sources}
    return {
        f"{finding.id} {quote.source}": SourcePassages(source=by_id[quote.source], passages=[passage]).model_dump(
            mode="json"
        )
        for finding in findings
        for quote, passage in zip(finding.quotes, stored.get(finding.id, []), strict=False)
    }


def from_attachments(attachments: Mapping[str, JsonValue]) -> dict[str, SourcePassages]:
    """What a run has kept, by the id of the source."""
    found: dict[str, SourcePassages] = {}
    for data in attachments.values():
        kept = SourcePassages.model_validate(data)
        if kept.source.id in found:
            found[kept.source.id].passages.extend(kept.passages)
        else:
            found[kept.source.id] = kept
    for each in found.values():
        each.passages.sort(key=lambda passage: (passage.place.offset or 0, passage.finding))
    return found


def source_passages(attachments: Mapping[str, JsonValue], source: str) -> SourcePassages:
    """All that a run quotes from `source`.

    Raises:
        ProtocolError: `source_not_found`.
    """
    found = from_attachments(attachments)
    if source not in found:
        ids = ", ".join(sorted(found, key=lambda id: (len(id), id))) or "none"
        raise ProtocolError(
            ErrorCode.SOURCE_NOT_FOUND, f"This run has no source {source[:100]!r}; it has {ids}.", field="source"
        )
    return found[source]


def _start(quote: Quote, passage: Passage) -> int | None:
    """Where the quote begins in the passage, if it stands there."""
    if quote.place.offset is not None and passage.place.offset is not None:
        start = quote.place.offset - passage.place.offset
        return start if start >= 0 and passage.text.startswith(quote.text, start) else None
    start = passage.text.find(quote.text)
    return start if start >= 0 else None
