"""What words tell beside a model's text."""

from sayso.protocol.report import Block, Section, Sentence
from sayso.report.completing import with_further, with_untold
from sayso.writers.port import DraftReport


def units(*texts: str) -> list[Sentence]:
    return [Sentence(text=text, citations=[1]) for text in texts]


def draft(*sections: Section) -> DraftReport:
    return DraftReport(title="Kilns", sections=list(sections))


def test_what_a_summary_tells_is_told_under_the_first_heading_once() -> None:
    told = draft(Section(heading="Heat", sentences=units("It glows.")))
    untold = draft(
        Section(heading="Heat", sentences=units("It cools.")), Section(heading="Rest", sentences=units("Ash."))
    )
    untold.summary = units("It burns.")
    found = with_untold(told, untold, {})
    assert [(each.heading, [unit.text for unit in each.sentences]) for each in found.sections] == [
        ("Heat", ["It glows.", "It burns.", "It cools."]),
        ("Rest", ["Ash."]),
    ]


def test_what_goes_on_stands_behind_its_sentence_in_its_block_and_once() -> None:
    section = Section(
        heading="Heat",
        sentences=units("It glows.", "These are the steps:", "Light it.", "It burns."),
        blocks=[
            Block(kind="paragraph", units=[0]),
            Block(kind="list", lead=1, units=[2]),
            Block(kind="paragraph", units=[3]),
        ],
    )
    more = {"It glows.": units("Then it fades.", "It burns."), "Light it.": units("Never.")}
    (found,) = with_further(draft(section), more).sections
    assert [unit.text for unit in found.sentences] == [
        "It glows.",
        "Then it fades.",
        "These are the steps:",
        "Light it.",
        "It burns.",
    ]
    assert [(block.kind, block.lead, block.units) for block in found.blocks] == [
        ("paragraph", None, [0, 1]),
        ("list", 2, [3]),
        ("paragraph", None, [4]),
    ]
