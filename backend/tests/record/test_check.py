"""Each way to falsify a record, named in plain words."""

import copy
import json
from collections.abc import Callable

import pytest

from record.records import AT, decided, frame, record_of, shown, whole, written
from sayso.protocol.record import RunRecord
from sayso.record.check import check


def test_a_record_that_nobody_touched_holds() -> None:
    verdict = check(whole())
    assert (verdict.holds, verdict.whole, verdict.links, verdict.behind_head) == (True, [], [[]] * 6, None)


def test_it_holds_however_its_file_is_written() -> None:
    """Canonical JSON: order of fields, indentation and the spelling of numbers are no content."""
    text = json.dumps(whole().model_dump(mode="json"), sort_keys=True, indent=7, ensure_ascii=True)
    assert check(RunRecord.model_validate(json.loads(text))).holds


def changed(record: RunRecord) -> None:
    content = record.links[2].content
    assert isinstance(content, dict)
    data = content["data"]
    assert isinstance(data, dict)
    data["by"] = "Eda"


def changed_with_its_hash(record: RunRecord) -> None:
    forged = record_of([shown(2), decided(3, 2, "approve")]).links[2]
    record.links[2].content, record.links[2].content_hash = forged.content, forged.content_hash


def changed_with_all_of_its_hashes(record: RunRecord) -> None:
    record.links[2] = record_of([shown(2), decided(3, 2, "approve")]).links[2]


def left_out(record: RunRecord) -> None:
    del record.links[2]


def two_left_out(record: RunRecord) -> None:
    del record.links[2:4]


def turned_round(record: RunRecord) -> None:
    record.links[2], record.links[3] = record.links[3], record.links[2]


def twice(record: RunRecord) -> None:
    record.links.insert(2, copy.deepcopy(record.links[1]))


def of_another_run(record: RunRecord) -> None:
    record.links[2] = record_of([shown(2), decided(3, 2, "reject")], run="other").links[2]


def without_its_beginning(record: RunRecord) -> None:
    del record.links[0]


def at_another_time(record: RunRecord) -> None:
    record.links[2].at = "2026-11-21T12:00:00+00:00"


def called_something_else(record: RunRecord) -> None:
    record.links[2].kind = "shown"


def of_another_run_by_name(record: RunRecord) -> None:
    record.run_id = "other"


def emptied(record: RunRecord) -> None:
    record.links.clear()


@pytest.mark.parametrize(
    ("falsify", "where", "said"),
    [
        (changed, 3, "Its content is not what was recorded"),
        (changed_with_its_hash, 3, "The link itself was changed"),
        (changed_with_all_of_its_hashes, 4, "It does not follow from the link before"),
        (left_out, 3, "Link 3 is missing before it."),
        (two_left_out, 3, "Links from 3 on are missing before it."),
        (turned_round, 4, "the links were put into another order"),
        (twice, 3, "it is there twice"),
        (of_another_run, 3, "It is of another run, other."),
        (without_its_beginning, 0, "Its beginning is missing"),
        (at_another_time, 3, "The link itself was changed"),
        (called_something_else, 3, "Its content is not the entry that the link is about."),
        (of_another_run_by_name, 1, "It is of another run, r."),
        (emptied, 0, "It has no link."),
    ],
)
def test_what_was_done_to_it_is_named(falsify: Callable[[RunRecord], None], where: int, said: str) -> None:
    record = whole()
    falsify(record)
    verdict = check(record)
    assert not verdict.holds
    assert said in " ".join(verdict.links[where - 1] if where else verdict.whole)


def test_every_byte_of_every_content_counts() -> None:
    text = whole().model_dump_json()
    tried = 0
    for at in range(0, len(text), 7):
        if not text[at].isalnum():
            continue
        other = text[:at] + ("x" if text[at] != "x" else "y") + text[at + 1 :]
        try:
            record = RunRecord.model_validate_json(other)
        except ValueError:
            continue
        # What no field of ours has is no part of a record.
        if record.model_dump() == whole().model_dump():
            continue
        tried += 1
        assert not check(record).holds, other[max(at - 40, 0) : at + 40]
    assert tried > 100


def test_a_chain_made_anew_without_a_decision_contradicts_itself() -> None:
    """All hashes are right: what gives it away is what the rest says."""
    frames = [shown(2), shown(7, 2), decided(8, 7), written(9)]
    assert check(record_of(frames)).whole == [
        "A decision was left out: none on what entry 2 shows is in it, and the run went on."
    ]
    assert check(record_of([shown(2), written(9)])).whole == [
        f"A decision was left out: the report says that Ada approved, {AT}."
    ]
    assert check(record_of([decided(3, 2)])).whole == ["What entry 3 decides about was never shown."]


def test_a_chain_made_anew_is_not_the_one_that_its_report_names() -> None:
    head = whole().links[4]
    anew = record_of([shown(2), decided(3, 2, "reject", by="Eve"), shown(7, 2), decided(8, 7), written(9, head)])
    assert check(anew).whole == ["It is not the record that the report names: a link before the report is another one."]


def test_what_comes_after_the_end_is_no_part_of_it() -> None:
    verdict = check(record_of([shown(2), decided(3, 2), written(4), shown(5)]))
    assert verdict.links[-1] == ["The run was over before it."]


def test_an_end_that_is_missing_is_seen_with_the_hash_of_the_head() -> None:
    record = whole()
    head = record.links[-1].hash
    assert check(record, head).behind_head == 0
    del record.links[-2:]
    assert check(record).holds, "nothing in the file tells"
    verdict = check(record, head)
    assert not verdict.holds
    assert verdict.whole[0].startswith("No link has the hash that was known to be its last: its end is missing")


def test_a_head_of_before_says_how_far_the_record_has_grown() -> None:
    record = whole()
    verdict = check(record, record.links[2].hash[:12].upper())
    assert (verdict.holds, verdict.behind_head) == (True, 3)
    assert not check(record, "").holds, "no digit at all names every link"


def test_a_run_of_an_earlier_version_is_held_to_what_was_recorded_of_it() -> None:
    frames = [shown(2), decided(3, 2, "reject"), shown(7, 2), decided(8, 7), written(9)]
    record = record_of(frames, late=7)
    assert check(record).holds
    content = record.links[0].content
    assert isinstance(content, dict)
    assert isinstance(content["entries"], list)
    del content["entries"][1]
    verdict = check(record)
    assert verdict.links[0][0].startswith("Its content is not what was recorded")
    assert any("none on what entry 2 shows" in fault for fault in verdict.whole)


def test_what_was_caught_up_with_later_counts_in_the_order_of_the_log() -> None:
    """The decision's link stands behind the report's, as after a rolling upgrade."""
    record = record_of([shown(2), written(4)])
    late = record_of([decided(3, 2)], late=3).links[0]
    verdict = check(RunRecord(run_id="r", links=[*record.links, late]))
    assert not any("left out" in fault or "never shown" in fault for fault in verdict.whole)


@pytest.mark.parametrize("content", [None, [], "text", 7, {"entries": 3}, {"seq": 2, "data": [], "type": []}])
def test_contents_of_any_shape_are_looked_at_without_harm(content: object) -> None:
    record = whole()
    for link in record.links:
        link.content = content  # type: ignore[assignment]  # whatever a file may hold
    assert not check(record).holds


def test_half_a_surrogate_pair_is_a_change() -> None:
    record = record_of([shown(2)])
    record.links[1].content = frame(2, "input_required", "\ud800")
    assert not check(record).holds
