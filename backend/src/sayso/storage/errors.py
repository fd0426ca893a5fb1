"""What storage says when it cannot do what it was asked to."""


class Superseded(Exception):
    """The run has moved on without this segment: cancelled, deleted, or claimed by another worker."""


class StorageError(Exception):
    """The database cannot be opened, or cannot be written. The message says what to do."""
