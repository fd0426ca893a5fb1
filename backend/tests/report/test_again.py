"""Looking again: what little was found on is searched in other words, a few times, and said."""

import pytest

from report.driving import Run, evidence, gaps
from report.shelf import ShelfSource
from sayso.report.search import Searching
from sayso.report.workflow import ReportWorkflow
from sayso.research.source import Passage
from sayso.writers.extractive.again import again
from sayso.writers.extractive.writer import ExtractiveWriter
from sayso.writers.port import Part

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
