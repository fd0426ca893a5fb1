"""What a human said when sending findings back."""

from pydantic import BaseModel


class Feedback(BaseModel):
    """What a human said when rejecting a round. `text` may be empty: a bare no."""

    round: int
    text: str
    by: str = ""
