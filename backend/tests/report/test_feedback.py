"""Rounds remember, and the review says for each point of the feedback what was done about it."""

import pytest

from report.driving import Run, evidence
from report.shelf import QUESTION, ShelfSource
from sayso.report.workflow import ReportWorkflow
from sayso.wishes.points import points
from sayso.writers.extractive.writer import ExtractiveWriter


@pytest.fixture
def run() -> Run:
    return Run(lambda: ReportWorkflow([ShelfSource()], {"extractive": ExtractiveWriter()}))


@pytest.mark.parametrize(
    ("text", "wishes"),
    [
        ("More on locks", ["More on locks"]),
        (
            "More on locks. And on shelf-swap; nothing on Ghent.",
            ["More on locks.", "And on shelf-swap", "nothing on Ghent."],
        ),
        ("- locks\n- 2 MB\n\n3) costs", ["locks", "2 MB", "costs"]),
        ("  \n --- \n", []),
        ("same\nsame", ["same"]),
    ],
)
def test_points_are_the_separate_wishes(text: str, wishes: list[str]) -> None:
    assert points(text) == wishes


def test_there_are_not_too_many_points() -> None:
    found = points("\n".join(f"wish {at}" for at in range(500)))
    assert len(found) == 20
    assert found[-1].endswith("wish 499")


async def test_each_point_is_answered_with_the_findings_that_came_of_it(run: Run) -> None:
    await run.ask("When does compaction lock a shelf?")
    review = await run.reject("What about the pantry daemon?\nWhich error do clients get?\nShorter sentences, please.")
    uses = review.feedback_used
    assert [use.feedback for use in uses] == [
        "What about the pantry daemon?",
        "Which error do clients get?",
        "Shorter sentences, please.",
    ]
    assert {use.round for use in uses} == {1}
    by_id = {finding.id: finding for finding in evidence(review)}
    assert any("pantry daemon" in by_id[id].quotes[0].text for id in uses[0].findings)
    assert any("SHELF_BUSY" in by_id[id].quotes[0].text for id in uses[1].findings)
    assert uses[2].findings == []
    assert (uses[2].status, uses[2].field) == ("not_possible", "note"), (
        "it quotes, so its sentences are as long as they are"
    )
    assert all(by_id[id].state == "new" for id in uses[0].findings)


async def test_what_was_dropped_is_listed_as_gone_and_answered_once(run: Run) -> None:
    first = await run.ask(QUESTION)
    dropped = [finding for finding in evidence(first) if finding.id not in ("f1", "f2")]
    second = await run.reject("shelf-swap", keep=["f1", "f2"])
    assert [(each.id, each.claim, each.why) for each in second.gone] == [
        (finding.id, finding.claim, "dropped") for finding in dropped
    ]
    told = [use for use in second.feedback_used if use.feedback.startswith("You dropped")]
    assert len(told) == 1
    assert dropped[0].claim in told[0].feedback
    third = await run.reject("the pantry daemon")
    assert [use for use in third.feedback_used if use.feedback.startswith("You dropped")] == told
    assert third.gone == second.gone


async def test_what_a_bare_no_passed_over_is_gone_but_not_dropped(run: Run) -> None:
    first = await run.ask("shelf")
    second = await run.reject()
    assert {each.why for each in second.gone} == {"aside"}
    assert [each.id for each in second.gone] == [finding.id for finding in evidence(first)]


async def test_rewording_says_who_and_what_it_was(run: Run) -> None:
    first = await run.ask(QUESTION)
    was = evidence(first)[0].claim
    second = await run.reject("shelf-swap", edits={"f1": "Compaction takes a lock."}, by="Ada")
    third = await run.reject("statistics", edits={"f1": "Compaction holds a lock."}, by="Grace")
    for review, by, claim in (
        (second, "Ada", "Compaction takes a lock."),
        (third, "Grace", "Compaction holds a lock."),
    ):
        finding = next(each for each in evidence(review) if each.id == "f1")
        assert finding.reworded is not None
        assert (finding.claim, finding.reworded.by, finding.reworded.was) == (claim, by, was)
        assert finding.quotes == evidence(first)[0].quotes
    fourth = await run.reject("errors", edits={"f1": was})
    assert next(each for each in evidence(fourth) if each.id == "f1").reworded is None


async def test_a_point_that_is_covered_already_names_the_findings_that_cover_it(run: Run) -> None:
    await run.ask("When does compaction lock a shelf?")
    await run.reject("the pantry daemon")
    review = await run.reject("the pantry daemon")
    use = review.feedback_used[-1]
    by_id = {finding.id: finding for finding in evidence(review)}
    assert "nothing new was found" in use.what_was_done
    assert use.what_was_done.endswith("of it.")
    assert use.findings
    assert all("pantry daemon" in by_id[id].quotes[0].text for id in use.findings)


async def test_one_wish_can_be_about_writing_and_about_evidence() -> None:
    source = ShelfSource()
    old = [passage.model_copy(update={"date": "2019"}) for passage in source.passages if passage.uri == "tools.md"]
    source.passages = [passage for passage in source.passages if passage.uri != "tools.md"] + old
    run = Run(lambda: ReportWorkflow([source], {"extractive": ExtractiveWriter()}))
    first = await run.ask(QUESTION)
    dated = [finding.id for finding in evidence(first) if "swap" in finding.claim]
    assert dated
    review = await run.reject("shorter, for a board, only 2024 and later")
    use = review.feedback_used[0]
    assert "before 2024 are left out" in use.what_was_done
    assert f"{dated[0]} (2019)" in use.what_was_done
    assert use.field == "limits"
    assert "shorter, for a board" in review.feedback_used[1].what_was_done
    assert review.feedback_used[1].field == "note"
    assert not any("board" in query or "shorter" in query for query in source.searched)
    assert not any(finding.state == "new" and "swap" in finding.quotes[0].text for finding in evidence(review))
