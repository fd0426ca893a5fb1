"""What a run has asked of a model: calls, tokens, seconds, and money where its price is known."""

from pydantic import computed_field

from sayso.protocol.evidence import Record


class StageUsage(Record):
    """One stage of one round."""

    stage: str
    """`plan`, `find`, `read`, `write` or `judge`."""
    round: int
    calls: int = 0
    prompt_tokens: int = 0
    """As the endpoint counted them; where it does not count, a token is estimated for every three characters."""
    completion_tokens: int = 0
    seconds: float = 0.0
    """Spent waiting for the model; calls side by side count once each."""


class Budget(Record):
    """What one run may ask of a model; `None` is no limit."""

    tokens: int | None = None
    """Prompt and completion together."""
    calls: int | None = None
    seconds: float | None = None
    stage_seconds: float | None = None
    """Of one stage of a round, calls side by side counted once."""


class Usage(Record):
    """Everything that a run has asked of a model so far."""

    stages: list[StageUsage] = []
    budget: Budget = Budget()
    price_in: float | None = None
    """Money for a million prompt tokens (`SAYSO_PRICE_IN`), in whatever currency the operator thinks."""
    price_out: float | None = None
    """The same for completion tokens (`SAYSO_PRICE_OUT`)."""

    @property
    def calls(self) -> int:
        return sum(stage.calls for stage in self.stages)

    @property
    def prompt_tokens(self) -> int:
        return sum(stage.prompt_tokens for stage in self.stages)

    @property
    def completion_tokens(self) -> int:
        return sum(stage.completion_tokens for stage in self.stages)

    @property
    def seconds(self) -> float:
        return sum(stage.seconds for stage in self.stages)

    @computed_field  # type: ignore[prop-decorator]  # mypy knows no decorated properties (its issue 1362)
    @property
    def cost(self) -> float | None:
        """Money, if both prices are known."""
        if self.price_in is None or self.price_out is None:
            return None
        return (self.prompt_tokens * self.price_in + self.completion_tokens * self.price_out) / 1_000_000
