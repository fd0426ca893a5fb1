"""Counts what a run asks of a model, and says when its budget is used up."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sayso.protocol.usage import Budget, StageUsage

MIN_TOKENS = 64
"""An answer shorter than that is no use; OpenAI refuses less than 16."""
MIN_SECONDS = 0.05
"""Less time than that is none."""
CHARS_PER_TOKEN = 3
"""For estimates, on the safe side; English has about four."""


_ENGLISH = 4
"""Characters of a token as they are told to people."""


def estimated_tokens(characters: int) -> int:
    """About how many tokens a text of so many characters has, rather too many than too few."""
    return -(-characters // CHARS_PER_TOKEN)


class OverBudget(Exception):
    """The run's budget does not allow another call. The message is safe to show."""


class Meter:
    """One stage's share of a run's budget. Used from one event loop; calls may run side by side.

    Tokens are what the endpoint counted, or `estimated_tokens` of prompt and answer where it does not count, so that
    a budget binds there too. What a call may still use is set aside while it runs, so calls side by side keep to the
    budget as well.

    Args:
        stage, round: what is being done.
        spent: what earlier stages of the run have used.
        budget: of the whole run.
        clock: seconds, of any beginning.
    """

    def __init__(
        self,
        stage: str = "write",
        round: int = 1,
        *,
        spent: list[StageUsage] | None = None,
        budget: Budget | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.used = StageUsage(stage=stage, round=round)
        self._spent = spent or []
        self._budget = budget or Budget()
        self._clock = clock
        self._began = clock()
        own = [each.seconds for each in self._spent if (each.stage, each.round) == (stage, round)]
        self._before = sum(own)
        """Seconds that the same stage has taken before."""
        self._set_aside = 0
        self._heard = 0
        self._heard_first = 0.0
        self._thinking = False
        self._reading = 0
        """Estimated tokens of the prompts of the calls at work."""
        self._running: dict[object, float] = {}
        """When each call at work began."""

    @contextmanager
    def call(self, prompt: int = 0, answer: int = 0) -> Iterator[int]:
        """Around one request to the model.

        Args:
            prompt: estimated tokens of the prompt.
            answer: tokens that the answer should have at the most.

        Yields:
            tokens that the answer may have: `answer`, or what the budget leaves of it.

        Raises:
            OverBudget: before the call, if the budget is used up, or leaves no room for prompt and answer.
        """
        why = self.exhausted
        if why:
            raise OverBudget(why)
        left = self.tokens_left
        if left is not None and left - prompt < min(answer, MIN_TOKENS):
            raise OverBudget(self._too_little())
        allowed = answer if left is None else min(answer, left - prompt)
        reserved = prompt + allowed if left is not None else 0
        self._set_aside += reserved
        self.used.calls += 1
        if not self._running:
            self._heard = self._reading = 0
        self._reading += prompt
        call = object()
        self._running[call] = self._clock()
        try:
            yield allowed
        finally:
            self._set_aside -= reserved
            self.used.seconds = round(self.used.seconds + self._clock() - self._running.pop(call), 3)

    def count(self, prompt_tokens: int, completion_tokens: int) -> None:
        """Add what a call used."""
        self.used.prompt_tokens += prompt_tokens
        self.used.completion_tokens += completion_tokens

    def hear(self, characters: int, *, thinking: bool = False) -> None:
        """A model that is at work said, or thought, so much."""
        self._thinking = thinking
        if not self._heard:
            self._heard_first = self._clock()
        self._heard += characters

    @property
    def at_work(self) -> str:
        """What the calls at work are at, in words; empty if there are none."""
        if not self._running:
            return ""
        now = self._clock()
        if not self._heard:
            reading = f"The model reads about {self._reading:,} tokens"
            return f"{reading}, for {now - min(self._running.values()):.0f} s so far"
        tokens = self._heard // _ENGLISH
        rate = tokens / max(now - self._heard_first, 0.1)
        return f"The model {'thinks' if self._thinking else 'answers'}: {tokens:,} tokens so far, {rate:.0f} a second"

    @property
    def exhausted(self) -> str:
        """Which part of the budget is used up, as a sentence; empty while there is some left."""
        budget = self._budget
        if budget.calls is not None and self._sum("calls") >= budget.calls:
            return f"This run's budget of {budget.calls:,} model calls is used up."
        if budget.tokens is not None and self._tokens() >= budget.tokens:
            return self._too_little()
        if budget.seconds is not None and self.budget_seconds_left == 0:
            return f"This run's budget of {budget.seconds:g} seconds with the model is used up."
        if self._budget.stage_seconds is not None and self.stage_seconds_left == 0:
            return f"The model had its {self._budget.stage_seconds:g} seconds for this stage."
        return ""

    @property
    def tokens_left(self) -> int | None:
        """Tokens that calls to come may use, prompt and completion together, beside what the calls at work have been
        promised; `None` is no limit."""
        if self._budget.tokens is None:
            return None
        return max(0, self._budget.tokens - self._tokens() - self._set_aside)

    @property
    def seconds_left(self) -> float | None:
        """Seconds that the calls at work and those to come may take, by the budget and for the stage; `None` is no
        limit."""
        left = [each for each in (self.budget_seconds_left, self.stage_seconds_left) if each is not None]
        return min(left, default=None)

    @property
    def stage_seconds_left(self) -> float | None:
        """Seconds that are left for this stage, calls side by side counted once."""
        if self._budget.stage_seconds is None:
            return None
        left = self._budget.stage_seconds - self._before - (self._clock() - self._began)
        return left if left >= MIN_SECONDS else 0.0

    @property
    def budget_seconds_left(self) -> float | None:
        """Seconds of model time that the budget leaves, those of the calls at work taken off; `None` is no limit."""
        if self._budget.seconds is None:
            return None
        now = self._clock()
        left = self._budget.seconds - self._sum("seconds") - sum(now - began for began in self._running.values())
        return left if left >= MIN_SECONDS else 0.0

    def _too_little(self) -> str:
        return f"This run's budget of {self._budget.tokens:,} tokens is used up."

    def _tokens(self) -> int:
        return int(self._sum("prompt_tokens") + self._sum("completion_tokens"))

    def _sum(self, what: str) -> float:
        total: float = sum(getattr(stage, what) for stage in [*self._spent, self.used])
        return total
