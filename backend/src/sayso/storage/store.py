"""The port to durable storage.

Every method of `Store` is one transaction of `storage.transactions`, written once for all databases. A method that
returns has committed.
"""

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Coroutine
from enum import IntEnum
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from sayso.storage.records import SegmentCommit
from sayso.storage.transactions import (
    answering,
    auditing,
    committing,
    documents,
    outbox,
    people,
    reading,
    recording,
    retrying,
    writing,
)
from sayso.storage.transactions.transaction import Transaction

P = ParamSpec("P")
T = TypeVar("T")
Make = Callable[[], Transaction[T]]
"""Makes a transaction anew, so that it can be tried again."""


class Durability(IntEnum):
    """What a commit is worth. No crash of the process loses any of it; a power cut may."""

    REPEATABLE = 0
    """It would be done again."""
    LOGGED = 1
    """It appends to a log, for nobody who waits."""
    PROMISED = 2
    """Somebody is told that it is so."""


def _of_commit(commit: SegmentCommit) -> Durability:
    if commit.ending is not None or any(event.opens for event in commit.events):
        return Durability.PROMISED
    return Durability.LOGGED if commit.events else Durability.REPEATABLE


def _reads(transaction: Callable[P, Transaction[T]]) -> Callable[Concatenate["Store", P], Coroutine[Any, Any, T]]:
    async def read(self: "Store", /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._read(lambda: transaction(*args, **kwargs))

    return read


def _writes(
    transaction: Callable[P, Transaction[T]], durability: Durability | Callable[P, Durability]
) -> Callable[Concatenate["Store", P], Coroutine[Any, Any, T]]:
    async def write(self: "Store", /, *args: P.args, **kwargs: P.kwargs) -> T:
        worth = durability if isinstance(durability, Durability) else durability(*args, **kwargs)
        return await self._write(lambda: transaction(*args, **kwargs), worth)

    return write


class Cluster(Protocol):
    """What a database knows of the other processes that use it."""

    async def work(self, execute: Callable[[str, bool], Awaitable[None]], *, concurrency: int) -> None:
        """Hand the runs that need a segment to `execute`, until cancelled.

        Args:
            execute: works on the run with that id until it waits or ends; the second argument says whether an earlier
                worker was lost at it. At most `concurrency` at a time.
        """
        ...

    async def hand_back(self, run_id: str) -> None:
        """A worker stops: if the run still needs a segment, another one gets it."""
        ...

    def announce(self, run_id: str) -> None:
        """Tell the other processes that a run has changed; its commit is done."""
        ...

    def listen(self, changed: Callable[[list[str]], None], reconnected: Callable[[], None]) -> None:
        """Hear of changes in the background, until the store is closed.

        Args:
            changed: called with the ids of runs that other processes have changed.
            reconnected: called when some may have been missed.
        """
        ...


class Store(ABC):
    """Durable storage of runs. Methods are safe to call from any task of the event loop that opened it.

    All of them raise `StorageError` if the database cannot be read or written; then nothing was stored, as far as can
    be known. What a method takes, gives and raises stands at its transaction.
    """

    @abstractmethod
    async def open(self) -> None:
        """Make ready, and bring the database up to date.

        Raises:
            StorageError: it cannot be opened, or is not ours.
        """

    @abstractmethod
    async def close(self) -> None: ...

    @property
    @abstractmethod
    def generation(self) -> int:
        """Goes up when the log may have been cut back by an unclean stop."""

    @property
    @abstractmethod
    def cluster(self) -> Cluster | None:
        """How several processes share the work; `None` if this one has the database to itself. With a cluster,
        whatever makes a run need a segment hands it over in the same transaction."""

    @abstractmethod
    async def _write(self, make: Make[T], durability: Durability) -> T:
        """Run and commit a transaction."""

    @abstractmethod
    async def _read(self, make: Make[T]) -> T:
        """Run a transaction that only reads."""

    # Whoever asked can ask again with the same request id; the sync that the question needs keeps the run too.
    create = _writes(writing.create, Durability.REPEATABLE)
    retry = _writes(retrying.retry, Durability.PROMISED)
    claim = _writes(writing.claim, Durability.REPEATABLE)
    commit = _writes(committing.commit, _of_commit)
    answer = _writes(answering.answer, Durability.PROMISED)
    answer_all = _writes(answering.answer_all, Durability.PROMISED)
    cancel = _writes(writing.cancel, Durability.PROMISED)
    mark_due = _writes(writing.mark_due, Durability.PROMISED)
    catch_up = _writes(recording.catch_up, Durability.PROMISED)
    send_review = _writes(answering.send_review, Durability.PROMISED)
    release = _writes(writing.release, Durability.REPEATABLE)
    delete = _writes(writing.delete, Durability.PROMISED)
    prune = _writes(writing.prune, Durability.PROMISED)
    claim_review = _writes(answering.claim_review, Durability.LOGGED)
    give_back = _writes(answering.give_back, Durability.LOGGED)
    note = _writes(auditing.note, Durability.LOGGED)
    note_settings = _writes(auditing.note_settings, Durability.PROMISED)
    seal = _writes(auditing.seal, Durability.LOGGED)
    prune_audit = _writes(auditing.prune_audit, Durability.PROMISED)
    add_person = _writes(people.add_person, Durability.PROMISED)
    vouched_for = _writes(people.vouched_for, Durability.PROMISED)
    change_person = _writes(people.change_person, Durability.PROMISED)
    add_secret = _writes(people.add_secret, Durability.PROMISED)
    see_secret = _writes(people.see_secret, Durability.REPEATABLE)
    use_up = _writes(people.use_up, Durability.PROMISED)
    delete_secret = _writes(people.delete_secret, Durability.PROMISED)
    delete_secrets_of = _writes(people.delete_secrets_of, Durability.PROMISED)
    put_document = _writes(documents.put_document, Durability.PROMISED)
    remove_document = _writes(documents.remove_document, Durability.PROMISED)

    audit = _reads(auditing.audit)
    unsealed = _reads(auditing.unsealed)
    audit_links = _reads(auditing.audit_links)
    person = _reads(people.person)
    everybody = _reads(people.everybody)
    person_named = _reads(people.person_named)
    secret = _reads(people.secret)
    secrets_of = _reads(people.secrets_of)
    add_channel = _writes(outbox.add_channel, Durability.PROMISED)
    configure_channels = _writes(outbox.configure_channels, Durability.REPEATABLE)
    remove_channel = _writes(outbox.remove_channel, Durability.PROMISED)
    enable_channel = _writes(outbox.enable_channel, Durability.PROMISED)
    # A message whose arrival a power cut makes forgotten is sent again: a receiver knows its id.
    claim_outgoing = _writes(outbox.claim_outgoing, Durability.REPEATABLE)
    note_delivered = _writes(outbox.note_delivered, Durability.REPEATABLE)
    note_failed = _writes(outbox.note_failed, Durability.REPEATABLE)
    hand_back_outgoing = _writes(outbox.hand_back_outgoing, Durability.REPEATABLE)
    free_claims = _writes(outbox.free_claims, Durability.REPEATABLE)

    ping = _reads(reading.ping)
    run = _reads(reading.run)
    runs = _reads(reading.runs)
    runs_of = _reads(reading.runs_of)
    running = _reads(reading.running)
    last_seqs = _reads(reading.last_seqs)
    to_remind = _reads(reading.to_remind)
    to_expire = _reads(reading.to_expire)
    open_reviews = _reads(reading.open_reviews)
    review = _reads(reading.review)
    sent_review = _reads(reading.sent_review)
    events = _reads(reading.events)
    attachments = _reads(reading.attachments)
    record = _reads(recording.record)
    erased = _reads(recording.erased)
    added_documents = _reads(documents.documents)
    document_content = _reads(documents.document_content)
    undelivered = _reads(writing.undelivered)
    channels = _reads(outbox.channels)
    channels_due = _reads(outbox.channels_due)
