"""The extractive writer: what it takes for a claim."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.language.sentences import readable
from sayso.language.statements import statements
from sayso.language.verbatim import stands
from sayso.protocol.evidence import Finding, Place, Quote, Source
from sayso.research.formats import HEADING_SEPARATOR
from sayso.research.source import Passage
from sayso.wishes.feedback import Feedback
from sayso.writers.extractive.title import title_of
from sayso.writers.extractive.writer import ExtractiveWriter
from sayso.writers.port import Assignment, Candidate, Query, WritingBrief
from writers.briefs import QUESTION, silent

WRITER = ExtractiveWriter()


def passage(text: str, uri: str = "vacuum.html", title: str = "VACUUM", heading: str = "Description") -> Passage:
    return Passage(kind="library", uri=uri, title=title, text=text, place=Place(heading=heading, offset=0))


async def found(question: str, *texts: str | Passage, **more: Any) -> list[Candidate]:
    passages = [each if isinstance(each, Passage) else passage(each, uri=f"{n}.html") for n, each in enumerate(texts)]
    assignment = Assignment(question=question, **more)
    return await WRITER.find(assignment, [(query, passages) for query in await WRITER.plan(assignment)])


async def test_a_claim_is_a_sentence_of_its_passage_and_marked_there() -> None:
    text = "Tables grow with time. VACUUM FULL holds an exclusive lock on the table. Plan for the space it needs."
    candidates = await found(QUESTION, text)
    assert candidates[0].claim == "VACUUM FULL holds an exclusive lock on the table."
    start, end = candidates[0].marked
    assert text[start:end] == candidates[0].claim
    assert 0 < candidates[0].match <= 1
    assert candidates[0].topic == "When does VACUUM FULL lock a table"


@pytest.mark.parametrize(
    "text", ["The weather in Ghent was mild and the harvest good.", "The table stood in the kitchen of the bakery."]
)
async def test_what_is_about_something_else_is_no_claim_beside_an_answer(text: str) -> None:
    answer = "VACUUM FULL holds an exclusive lock on the table while it runs."
    candidates = await found(QUESTION, answer, passage(text, uri="other.html"))
    assert [candidate.claim for candidate in candidates] == [answer]


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("- VACUUM FULL: locks the table", "VACUUM FULL: locks the table"),
        ("Command | Lock on the table\n--- | ---\nVACUUM FULL | exclusive",
         "Command: VACUUM FULL; Lock on the table: exclusive"),
        ("Q: When does VACUUM FULL lock the table?\nA: While it runs.",
         "Q: When does VACUUM FULL lock the table? While it runs."),
        ("These lock the table:\n- VACUUM FULL\n- CLUSTER", "These lock the table: VACUUM FULL"),
        ("VACUUM FULL — locks the table", "VACUUM FULL — locks the table"),
        ("To lock the table with VACUUM FULL, run:\n\n```sql\nVACUUM FULL t;\n```",
         "To lock the table with VACUUM FULL, run:"),
    ],
)  # fmt: skip
async def test_every_form_is_claimed_in_its_own_words_with_what_leads_in(text: str, claim: str) -> None:
    assert claim in [candidate.claim for candidate in await found(QUESTION, text)]


async def test_a_sentence_that_leans_on_another_comes_with_it() -> None:
    text = "VACUUM FULL rewrites the whole table into a new file. This form takes an exclusive lock on the table."
    candidates = await found(QUESTION, text)
    assert candidates[0].claim == text
    assert candidates[0].marked == (0, len(text))


async def test_nothing_is_said_twice_whatever_the_file() -> None:
    text = "VACUUM FULL holds an exclusive lock on the table until it ends."
    longer = "VACUUM FULL holds an exclusive lock on the table until it ends, whatever the size."
    candidates = await found(QUESTION, passage(text), passage(text, uri="copy.html"), passage(longer, uri="long.html"))
    assert len(candidates) == 1


async def test_a_single_word_is_question_enough() -> None:
    candidates = await found("vacuuming", "A vacuum of the table gives its space back to the system.")
    assert len(candidates) == 1


async def test_what_names_what_was_asked_about_leads() -> None:
    other = passage("Every command locks the table for a moment.", title="Locks")
    named = passage("The tool pg_repack locks the table for a moment.", uri="tools.html", title="Tools")
    candidates = await found("What does pg_repack lock?", other, named)
    assert candidates[0].passage.uri == "tools.html"


async def test_what_was_shown_is_not_found_again() -> None:
    text = "VACUUM FULL holds an exclusive lock on the table."
    quote = Quote(text=text, source="s1", marked=(0, len(text)))
    finding = Finding(id="f1", claim=text, quotes=[quote])
    assert await found(QUESTION, text)
    feedback = [Feedback(round=1, text="")]
    for shown in ({"kept": [finding]}, {"dropped": [finding]}):
        assert await found(QUESTION, text, round=2, feedback=feedback, **shown) == []


async def test_what_feedback_excludes_is_left_out() -> None:
    texts = (
        passage("VACUUM FULL blocks replication while it locks the table.", uri="r.html", title="Replication"),
        passage("VACUUM FULL holds a lock on the table while it writes costs to the log.", uri="c.html"),
    )
    feedback = [Feedback(round=1, text="More on costs")]
    candidates = await found(QUESTION, *texts, round=2, feedback=feedback, leave_out=["replication"])
    assert [candidate.passage.uri for candidate in candidates] == ["c.html"]


async def test_queries_of_another_writer_are_understood() -> None:
    text = "The daemon wakes up every minute and looks for tables to clean."
    hits = [(Query(text="daemon wakes minute", topic="How often it runs"), [passage(text, title="Daemon")])]
    candidates = await WRITER.find(Assignment(question="autovacuum"), hits)
    assert [candidate.topic for candidate in candidates] == ["How often it runs"]


async def test_what_other_documents_say_too_comes_with_the_claim() -> None:
    texts = (
        passage("VACUUM FULL holds an exclusive lock on the table until it ends.", uri="a.html"),
        passage("An exclusive lock on the whole table is held by VACUUM FULL until it ends.", uri="b.html"),
        passage("VACUUM FULL holds an exclusive lock on the table until it ends.", uri="copy.html"),
        passage("CLUSTER holds an exclusive lock on the table until it ends, as VACUUM FULL.", uri="c.html"),
        passage("VACUUM FULL holds no exclusive lock on the table until it ends.", uri="d.html"),
    )
    first = (await found(QUESTION, *texts))[0]
    carriers = [first, *first.also]
    assert sorted(each.passage.uri for each in carriers) == ["a.html", "b.html", "copy.html"]
    for each in carriers:
        start, end = each.marked
        assert each.passage.text[start:end] == each.passage.text


async def test_what_contradicts_a_claim_is_a_claim_of_its_own() -> None:
    texts = ("VACUUM FULL gives up a lock after 30 seconds.", "VACUUM FULL gives up a lock after 60 seconds.")
    candidates = await found(QUESTION, *texts)
    assert {candidate.claim for candidate in candidates} == set(texts)
    assert not any(candidate.also for candidate in candidates)


async def test_a_sentence_is_a_claim_of_the_sub_question_that_it_answers() -> None:
    text = (
        "A deadlock happens when two sessions wait for each other. "
        "PostgreSQL resolves a deadlock by aborting one of the sessions. "
        "A deadlock cannot happen between readers."
    )
    candidates = await found(
        "How can a deadlock happen and how does PostgreSQL resolve it?",
        passage(text, title="Locks", heading="Deadlocks"),
    )
    topics = {candidate.claim: candidate.topic for candidate in candidates}
    assert topics["PostgreSQL resolves a deadlock by aborting one of the sessions."] == "How does PostgreSQL resolve it"
    assert topics["A deadlock happens when two sessions wait for each other."] == "How can a deadlock happen"


async def test_the_statement_that_answers_is_found_without_the_name_that_all_documents_are_about() -> None:
    texts = [passage(f"PostgreSQL keeps {word} in a file of its own.", uri=f"{word}.html", title=word, heading="Files")
             for word in ("statistics", "logs", "catalogs", "locks")]  # fmt: skip
    answer = passage(
        "The planner chooses an index when few rows match.", uri="planner.html", title="Planner", heading="Index"
    )
    candidates = await found("How does PostgreSQL choose an index?", *texts, answer)
    assert max(candidates, key=lambda each: each.match).passage.uri == "planner.html"


def test_a_title_is_the_question_on_one_line() -> None:
    assert title_of("how does\nit lock?") == "How does it lock?"
    assert title_of("What is a lock? " + "And more of it. " * 20) == "What is a lock?"
    assert len(title_of("word " * 100)) <= 142


STORY = """On Saturday I slipped on the steps behind the hut, and I have been on crutches since. My neighbour waters
the beans for me, but the couch grass is coming up everywhere and the committee has written twice about it. """


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("Can I lose the plot while I am ill?", "Can I lose the plot while I am ill?"),
        ("can I lose the plot, and who decides that? Thanks!", "Can I lose the plot, and who decides that?"),
        ("Which fees am I charged?", "Which fees am I charged?"),
        ("What I want to know is whether I can lose the plot.", "What I want to know is whether I can lose the plot"),
        ("Before I answer any of them: can I lose the plot?", "Can I lose the plot?"),
        (
            "Is that so?",
            "On Saturday I slipped on the steps behind the hut, and I have been on crutches since",
        ),
    ],
)
def test_the_title_of_a_story_is_what_it_asks(asked: str, title: str) -> None:
    assert title_of(STORY + asked) == title


PROSE = st.lists(
    st.sampled_from(
        [
            "VACUUM FULL locks the table.",
            "This form of the command is slow, and it locks the table.",
            "- a list item about VACUUM",
            "Locks are held until the end of VACUUM FULL on the table!",
            "“Quoted” **bold** [link](x) about a lock on the table.",
            "\n",
            "See VACUUM FULL.",
            "日本語の文です。",
        ]
    ),
    min_size=1,
    max_size=8,
).map(" ".join)


@given(st.lists(PROSE, min_size=1, max_size=5))
async def test_whatever_the_passages_claims_are_marked_and_reports_verbatim(texts: list[str]) -> None:
    candidates = await found(QUESTION, *texts)
    findings = []
    for number, candidate in enumerate(candidates, start=1):
        start, end = candidate.marked
        assert 0 <= start < end <= len(candidate.passage.text)
        passage = candidate.passage.text
        held = next(each for each in statements(passage) if (each.start, each.end) == (start, end))
        lead, heading = readable(held.led(passage)), candidate.passage.place.heading
        own = candidate.claim.removeprefix(f"{heading}{HEADING_SEPARATOR}").removeprefix(lead).removeprefix(":")
        assert stands(own, passage[start:end])
        quote = Quote(text=candidate.passage.text, source="s1", marked=candidate.marked, place=candidate.passage.place)
        findings.append(Finding(id=f"f{number}", claim=candidate.claim, quotes=[quote]))
    brief = WritingBrief(
        question=QUESTION,
        findings=findings,
        sources=[Source(id="s1", kind="library", title="VACUUM", uri="v.html")],
        numbers={"s1": 1},
    )
    report = await WRITER.write(brief, silent)
    said = [each.text for section in report.sections for each in section.sentences]
    assert len(said) == len(set(said))
    for text in said:
        assert any(stands(text, finding.quotes[0].text) for finding in findings)


async def test_the_entry_of_a_setting_that_is_asked_for_comes_before_those_that_end_like_it() -> None:
    entry = passage(
        "Sets the memory that a sort may take. Hash tables take more of it.",
        uri="memory.html",
        title="Memory",
        heading="4.1. Memory › sort_mem (integer)",
    )
    others = [
        passage(
            f"{word}_sort_mem controls how much memory the {word} takes when it sorts.",
            uri=f"{word}.html",
            title="Memory",
            heading=f"4.1. Memory › {word}_sort_mem (integer)",
        )
        for word in ("worker", "backup")
    ]
    candidates = await found("What does sort_mem control?", *others, entry)
    assert candidates[0].claim.startswith("Sets the memory that a sort may take.")


async def test_a_part_of_a_longer_name_is_another_name() -> None:
    own = passage("A value of sort_mem above one gigabyte is refused.", uri="own.html", title="Limits")
    other = passage("A value of worker_sort_mem above two gigabytes is refused.", uri="other.html", title="Limits")
    candidates = await found("Which sort_mem is refused?", other, own)
    assert candidates[0].passage.uri == "own.html"
    assert candidates[0].match > max((each.match for each in candidates[1:]), default=0.0)


@pytest.mark.parametrize(
    ("question", "answer", "beside"),
    [
        (
            "How do I back up only one table?",
            "For a backup of one table, name it by -t.",
            "DROP TABLE removes one table.",
        ),
        ("Was kostet eine Familienkarte?", "Karte für Familien: 14 Euro", "Die Zehnerkarte kostet 45 Euro."),
        ("Wie hoch ist der Gehalt an Chlor?", "Der Chlorgehalt liegt bei 0,5.", "Der Zaun ist zwei Meter hoch."),
    ],
)
async def test_what_one_text_writes_as_one_word_and_another_apart_is_the_same(
    question: str, answer: str, beside: str
) -> None:
    candidates = await found(question, *(passage(each, f"{n}.md", "", "") for n, each in enumerate((beside, answer))))
    assert candidates[0].claim == answer


async def test_a_word_that_nothing_has_does_not_hide_what_has_the_others() -> None:
    said = "Sperrmüll wird zweimal im Jahr abgeholt."
    others = [f"Am Markt {n} gibt es einen alten Brunnen aus Stein." for n in range(12)]
    candidates = await found("Darf ich meinen Kühlschrank und das Sofa zum Sperrmüll stellen?", said, *others)
    assert said in [candidate.claim for candidate in candidates]
