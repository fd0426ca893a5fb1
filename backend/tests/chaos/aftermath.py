"""What must be true of a run when everything is over."""

from collections.abc import Callable

from chaos.story import RESPONSES, Story
from support.server import Frame


def check(story: Story, log: list[Frame], status: str) -> None:
    """The whole log of a story's run, read after the last client has gone."""
    assert status == "completed", log[-1]["payload"]
    assert [frame["seq"] for frame in log] == list(range(1, len(log) + 1))
    by_seq = {frame["seq"]: frame for frame in log}
    for seq, frame in story.seen.items():
        assert by_seq[seq] == frame, f"event {seq} is not what a client was shown"
    endings = [frame["seq"] for frame in log if frame["type"] in ("final_result", "error", "cancelled")]
    assert endings == [len(log)]
    asked = [frame for frame in log if frame["type"] == "input_required"]
    answers = {frame["data"]["review"]: frame["data"] for frame in log if frame["type"] == "input_received"}
    heard = [frame["data"]["review"] for frame in log if frame["type"] == "input_received"]
    assert sorted(heard) == [frame["seq"] for frame in asked], "each review is answered exactly once"
    for review, said in story.acknowledged.items():
        assert answers[review]["response_id"] == said.response_id, "an acknowledged answer is not the one in the log"
        assert (answers[review]["response"], answers[review]["by"]) == (said.response, said.by)
    for said, details in story.refused:
        winner = answers[said.review]
        assert winner["response_id"] != said.response_id
        assert (details["by"], details["response"]) == (winner["by"], winner["response"])
    in_order = [answers[review] for review in heard]
    OUTCOMES[story.workflow](story, in_order, asked, log[-1]["data"])


def _rounds(story: Story, answers: list[Frame]) -> None:
    """One round for each rejection, and one approval at the end: no answer was lost, none counted twice."""
    approve, reject = RESPONSES[story.workflow]
    assert [each["response"] for each in answers] == [reject] * (len(answers) - 1) + [approve]


def _report(story: Story, answers: list[Frame], asked: list[Frame], result: Frame) -> None:
    _rounds(story, answers)
    assert [frame["data"]["round"] for frame in asked] == list(range(1, len(asked) + 1))
    assert result["question"] == story.question
    assert [each["by"] for each in result["approvals"]] == [answers[-1]["by"]]
    used = [each["feedback"] for each in asked[-1]["data"]["feedback_used"]]
    assert used == [each["feedback"] for each in answers[:-1]], "the feedback of every rejection, once"


def _rewrite(story: Story, answers: list[Frame], asked: list[Frame], result: Frame) -> None:
    _rounds(story, answers)
    assert result["result"]["question"] == story.question
    # Counted in `ctx.store`, which a step that is interrupted may do again: the log, not the store, says how often.
    assert result["result"]["rounds"] >= len(answers)


def _slow(story: Story, answers: list[Frame], asked: list[Frame], result: Frame) -> None:
    assert result["result"] == f"{story.question}: {answers[0]['response']}"
    assert len(asked) == 1


def _fan(story: Story, answers: list[Frame], asked: list[Frame], result: Frame) -> None:
    assert result["result"] == {"parts": [0, 1, 2, 3], "response": answers[0]["response"]}
    assert len(asked) == 1


def _waits(story: Story, answers: list[Frame], asked: list[Frame], result: Frame) -> None:
    keys = {frame["seq"]: frame["data"]["details"]["key"] for frame in asked}
    assert sorted(keys.values()) == ["a", "b"]
    assert result["result"] == {keys[each["review"]]: each["response"] for each in answers}


OUTCOMES: dict[str, Callable[[Story, list[Frame], list[Frame], Frame], None]] = {
    "report": _report,
    "rewrite": _rewrite,
    "slow": _slow,
    "fan": _fan,
    "waits": _waits,
}
