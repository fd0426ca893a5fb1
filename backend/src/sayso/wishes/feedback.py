"""What a human said when sending findings back."""

from pydantic import BaseModel

from sayso.protocol.reading import Reading
from sayso.wishes.reading import read
from sayso.wishes.shown import Shown


class Feedback(BaseModel):
    """What a human said when rejecting a round. `text` may be empty: a bare no, or a decision in fields alone."""

    round: int
    text: str
    by: str = ""
    sorts: bool = False
    """What was neither kept nor dropped with it is set aside."""
    reading: Reading | None = None
    """How it was read; nothing in what 0.1.0 stored."""

    @property
    def read(self) -> Reading:
        """How it was read, with what was sent in fields."""
        return self.reading or read(self.text, Shown()).reading()

    def searches(self) -> list[str]:
        """What its prose asks to search for."""
        return [point.value for point in self.read.points if point.field == "search" and not point.sent]

    @property
    def says_something(self) -> bool:
        """Whether it is more than a bare no."""
        return bool(self.text or self.read.points or self.read.added)
