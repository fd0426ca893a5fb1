"""A run's record: a chain of hashes over what was shown, decided and written. `sayso verify` checks it."""

from typing import Literal

from pydantic import JsonValue

from sayso.protocol.evidence import Record


class RecordHead(Record):
    """How far a record had come."""

    links: int
    head: str
    """`hash` of the last of them."""


class RecordLink(Record):
    """A link, and what it is about. `content_hash` is the SHA-256 of `content` as canonical JSON (RFC 8785); `hash` is
    that of the object of the fields `chain`, `position`, `kind`, `seq`, `at`, `content_hash` and `previous`."""

    chain: str
    """Id of the run."""
    position: int
    """1, 2, 3, ..."""
    kind: str
    """`start`, `earlier`, `shown`, `decided`, `expired`, `written`, `failed` or `cancelled`; more may join them."""
    seq: int
    """Of the log's entry that it is about; 0 for `start`."""
    at: str
    """When the link was made, in UTC."""
    content_hash: str
    previous: str | None
    """`hash` of the link before; null for the first."""
    hash: str
    content: JsonValue
    """The entry as the log has it; for `start` the question with its options; for `earlier` both, as
    `{"start", "entries"}`."""


class RunRecord(Record):
    """A run's record as a file."""

    format: Literal["sayso-record-1"] = "sayso-record-1"
    run_id: str
    links: list[RecordLink]
