"""The writer that uses a language model: OpenAI's, or any behind an OpenAI-compatible endpoint."""

from collections.abc import Iterable
from contextlib import aclosing

from pydantic import BaseModel

from sayso.protocol.http import WriterInfo
from sayso.research.source import Passage
from sayso.writing.drafting import DraftParser
from sayso.writing.model import ChatModel
from sayso.writing.plaintext import one_line
from sayso.writing.prompts import find_turns, passage_block, plan_turns, write_turns
from sayso.writing.reading import Findings, NumberedPassage, candidate, in_turn, verified
from sayso.writing.structured import ask
from sayso.writing.terms import likeness, stems
from sayso.writing.writer import Assignment, Candidate, DraftReport, DraftSink, Query, WriterError, WritingBrief

MAX_QUERIES = 6
MAX_PASSAGES = 24
MAX_PROMPT = 24_000
"""Characters of passages, or of findings, in one prompt."""
MAX_FINDINGS = 12
_SAME_CLAIM = 0.75
"""Likeness from which a claim is one that was dropped or kept before."""
_CHARS_PER_TOKEN = 3
"""On the safe side; English has about four."""
_HEAD = 1_500
"""Tokens kept free for the instructions and what stands around the evidence."""


class PlannedQuery(BaseModel):
    query: str
    topic: str = ""
    feedback: int | None = None


class Plan(BaseModel):
    """What a model answers when planning."""

    queries: list[PlannedQuery]


class LLMWriter:
    """Plans, words findings and writes with `model`; made by hand for tests, or by `llm_writer`.

    Every call raises `WriterError` with a message fit to show when the model cannot be used, so that the caller can
    go on with another writer and say why.
    """

    def __init__(self, model: ChatModel) -> None:
        self.model = model
        self._ready = True
        self._why = f"not asked yet: {model.name or 'a model'} at {model.host}"

    @property
    def info(self) -> WriterInfo:
        """What the last `check` found; before it, the hope that all is well."""
        return WriterInfo(name="llm", ready=self._ready, why=self._why, model=self.model.name)

    async def check(self) -> WriterInfo:
        """Ask the endpoint once whether key and model are good, within seconds. Never raises."""
        try:
            name = await self.model.check()
        except WriterError as error:
            self._ready, self._why = False, str(error)
        else:
            self._ready, self._why = True, f"ready: {name} at {self.model.host}"
        return self.info

    async def aclose(self) -> None:
        """Close the connections to the endpoint."""
        await self.model.aclose()

    async def plan(self, assignment: Assignment) -> list[Query]:
        def complaint(plan: Plan) -> str | None:
            return None if self._fresh(plan, assignment) else "every query was empty or had been asked before."

        plan = await ask(self.model, plan_turns(assignment), Plan, complaint=complaint)
        return _following_feedback(self._fresh(plan, assignment), assignment)

    async def find(self, assignment: Assignment, found: list[tuple[Query, list[Passage]]]) -> list[Candidate]:
        """The claims that the passages carry, each resting on a sentence that stands in its passage word for word.

        The model sees the best `MAX_PASSAGES` passages, or as many as fit its context, taken in turn from the
        queries; none that holds a sentence a human has dropped. `strength` is the share of the words of question
        and query that the carrying sentence has.
        """
        shown = self._within_budget(in_turn(found, assignment.dropped))
        if not shown:
            return []
        blocks = [
            passage_block(number, one.text, topic=one.query.topic, title=one.passage.title)
            for number, one in enumerate(shown, start=1)
        ]

        def complaint(answer: Findings) -> str | None:
            if answer.findings and not verified(answer, shown):
                return 'no "sentence" stands in its passage word for word; copy them letter by letter.'
            return None

        turns = find_turns(assignment, blocks, limit=MAX_FINDINGS)
        answer = await ask(self.model, turns, Findings, complaint=complaint)
        known = [stems(finding.claim) for finding in [*assignment.dropped, *assignment.kept]]
        candidates: list[Candidate] = []
        for worded, source, span in verified(answer, shown):
            one = candidate(worded, source, span, assignment.question)
            terms = stems(one.claim)
            if all(likeness(terms, other) < _SAME_CLAIM for other in known):
                known.append(terms)
                candidates.append(one)
        return candidates[:MAX_FINDINGS]

    async def write(self, brief: WritingBrief, draft: DraftSink) -> DraftReport:
        """The report, streamed. An answer that is too long, takes too long or goes round in circles is cut there."""
        turns, left_out = write_turns(brief, budget=self._budget())
        parser, finish, length = DraftParser(), "", 0
        async with aclosing(self.model.stream(turns)) as pieces:
            async for piece in pieces:
                length += len(piece.text)
                for heading, text in parser.feed(piece.text):
                    await draft(heading, text)
                finish = piece.finish or finish
                if length > self.model.max_output_tokens * 6:
                    finish = "length"
                if parser.looping:
                    finish = "loop"
                if finish:
                    break
        for heading, text in parser.finish(complete=finish not in ("length", "time")):
            await draft(heading, text)
        if not any(sentence.citations for section in parser.sections for sentence in section.sentences):
            raise WriterError(f"The model {self.model.name} wrote no sentence that cites its evidence.")
        return DraftReport(title=brief.question, sections=parser.sections, note=self._note(finish, left_out))

    def _note(self, finish: str, left_out: int) -> str:
        notes = [f"Written by {self.model.name} from the approved findings."]
        if finish in ("length", "time", "loop"):
            reason = {"length": "grew too long", "time": "took too long", "loop": "began to repeat itself"}[finish]
            notes.append(f"The model's answer {reason} and was cut.")
        if left_out:
            notes.append(f"{left_out} approved findings did not fit into the model's context.")
        return " ".join(notes)

    def _budget(self) -> int:
        """Characters of evidence that fit into one prompt."""
        room = self.model.context_window - self.model.max_output_tokens - _HEAD
        return max(2_000, min(MAX_PROMPT, room * _CHARS_PER_TOKEN))

    def _within_budget(self, passages: Iterable[NumberedPassage]) -> list[NumberedPassage]:
        budget = self._budget()
        shown: list[NumberedPassage] = []
        for one in passages:
            budget -= len(one.text)
            if len(shown) == MAX_PASSAGES or (budget < 0 and shown):
                break
            shown.append(one)
        return shown

    def _fresh(self, plan: Plan, assignment: Assignment) -> list[Query]:
        """The planned queries that are none of the earlier ones, tidied."""
        seen = {_asked(text) for text in assignment.searched}
        rounds = {said.round for said in assignment.feedback}
        fresh = []
        for planned in plan.queries:
            text = one_line(planned.query, limit=200).strip(" \"'“”")
            if not stems(text) or _asked(text) in seen:
                continue
            seen.add(_asked(text))
            topic = one_line(planned.topic, limit=80) or text
            feedback = planned.feedback if planned.feedback in rounds else None
            fresh.append(Query(text=text, topic=topic, feedback=feedback))
        return fresh[:MAX_QUERIES]


def llm_writer(
    *,
    api_key: str | None,
    base_url: str | None = None,
    model: str | None = None,
    timeout: float = 60.0,
    max_seconds: float = 240.0,
    max_output_tokens: int | None = None,
    context_window: int | None = None,
) -> LLMWriter:
    """A writer for the model at `base_url` (OpenAI's own API if `None`); the arguments are those of `ChatModel`."""
    return LLMWriter(
        ChatModel(
            api_key=api_key,
            base_url=base_url,
            model=model,
            timeout=timeout,
            max_seconds=max_seconds,
            max_output_tokens=max_output_tokens,
            context_window=context_window,
        )
    )


def _asked(query: str) -> tuple[str, ...]:
    """What makes two queries one: the same words, in any order."""
    return tuple(sorted(stems(query)))


def _following_feedback(queries: list[Query], assignment: Assignment) -> list[Query]:
    """`queries`, of which at least one follows the last feedback, if that says something."""
    last = assignment.feedback[-1] if assignment.feedback else None
    wished = stems(last.text) if last else frozenset()
    if last is None or not wished or any(query.feedback == last.round for query in queries):
        return queries
    matching = [query for query in queries if query.feedback is None and stems(query.text) & wished]
    if matching:
        return [query.model_copy(update={"feedback": last.round}) if query in matching else query for query in queries]
    text = one_line(last.text, limit=200)
    own = Query(text=text, topic=one_line(text, limit=60), feedback=last.round)
    return [own, *queries[: MAX_QUERIES - 1]]
