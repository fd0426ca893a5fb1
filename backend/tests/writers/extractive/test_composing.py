"""The extractive report: nothing but what is quoted, in an order that can be read."""

from typing import Any

import pytest

from sayso.language.statements import Kind
from sayso.protocol.evidence import Conflict, Finding, Place, Quote, Source
from sayso.writers.extractive.writer import ExtractiveWriter
from sayso.writers.port import WritingBrief
from writers.briefs import brief_of, silent

WRITER = ExtractiveWriter()


async def test_every_sentence_is_quoted_word_for_word_and_cites_its_source() -> None:
    brief = brief_of(
        {
            "VACUUM": [
                "VACUUM FULL locks the table. This form of it needs twice the space of the table. See also cows."
            ],
            "Locks": ["A lock on the table keeps others away. A lock on the table keeps others away."],
        }
    )
    drafted: list[str] = []

    async def sink(section: str, text: str) -> None:
        drafted.append(text)

    report = await WRITER.write(brief, sink)
    said = [(each.text, each.citations) for section in report.sections for each in section.sentences]
    assert said == [
        ("VACUUM FULL locks the table.", [1]),
        ("This form of it needs twice the space of the table.", [1]),
        ("A lock on the table keeps others away.", [2]),
    ]
    assert "".join(drafted).count("[1]") == 2


async def test_sections_follow_what_was_asked() -> None:
    brief = brief_of({"VACUUM": ["VACUUM FULL locks the table."], "Locks": ["A lock keeps others away from it."]})
    brief.topics = {"f1": "When it locks", "f2": "What a lock does"}
    report = await WRITER.write(brief, silent)
    assert [section.heading for section in report.sections] == ["When it locks", "What a lock does"]


async def test_the_only_part_and_what_is_beside_the_question_have_headings_of_their_own() -> None:
    brief = brief_of({"VACUUM": ["VACUUM FULL locks the table."], "Locks": ["A lock keeps others away from it."]})
    for finding, match in zip(brief.findings, (0.9, 0.9), strict=True):
        finding.match = match
    brief.topics = {"f1": "When it locks", "f2": "When it locks"}
    report = await WRITER.write(brief, silent)
    assert [section.heading for section in report.sections] == ["What the sources say"]
    brief.findings[1].match = 0.2
    report = await WRITER.write(brief, silent)
    assert [section.heading for section in report.sections] == ["What the sources say", "Further points"]
    assert [each.text for each in report.sections[1].sentences] == ["A lock keeps others away from it."]


async def test_what_another_document_surely_says_to_the_best_answer_stands_beside_it() -> None:
    brief = brief_of(
        {
            "Leaflet": ["Small fire bowls are fine in the evening."],
            "Rules": ["No open fire is allowed anywhere."],
            "Mails": ["The beamer is still with me."],
        }
    )

    async def headings(*matches: float) -> dict[str, list[str]]:
        for finding, match in zip(brief.findings, matches, strict=True):
            finding.match = finding.strength = match
        report = await WRITER.write(brief, silent)
        return {each.heading: [unit.text for unit in each.sentences] for each in report.sections}

    leaflet, rules, mails = (each.claim for each in brief.findings)
    assert await headings(0.8, 0.6, 0.5) == {"What the sources say": [leaflet, rules], "Further points": [mails]}
    assert await headings(0.8, 0.4, 0.3) == {"What the sources say": [leaflet], "Further points": [rules, mails]}
    brief.findings[1].near = True
    assert await headings(0.8, 0.6, 0.5) == {"What the sources say": [leaflet], "Further points": [rules, mails]}


async def test_what_is_only_near_stands_under_a_heading_that_says_so_and_in_no_summary() -> None:
    brief = long_brief()
    for finding in brief.findings[3:]:
        finding.near = True
    report = await WRITER.write(brief, silent)
    assert [section.heading for section in report.sections] == ["Locks held", "Near to “Their end”"]
    assert not {each.text for each in report.summary} & {each.text for each in report.sections[1].sentences}
    for finding in brief.findings:
        finding.near = True
    assert [each.heading for each in (await WRITER.write(brief, silent)).sections] == [
        "Near to “Locks held”",
        "Near to “Their end”",
    ]
    brief.topics = {}
    report = await WRITER.write(brief, silent)
    assert (report.summary, [each.heading for each in report.sections]) == ([], ["Near to the question"])
    brief.edited = ["f1"]
    assert (await WRITER.write(brief, silent)).sections[0].heading == "What the sources say"


async def test_the_strongest_statement_opens_the_report() -> None:
    brief = long_brief()
    for finding, strength in zip(brief.findings, (0.1, 0.9, 0.3, 0.4, 0.2), strict=True):
        finding.strength = strength
    brief.topics = {}
    brief.findings = brief.findings[:3]
    report = await WRITER.write(brief, silent)
    opening = [*report.summary, *report.sections[0].sentences][0]
    assert opening.text == "VACUUM FULL writes a new table file."


def quoted(kind: Kind, text: str, number: int, lead: str | None = None, offset: int = 0) -> Finding:
    place = Place(heading="Plans", offset=offset, lead=lead)
    quote = Quote(text=text, source="s1", marked=(0, len(text)), kind=kind, place=place)
    return Finding(id=f"f{number}", claim=text, strength=1 - number / 10, match=0.9, quotes=[quote])


async def written(*findings: Finding) -> tuple[list[str], str]:
    """The units of the report, and how it was drafted."""
    source = Source(id="s1", kind="library", title="Plans", uri="plans.md")
    brief = WritingBrief(question="?", findings=list(findings), sources=[source], numbers={"s1": 1})
    drafted: list[str] = []

    async def sink(section: str, text: str) -> None:
        drafted.append(text)

    report = await WRITER.write(brief, sink)
    return [each.text for section in report.sections for each in section.sentences], "".join(drafted)


async def test_rows_of_one_table_stand_together_under_its_header_in_the_order_of_the_document() -> None:
    units, draft = await written(
        quoted("row", "Team | 9 EUR", 1, "Plan | Price", 50),
        quoted("sentence", "All plans can be cancelled at any time.", 2, offset=200),
        quoted("row", "Basic | 4 EUR", 3, "Plan | Price", 20),
    )
    assert units == [
        "Basic | 4 EUR",
        "Team | 9 EUR",
        "All plans can be cancelled at any time.",
    ]
    assert "| Plan | Price |\n| --- | --- |\n| Basic | 4 EUR [1] |\n| Team | 9 EUR [1] |\n" in draft


async def test_items_of_one_list_stand_together_under_the_line_that_leads_in() -> None:
    units, draft = await written(
        quoted("item", "Saturday: 10:00 to 14:00", 1, "The library is open:", 90),
        quoted("item", "Tuesday: 9:00 to 18:00", 2, "The library is open:", 40),
    )
    assert units == ["The library is open:", "Tuesday: 9:00 to 18:00", "Saturday: 10:00 to 14:00"]
    assert "The library is open: [1]\n\n- Tuesday: 9:00 to 18:00 [1]\n- Saturday: 10:00 to 14:00 [1]" in draft


async def test_a_sentence_that_leads_into_a_list_is_said_once_with_it() -> None:
    lead = "Pick how long the lease runs:"
    units, draft = await written(
        quoted("sentence", lead, 1, offset=20),
        quoted("sentence", "A lease can be ended early.", 2, offset=200),
        quoted("item", "Short: three months", 3, lead, 60),
    )
    assert units == [lead, "Short: three months", "A lease can be ended early."]
    assert draft.count(lead) == 1


async def test_code_arrives_as_code_with_its_language_and_its_lines() -> None:
    code = "```bash\nhelmsman stop\n  --all\n```"
    units, draft = await written(quoted("code", code, 1, "To stop all of them, run:"))
    assert units == ["To stop all of them, run:", "helmsman stop\n  --all"]
    assert "To stop all of them, run: [1]\n\n```bash\nhelmsman stop\n  --all\n```\n[1]" in draft


async def test_lists_of_two_documents_are_two() -> None:
    one, other = quoted("item", "tea from Fujian", 1, "It sells:"), quoted("item", "coffee from Oaxaca", 2, "It sells:")
    other.quotes[0].source = "s2"
    sources = [Source(id=id, kind="library", title=id, uri=id) for id in ("s1", "s2")]
    brief = WritingBrief(question="?", findings=[one, other], sources=sources, numbers={"s1": 1, "s2": 2})
    report = await WRITER.write(brief, silent)
    assert [(each.text, each.citations) for each in report.sections[0].sentences] == [
        ("It sells:", [1]),
        ("tea from Fujian", [1]),
        ("It sells:", [2]),
        ("coffee from Oaxaca", [2]),
    ]


async def test_a_reworded_claim_is_written_as_worded() -> None:
    brief = brief_of({"VACUUM": ["VACUUM FULL locks the table. More follows here about the table."]})
    brief.findings[0].claim = "The table is locked by VACUUM FULL."
    brief.edited = ["f1"]
    report = await WRITER.write(brief, silent)
    assert [each.text for each in report.sections[0].sentences] == ["The table is locked by VACUUM FULL."]


LONG = {
    "VACUUM": [
        "VACUUM FULL holds a lock on the table. This lock keeps readers of the table away.",
        "VACUUM FULL writes a new table file. Space of the old table is free after that.",
        "VACUUM without FULL takes no such lock on a table. Readers go on.",
    ],
    "Locks": [
        "A lock on the table ends with the transaction. Locks of VACUUM end with it.",
        "A lock on rows keeps writers of the table away.",
    ],
}


def long_brief(**more: Any) -> WritingBrief:
    brief = brief_of(LONG, **more)
    for at, finding in enumerate(brief.findings):
        finding.strength = 0.9 - at / 10
    brief.topics = {"f1": "Locks held", "f2": "Locks held", "f3": "Locks held", "f4": "Their end", "f5": "Their end"}
    return brief


async def test_a_long_report_begins_with_the_strongest_statement_of_each_topic() -> None:
    report = await WRITER.write(long_brief(), silent)
    assert [(each.text, each.citations) for each in report.summary] == [
        ("VACUUM FULL holds a lock on the table.", [1]),
        ("This lock keeps readers of the table away.", [1]),
        ("A lock on the table ends with the transaction.", [2]),
        ("Locks of VACUUM end with it.", [2]),
    ]
    body = [each.text for section in report.sections for each in section.sentences]
    assert not {each.text for each in report.summary} & set(body), "moved, not said twice"
    assert "VACUUM FULL writes a new table file." in body
    assert [section.heading for section in report.sections] == ["Locks held", "Their end"]


async def test_a_brief_report_has_no_summary() -> None:
    report = await WRITER.write(brief_of({"VACUUM": LONG["VACUUM"][:1]}), silent)
    assert report.summary == []
    assert report.sections


@pytest.mark.parametrize("note", ["Shorter, please.", "Keep it brief", "This is for a board.", "one paragraph"])
async def test_a_note_that_asks_for_a_short_text_gets_one(note: str) -> None:
    full = await WRITER.write(long_brief(), silent)
    short = await WRITER.write(long_brief(note=note), silent)
    told = [each.text for each in [*short.summary, *(s for section in short.sections for s in section.sentences)]]
    whole = [each.text for each in [*full.summary, *(s for section in full.sections for s in section.sentences)]]
    assert len(told) * 2 <= len(whole) + 1
    assert set(told) <= set(whole)
    assert "VACUUM FULL holds a lock on the table." in told
    if "paragraph" in note:
        assert len(short.sections) == 1
        assert not short.summary


async def test_a_note_on_something_else_shortens_nothing() -> None:
    full = await WRITER.write(long_brief(), silent)
    other = await WRITER.write(long_brief(note="Mention the short lock of the table."), silent)
    assert len(other.sections) == len(full.sections)


async def test_agreeing_sources_are_all_cited_and_once_each() -> None:
    brief = brief_of(
        {
            "VACUUM": ["VACUUM FULL locks the table. This lock on the table ends with it."],
            "Locks": ["The table is locked by VACUUM FULL."],
        }
    )
    first, second = brief.findings
    first.quotes += second.quotes
    brief.findings = [first]
    drafted: list[str] = []

    async def sink(section: str, text: str) -> None:
        drafted.append(text)

    report = await WRITER.write(brief, sink)
    said = [(each.text, each.citations) for section in report.sections for each in section.sentences]
    assert said == [("VACUUM FULL locks the table.", [1, 2]), ("This lock on the table ends with it.", [1])]
    assert drafted[0] == "VACUUM FULL locks the table. [1][2] "


async def test_drafts_are_numbered_as_the_report_is() -> None:
    brief = long_brief()
    brief.numbers = {"s1": 2, "s2": 1}
    drafted: list[str] = []

    async def sink(section: str, text: str) -> None:
        drafted.append(text)

    report = await WRITER.write(brief, sink)
    assert drafted[0].endswith("[2] ")
    assert report.summary[0].citations == [2]


async def test_findings_that_contradict_each_other_stand_side_by_side_and_not_in_the_summary() -> None:
    brief = long_brief()
    for id in ("f1", "f5"):
        brief.topics[id] = "VACUUM"
    brief.conflicts = [Conflict(findings=["f1", "f5"], why="f1 denies what f5 states.")]
    report = await WRITER.write(brief, silent)
    claims = {finding.claim for finding in brief.findings}
    (part,) = [each for each in report.sections if any("VACUUM FULL holds" in unit.text for unit in each.sentences)]
    told = [unit.text for unit in part.sentences if unit.text in claims]
    assert told[:2] == ["VACUUM FULL holds a lock on the table.", "A lock on rows keeps writers of the table away."]
    assert not any("VACUUM FULL holds" in each.text for each in report.summary)


async def test_after_the_strongest_the_statements_of_its_document_follow_in_its_order() -> None:
    brief = brief_of({"VACUUM": LONG["VACUUM"], "Locks": LONG["Locks"][:1]})
    for finding, offset, strength in zip(brief.findings, (900, 500, 100, 0), (0.9, 0.3, 0.2, 0.7), strict=True):
        finding.quotes[0].place.offset = offset
        finding.strength = strength
        brief.topics[finding.id] = "Locks"
    report = await WRITER.write(brief, silent)
    told = [each.text for each in [*report.summary, *(each for part in report.sections for each in part.sentences)]]
    order = [
        next(at for at, text in enumerate(told) if text.startswith(begin))
        for begin in ("VACUUM FULL holds", "VACUUM without", "VACUUM FULL writes", "A lock on the table")
    ]
    assert order == sorted(order)


async def test_what_leans_on_a_sentence_comes_with_it_and_never_alone() -> None:
    text = "Full compaction rewrites a shelf. It needs as much space as the shelf takes. Ghent is a town."
    quote = Quote(text=text, source="s1", marked=(34, 76), place=Place(offset=0))
    assert text[34:76] == "It needs as much space as the shelf takes."
    units, _ = await written(Finding(id="f1", claim=text[34:76], quotes=[quote]))
    assert units == ["Full compaction rewrites a shelf.", "It needs as much space as the shelf takes."]


async def test_the_next_sentence_of_a_paragraph_is_told_too() -> None:
    text = "An index is built in one pass. CONCURRENTLY lets writers go on. Ghent is a town.\nBread is baked at night."
    marked = (0, text.index(" CONCURRENTLY"))
    units, _ = await written(
        Finding(id="f1", claim=text[slice(*marked)], quotes=[Quote(text=text, source="s1", marked=marked)])
    )
    assert units == ["An index is built in one pass.", "CONCURRENTLY lets writers go on."]
    last = (text.index("Ghent"), text.index("\n"))
    units, _ = await written(
        Finding(id="f1", claim="Ghent is a town.", quotes=[Quote(text=text, source="s1", marked=last)])
    )
    assert units == ["Ghent is a town."]


async def test_the_next_sentence_of_an_item_is_told_with_it() -> None:
    text = "4) We have been asked this often. A build of your own does not void it. More.\n5) Ghent is a town."
    first = text.index(" A build")
    for marked, said in (
        ((3, first), "We have been asked this often. A build of your own does not void it."),
        ((text.index("More."), text.index("\n")), "More."),
    ):
        quote = Quote(text=text, source="s1", marked=marked, kind="item", place=Place(offset=0))
        units, _ = await written(Finding(id="f1", claim=text[slice(*marked)], quotes=[quote]))
        assert units == [said]


async def test_of_what_is_not_the_best_answer_nothing_more_is_told_than_was_found() -> None:
    text = "An index is built in one pass. CONCURRENTLY lets writers go on."
    items = "- Short: three months\n- Middle: half a year\n- Long: a year\n- Open: for ever"
    sentence = Quote(text=text, source="s1", marked=(0, 30), place=Place(offset=0))
    item = Quote(
        text=items,
        source="s1",
        marked=(2, 21),
        kind="item",
        place=Place(offset=90, lead="A lease of a boat in the harbour runs for:"),
    )
    best = quoted("sentence", "A lease can be ended early.", 1, offset=200)
    near = [Finding(id=f"f{n}", claim="?", match=0.89, quotes=[each]) for n, each in ((2, sentence), (3, item))]
    units, _ = await written(best, *near)
    assert set(units) >= {"CONCURRENTLY lets writers go on.", "Long: a year"}
    for each in near:
        each.match = 0.8
    units, _ = await written(best, *near)
    assert units[1:] == [
        "An index is built in one pass.",
        "A lease of a boat in the harbour runs for:",
        "Short: three months",
    ]


async def test_what_only_points_elsewhere_does_not_follow() -> None:
    text = "There are four ways to send a parcel. This page goes through each of them."
    marked = (0, text.index(" This"))
    units, _ = await written(
        Finding(id="f1", claim=text[slice(*marked)], quotes=[Quote(text=text, source="s1", marked=marked)])
    )
    assert units == ["There are four ways to send a parcel."]


async def test_a_sentence_that_only_introduces_what_is_not_told_is_left_out() -> None:
    text = "Good to know: It locks the shelf until it ends. Ghent is a town. The steps are:"
    quote = Quote(text=text, source="s1", marked=(0, len(text)), place=Place(offset=0))
    units, _ = await written(Finding(id="f1", claim=text, quotes=[quote]))
    assert units
    assert not any(unit.endswith(":") for unit in units)
    assert "Ghent is a town." in units


def placed(text: str, mark: str, number: int, offset: int, match: float, heading: str = "Fire") -> Finding:
    start = text.index(mark)
    place = Place(heading=heading, offset=offset)
    quote = Quote(text=text, source="s1", marked=(start, start + len(mark)), place=place)
    return Finding(id=f"f{number}", claim=mark, strength=match, match=match, quotes=[quote])


async def told_of(*findings: Finding) -> list[tuple[str, list[str]]]:
    source = Source(id="s1", kind="library", title="Drum", uri="drum.md")
    brief = WritingBrief(question="What do I do?", findings=list(findings), sources=[source], numbers={"s1": 1})
    report = await WRITER.write(brief, silent)
    return [(each.heading, [unit.text for unit in each.sentences]) for each in report.sections]


async def test_the_steps_right_beside_the_strongest_stay_with_it_in_their_order() -> None:
    steps = ["Do not open the door.", "Turn off the burner.", "Repeat it if need be."]
    text = " ".join(steps)
    first, second, third = (
        placed(step, step, at + 1, 100 + text.index(step), match)
        for at, (step, match) in enumerate(zip(steps, (0.9, 0.4, 0.3), strict=True))
    )
    other = placed("The gap is set to 1 mm.", "The gap is set to 1 mm.", 4, 20, 0.45, "Gap")
    assert await told_of(third, other, first, second) == [
        ("What the sources say", steps),
        ("Further points", ["The gap is set to 1 mm."]),
    ]


async def test_what_is_short_leaves_the_question_out_rather_than_the_answer() -> None:
    text = "Miles earned on trips may be used privately. The company pays the tax."
    finding = placed(text, text[:44], 1, 0, 0.9, "Travel › Can I keep my miles?")
    assert text[:44].endswith("privately.")
    for note, said in (("", ["Can I keep my miles?", text[:44], text[45:]]), ("in one sentence", [text[:44]])):
        source = Source(id="s1", kind="library", title="Drum", uri="drum.md")
        brief = WritingBrief(question="Flights?", findings=[finding], sources=[source], numbers={"s1": 1}, note=note)
        report = await WRITER.write(brief, silent)
        assert [unit.text for section in report.sections for unit in section.sentences] == said


async def test_a_short_answer_is_told_with_what_explains_it() -> None:
    text = "Not permanently. You may sleep aboard for 120 nights."
    told = "You may sleep aboard for 120 nights."
    assert await told_of(placed(text, told, 1, 0, 0.9, "Nights › May I live there?")) == [
        ("What the sources say", ["May I live there?", "Not permanently.", told])
    ]
    assert await told_of(placed(text.replace("Not permanently", "Thanks"), told, 1, 0, 0.9, "Re: Nights")) == [
        ("What the sources say", [told])
    ]


async def test_what_stands_on_a_line_of_its_own_is_not_drawn_in() -> None:
    text = "Do not open the door.\n\nThe shelf is new."
    first = placed(text, "Do not open the door.", 1, 0, 0.9)
    other = placed(text, "The shelf is new.", 2, 0, 0.4)
    assert [heading for heading, _ in await told_of(first, other)] == ["What the sources say", "Further points"]


async def test_what_held_once_stands_apart_from_what_holds() -> None:
    brief = brief_of({"VACUUM": LONG["VACUUM"], "Locks": LONG["Locks"][:1]})
    brief.topics = dict.fromkeys((finding.id for finding in brief.findings), "VACUUM")
    old = brief.findings[-1].quotes[0].source
    for source in brief.sources:
        source.superseded = source.id == old
    report = await WRITER.write(brief, silent)
    last = report.sections[-1]
    assert last.heading == "From superseded documents"
    assert [brief.findings[-1].claim] == [unit.text for unit in last.sentences]
    assert not any(brief.findings[-1].claim in unit.text for unit in report.summary)
    for source in brief.sources:
        source.superseded = True
    report = await WRITER.write(brief, silent)
    assert [section.heading for section in report.sections] == ["From superseded documents"]
    brief.question = "What did VACUUM lock in 2019?"
    report = await WRITER.write(brief, silent)
    assert "From superseded documents" not in [section.heading for section in report.sections]


async def test_steps_right_below_what_answers_are_told_with_it_all_of_them_in_their_order() -> None:
    text = "1. Switch it off.\n2. Open the flap.\n3. Pull out the hose.\n4. Turn the filter."
    begin = text.index("Turn")
    above = placed("Clean the filter at home.", "Clean the filter at home.", 1, 100, 0.9)
    step = Finding(
        id="f2",
        claim="Turn the filter.",
        match=0.5,
        strength=0.3,
        quotes=[
            Quote(text=text, source="s1", kind="item", marked=(begin, begin + 16), place=Place(offset=100 + 25 + 2))
        ],
    )
    assert await told_of(above, step) == [
        (
            "What the sources say",
            ["Clean the filter at home.", "Switch it off.", "Open the flap.", "Pull out the hose.", "Turn the filter."],
        )
    ]


async def test_a_numbered_heading_that_leads_into_numbered_items_is_none_of_them_and_nothing_is_told_twice() -> None:
    text = "1) Lock the store at night.\n2) Train the staff.\n3) Turn the filter. At once.\n4) Ask for it in writing."
    begin = text.index("Turn")
    step = Finding(
        id="f1",
        claim="Turn the filter.",
        match=0.9,
        strength=0.9,
        quotes=[
            Quote(
                text=text,
                source="s1",
                kind="item",
                marked=(begin, begin + 16),
                place=Place(offset=100, lead="5. Measures recommended"),
            )
        ],
    )
    [(_, said)] = await told_of(step)
    assert said[0] == "5. Measures recommended"
    assert said[1:] == [
        "Lock the store at night.",
        "Train the staff.",
        "Turn the filter. At once.",
        "Ask for it in writing.",
    ]
