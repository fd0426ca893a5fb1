"""A run as its clients live through it: what they saw, what they said, and what they were told about it."""

import asyncio
import random
from collections import Counter
from dataclasses import dataclass, field

from support.server import Frame

RESPONSES = {"report": ("approve", "reject"), "rewrite": ("yes", "no")}
"""Workflows in which one word ends the run and the other opens another round; to the rest, any text is an answer."""


@dataclass(frozen=True)
class Said:
    """An answer as a client sends it."""

    review: int
    response: str
    by: str
    response_id: str

    @property
    def fields(self) -> Frame:
        return {
            "review": self.review,
            "response": self.response,
            "by": self.by,
            "response_id": self.response_id,
            "feedback": f"from {self.response_id}",
        }


@dataclass
class Story:
    """One run. Its clients all start it, with one request id, so that whoever comes first makes it."""

    number: int
    workflow: str
    question: str
    chance: random.Random
    rejections: int
    """Rounds after which every client approves, so that the run comes to an end."""
    figures: Counter[str]
    run_id: str | None = None
    known: asyncio.Event = field(default_factory=asyncio.Event)
    """`run_id` is."""
    seen: dict[int, Frame] = field(default_factory=dict)
    """Logged frames by their number, as any client has seen them."""
    acknowledged: dict[int, Said] = field(default_factory=dict)
    """By review: the answer whose own client has seen it in the log, or got an HTTP 200 for it."""
    refused: list[tuple[Said, Frame]] = field(default_factory=list)
    """Answers that came second, with the details that the server gave."""

    @property
    def start(self) -> Frame:
        return {"question": self.question, "workflow": self.workflow, "request_id": f"story-{self.number}"}

    def belongs(self, run_id: str) -> None:
        assert self.run_id in (None, run_id), f"story {self.number} was started twice: {self.run_id} and {run_id}"
        self.run_id = run_id
        self.known.set()

    def saw(self, frame: Frame) -> None:
        """A logged frame; what a number once meant, it means for ever."""
        before = self.seen.setdefault(frame["seq"], frame)
        assert before == frame, f"event {frame['seq']} of {self.run_id} has changed"

    def answer(self, asked: Frame, client: str) -> Said:
        """What `client` says to a review: differs from client to client, so that it shows who was heard."""
        approve, reject = RESPONSES.get(self.workflow, (None, None))
        if approve is None or reject is None:
            response = f"{client} says {self.chance.randrange(10**6)}"
        else:
            rounds = sum(frame["type"] == "input_required" for n, frame in self.seen.items() if n <= asked["seq"])
            response = approve if rounds > self.rejections or self.chance.random() < 0.4 else reject
        self.figures["sent"] += 1
        return Said(asked["seq"], response, client, f"{client}-{asked['seq']}")

    def acknowledge(self, said: Said) -> None:
        earlier = self.acknowledged.setdefault(said.review, said)
        assert earlier == said, f"two answers to review {said.review} of {self.run_id} were acknowledged"

    def refuse(self, said: Said, details: Frame) -> None:
        self.refused.append((said, details))
        self.figures["came second"] += 1

    def told(self, log: list[Frame] | None = None) -> str:
        """For whoever has to find out what went wrong."""
        frames = log or [self.seen[seq] for seq in sorted(self.seen)]
        lines = [f"story {self.number}, {self.workflow}, run {self.run_id}: {self.acknowledged.values()}"]
        lines += [f"  {frame['seq']} {frame['at']} {frame['type']} {frame['payload'][:60]!r}" for frame in frames]
        return "\n".join([*lines, f"  refused: {self.refused}"])

    async def hesitate(self) -> None:
        """As people do: at once, in a moment, or long enough for the server to die in the meantime."""
        longest = self.chance.choice([0.0, 0.0, 0.5, 0.5, 6.0])
        await asyncio.sleep(self.chance.uniform(0.0, longest))
