"""Questions about this project's own documentation, with a model and without: what is said to the point."""

import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.research.libraries import COLLECTIONS
from sayso.events import DecisionEvent, ResultEvent, ReviewEvent
from sayso.protocol.report import Report
from sayso.protocol.usage import StageUsage, Usage
from sayso.report.workflow import ReportWorkflow
from sayso.research.source import SearchSource
from sayso.settings import read_settings
from sayso.writers.extractive.writer import ExtractiveWriter
from sayso.writers.llm.writer import LLMWriter
from sayso.writers.port import Writer

DOCS = Path(__file__).parents[3] / "docs"
TERMS = Usage(budget=read_settings().budget)
"""As a server is set, so that a slow model takes no longer than it does there."""
QUESTIONS: dict[str, tuple[str, ...]] = {
    "What happens to a decision when the server dies?": ("decision", "restart", "acknowledged", "server"),
    "How does a worker lose its runs to others, and after how long?": ("worker", "sign of life", "epoch", "takes over"),
    "What does the mark reworded promise?": ("reworded", "mark", "meaning"),
    "Which files can be read as documents?": ("pdf", "docx", "file", "html", "markdown"),
    "How is the budget of a model limited?": ("budget", "tokens", "calls", "seconds"),
    "What is a gap, and what happens when I drop it?": ("gap", "nothing was found", "drop"),
}
"""Questions, and words of which a sentence to the point has one."""
MANUAL: dict[str, tuple[str, ...]] = {
    "Can other sessions read the table while VACUUM FULL is running on it?": ("exclusive lock", "vacuum full"),
    "How do I create an index without locking out writes?": ("concurrently",),
    "When does autovacuum vacuum a table?": ("autovacuum", "threshold", "scale factor"),
    "What is the difference between json and jsonb in how they are stored?": ("jsonb", "binary", "exact copy"),
    "How can pg_dump write only the object definitions and not the data?": ("schema-only", "object definitions"),
    "What happens when two transactions wait for each other's locks?": ("deadlock",),
}
"""The same of pages of PostgreSQL's manual."""
PAGES = [
    "sql-vacuum",
    "routine-vacuuming",
    "sql-createindex",
    "sql-reindex",
    "explicit-locking",
    "transaction-iso",
    "mvcc-intro",
    "runtime-config-autovacuum",
    "runtime-config-locks",
    "runtime-config-resource",
    "datatype-json",
    "functions-json",
    "app-pgdump",
    "app-pgrestore",
    "backup-dump",
    "sql-cluster",
    "sql-altertable",
    "sql-lock",
    "monitoring-stats",
    "datatype-numeric",
    "ddl-constraints",
    "ddl-partitioning",
    "indexes-types",
    "indexes-partial",
    "storage-vm",
    "limits",
    "wal-intro",
    "sql-analyze",
]
"""Of the manual, as the Debian package postgresql-doc-15 installs it."""


def documents(folder: Path) -> tuple[Path, dict[str, tuple[str, ...]]]:
    """What is asked about, and what is asked: pages of PostgreSQL's manual, copied into `folder`, or this project's own
    documentation where that is not installed."""
    found = [page for page in (COLLECTIONS["postgresql"] / f"{name}.html" for name in PAGES) if page.exists()]
    if len(found) < len(PAGES):
        return DOCS, QUESTIONS
    folder.mkdir()
    for page in found:
        shutil.copy(page, folder)
    return folder, MANUAL


@dataclass
class Told:
    """What came of one question with one writer."""

    report: Report
    to_the_point: int
    """Sentences of the report that have one of the question's words."""
    lost: list[str]
    """Approved findings that neither stand in the report nor are listed as unused."""
    silence: float
    """Seconds, the longest without a sign of progress."""
    seconds: float
    stages: list[StageUsage] = field(default_factory=list)


async def ask(sources: Sequence[SearchSource], question: str, model: LLMWriter | None) -> Told:
    """Ask, approve all that was found, and look at the report."""
    writers: dict[str, Writer] = {"extractive": ExtractiveWriter()}
    if model is not None:
        writers["llm"] = model
    workflow = ReportWorkflow(sources, writers, "llm" if model else "extractive", terms=TERMS)
    began = last = time.monotonic()
    silence = 0.0
    handler = workflow.run(question=question, options={}, by="bench")
    async for event in handler.stream_events():
        silence, last = max(silence, time.monotonic() - last), time.monotonic()
        if isinstance(event, ReviewEvent):
            assert handler.ctx is not None
            handler.ctx.send_event(DecisionEvent(review=1, response="approve", by="bench", at=datetime.now(UTC)))
    result: object = await handler
    assert isinstance(result, ResultEvent)
    report = Report.model_validate(result.data)
    units = [*report.summary, *(unit for section in report.sections for unit in section.sentences)]
    words = (QUESTIONS | MANUAL).get(question, ())
    found = sum(any(word in unit.text.casefold() for word in words) for unit in units)
    used = {id for unit in units for cited in unit.cited for id in cited.findings}
    listed = {each.finding for each in report.unused}
    lost = [each.claim for each in report.findings if each.id not in used | listed]
    return Told(report, found, lost, silence, time.monotonic() - began, report.usage.stages)
