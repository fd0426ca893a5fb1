"""Conflicts of sentences in their documents: by kind, and what looks like them."""

import time

import pytest

from sayso.gate.conflicts import conflicts
from sayso.protocol.evidence import Source
from support.marked import between, finding

FIGURES = [
    ("The Kestrel ferry was built in Gdansk. [[It is 92 metres long.]]", "[[The Kestrel ferry is 104 metres long.]]"),
    ("Harlow Mill makes flour. [[It employs 48 people.]]", "[[The mill at Harlow has 73 employees.]]"),
    (
        "[[The lease runs for 5 years.]] It began in May.",
        "We signed. [[The lease runs for 7 years.]] The lease began in May.",
    ),
    ("[[A season ticket costs 310 euros.]]", "[[The price of a season ticket is 345 euros.]]"),
    ("Lake Ister is cold. [[It is 61 metres deep.]]", "[[Lake Ister has a depth of 48 metres.]]"),
    ("[[The Nomad tent weighs 2.4 kg.]]", "[[The weight of the Nomad tent is 3.1 kg.]]"),
    ("[[The kiln reaches 1,260 degrees.]]", "The kiln is new. [[The kiln reaches 1,180 degrees Celsius.]]"),
    ("The cores have a shared buffer. [[The buffer holds 4 MB.]]", "[[The shared buffer holds 16 MB.]]"),
    ("[[The town of Ostrava Nova has a population of 8,412.]]", "[[Ostrava Nova has 9,730 inhabitants.]]"),
    (
        "[[Membership costs twenty pounds a month.]] Pay at the club.",
        "Our club is old. [[Membership costs £25 per month.]]",
    ),
    (
        "[[The choir has thirty-two members.]] The choir sings in Latin.",
        "[[The choir, which sings in Latin, has 41 members.]]",
    ),
]
DATES = [
    ("The Rask bridge is of iron. [[It was built in 1884.]]", "[[The Rask bridge was built in 1891.]]"),
    ("[[The Ardent festival begins on 3 June.]]", "[[The Ardent festival starts on 10 June.]]"),
    ("[[Applications for the prize are due on 31 March.]]", "[[Applications for the prize are due on 15 April.]]"),
    ("Ilse Brandt was a painter. [[She died in 1946.]]", "[[Ilse Brandt died in 1949.]]"),
    ("[[Moraine 3 was released on 4 May 2020.]]", "[[The release of Moraine 3 was on 9 June 2020.]]"),
    ("[[The last ferry to Brae leaves at 21:30.]]", "[[The last ferry to Brae leaves at 22:15.]]"),
]
CONTRADICTIONS = [
    ("[[The brakes of the tram passed the test.]]", "[[The brakes of the tram failed the test.]]"),
    ("[[The audit of the bakery was successful.]]", "[[The bakery's audit was unsuccessful.]]"),
    (
        "[[The concert on 8 July will take place.]] The concert is free.",
        "[[The concert on 8 July has been called off.]]",
    ),
    (
        "[[The new lab opens in May.]] It is in Lund.",
        "Lund has news. [[The opening of the new lab in May was postponed.]]",
    ),
    ("[[The council approved the plan for the marina.]]", "[[The council voted down the plan for the marina.]]"),
    ("[[The budget of the club was accepted.]] A vote was held.", "[[The club's budget was rejected.]]"),
    ("[[The Lumen 4 lamp is still in stock.]]", "[[The Lumen 4 lamp is no longer made.]]"),
    ("[[The Tarn kettle is available in red.]]", "[[The Tarn kettle has been discontinued.]]"),
    (
        "Bikes fill the Norton line. [[Bicycles are permitted on the trains.]]",
        "[[Bicycles are banned from all trains.]] Norton rules.",
    ),
    ("[[The soap contains palm oil.]] Larch soap is mild.", "Larch is a maker. [[The soap is free of palm oil.]]"),
    ("The Dray pump is green. [[The pump is waterproof.]]", "[[The Dray pump is not waterproof.]]"),
    ("[[The cellar at Inver was never flooded.]]", "[[The cellar at Inver was flooded.]]"),
    ("[[The mill at Orr is open to visitors.]]", "[[The mill at Orr is closed to visitors.]]"),
]
HARMLESS = [
    # Other units, ranges that meet, bounds and roundings.
    ("[[The Kestrel ferry is 92 metres long.]]", "[[The Kestrel ferry is 302 feet long.]]"),
    ("[[The Nomad tent weighs 2.4 kg.]]", "[[The Nomad tent weighs 2,400 g.]]"),
    ("[[The lease runs for 2 years.]] A lease.", "A lease. [[The lease runs for 24 months.]]"),
    ("[[The kiln takes 6 to 9 hours to cool.]]", "[[The kiln takes 8 to 11 hours to cool.]]"),
    ("[[The choir has at least 30 members.]] The choir sings.", "The choir sings. [[The choir has 41 members.]]"),
    ("[[The choir has about 400 members.]] The choir sings.", "The choir sings. [[The choir has 412 members.]]"),
    ("[[Ostrava Nova has 1.2 million inhabitants.]]", "[[Ostrava Nova has 1,187,400 inhabitants.]]"),
    ("[[Ostrava Nova has more than 8,000 inhabitants.]]", "[[Ostrava Nova has 8,412 inhabitants.]]"),
    ("[[The hike takes almost two hours.]] A hike.", "A hike. [[The hike takes 1 hour and 50 minutes.]]"),
    ("[[The bridge was opened in May 1884.]] The Rask.", "The Rask. [[The bridge was opened on 3 May 1884.]]"),
    # Another thing, time or place.
    ("[[The old wing has 12 beds.]] A ward.", "A ward. [[The new wing has 30 beds.]]"),
    ("[[The ferry is 92 metres long.]] In the port.", "In the port. [[The tug is 31 metres long.]]"),
    ("[[Model K2 weighs 3 kg.]]", "[[Model K3 weighs 4 kg.]]"),
    ("[[In 2019 the club had 200 members.]]", "[[In 2023 the club had 340 members.]]"),
    ("[[On Monday the market closes at 13:00.]]", "[[On Friday the market closes at 18:00.]]"),
    ("[[In Bergen a ticket costs 40 kronor.]]", "[[In Oslo a ticket costs 44 kronor.]]"),
    ("[[The door is 2 metres high.]]", "[[The door is 1 metre wide.]]"),
    ("[[The shop opens at 9:00.]] Our shop.", "Our shop. [[The shop closes at 18:00.]]"),
    ("[[A ticket costs 12 euros.]] Museum of Orr.", "Museum of Orr. [[For students a ticket costs 7 euros.]]"),
    ("[[The orchestra has 80 players.]]", "[[The orchestra has 80 players. Of these, 14 play the cello.]]"),
    ("[[The north tower passed the test.]]", "[[The south tower failed the test.]]"),
    ("[[The concert in Lund was cancelled.]]", "[[The concert in Malmö took place.]]"),
    ("[[In 2019 the marina was approved.]]", "[[In 2012 the marina was rejected.]]"),
    ("[[The plan for the marina was approved.]]", "[[The plan for the hotel was rejected.]]"),
    # Another case, or no claim.
    ("[[Bicycles are allowed on the trains.]]", "[[Bicycles are not allowed on the trains before 9:00.]]"),
    ("[[If the lamp is red, the door is locked.]]", "[[If the lamp is green, the door is not locked.]]"),
    ("[[The cellar at Inver may flood.]]", "[[The cellar at Inver did not flood.]]"),
    ("[[The marina was expected to cost 10 million euros.]]", "[[The marina cost 14 million euros.]]"),
    ("[[If the tank is full and a red lamp is lit, ring.]]", "[[If the tank is full and no red lamp is lit, wait.]]"),
    ("[[The result of the Orr test is blue, not false.]]", "[[The result of the Orr test is blue, not true.]]"),
    ("[[The lamp flag was set to true by Orr.]]", "[[The lamp flag, which Orr reads, can be set to false by Orr.]]"),
    ("[[Example: set lamp_level to 5.]]", "[[Example: set lamp_level to 9.]]"),
    ('[[{"name": "Orr", "open": true} = open]]', '[[{"name": "Orr", "open": false} = closed]]'),
    ("[[The Orr lamp (5 watts of power) is red.]]", "[[The Orr lamp (9 watts of power) is red.]]"),
    ("[[Will not open the Orr gate.]]", "[[Will open the Orr gate.]]"),
    ("[[Is the pump waterproof?]] The Dray pump.", "[[The Dray pump is not waterproof.]]"),
    ("[[The pump is not only cheap but waterproof.]]", "[[The pump is cheap but waterproof.]]"),
    ("[[The price rose by 12 %.]] Wheat.", "Wheat. [[The price is 12 euros.]]"),
    ("[[Some of the pumps are waterproof.]]", "[[The pumps are not waterproof.]]"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), FIGURES + DATES)
@pytest.mark.parametrize("same", [False, True])
def test_figures_for_one_thing_that_have_no_value_in_common(one: str, other: str, same: bool) -> None:
    (conflict,) = between(one, other, same=same)
    assert (conflict.grade, conflict.findings) == ("figures_differ", ["f1", "f2"])
    assert between(other, one, same=same)[0].grade == "figures_differ"


@pytest.mark.parametrize(("one", "other"), CONTRADICTIONS)
@pytest.mark.parametrize("same", [False, True])
def test_opposite_states_of_one_thing(one: str, other: str, same: bool) -> None:
    (conflict,) = between(one, other, same=same)
    assert (conflict.grade, conflict.findings) == ("contradiction", ["f1", "f2"])
    assert between(other, one, same=same)[0].grade == "contradiction"


@pytest.mark.parametrize(("one", "other"), HARMLESS)
@pytest.mark.parametrize("same", [False, True])
def test_what_both_can_be_right_is_no_conflict(one: str, other: str, same: bool) -> None:
    assert between(one, other, same=same) == []
    assert between(other, one, same=same) == []


def test_one_word_in_common_is_not_enough_where_the_documents_are_about_different_things() -> None:
    norton, ashby = "Norton runs trains. [[The fare is 3 euros.]]", "Ashby runs trams. [[The fare is 4 euros.]]"
    assert between(norton, ashby) == []
    assert between(norton, ashby.replace("Ashby runs trams", "Norton runs trains too")) != []


def test_what_stands_under_different_headings_of_one_document_is_no_conflict() -> None:
    one, other = "[[The plan costs 5 euros.]]", "[[The plan costs 9 euros.]]"
    assert between(one, other, same=True, headings=("Plans › Basic", "Plans › Basic")) != []
    assert between(one, other, same=True, headings=("Plans › Basic", "Plans › Premium")) == []


def test_a_claim_is_held_against_what_stands_around_another_one() -> None:
    one = "[[The Kestrel ferry is 92 metres long.]] It is red."
    other = "The Kestrel ferry is 104 metres long. [[It sails to Brae.]]"
    (conflict,) = between(one, other)
    assert conflict.why == "f1 says 92 metres, the quote of f2 says 104 metres."
    # What neither finding claims is for neither to answer for.
    assert between(one.replace("[[", "").replace("]]", "").replace("It is red.", "[[It is red.]]"), other) == []


def test_what_another_finding_claims_is_held_against_that_one() -> None:
    text = "The Kestrel ferry is 104 metres long. It sails to Brae."
    findings = [
        finding("f1", "s1", "[[The Kestrel ferry is 92 metres long.]]"),
        finding(
            "f2",
            "s2",
            text.replace("The Kestrel ferry is 104 metres long.", "[[The Kestrel ferry is 104 metres long.]]"),
        ),
        finding("f3", "s2", text.replace("It sails to Brae.", "[[It sails to Brae.]]")),
    ]
    sources = [Source(id=f"s{n}", kind="library", title="Notes", uri=f"{n}.md") for n in (1, 2)]
    assert [each.findings for each in conflicts(findings, sources)] == [["f1", "f2"]]


def test_ten_findings_are_compared_at_once() -> None:
    texts = [each for pair in FIGURES[:5] for each in pair]
    sources = [Source(id=f"s{n}", kind="library", title="Notes", uri=f"{n}.md") for n in range(10)]
    findings = [finding(f"f{n}", f"s{n}", text) for n, text in enumerate(texts)]
    conflicts(findings, sources)
    times = []
    for _ in range(5):
        begun = time.process_time()
        assert len(conflicts(findings, sources)) == 5
        times.append(time.process_time() - begun)
    assert min(times) < 0.05
