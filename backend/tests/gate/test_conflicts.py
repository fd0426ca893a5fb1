"""Which findings cannot both be right: rather one too few than one that is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.gate.conflicts import conflicts
from sayso.language.figures import denies
from sayso.language.sameness import Said, agrees, repeats
from sayso.protocol.evidence import Finding, Place, Quote, Source


def why(one: str, other: str, *, headings: tuple[str | None, str | None] = (None, None), same: bool = False) -> str:
    """What `conflicts` says of two findings of two documents, or of one if they are the `same`."""
    findings = [
        Finding(
            id=f"f{n}",
            claim=text,
            quotes=[
                Quote(
                    text=f"{text} More follows about 77 other things.",
                    source="s1" if same else f"s{n}",
                    marked=(0, len(text)),
                    place=Place(heading=heading),
                )
            ],
        )
        for n, (text, heading) in enumerate(zip((one, other), headings, strict=True), start=1)
    ]
    sources = [Source(id=f"s{n}", kind="library", title="T", uri=f"{n}.md") for n in (1, 2)]
    found = conflicts(findings, sources)
    assert all(each.findings == ["f1", "f2"] for each in found)
    return found[0].why if found else ""


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("Backups are kept for 30 days.", "Backups are kept for 60 days in the archive.",
         "f1 says 30 days, f2 says 60 days."),
        ("Requests time out after 30 seconds.", "Requests time out after 1 minute.",
         "f1 says 30 seconds, f2 says 1 minute."),
        ("The maximum upload size is 10 MB.", "The maximum upload size is 25 MB.", "f1 says 10 MB, f2 says 25 MB."),
        ("Support answers within two hours.", "Support answers within four hours.",
         "f1 says two hours, f2 says four hours."),
        ("Larder was released in 2009.", "Larder was first released in 2011.", "f1 says 2009, f2 says 2011."),
        ("The contract was signed on 3 May 2021.", "The contract was signed on May 4, 2021.",
         "f1 says 3 May 2021, f2 says May 4, 2021."),
        ("The API listens on port 8080.", "The API listens on port 9090.", "f1 says 8080, f2 says 9090."),
        ("Revenue rose by 12% in 2022.", "Revenue rose by 15% in 2022.", "f1 says 12%, f2 says 15%."),
        ("The service supports single sign-on.", "The service does not support single sign-on.",
         "f2 denies what f1 states."),
        ("Log files are never deleted automatically.", "Log files are deleted automatically.",
         "f1 denies what f2 states."),
        ("Encryption is enabled by default.", "Encryption is disabled by default.", "f2 denies what f1 states."),
    ],
)  # fmt: skip
def test_what_cannot_both_be_right(one: str, other: str, told: str) -> None:
    assert why(one, other) == told


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Requests time out after 60 seconds.", "Requests time out after 1 minute."),
        ("Backups are kept for 1,000 days.", "Backups are kept for 1000 days."),
        ("The retention period of logs is at least 30 days.", "The retention period of logs is 60 days."),
        ("If the disk is full, writes fail after 30 seconds.", "Writes fail after 10 seconds."),
        ("On Linux the limit is 1024 open files.", "On Windows the limit is 512 open files."),
        ("The population of Ghent was 250,000 in 2010.", "The population of Ghent was 262,000 in 2020."),
        ("Version 4.2 supports replication.", "Version 4.3 does not support replication."),
        ("VACUUM FULL requires an exclusive lock.", "VACUUM does not require an exclusive lock."),
        ("The default is 5 seconds.", "The default is 10 seconds."),
        ("A shelf holds 40 crates and a crate holds 12 jars.", "A shelf holds 50 crates and a crate holds 10 jars."),
        ("Compaction is not only slow but also needs space.", "Compaction is slow and also needs space."),
        ("Readers wait while the shelf is locked.", "Writers go on unless the shelf is locked."),
        ("The weather in Ghent was mild in 2009.", "Larder was released in Ghent in 2011."),
    ],
)
def test_what_can_both_be_right(one: str, other: str) -> None:
    assert why(one, other) == ""
    assert why(other, one) == ""


def test_what_stands_under_different_settings_is_no_conflict() -> None:
    one, other = "The server waits for 5 seconds before the check.", "The server waits for 9 seconds before the check."
    assert why(one, other)
    assert why(one, other, headings=("Locks › deadlock_timeout", "Locks › lock_timeout")) == ""


def test_one_document_can_contradict_itself() -> None:
    one, other = "Backups are kept for 30 days.", "Backups are kept for 60 days."
    assert why(one, other, same=True) == "f1 says 30 days, f2 says 60 days."


def test_two_votes_in_one_documents_minutes_are_two_votes() -> None:
    one = "Beschluss: Je Parzelle sind acht Stunden Arbeit im Jahr zu leisten (55 ja, 24 nein, 8 Enth.)."
    other = "Beschluss: Der Ersatzbetrag je Stunde steigt auf 20 Euro (49 ja, 30 nein, 8 Enth.)."
    assert why(one, other, same=True) == ""
    one = "Decision: The pump is bought (made in 2020, 4 hours of noise)."
    other = "Decision: The roof is mended (done in 2021, 9 hours of noise)."
    assert why(one, other, same=True) == ""


TEXTS = st.lists(
    st.sampled_from(
        ["Backups", "are", "not", "kept", "for", "30 days", "two hours", "in 2009.", "%", "5", "—", "日本"]
    ),
    max_size=8,
).map(" ".join)


@given(TEXTS, TEXTS)
def test_it_is_the_same_either_way_round_and_nothing_contradicts_itself(one: str, other: str) -> None:
    assert bool(why(one, other)) == bool(why(other, one))
    assert why(one, one) == ""


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_can_be_compared(one: str, other: str) -> None:
    why(one, other)
    assert agrees(Said.of(one), Said.of(other)) == agrees(Said.of(other), Said.of(one))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Full compaction holds an exclusive lock on the shelf.",
         "An exclusive lock on the shelf is held by full compaction.", True),
        ("We delete personal data after 30 days.", "Personal data is deleted after 30 days.", True),
        ("We delete personal data after 30 days.", "Personal data is deleted after 60 days.", False),
        ("Personal data is deleted after 30 days.", "Personal data is never deleted after 30 days.", False),
        ("VACUUM locks the whole table for writers.", "CLUSTER locks the whole table for writers.", False),
        ("The peer method takes the name of the user from the kernel of the system.",
         "The ident method takes the name of the user from the kernel of the system.", False),
        ("Compaction locks a shelf.", "Compaction runs at night on small shelves of the pantry.", False),
    ],
)  # fmt: skip
def test_what_makes_the_same_claim(one: str, other: str, same: bool) -> None:
    assert agrees(Said.of(one), Said.of(other)) is same


def test_a_sentence_with_another_number_is_no_repetition() -> None:
    one = Said.of("Clients of the shelf give up after 30 seconds.")
    assert repeats(one, Said.of("Clients of the shelf give up after 30 seconds by default."))
    assert not repeats(one, Said.of("Clients of the shelf give up after 45 seconds."))
    assert not repeats(one, Said.of("Clients of the shelf never give up after 30 seconds."))


@pytest.mark.parametrize(
    ("text", "expected"),
    [("It is not so.", True), ("It cannot run without it.", False), ("Not only that.", False), ("It isn't.", True)],
)
def test_what_denies(text: str, expected: bool) -> None:
    assert denies(text) is expected


def test_a_row_of_a_name_and_its_figure_is_held_against_a_sentence() -> None:
    def told(row: str, sentence: str, lead: str | None = None, title: str = "Oven") -> list[str]:
        findings = [
            Finding(id=f"f{n}", claim=text, quotes=[Quote(text=text, source=f"s{n}", kind=kind, marked=(0, len(text)))])
            for n, (text, kind) in enumerate(((row, "row"), (sentence, "sentence")), start=1)
        ]
        findings[0].quotes[0].place.lead = lead
        sources = [Source(id=f"s{n}", kind="library", title=title, uri=f"{n}.md") for n in (1, 2)]
        return [each.why for each in conflicts(findings, sources)]

    assert told("Connected load | 2100 W", "The connected load is 2200 W.") == ["f1 says 2100 W, f2 says 2200 W."]
    assert told("Connected load | 2200 W", "The connected load is 2200 W.") == []
    # What the header names must be what the other document is about.
    assert told("Connected load | 2100 W", "The connected load is 2200 W.", "Item | W740", "Oven W740")
    assert told("Connected load | 2100 W", "The connected load is 2200 W.", "Item | W740", "Oven") == []
    assert told("Connected load | 2100 W | 2300 W", "The connected load is 2300 W.") == []
