"""What makes a vector of a text: a sentence-embedding model of the operator's own."""

from typing import Any, Protocol, TypeAlias

import numpy as np

Floats: TypeAlias = "np.ndarray[Any, np.dtype[np.float64]]"


class Encoder(Protocol):
    """Makes vectors of texts. May take long; is called beside the event loop, from several threads."""

    @property
    def name(self) -> str:
        """The model, for people."""
        ...

    @property
    def digest(self) -> str:
        """Tells the model from all others."""
        ...

    def vector(self, text: str) -> Floats:
        """Shape (numbers of the model,), of length 1."""
        ...
