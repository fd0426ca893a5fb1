"""Whether what somebody says is wanted, not wanted, about the writing, or cannot be told: by what was learned.

To search for what was to be left out is the worst, and to leave out what was wanted is nearly as bad; to be in doubt
does no harm. So a text is searched for only where it hardly may exclude, and leaves out only where it surely does: each
threshold is the price of a mistake in doubts.
"""

from dataclasses import dataclass, field
from functools import lru_cache

from sayso.language.tongue import language_of
from sayso.wishes import learned
from sayso.wishes.features import OPEN, Numbers
from sayso.wishes.tokens import FINDING, NAME, NUMBER, Token, tokens

SEARCHED = 1 / 30
"""Up to this probability of being an exclusion a text may be searched for."""
LEFT_OUT = 9 / 10
"""From this probability of being an exclusion on a text leaves something out."""
WRITTEN = 1 / 20
"""Up to this probability of being an exclusion a text may be passed on to the writer."""
_SURE = 0.5
"""From this probability on a text that excludes nothing is what it seems to be."""
_STAYS = 0.8
"""From this probability on it says that a finding stays; "f2 is wrong" may seem to."""


@dataclass(frozen=True)
class Understood:
    """A text, and what it was learned to mean."""

    found: tuple[Token, ...]
    meanings: dict[str, float]
    """Probabilities of `learned.MEANINGS`."""
    content: frozenset[int]
    """Which tokens say what it is about."""
    parts: Numbers = field(compare=False)
    """How probable each of `learned.PARTS` is for each token: (tokens, 3)."""

    @property
    def excludes(self) -> float:
        """How probable it is that something is not wanted."""
        return self.meanings["unwanted"] + self.meanings["both"]

    @property
    def may_be_searched(self) -> bool:
        """Whether it is a wish that is as good as certain not to exclude anything."""
        return self.excludes <= SEARCHED and self.meanings["wanted"] >= _SURE

    @property
    def is_about_writing(self) -> bool:
        """Whether it says how the report should read, and hardly may exclude anything."""
        return self.excludes <= WRITTEN and self.meanings["writing"] >= _SURE

    @property
    def keeps(self) -> bool:
        """Whether it says that findings stay."""
        return self.excludes <= SEARCHED and self.meanings["keep"] >= _STAYS


@lru_cache(2_000)
def understood(text: str) -> Understood:
    """What `text` means. The same text always means the same."""
    found = tuple(tokens(text))
    view = learned.weights().view(found)
    meanings, parts = learned.weights().read(view)
    content = frozenset(view.content) | {at for at, each in enumerate(found) if each.form in (NAME, FINDING, NUMBER)}
    if _foreign(text, view.forms):
        meanings = dict.fromkeys(learned.MEANINGS, 0.0) | {"unclear": 0.5, "both": 0.5}
    return Understood(found, meanings, content, parts)


def may_exclude(text: str) -> bool:
    """Whether `text` may say that something is not wanted; it is then not searched for."""
    return understood(text).excludes > SEARCHED


def _foreign(text: str, forms: list[str]) -> bool:
    """Whether `text` is in a language in which no reading was learned, and is no question either."""
    if any(form[0].isalpha() for form in forms) or "?" in text or OPEN not in forms:
        return False
    return text.rstrip()[-1:] not in "？؟" and language_of(text, sure=0.9) not in learned.LANGUAGES
