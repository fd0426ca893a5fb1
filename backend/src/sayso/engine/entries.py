"""What a workflow publishes, as entries of the run's log."""

import hashlib
import json
from datetime import datetime
from typing import Any

from pydantic import BaseModel, JsonValue, ValidationError
from workflows.events import (
    Event,
    InputRequiredEvent,
    StopEvent,
    WorkflowCancelledEvent,
    WorkflowFailedEvent,
    WorkflowTimedOutEvent,
)

from sayso.engine.clock import now
from sayso.events import DraftEvent, ProgressEvent, ResultEvent, ReviewEvent
from sayso.protocol.codes import ErrorCode
from sayso.protocol.frames import (
    Draft,
    DraftData,
    Error,
    ErrorData,
    FinalResult,
    Frame,
    InputRequired,
    OtherResult,
    Progress,
    ProgressData,
    RunFigures,
)
from sayso.protocol.report import Report
from sayso.protocol.review import ReviewData
from sayso.protocol.usage import Usage
from sayso.storage.records import NewEvent, OpenReview

SHOWN = ("payload", "msg", "message", "text", "prefix", "prompt", "question")
"""Fields in which workflows usually put what a human should read."""

VARYING = {"due_at", "usage"}
"""Fields of a review in which the same question differs each time that it is asked: a time, and what it cost to ask."""
_EVIDENCE_OF_0_1_0 = {"findings", "sources", "gone", "conflicts", "feedback_used", "not_found"}
OF_0_1_0 = {"kind", "round", "question", "report", "usage", "parent", "response_schema", "details"} | _EVIDENCE_OF_0_1_0
"""The fields that count whatever they hold. Later ones count from when they hold something, so that a question that was
stored before there were any is still the same."""


def to_new_event(frame: Frame, opens: OpenReview | None = None) -> NewEvent:
    """A frame as the store appends it, which is where it gets its `seq`."""
    return NewEvent(frame.model_dump_json(exclude={"seq"}), opens)


def progress(run_id: str, event: Event) -> Progress:
    """A `ProgressEvent`, or any other event that a workflow streams, shown as progress."""
    if isinstance(event, ProgressEvent):
        data = ProgressData(
            stage=event.stage, done=event.done, total=event.total, round=event.round, details=event.details
        )
        return Progress(payload=event.msg, run_id=run_id, at=now(), data=data)
    fields = json_fields(event)
    details: dict[str, JsonValue] = {"event": type(event).__name__, **fields}
    return Progress(
        payload=shown(fields) or type(event).__name__, run_id=run_id, at=now(), data=ProgressData(details=details)
    )


def notice(run_id: str, text: str, stage: str) -> Progress:
    """A line that the engine itself adds."""
    return Progress(payload=text, run_id=run_id, at=now(), data=ProgressData(stage=stage))


def draft(run_id: str, event: DraftEvent, *, attempt: int, index: int) -> Draft:
    data = DraftData(section=event.section, attempt=attempt, index=index)
    return Draft(payload=event.text, run_id=run_id, at=now(), data=data)


def review(run_id: str, question: str, event: InputRequiredEvent) -> InputRequired:
    """A `ReviewEvent`, or any `InputRequiredEvent` with what it has."""
    if isinstance(event, ReviewEvent):
        return InputRequired(payload=event.payload, run_id=run_id, at=now(), data=event.review)
    fields = json_fields(event)
    schema = fields.pop("response_schema", None)
    due_at = event.get("due_at")
    data = ReviewData(
        question=question,
        response_schema=schema if isinstance(schema, dict) else {},
        due_at=due_at if isinstance(due_at, datetime) and due_at.tzinfo else None,
        details=dict(fields),
    )
    return InputRequired(payload=shown(fields) or "Your answer is needed.", run_id=run_id, at=now(), data=data)


def review_fingerprint(frame: InputRequired) -> str:
    """Equal for the same question, which a step that runs again after a crash asks again: then it is the review that is
    open already, with the answer that it may have.

    All that is shown counts, but what differs from one time of asking to the next (`VARYING`). A field that varies
    and is not named there makes of the same question a new one, and a human is asked twice. That goes for `details`,
    which hold a hosted workflow's own fields, too.
    """
    data = frame.data.model_copy(update={name: ReviewData.model_fields[name].default for name in VARYING})
    if data.report is not None:
        data.report = data.report.model_copy(update={"usage": Usage()})
    fields = type(data).model_fields.items()
    unset = {name for name, field in fields if getattr(data, name) == field.get_default(call_default_factory=True)}
    # When a source was fetched differs as well, and reviews of 0.1.0 say nothing of it.
    origins: Any = {"sources": {"__all__": {"origin"}}, "report": {"sources": {"__all__": {"origin"}}}}
    shown = data.model_dump_json(exclude={**origins, **dict.fromkeys(unset - OF_0_1_0, True)})
    return hashlib.sha256((frame.payload + shown).encode()).hexdigest()[:32]


def ended(run_id: str, event: StopEvent) -> FinalResult | Error:
    """A run's last entry. No exception text in it: that is for the server's log."""
    if isinstance(event, WorkflowFailedEvent):
        return step_failed(run_id, event.step_name)
    if isinstance(event, WorkflowTimedOutEvent | WorkflowCancelledEvent):
        return failure(run_id, "The workflow ended itself before it had a result.")
    return result(run_id, event)


def step_failed(run_id: str, step: str) -> Error:
    text = (
        f"The step “{step}” failed. Nothing was decided for you; ask again, or look for this run's id in the server's "
        "log."
    )
    return failure(run_id, text, step=step)


def result(run_id: str, event: StopEvent) -> FinalResult:
    if isinstance(event, ResultEvent):
        try:
            return FinalResult(payload=event.payload, run_id=run_id, at=now(), data=Report.model_validate(event.data))
        except ValidationError:
            return FinalResult(payload=event.payload, run_id=run_id, at=now(), data=OtherResult(result=event.data))
    value = jsonable(event.result) if type(event) is StopEvent else dict(json_fields(event))
    payload = _as_text(event.result if type(event) is StopEvent else event, value)
    return FinalResult(payload=payload, run_id=run_id, at=now(), data=OtherResult(result=value))


def _as_text(result: object, value: JsonValue) -> str:
    if isinstance(value, str):
        return value
    if isinstance(result, BaseModel) and type(result).__str__ not in (BaseModel.__str__, StopEvent.__str__):
        # It says itself how it reads.
        return str(result)
    return json.dumps(value, ensure_ascii=False, indent=2)


def failure(run_id: str, message: str, code: ErrorCode = ErrorCode.RUN_FAILED, **details: JsonValue) -> Error:
    """The end of a run that went wrong. `message` is shown: no exception text in it."""
    return Error(payload=message, run_id=run_id, at=now(), data=ErrorData(code=code, details=details))


def updated(brief: RunFigures, frame: Frame) -> RunFigures:
    """The run's figures after `frame`."""
    match frame:
        case Progress(payload=payload, data=data):
            return brief.model_copy(update={"stage": payload, "round": data.round or brief.round, "due_at": None})
        case InputRequired(data=ReviewData(report=Report() as report)):
            figures = {
                "stage": "Waiting for a decision on the report",
                "sentences": report.gate.sentences,
                "supported": report.gate.supported,
                "due_at": frame.data.due_at,
            }
            return brief.model_copy(update=figures)
        case InputRequired(data=data):
            evidence = [finding for finding in data.findings if finding.kind == "evidence"]
            figures = {
                "stage": "Waiting for a decision",
                "round": data.round,
                "findings": len(evidence),
                "sources": len(data.sources),
                "new": sum(finding.state == "new" for finding in evidence),
                "due_at": data.due_at,
            }
            return brief.model_copy(update=figures)
        case FinalResult(data=Report() as report):
            # Where nothing was approved that could be written from, whoever closed it has approved nothing.
            last = report.approvals[-1] if report.approvals and not report.empty else None
            figures = {
                "stage": "Done",
                "sentences": report.gate.sentences,
                "supported": report.gate.supported,
                "approved_by": last.by if last else "",
                "approved_verified": last.verified if last else None,
                "due_at": None,
            }
            return brief.model_copy(update=figures)
        case FinalResult():
            return brief.model_copy(update={"stage": "Done"})
        case Error(payload=payload):
            return brief.model_copy(update={"stage": payload})
        case _:
            return brief


def json_fields(event: BaseModel) -> dict[str, JsonValue]:
    """An event's declared and dynamic fields as JSON; what is not JSON becomes text."""
    fields: dict[str, Any] = event.model_dump(mode="python")
    # LlamaIndex's events keep undeclared fields in a member of their own.
    fields.update(fields.pop("_data", {}))
    return {key: jsonable(value) for key, value in fields.items()}


def jsonable(value: Any) -> JsonValue:
    if value is None or isinstance(value, str | int | bool):
        return value
    if isinstance(value, BaseModel):
        return jsonable(value.model_dump(mode="json"))
    return json.loads(json.dumps(value, default=str))  # type: ignore[no-any-return]  # JSON is Any


def shown(fields: dict[str, JsonValue]) -> str:
    return next((str(fields[name]) for name in SHOWN if fields.get(name)), "")
