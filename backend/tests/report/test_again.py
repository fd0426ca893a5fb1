"""Looking again: what little was found on is searched in other words, a few times, and said."""

from collections.abc import Sequence

import pytest

from report.driving import Run, evidence, gaps
from report.shelf import ShelfSource
from sayso.protocol.http import WriterInfo
from sayso.report.search import Searching
from sayso.report.workflow import ReportWorkflow
from sayso.research.source import Passage
from sayso.writers.extractive.again import again
from sayso.writers.extractive.writer import ExtractiveWriter
from sayso.writers.meter import Meter
from sayso.writers.port import Assignment, Candidate, Chosen, Part, Query, Writer

DOCUMENTS = {
    "parrots.md": (
        "Parrots",
        [("Keeping", "A parrot in a cage needs company. Physicians advise owners to wash their hands.")],
    ),
    "doctors.md": ("House calls", [("Hours", "The physician visits the parrots of the town every Thursday.")]),
}


class Literal(ShelfSource):
    """Finds only passages that hold a word of the query's as it is written, apart from "parrot"."""

    async def search(self, query: str, *, limit: int) -> list[Passage]:
        self.searched.append(query)
        wanted = {word.lower().strip("?") for word in query.split()}
        held = [each for each in self.passages if wanted & set(each.text.lower().replace(".", "").split())]
        return [each.model_copy(update={"score": 1.0}) for each in held][:limit]


QUESTION = "When does a doctor visit?"


def run_of(source: ShelfSource, rounds: int) -> Run:
    searching = Searching(rounds=rounds)
    return Run(lambda: ReportWorkflow([source], {"extractive": ExtractiveWriter()}, searching=searching))


@pytest.mark.parametrize("rounds", [0, 1, 2])
async def test_an_empty_part_is_searched_again_so_often_and_no_more(rounds: int) -> None:
    source = Literal("library", {"a.md": ("Music", [("Songs", "A choir sings when a bell rings in the tower.")])})
    run = run_of(source, rounds)
    review = await run.ask("When is a nuclear reactor in Ghent refuelled?")
    told = [line for line in run.progress if "searching again in other words" in line]
    assert min(rounds, 1) <= len(told) <= rounds
    assert len(gaps(review)) >= 1
    assert len(source.searched) == len(set(source.searched))
    assert (len(source.searched) > 1) == (rounds > 0)
    report_searches = [query for query in source.searched if query != source.searched[0]]
    assert len(report_searches) <= 4 * rounds


async def test_what_the_first_search_missed_is_found_in_the_documents_words() -> None:
    documents = {
        "hours.md": ("House calls", [("Hours", "A physician comes to farms every Thursday at noon.")]),
        "list.md": ("Who is who", [("Names", "The word physician stands on the door.")]),
    }
    missed = await run_of(Literal("library", documents), 0).ask("When may one see the doctor?")
    found = await run_of(Literal("library", documents), 2).ask("When may one see the doctor?")
    assert not any("Thursday" in each.claim for each in evidence(missed))
    assert any("Thursday" in each.claim for each in evidence(found))


async def test_what_was_found_well_is_not_searched_again() -> None:
    source = ShelfSource()
    run = run_of(source, 2)
    await run.ask("When does Larder compaction hold an exclusive lock on the shelf?")
    assert not [line for line in run.progress if "searching again" in line]


def test_other_words_are_those_of_the_documents() -> None:
    passages = ShelfSource("library", DOCUMENTS).passages
    queries = again(Part("When does a doctor visit", 2), QUESTION, passages)
    assert any("physician" in query.text for query in queries)
    assert {(query.topic, query.feedback) for query in queries} == {("When does a doctor visit", 2)}
    assert again(Part("Wann kommt der Arzt"), "Wann kommt der Arzt?", []) == []


class Reopened(Literal):
    """Finds of each document its first passage only, and can go on reading in it."""

    def __init__(self, name: str, documents: dict[str, tuple[str, list[tuple[str, str]]]]) -> None:
        super().__init__(name, documents)
        self.asked: list[tuple[str, tuple[str, ...]]] = []

    async def search(self, query: str, *, limit: int) -> list[Passage]:
        found = await super().search(query, limit=limit)
        return list({each.uri: each for each in reversed(found)}.values())[::-1]

    async def further(self, query: str, uris: Sequence[str], *, limit: int) -> list[Passage]:
        self.asked.append((query, tuple(uris)))
        return [each for each in self.passages if each.uri in uris][:limit]


async def test_a_document_that_promises_an_answer_is_read_further() -> None:
    kiln = [
        ("Owners", "The potters of the town share it, and after each winter they paint it."),
        ("Cooling", "It takes two nights before the kiln is cold and its door may be opened."),
    ]
    documents = {"kiln.md": ("The kiln", kiln), "oven.md": ("The oven", [("Baking", "Bread is baked at dawn.")])}
    question = "When may its door be opened after firing?"
    source = Reopened("library", documents)
    missed = await run_of(source, 0).ask(question)
    assert not any("two nights" in each.claim for each in evidence(missed))
    assert not source.asked
    run = run_of(source, 2)
    found = await run.ask(question)
    assert any("two nights" in each.claim for each in evidence(found))
    assert "Reading on in “The kiln”" in run.progress
    # Once a part, however often it is searched again.
    assert source.asked == [(question, ("kiln.md",))]


class Doubting(ExtractiveWriter):
    """Chooses what words found, and says that nothing answers before the rules are read."""

    @property
    def info(self) -> WriterInfo:
        return WriterInfo(name="llm", ready=True, model="doubting-1")

    async def plan(self, assignment: Assignment, meter: Meter | None = None) -> list[Query]:
        if not assignment.lacking:
            return []
        return [Query(text="rules of the kiln", topic=part.topic) for part in assignment.lacking]

    async def find(
        self, assignment: Assignment, found: list[tuple[Query, list[Passage]]], meter: Meter | None = None
    ) -> list[Candidate]:
        rules = [(query, each) for query, passages in found for each in passages if "rules" in each.text]
        chosen = [
            Candidate(claim=each.text, passage=each, marked=(0, len(each.text)), topic=query.topic)
            for query, each in rules[:1]
        ]
        return Chosen([*chosen, *assignment.candidates], () if rules else assignment.parts)


@pytest.mark.parametrize("rounds", [0, 2])
async def test_a_part_that_a_model_finds_unanswered_is_searched_again_however_well_words_match(rounds: int) -> None:
    documents = {
        "kiln.md": ("The kiln", [("Door", "The kiln's door is opened by the potters, who know when the door opens.")]),
        "rules.md": ("The rules", [("Rules", "By the rules of the kiln it stays shut until the second morning.")]),
    }
    source = Literal("library", documents)
    writers: dict[str, Writer] = {"extractive": ExtractiveWriter(), "llm": Doubting()}
    run = Run(lambda: ReportWorkflow([source], writers, "llm", searching=Searching(rounds=rounds)))
    review = await run.ask("when potters opened")
    assert ("rules of the kiln" in source.searched) is (rounds > 0)
    assert any("second morning" in each.claim for each in evidence(review)) is (rounds > 0)
    assert len([line for line in run.progress if line.startswith("Little was found on")]) == min(rounds, 1)
