"""What storage says when it cannot do what it was asked to."""

from sayso.storage.records import Answered


class Superseded(Exception):
    """The run has moved on without this segment: cancelled, deleted, or claimed by another worker."""


class StorageError(Exception):
    """The database cannot be opened, or cannot be written. The message says what to do."""


class NameTaken(Exception):
    """A person or a group has this name already; names of both are told apart, because what is asked of one is not to
    be asked of the other."""

    def __init__(self, name: str) -> None:
        super().__init__(f"there is a person or a group called {name} already")


class NotAnswered(Exception):
    """One of several answers could not be recorded, so none was.

    Attributes:
        index: which one.
        answered: what came of it.
    """

    def __init__(self, index: int, answered: Answered) -> None:
        super().__init__(f"answer {index}: {answered.outcome.value}")
        self.index = index
        self.answered = answered
