"""A wording in the language of the question, of a quote in another one: what may be a translation, and what may not."""

import pytest

from sayso.exports.markdown import report_markdown
from sayso.exports.wording import marked
from sayso.gate.check import Checked, check
from sayso.gate.claimed import claim_and_mark
from sayso.protocol.evidence import Finding, Mark, Quote, Source
from sayso.protocol.report import Report, Section, Sentence
from sayso.writers.port import DraftReport, WritingBrief

ENGLISH = (
    "VACUUM FULL rewrites the entire contents of the table into a new disk file. It does not release the lock before "
    "30 seconds have passed. The guild of Hallam was founded in March 1744 with 1,200 members and twelve wardens."
)
GERMAN = (
    "Die Fähre nach Orrin fährt im Winter nicht, wenn das Eis dicker als 20 cm ist. Sie trägt zwölf Karren und kostet "
    "drei Kronen."
)
REWRITES = "VACUUM FULL schreibt den gesamten Inhalt der Tabelle in eine neue Datei auf der Platte."


def brief(question: str, quote: str, language: str = "") -> WritingBrief:
    return WritingBrief(
        question=question,
        language=language,
        findings=[Finding(id="f1", claim="-", quotes=[Quote(text=quote, source="s1")])],
        sources=[Source(id="s1", kind="library", title="Manual", uri="m.md")],
        numbers={"s1": 1},
    )


def said(text: str, question: str = "Was macht VACUUM FULL mit der Tabelle?", quote: str = ENGLISH) -> Checked:
    section = Section(heading="", sentences=[Sentence(text=text, citations=[1])])
    return check(DraftReport(title="", sections=[section]), brief(question, quote))


def unit(checked: Checked) -> Sentence:
    return checked.sections[0].sentences[0]


@pytest.mark.parametrize(
    ("text", "original"),
    [
        (REWRITES, "VACUUM FULL rewrites the entire contents of the table into a new disk file."),
        ("Sie gibt die Sperre nicht frei, bevor 30 Sekunden vergangen sind.", "It does not release the lock before 30"),
        (
            "Die Gilde von Hallam wurde im März 1744 mit 1.200 Mitgliedern und 12 Vorstehern gegründet.",
            "The guild of Hallam was founded in March 1744",
        ),
    ],
)
def test_a_translation_is_marked_as_one_and_stands_beside_its_quote(text: str, original: str) -> None:
    result = said(text)
    told = unit(result)
    assert (told.text, told.mark, told.supported) == (text, Mark.TRANSLATED, False)
    assert told.original.startswith(original)
    assert told.original in ENGLISH
    assert (result.gate.translated, result.gate.supported, result.gate.quoted, result.gate.same) == (1, 0, 0, 0)
    assert marked(told) == f"(translated, meaning not checked; in its source: “{told.original}”)"
    assert marked(told.model_copy(update={"judged": True})).startswith("(translated, judged by a model;")


def test_it_goes_the_other_way_too() -> None:
    text = "In winter the ferry to Orrin does not run if the ice is thicker than 20 cm."
    told = unit(said(text, "When does the ferry run?", GERMAN))
    assert (told.mark, told.original) == (Mark.TRANSLATED, GERMAN.split(". ")[0] + ".")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Sie gibt die Sperre nicht frei, bevor 90 Sekunden vergangen sind.", "figure"),
        ("Sie gibt die Sperre nicht frei, bevor 30 Minuten vergangen sind.", "unit"),
        ("Sie gibt die Sperre frei, bevor 30 Sekunden vergangen sind.", "negation"),
        ("VACUUM FULL schreibt den Inhalt der Tabelle niemals in eine neue Datei auf der Platte.", "negation"),
        ("CLUSTER schreibt den gesamten Inhalt der Tabelle in eine neue Datei auf der Platte.", "name"),
        ("Der Befehl schreibt den gesamten Inhalt der Tabelle in eine neue Datei auf der Platte.", "name left out"),
        ("Die Gilde von Hallam wurde im März 1744 mit 1.200 Mitgliedern und 13 Vorstehern gegründet.", "figure"),
        ("Die Gilde wurde im März 1744 mit 1.200 Mitgliedern und zwölf Vorstehern gegründet.", "name left out"),
        ("VACUUM FULL.", "no sentence"),
        ("VACUUM FULL tabulam totam denuo in novum disci librum scribit et seram exclusivam postulat.", "Latin"),
        ("VACUUM FULL rewrites all of the old contents of every table into one new file on disk.", "English"),
        ("VACUUM FULL réécrit le contenu entier de la table dans un nouveau fichier sur le disque.", "French"),
        (REWRITES * 4, "length"),
    ],
)
def test_what_does_not_agree_gives_way_to_the_quote_in_its_own_language(text: str, why: str) -> None:
    result = said(text)
    told = unit(result)
    assert told.mark is Mark.QUOTED, why
    assert told.text in ENGLISH
    assert [each.text for each in result.changed] == [text]


def test_the_quote_that_takes_its_place_is_the_one_it_tells_of() -> None:
    told = unit(said("Die Gilde von Hallam wurde im Mai 1744 mit 1.200 Mitgliedern und 12 Vorstehern gegründet."))
    assert told.text.startswith("The guild of Hallam")


LATIN = [
    "Tabula tota denuo in novum librum scribitur et sera exclusiva postulatur.",
    "Lectores exspectant donec sera solvatur et mandatum finem habet.",
    "Mensa plena trecentos quadraginta litras muriae capit et in horreo manet.",
    "Navis hieme non currit si glacies crassior est et in portu manet.",
    "Omnes mercatores per flumen cum carris suis transire possunt.",
]


@pytest.mark.parametrize(
    "question",
    [
        "Was steht in der Tabelle?",
        "When does the ferry run?",
        "¿Cuándo sale el barco?",
        "Quando parte il traghetto?",
        "Quand part le bateau ?",
        "Quando sai o barco?",
        "Wanneer vaart de boot naar de stad?",
    ],
)
@pytest.mark.parametrize("text", LATIN)
def test_latin_gets_nothing_through_whatever_is_asked(question: str, text: str) -> None:
    for quote in ("The table is written anew into a new file and takes a lock.", "Die Leser warten auf das Schloss."):
        assert unit(said(text, question, quote)).mark is Mark.QUOTED


def test_nothing_in_the_language_of_its_quote_is_a_translation() -> None:
    row = "Berta | 12 carts | 55 minutes"
    for text in ("Berta | 12 carts | 40 minutes", "Berta crosses with 12 carts in under 55 minutes."):
        assert unit(said(text, "Which boat crosses the river?", row)).mark is Mark.QUOTED
    wrong = "VACUUM FULL rewrites the entire contents of the table into an old disk file."
    assert unit(said(wrong, "What does VACUUM FULL do?")).mark is Mark.QUOTED


def test_a_translation_cites_what_it_is_one_of_and_nothing_else() -> None:
    evidence = brief("Was macht VACUUM FULL?", ENGLISH)
    other = Finding(id="f2", claim="-", quotes=[Quote(text="The moon is far from here and it is cold.", source="s1")])
    evidence.findings.append(other)
    draft = DraftReport(title="", sections=[Section(heading="", sentences=[Sentence(text=REWRITES, citations=[1])])])
    cited = unit(check(draft, evidence)).cited
    assert [(each.n, each.findings) for each in cited] == [(1, ["f1"])]


def test_the_language_may_be_asked_for() -> None:
    draft = DraftReport(title="", sections=[Section(heading="", sentences=[Sentence(text=REWRITES, citations=[1])])])
    assert unit(check(draft, brief("What does VACUUM FULL do?", ENGLISH, "de"))).mark is Mark.TRANSLATED
    assert unit(check(draft, brief("What does VACUUM FULL do?", ENGLISH))).mark is Mark.QUOTED


def test_a_claim_is_a_translation_by_the_same_rule() -> None:
    quote = Quote(text=ENGLISH, source="s1", marked=(0, ENGLISH.index(" It does")))
    assert claim_and_mark(REWRITES, quote, "de") == (REWRITES, Mark.TRANSLATED)
    twisted = REWRITES.replace("schreibt den", "schreibt nie den")
    assert claim_and_mark(twisted, quote, "de") == (ENGLISH[: ENGLISH.index(" It does")], Mark.QUOTED)
    assert claim_and_mark(REWRITES, quote)[1] is Mark.QUOTED


def test_files_say_what_is_translated() -> None:
    result = said(REWRITES)
    report = Report(
        title="Tabelle",
        question="Was?",
        writer="llm",
        sections=result.sections,
        sources=result.sources,
        gate=result.gate,
    )
    text = report_markdown(report)
    assert "(translated, meaning not checked; in its source: “VACUUM FULL rewrites the entire contents" in text
    assert "1 sentence: 1 translated" in text
