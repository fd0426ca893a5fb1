"""What `GET /api/info` says about this server."""

from sayso import __version__
from sayso.compose import Toolkit
from sayso.engine.reviewing import ReviewPolicy
from sayso.engine.service import Service
from sayso.protocol.commands import MAX_FEEDBACK, MAX_FRAME, MAX_QUESTION
from sayso.protocol.http import FileRemark, Info, Limits, SourceInfo, WorkflowInfo
from sayso.research.source import leaves_of

_REMARKS = 100


class About:
    """Call it for the current `Info`."""

    def __init__(self, toolkit: Toolkit, service: Service, reviewing: ReviewPolicy) -> None:
        self._toolkit = toolkit
        self._service = service
        self._reviewing = reviewing

    async def __call__(self) -> Info:
        sources = []
        for source in self._toolkit.sources:
            state = await source.readiness()
            sources.append(
                SourceInfo(
                    name=source.name,
                    title=source.title,
                    ready=state.ready,
                    why=state.why,
                    documents=state.documents,
                    sample=state.sample,
                    leaves=leaves_of(source),
                    not_searched=state.not_searched,
                    kinds=dict(state.kinds),
                    remarks=[
                        FileRemark(name=each.name, says=each.says, searched=each.searched)
                        for each in state.remarks[:_REMARKS]
                    ],
                )
            )
        return Info(
            version=__version__,
            workflows=[
                WorkflowInfo(
                    name=hosted.name,
                    title=hosted.title,
                    options=hosted.starting.schema,
                    reviewers=list(self._reviewing.asked_of(hosted.name, {}, ())),
                    four_eyes=self._reviewing.wants_four_eyes(hosted.name),
                )
                for hosted in self._service.workflows.values()
            ],
            sources=sources,
            writers=[writer.info for writer in self._toolkit.writers.values()],
            writer=self._toolkit.default_writer,
            examples=list(self._toolkit.examples),
            limits=Limits(question=MAX_QUESTION, feedback=MAX_FEEDBACK, frame_bytes=MAX_FRAME),
        )
