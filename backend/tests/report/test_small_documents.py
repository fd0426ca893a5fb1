"""Facts in lists, tables, questions with answers, definitions and code are found, shown and written as such."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from report.driving import Run, evidence, gaps
from report.small_documents import FURTHER, REQUIRED, Small, text
from sayso.events import ReviewEvent
from sayso.protocol.evidence import Finding, Quote
from sayso.protocol.report import Report
from sayso.report.passages import from_attachments
from sayso.report.workflow import ReportWorkflow
from sayso.research.library.source import Library, Root
from sayso.writers.extractive.writer import ExtractiveWriter

ALL = [*REQUIRED, *FURTHER]


async def answered(folder: Path, documents: Sequence[Small], asked: Small) -> tuple[list[Finding], Report, Run]:
    """The findings of a question to a library of these documents, and the report of all of them."""
    (folder / "documents").mkdir()
    for each in documents:
        (folder / "documents" / each.name).write_bytes(each.content)
    library = Library(folder / "index", [Root(folder / "documents")], isolated=False)
    try:
        await library.refresh()
        run = Run(lambda: ReportWorkflow([library], {"extractive": ExtractiveWriter()}))
        review = await run.ask(asked.question)
        assert not gaps(review), "nothing is missing"
        return evidence(review), await run.approve(), run
    finally:
        await library.close()


def marked(quote: Quote) -> str:
    assert quote.marked is not None
    return quote.text[slice(*quote.marked)]


@pytest.mark.parametrize("small", ALL, ids=lambda small: small.name)
async def test_a_fact_is_found_and_written_whatever_its_form(tmp_path: Path, small: Small) -> None:
    findings, report, run = await answered(tmp_path, [small], small)
    answering = [each for each in findings if small.answer in marked(each.quotes[0])]
    assert answering, [each.claim for each in findings]
    if answering[0].quotes[0].kind == "code":
        assert answering[0].claim == answering[0].quotes[0].place.lead
    else:
        assert small.answer in answering[0].claim
    if small.kind is not None:
        assert answering[0].quotes[0].kind == small.kind
    body = [each.text for section in report.sections for each in section.sentences]
    assert any(small.answer in text for text in [*body, *(each.text for each in report.summary)]), body
    assert small.answer in run.payload
    assert not any(small.answer in each.text for each in report.removed)
    stored = from_attachments(run.attachments)
    for finding in findings:
        for quote in finding.quotes:
            passage = next(each for each in stored[quote.source].passages if each.finding == finding.id)
            assert passage.text[slice(*passage.quote)] == quote.text
            assert passage.marked is not None
            assert passage.text[slice(*passage.marked)] == marked(quote)


@pytest.mark.parametrize("small", ALL, ids=lambda small: small.name)
async def test_the_answer_leads_among_documents_of_all_kinds(tmp_path: Path, small: Small) -> None:
    others = [each for each in ALL if not each.name.startswith("plans.")]
    documents = [*others, small] if small not in others else others
    findings, _, _ = await answered(tmp_path, documents, small)
    leading = [marked(each.quotes[0]) for each in findings[:3]]
    assert any(small.answer in each for each in leading), leading


LEAFLET = text(
    "leaflet.md",
    "# Dorvalin 20 mg\n\nDo not take Dorvalin if you\n\n- are pregnant\n- have had an ulcer of the stomach\n"
    "- are allergic to salt\n- drive a bus\n\nDorvalin is taken with water.",
    "Who must not take Dorvalin because of an ulcer or an allergy?",
    "have had an ulcer of the stomach",
)
LEASE = text(
    "lease.txt",
    "FLAT 4B, 19 ALDER COURT\n\n1. Rent. The rent is due on the third working day.\n2. Deposit. It is returned within"
    " 30 days after the keys are handed back, less the cost of damage.\n3. Pets. One small dog may be kept.",
    "When is the deposit returned, and what can be taken off the deposit?",
    "less the cost of damage",
)


async def test_items_that_finish_a_sentence_are_told_together_in_their_order(tmp_path: Path) -> None:
    _, report, _ = await answered(tmp_path, [LEAFLET], LEAFLET)
    units = [each.text for section in report.sections for each in section.sentences]
    first = units.index("are pregnant")
    assert units[first - 1 : first + 4] == [
        "Do not take Dorvalin if you",
        "are pregnant",
        "have had an ulcer of the stomach",
        "are allergic to salt",
        "drive a bus",
    ]


async def test_one_statement_may_answer_two_parts_and_a_title_leads_into_no_list(tmp_path: Path) -> None:
    findings, report, run = await answered(tmp_path, [LEASE], LEASE)
    assert LEASE.answer in findings[0].claim
    assert report.not_found == []
    assert not any("ALDER COURT" in each.text for section in report.sections for each in section.sentences)
    assert all(part.findings and part.gap is None for part in run.of(ReviewEvent)[-1].review.parts)


CHANGES = text(
    "changes.md",
    "# Lantern Hill\n\n## 4th printing, 2022\n\n- The ghost starts with 5 lamps\n\n## 3rd printing, 2020\n\n"
    "- Hand limit of seven cards introduced\n- Ties are broken by the lanterns",
    "Since when is there a hand limit of cards?",
    "Hand limit of seven cards introduced",
)
COURSES = text(
    "courses.md",
    "# Evening classes\n\n- Crafts\n  - Basket weaving, Tue 18.30\n    - bring: an old towel\n"
    "    - room: barn behind the school\n"
    "  - Upholstery, Sat 10.00\n    - bring: one chair\n- Languages\n  - Polish, Mon 19.00",
    "Where does the basket weaving take place?",
    "Basket weaving, Tue 18.30",
)


async def test_the_heading_of_a_list_leads_into_it_and_stands_in_what_is_stored(tmp_path: Path) -> None:
    findings, report, run = await answered(tmp_path, [CHANGES], CHANGES)
    assert findings[0].quotes[0].place.lead == "3rd printing, 2020"
    [section] = report.sections
    block = section.blocks[0]
    assert block.lead is not None
    assert section.sentences[block.lead].text == "3rd printing, 2020"
    assert section.sentences[block.lead].citations == section.sentences[block.units[0]].citations
    stored = from_attachments(run.attachments)[findings[0].quotes[0].source].passages
    assert {each.place.lead for each in stored if each.finding == findings[0].id} == {"3rd printing, 2020"}


async def test_what_stands_within_an_item_is_told_below_it(tmp_path: Path) -> None:
    findings, report, _ = await answered(tmp_path, [COURSES], COURSES)
    assert findings[0].claim == "Crafts: Basket weaving, Tue 18.30"
    block = next(each for each in report.sections[0].blocks if each.lead is not None)
    units = report.sections[0].sentences
    assert units[block.lead or 0].text == "Crafts"
    told = ["Basket weaving, Tue 18.30", "bring: an old towel", "room: barn behind the school"]
    assert [units[at].text for at in block.units][:3] == told


FORBIDDEN = text(
    "hut.md",
    "# Mountain hut\n\n## Not allowed\n\n- Animals in the bedrooms of the hut\n  - dogs\n  - cats\n\n"
    "## Welcome\n\n- Songs",
    "May animals come into the bedrooms of the hut?",
    "Animals in the bedrooms of the hut",
)


async def test_the_heading_that_forbids_stays_above_what_stands_within_an_item(tmp_path: Path) -> None:
    _, report, _ = await answered(tmp_path, [FORBIDDEN], FORBIDDEN)
    units = [each.text for each in report.sections[0].sentences]
    assert units[:4] == ["Not allowed", "Animals in the bedrooms of the hut", "dogs", "cats"]


async def test_the_heading_that_forbids_stays_above_a_single_item_within_another(tmp_path: Path) -> None:
    content = b"# Hut\n\n## Not allowed\n\n- Animals in the bedrooms\n  - dogs, except guide dogs\n  - cats\n- Stoves"
    asked = Small("hut.md", content, "What about dogs, except guide dogs?", "dogs, except guide dogs")
    findings, report, run = await answered(tmp_path, [asked], asked)
    quote = findings[0].quotes[0]
    assert findings[0].claim == "Not allowed › Animals in the bedrooms: dogs, except guide dogs"
    assert (quote.place.lead, marked(quote)) == ("Not allowed › Animals in the bedrooms", asked.answer)
    [section] = report.sections
    block = section.blocks[0]
    assert block.lead is not None
    assert section.sentences[block.lead].text == quote.place.lead
    assert [section.sentences[at].text for at in block.units] == ["dogs, except guide dogs", "cats"]
    assert report.removed == []
    stored = from_attachments(run.attachments)[quote.source].passages
    assert next(each for each in stored if each.finding == findings[0].id).place.lead == quote.place.lead


async def test_an_item_of_a_word_is_told_though_another_sentence_has_the_word(tmp_path: Path) -> None:
    rules = text("rules.md", "# Plots\n\n## Not allowed\n\n- Glass\n- hens\n", "May I keep hens?", "hens")
    minutes = text("minutes.md", "# Minutes\n\nMrs Okafor asked if the hens of plot 12 may stay.", "", "")
    findings, _, _ = await answered(tmp_path, [rules, minutes], rules)
    told = [(each.quotes[0].place.lead, marked(each.quotes[0])) for each in findings]
    assert ("Not allowed", "hens") in told
    assert (None, "Mrs Okafor asked if the hens of plot 12 may stay.") in told


async def test_of_little_that_was_read_the_nearest_is_shown_and_said_to_be_no_more(tmp_path: Path) -> None:
    hours = "# Library\n\n- Monday: closed\n- Local history room by appointment, ask for Jean\n"
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "library.md").write_text(hours, encoding="utf-8")
    library = Library(tmp_path / "index", [Root(tmp_path / "documents")], isolated=False)
    try:
        await library.refresh()
        run = Run(lambda: ReportWorkflow([library], {"extractive": ExtractiveWriter()}))
        review = await run.ask("Whom do I ask to see old papers of the parish?")
        assert "ask for Jean" in evidence(review)[0].claim
        [gap] = gaps(review)
        assert gap.claim.endswith("only what comes near to it.")
        assert gap.claim in (await run.approve()).not_found
    finally:
        await library.close()
