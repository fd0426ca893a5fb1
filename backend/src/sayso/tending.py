"""What a server does beside its work: it reads documents, has a model read them, asks whether models and sources are
there."""

import asyncio
import contextlib
import logging
from pathlib import Path

from sayso.language.meaning import embedded
from sayso.language.tongue import language_of
from sayso.research.library.folder import kinds_said
from sayso.research.library.source import Library, LibraryError
from sayso.research.source import SearchSource
from sayso.writers.llm.calibration import remembered
from sayso.writers.llm.writer import LLMWriter

log = logging.getLogger("sayso")


async def refresh(library: Library) -> None:
    try:
        report = await library.refresh()
    except LibraryError as error:
        log.error("%s", error)
        return
    log.info(
        "library: %d documents, %d read in %.1f s, %d unchanged",
        report.documents,
        report.indexed,
        report.seconds,
        report.unchanged,
    )
    for skipped in report.skipped:
        log.warning("library: skipped %s: %s", skipped.uri, skipped.reason)
    for noticed in report.noticed:
        log.info("library: %s %s", noticed.uri, noticed.reason)
    if unread := kinds_said(report.kinds):
        log.info("library: %s", unread)


async def encode(library: Library) -> None:
    try:
        await library.encode()
    except LibraryError as error:
        log.error("%s", error)


async def check(writer: LLMWriter, folder: Path) -> None:
    info = await writer.check()
    writer.score = remembered(writer, folder)  # only now is it known which model it is
    (log.info if info.ready else log.warning)("model: %s", info.why)


async def prepare() -> None:
    """So that the first question need not wait for tables to be read."""
    await asyncio.to_thread(lambda: (language_of("Which language is this?"), embedded(["meaning"])))


async def probe(source: SearchSource) -> None:
    """So that the first visitor of the page need not wait for a source that cannot be reached."""
    with contextlib.suppress(Exception):
        await source.readiness()
