"""What names something: any form of its words, and nothing that only looks like it."""

import pytest

from sayso.language.mention import Mention


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("logical replication", "Tables can be logically replicated."),
        ("logical replication", "A subscriber replicates logical changes."),
        ("dead-tuple", "Dead tuples pile up."),
        ("dead tuples", "Each dead-tuple costs space."),
        ("checkpointer", "Checkpoints are frequent."),
        ("anchovies", "One anchovy is enough."),
        ("wine pairing", "Wines are paired with the course."),
        ("night trains", "A night-train leaves at ten."),
        ("arbitration", "The parties may arbitrate."),
        ("cross-examination", "Counsel cross-examined the witness."),
        ("vaccinations", "Children were VACCINATED."),
        ("homoeopathic remedies", "A homoeopathic remedy is water."),
        ("prescribing", "What a nurse may prescribe."),
        ("visa fee", "Fees for visas rise."),
        ("e-mail", "Send emails to the clerk."),
        ("email", "An e-mail is enough."),
        ("time-out", "Timeouts are in seconds."),
        ("planes", "A plane for each plan."),
        ("autovacuum", "autovacuum_max_workers is three."),
        ("write-ahead log", "The write-ahead logs are kept."),
    ],
)
def test_a_form_of_its_words_names_it(said: str, text: str) -> None:
    assert Mention.of(said).named_in(text)


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("logical replication", "Physical replication copies blocks."),
        ("logical replication", "The logical order of columns."),
        ("dead tuples", "A deadline for tuples."),
        ("anchovies", "Anchors hold the ship."),
        ("arbitration", "An arbitrary choice."),
        ("general rules", "In general, a ruler is straight."),
        ("community", "How to communicate."),
        ("planes", "The plan is simple."),
        ("tort", "A tortoise is slow."),
        ("university", "A universal rule."),
        ("organ", "An organisation of ten."),
        ("wal", "A wall of stone."),
    ],
)
def test_what_only_looks_alike_does_not(said: str, text: str) -> None:
    assert not Mention.of(said).named_in(text)


@pytest.mark.parametrize(
    ("left_out", "heading", "all_of_it"),
    [
        ("rent", "Rent", True),
        ("the rent", "Rents", True),
        ("rent", "The section on rent", True),
        ("street parking", "Parking", False),
        ("rent", "Rent and deposit", False),
        ("Docker", "Installing without Docker", False),
        ("auto-vacuum", "Autovacuum", True),
        ("rent", "Hens", False),
        ("rent", "", False),
        ("the", "The", True),
    ],
)
def test_a_heading_may_say_nothing_else(left_out: str, heading: str, all_of_it: bool) -> None:
    assert Mention.of(left_out).is_all_of(heading) is all_of_it
