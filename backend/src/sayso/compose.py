"""The one place that composes Sayso, without the web: settings in, sources, writers, workflows and the service out."""

import asyncio
import contextlib
import logging
import time
from collections.abc import Mapping, Sequence

from workflows import Workflow

from sayso.added import AddedDocuments
from sayso.engine.deadlines import DuePolicy, PastDue
from sayso.engine.hosting import HostedWorkflow
from sayso.engine.house_rules import limits_of, reviewing_of
from sayso.engine.naming import check_names, named_workflows
from sayso.engine.results import Results as RunResults
from sayso.engine.service import Service
from sayso.errors import SettingsError
from sayso.notify.channels import channels_of, senders_of
from sayso.notify.courier import Courier
from sayso.protocol.usage import Usage
from sayso.report.revision import Results
from sayso.report.search import Searching
from sayso.report.workflow import ReportWorkflow
from sayso.research.library.source import Library, LibraryError
from sayso.research.onnx import text_model
from sayso.research.registry import chosen_sources, documents_folder, sample_roots
from sayso.research.source import SearchSource
from sayso.rewrite.workflow import RewriteWorkflow
from sayso.settings import Settings
from sayso.storage.choice import store_for
from sayso.storage.errors import StorageError
from sayso.storage.store import Store
from sayso.tending import check, encode, prepare, probe, refresh
from sayso.writers.extractive.writer import ExtractiveWriter
from sayso.writers.llm.hearing import Patience
from sayso.writers.llm.writer import LLMWriter, llm_writer
from sayso.writers.port import Writer

log = logging.getLogger("sayso")

LOOK_EVERY, LOOK_SHARE = 3.0, 20
"""Seconds between two looks for changed documents, and at least so many times as long as a look takes."""
SAMPLE_QUESTIONS = {
    "What happens to a decision when the server dies?": "sayso",
    "How do redirects work in Next.js?": "next",
    "How are environment variables exposed to the browser?": "next",
}
"""For the sample library, with the folder that answers each; a test holds each against it."""


class Toolkit:
    """Sources and writers of one server."""

    def __init__(
        self,
        settings: Settings,
        *,
        sources: Sequence[SearchSource] | None = None,
        writers: Mapping[str, Writer] | None = None,
    ) -> None:
        self.sources: list[SearchSource] = list(sources) if sources is not None else chosen_sources(settings)
        self.library = next((each for each in self.sources if isinstance(each, Library)), None)
        self.writers: dict[str, Writer] = dict(writers) if writers is not None else _writers(settings)
        self.default_writer = "llm" if "llm" in self.writers else "extractive"
        self._terms = Usage(budget=settings.budget, price_in=settings.price_in, price_out=settings.price_out)
        self._judge = settings.judge
        self._data = settings.data_dir
        self._searching = Searching(rounds=settings.search_rounds)
        self._background: set[asyncio.Task[None]] = set()
        self.added: AddedDocuments | None = None
        """What people added to the library; there once the store is known."""
        self._look = asyncio.Event()
        self._encoding: asyncio.Task[None] | None = None

    @property
    def examples(self) -> tuple[str, ...]:
        """Questions to offer; of somebody's own documents we know none."""
        if self.library is None or not self.library.sample:
            return ()
        there = {root.prefix for root in sample_roots() if root.folder.is_dir()}
        return tuple(question for question, prefix in SAMPLE_QUESTIONS.items() if prefix in there)

    def report_workflow(self, results: Results) -> ReportWorkflow:
        """The report workflow over these; `results` is where the reports of earlier runs are."""
        return ReportWorkflow(
            self.sources,
            self.writers,
            self.default_writer,
            terms=self._terms,
            judge=self._judge,
            searching=self._searching,
            results=results,
        )

    def open(self) -> None:
        """Start what goes on in the background: reading new documents, asking whether the model is there."""
        if self.library is not None:
            self._spawn(self._keep_up(self.library))
        for writer in self.writers.values():
            if isinstance(writer, LLMWriter):
                self._spawn(check(writer, self._data))
        for source in self.sources:
            self._spawn(probe(source))
        self._spawn(prepare())

    async def close(self) -> None:
        for task in self._background:
            task.cancel()
        await asyncio.gather(*self._background, return_exceptions=True)
        for part in [*self.sources, *self.writers.values()]:
            for name in ("close", "aclose"):
                if close := getattr(part, name, None):
                    await close()

    def _spawn(self, work: "asyncio._CoroutineLike[None]") -> "asyncio.Task[None]":
        task = asyncio.create_task(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)
        return task

    def refresh_soon(self) -> None:
        """Look for new documents now, not only when it is time."""
        self._look.set()

    async def _keep_up(self, library: Library) -> None:
        """Read what is new in the library, at the start and whenever its folders change."""
        # At once: until it has begun, the library looks like an empty one.
        await refresh(library)
        self._encode(library)
        while True:
            # Before the look: what is added while it goes on is worth another one.
            self._look.clear()
            started = time.monotonic()
            changed = False
            with contextlib.suppress(LibraryError):
                await self._sync()
                changed = await library.changed()
            # Large folders are looked at less often.
            pause = max(LOOK_EVERY, LOOK_SHARE * (time.monotonic() - started))
            if changed:
                await refresh(library)
                self._encode(library)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await self._look.wait()

    def _encode(self, library: Library) -> None:
        """Have a model read what is new, beside everything else."""
        if self._encoding is None or self._encoding.done():
            self._encoding = self._spawn(encode(library))

    async def _sync(self) -> None:
        if self.added is not None:
            try:
                await self.added.sync()
            except (StorageError, OSError) as error:
                log.warning("added documents: %s", error)


def compose(
    settings: Settings,
    *,
    store: Store | None = None,
    sources: Sequence[SearchSource] | None = None,
    writers: Mapping[str, Writer] | None = None,
    workflows: Mapping[str, Workflow] | None = None,
    works: bool = True,
) -> tuple[Toolkit, Service]:
    """What a process researches and writes with, and the engine that runs it. Nothing is opened.

    See `sayso.api.app.create_app` for the arguments.
    """
    toolkit = Toolkit(settings, sources=sources, writers=writers)
    store = store or store_for(settings)
    if toolkit.library is not None:
        toolkit.added = AddedDocuments(store, documents_folder(settings))
    hosted = [HostedWorkflow("report", toolkit.report_workflow(RunResults(store)))]
    own = named_workflows(settings.workflows)
    own += [HostedWorkflow(name, workflow, isolated=True) for name, workflow in (workflows or {}).items()]
    check_names([*hosted, *own])
    if not any(each.name == "rewrite" for each in own):
        hosted.append(HostedWorkflow("rewrite", RewriteWorkflow(timeout=None)))
    hosted += own
    if settings.task_workflow not in (names := [each.name for each in hosted]):
        raise SettingsError(f"SAYSO_TASK_WORKFLOW: this server has {', '.join(names)}.")
    due = DuePolicy(settings.review_due, settings.review_reminder, PastDue(settings.review_past_due))
    service = Service(
        store,
        hosted,
        due,
        concurrency=settings.concurrency,
        works=works,
        keep_records=settings.keep_records,
        reviewing=reviewing_of(settings),
        limits=limits_of(settings),
    )
    service.companions.append(Courier(store, senders_of(settings, settings.public_url), channels_of(settings)))
    return toolkit, service


def _writers(settings: Settings) -> dict[str, Writer]:
    reranker = text_model(settings.semantic) if settings.semantic else None
    writers: dict[str, Writer] = {"extractive": ExtractiveWriter(reranker)}
    if settings.openai_api_key or settings.openai_base_url:
        key = settings.openai_api_key.get_secret_value() if settings.openai_api_key else None
        writers["llm"] = llm_writer(
            api_key=key,
            base_url=settings.openai_base_url,
            model=settings.model,
            max_output_tokens=settings.max_output_tokens,
            context_window=settings.context_window,
            parallel=settings.model_parallel,
            patience=Patience(settings.model_first_token, settings.model_silence),
        )
    return writers
