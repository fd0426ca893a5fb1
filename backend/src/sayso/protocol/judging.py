"""How far a model that judges sentences can be trusted."""

from datetime import datetime

from sayso.protocol.evidence import Record


class JudgeScore(Record):
    """What a model said of statements whose truth is known."""

    model: str
    true: int
    """Statements that their quote carries."""
    accepted: int
    """Those of `true` that it found supported."""
    twisted: int
    """Statements that their quote does not carry."""
    refused: int
    """Those of `twisted` that it found not supported."""
    at: datetime | None = None

    def __str__(self) -> str:
        known = (
            f"of {self.true + self.twisted} statements whose truth is known it accepts {self.accepted} of {self.true}"
        )
        return f"{known} true ones and refuses {self.refused} of {self.twisted} twisted ones"
