"""Client to server: four frames, told apart by the one field that each has; unknown fields are refused."""

import json
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, Field, JsonValue, StringConstraints, ValidationError

from sayso.protocol.codes import ErrorCode
from sayso.protocol.input import After, Input, Seq, storable
from sayso.protocol.items import MAX_ITEMS, Addition, Key, SearchLimits, UnitEdit, Words

MAX_FRAME = 256 * 1024
"""Bytes of one frame or HTTP body."""
MAX_QUESTION = 4_000
MAX_FEEDBACK = 20_000

M = TypeVar("M", bound=BaseModel)
Name = Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)]
Prose = Annotated[str, StringConstraints(strip_whitespace=True, max_length=MAX_FEEDBACK)]


class ProtocolError(Exception):
    """A frame or request that cannot be accepted.

    Attributes:
        code: stable code, see `ErrorCode`.
        message: one sentence, fit to show, that says what to do.
        field: the field it is about, if any.
        details: JSON that a client may use.
    """

    def __init__(
        self, code: ErrorCode, message: str, *, field: str | None = None, details: dict[str, Any] | None = None
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.field = field
        self.details = details or {}


class ReportOptions(Input):
    """`options` of the report workflow."""

    sources: list[str] | None = None
    """Names of the sources to search; left out, all that are ready."""
    documents: Annotated[list[Words], Field(min_length=1, max_length=100)] | None = None
    """Names of documents of the library, as `GET /api/library` has them: only these are searched, and nothing else."""
    writer: Literal["extractive", "llm"] | None = None
    review_report: bool = False
    """Ask a human about the finished text too, before it is released."""
    judge: bool | None = None
    """Have the model judge each sentence too, on top of the rule that checks it; left out, as the server is set."""
    length: Annotated[int, Field(ge=1, le=500)] | None = None
    """Sentences that the report is to have, at the most."""
    language: Words | None = None
    """The language to write in, as people call it; only of a writer with a model."""
    audience: Words | None = None
    """Whom it is written for; only of a writer with a model."""
    reviewers: Annotated[list[Name], Field(max_length=20)] | None = None
    """People or groups who are asked to decide, of any workflow; left out, as the server is set."""
    revises: Key | None = None
    """Id of a completed run: start from the evidence that was approved there. The question says what to change."""


class Start(Input):
    """Start a run and watch it."""

    question: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_QUESTION)]
    workflow: Key = "report"
    options: dict[str, JsonValue] = {}
    by: Name = ""
    request_id: Key | None = None
    """The same `request_id` again is the same run."""


class Retry(Input):
    """Try a failed run again, from where it failed. Over HTTP only."""

    by: Name = ""
    request_id: Key | None = None
    """The same `request_id` again is the same run."""


class Watch(Input):
    """Watch a run: every event with `seq > after`, then live."""

    run_id: Key
    after: After = 0


class Answer(Input):
    """Answer a review."""

    response: JsonValue
    review: Seq | None = None
    """`seq` of the review; left out on a socket, the one last sent on it."""
    feedback: Prose = ""
    """Prose. On a rejection it is read into the fields below; on an approval it is the note."""
    keep: Annotated[list[Key], Field(max_length=1_000)] | None = None
    edits: dict[Key, Annotated[str, StringConstraints(min_length=1, max_length=2_000)]] = {}
    drop: Annotated[dict[Key, Annotated[str, StringConstraints(max_length=500)]], Field(max_length=1_000)] | None = None
    """By finding, why it is never to be shown again. Present, if empty, the decision sorts: what is neither kept nor
    dropped is set aside."""
    search: Annotated[list[Words], Field(max_length=MAX_ITEMS)] = []
    """What to search for, in these words."""
    leave_out: Annotated[list[Words], Field(max_length=MAX_ITEMS)] = []
    """What nothing is to speak of from now on."""
    limits: SearchLimits | None = None
    note: Prose = ""
    """A wish for the writer."""
    add: Annotated[list[Addition], Field(max_length=MAX_ITEMS)] = []
    text: Annotated[list[UnitEdit], Field(max_length=1_000)] = []
    """What to do with units of a text."""
    by: Name = ""
    response_id: Key | None = None
    show_note: bool = False
    """Whether readers of the report see the note to its writer, which is the `feedback` of an approval."""


class Cancel(Input):
    """Cancel the run being watched."""

    cancel: Literal[True]
    by: Name = ""


ClientCommand = Start | Watch | Answer | Cancel

_BY_FIELD: dict[str, type[Start | Watch | Answer | Cancel]] = {
    "question": Start,
    "run_id": Watch,
    "response": Answer,
    "cancel": Cancel,
}


def parse_command(text: str | bytes) -> ClientCommand:
    """Read one client frame.

    Raises:
        ProtocolError: `invalid_frame` or `too_large`, with the field named where there is one.
    """
    if isinstance(text, bytes):
        raise ProtocolError(ErrorCode.INVALID_FRAME, "Send text frames with JSON; binary frames are not read.")
    if len(text) > MAX_FRAME or len(text.encode("utf-8", "surrogatepass")) > MAX_FRAME:
        raise ProtocolError(ErrorCode.TOO_LARGE, f"The frame is too large; the limit is {MAX_FRAME // 1024} KiB.")
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ProtocolError(ErrorCode.INVALID_FRAME, "The frame is not JSON.") from error
    if not isinstance(data, dict):
        raise ProtocolError(ErrorCode.INVALID_FRAME, 'The frame must be a JSON object, such as {"question": "..."}.')
    data = _storable(data)
    # What is null is left out, so that a program may send all fields each time. Only a response may be null itself.
    kinds = [name for name in _BY_FIELD if data.get(name) is not None] or ["response"] * ("response" in data)
    if len(kinds) != 1:
        raise ProtocolError(
            ErrorCode.INVALID_FRAME,
            "A frame has exactly one of the fields question, run_id, response, cancel.",
            field=kinds[1] if kinds else next(iter(data), None),
        )
    return validated(_BY_FIELD[kinds[0]], {name: data[name] for name in data if name in kinds or name not in _BY_FIELD})


def kind_of(command: ClientCommand) -> str:
    """The one field that tells this frame from the others."""
    return next(field for field, kind in _BY_FIELD.items() if isinstance(command, kind))


def _storable(data: dict[str, Any]) -> dict[str, Any]:
    try:
        checked: dict[str, Any] = storable(data)
    except ValidationError as error:
        raise invalid(error) from error
    return checked


def validated(model: type[M], data: Any) -> M:
    """`data` as `model`.

    Raises:
        ProtocolError: with the first wrong field and what is wrong with it.
    """
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise invalid(error) from error


def invalid(error: ValidationError) -> ProtocolError:
    """The first complaint of pydantic as a `ProtocolError`."""
    first = error.errors(include_url=False, include_context=False)[0]
    field = ".".join(str(part) for part in first["loc"])
    said = first["msg"].rstrip(".")
    if first["type"] == "extra_forbidden":
        said = "is not a known field"
    too_large = first["type"] == "string_too_long" or first["type"] == "too_long"
    code = ErrorCode.TOO_LARGE if too_large else ErrorCode.INVALID_FRAME
    return ProtocolError(code, f"{field}: {said}.", field=field)
