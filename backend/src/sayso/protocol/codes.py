"""The stable codes of the protocol: errors and websocket closings, in one place."""

from enum import IntEnum, StrEnum


class ErrorCode(StrEnum):
    """`data.code` of an `error` frame and `code` of an HTTP error. Never renamed."""

    INVALID_FRAME = "invalid_frame"
    INVALID_RESPONSE = "invalid_response"
    INVALID_AFTER = "invalid_after"
    INVALID_REQUEST = "invalid_request"
    RUN_NOT_FOUND = "run_not_found"
    RUN_OVER = "run_over"
    RUN_DELETED = "run_deleted"
    RUN_FAILED = "run_failed"
    NOT_FAILED = "not_failed"
    ALREADY_ANSWERED = "already_answered"
    ALREADY_WATCHING = "already_watching"
    NOT_WATCHING = "not_watching"
    NO_OPEN_REVIEW = "no_open_review"
    REVIEW_NOT_FOUND = "review_not_found"
    NO_REPORT = "no_report"
    SOURCE_NOT_FOUND = "source_not_found"
    RESPONSE_ID_REUSED = "response_id_reused"
    REQUEST_ID_REUSED = "request_id_reused"
    UNKNOWN_WORKFLOW = "unknown_workflow"
    WORKFLOW_CHANGED = "workflow_changed"
    UNAUTHORIZED = "unauthorized"
    FORBIDDEN = "forbidden"
    TOO_MANY = "too_many"
    CLAIMED = "claimed"
    PERSON_NOT_FOUND = "person_not_found"
    NAME_TAKEN = "name_taken"
    FORBIDDEN_HOST = "forbidden_host"
    FORBIDDEN_ORIGIN = "forbidden_origin"
    TOO_LARGE = "too_large"
    UNAVAILABLE = "unavailable"
    INTERNAL = "internal"


HTTP_STATUS: dict[ErrorCode, int] = {
    ErrorCode.INVALID_FRAME: 422,
    ErrorCode.INVALID_RESPONSE: 422,
    ErrorCode.INVALID_AFTER: 422,
    ErrorCode.INVALID_REQUEST: 422,
    ErrorCode.RUN_NOT_FOUND: 404,
    ErrorCode.REVIEW_NOT_FOUND: 404,
    ErrorCode.NO_REPORT: 409,
    ErrorCode.SOURCE_NOT_FOUND: 404,
    ErrorCode.RUN_DELETED: 410,
    ErrorCode.RUN_OVER: 409,
    ErrorCode.RUN_FAILED: 409,
    ErrorCode.NOT_FAILED: 409,
    ErrorCode.ALREADY_ANSWERED: 409,
    ErrorCode.ALREADY_WATCHING: 409,
    ErrorCode.NOT_WATCHING: 409,
    ErrorCode.NO_OPEN_REVIEW: 409,
    ErrorCode.RESPONSE_ID_REUSED: 409,
    ErrorCode.REQUEST_ID_REUSED: 409,
    ErrorCode.WORKFLOW_CHANGED: 409,
    ErrorCode.UNKNOWN_WORKFLOW: 422,
    ErrorCode.UNAUTHORIZED: 401,
    ErrorCode.FORBIDDEN: 403,
    ErrorCode.TOO_MANY: 429,
    ErrorCode.CLAIMED: 409,
    ErrorCode.PERSON_NOT_FOUND: 404,
    ErrorCode.NAME_TAKEN: 409,
    ErrorCode.FORBIDDEN_HOST: 403,
    ErrorCode.FORBIDDEN_ORIGIN: 403,
    ErrorCode.TOO_LARGE: 413,
    ErrorCode.UNAVAILABLE: 503,
    ErrorCode.INTERNAL: 500,
}
"""HTTP status of each error code."""


class CloseCode(IntEnum):
    """Websocket closing codes (RFC 6455, section 7.4) that the server uses."""

    RUN_ENDED = 1000
    """The run is over and every event was sent."""
    INTERNAL = 1011
    RESTARTING = 1012
    """The server stops; come back with `{"run_id", "after"}`."""
    TRY_LATER = 1013
    SIGNED_OUT = 4401
    """What this socket came in with is good no more."""
