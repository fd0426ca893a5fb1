"""What all formats have in common: they say everything, nothing in a text breaks them, and nothing gets lost."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from exports.hostile import hostile_text
from exports.reading import docx_text, flat, html_text, pdf, pdf_text
from exports.reports import AT, SAID, full, hostile_reports, many, nothing, texts
from sayso.exports.formats import FORMATS, ascii_name, file_name
from sayso.exports.wording import CHANGED, MARKS
from sayso.protocol.evidence import Mark, Rewording
from sayso.protocol.report import ChangedUnit, Gate, Report, Section, Sentence

READ: dict[str, Callable[[bytes], str]] = {
    "md": lambda data: data.decode().replace("\\", "").replace("**", "").replace("> ", ""),
    "html": html_text,
    "docx": docx_text,
    "pdf": pdf_text,
}
"""Text of each format for readers."""
ORDERED = [
    "VACUUM FULL and its lock",
    "2 sentences, all supported",
    "The table is locked.",
    "What it locks",
    "They disagree on the lock.",
    "No evidence on maintenance windows",
    "dated 2024-05-17",
    "It is always fast.",
    "Claims reworded before approval",
    "Reworded by Grace; it was: “It takes a lock.”",
    "Approved, not used",
    "The writer did not use it.",
    "Searched for: table lock",
]
"""What readers find in this order."""
thorough = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def read(report: Report, name: str) -> str:
    return flat(READ[name](FORMATS[name].render(report)))


@pytest.mark.parametrize("name", READ)
def test_every_format_says_everything(name: str) -> None:
    found = read(full(), name)
    assert [each for each in SAID if flat(each) not in found] == []


@pytest.mark.parametrize("name", READ)
def test_dropped_findings_are_a_figure_and_evidence_is_not_called_a_report(name: str) -> None:
    report = full()
    only_evidence = report.model_copy(update={"approvals": report.approvals[:1]})
    found = read(only_evidence, name)
    assert "f777" not in found
    assert flat("Report approved") not in found
    assert flat("Report approved") in read(report, name)


def marked() -> Report:
    """`full` with a unit of each mark, and one that was changed."""
    report = full()
    told = [
        Sentence(text=f"Unit {mark} stands.", citations=[1], mark=mark, confirmed_by="Grace" * (mark == "confirmed"))
        for mark in Mark
    ]
    lead = Sentence(text="These are the units:", citations=[])
    return report.model_copy(
        update={
            "summary": [],
            "summary_blocks": [],
            "sections": [Section(heading="Marks", sentences=[lead, *told])],
            "changed": [ChangedUnit(unit="u1", text="A wording of the draft.", why="It says “may”.")],
            "gate": Gate(sentences=4, supported=2, quoted=1, same=1, reworded=1, confirmed=1, replaced=1),
        }
    )


@pytest.mark.parametrize("name", READ)
def test_every_format_says_the_marks_and_what_was_changed_in_words(name: str) -> None:
    found = read(marked(), name)
    for mark, said in (("same", "(same)"), ("reworded", "(reworded)"), ("confirmed", "(confirmed by Grace)")):
        assert re.search(f"{flat(f'Unit {mark} stands.')}(?:\\[1\\]|1)?{re.escape(flat(said))}", found), said
    assert flat("Unit quoted stands.") in found
    assert f"{flat('Unit quoted stands.')}[1](" not in found
    assert flat("These are the units:(") not in found
    all_said = ["4 sentences: 1 quoted, 1 same, 1 reworded, 1 confirmed", "1 changed by the check", MARKS, CHANGED]
    all_said += ["1 unit of the draft gave way to its quote.", "A wording of the draft.", "(It says “may”.)"]
    assert [each for each in all_said if flat(each).strip("()") not in found] == []


@pytest.mark.parametrize("name", READ)
@pytest.mark.parametrize(("verified", "doubt"), [(False, " (name not verified)"), (True, ""), (None, "")])
def test_every_name_that_nobody_verified_says_so(name: str, verified: bool | None, doubt: str) -> None:
    """Of approvals, rewordings and confirmed wordings; a file is read where nobody knows how people sign in."""
    report = marked()
    signed = {"by": "Grace", "verified": verified}
    unit = Sentence(text="It stands.", citations=[1], mark=Mark.CONFIRMED, confirmed_by="Grace")
    unit = unit.model_copy(update={"confirmed_verified": verified})
    reworded = Rewording(by="Grace", verified=verified, at=AT, was="It takes a lock.")
    report = report.model_copy(
        update={
            "approvals": [each.model_copy(update=signed) for each in report.approvals],
            "findings": [report.findings[0].model_copy(update={"reworded": reworded}), *report.findings[1:]],
            "sections": [Section(heading="Marks", sentences=[unit])],
        }
    )
    found = read(report, name)
    for said in ("Evidence approved by Grace", "Report approved by Grace", "Reworded by Grace", "(confirmed by Grace"):
        assert re.search(f"{re.escape(flat(f'{said}{doubt}'))}[^(]", found), said
    assert found.count(flat("name not verified")) == (4 if doubt else 0)


def test_json_is_the_record_of_marks_and_changes() -> None:
    stored = Report.model_validate_json(FORMATS["json"].render(marked()))
    assert [each.mark for each in stored.sections[0].sentences] == [None, *Mark]
    assert stored.changed == marked().changed


@pytest.mark.parametrize("name", READ)
def test_a_report_of_0_1_0_says_nothing_of_marks(name: str) -> None:
    found = read(full(), name)
    assert flat("Marks:") not in found
    assert flat(CHANGED) not in found


@pytest.mark.parametrize("name", READ)
def test_a_question_that_is_the_title_is_said_once(name: str) -> None:
    report = Report(title="Is it so", question="Is it so?", writer="extractive", sections=[], sources=[])
    assert read(report, name).count(flat("Is it so")) == 1


@pytest.mark.parametrize("name", READ)
def test_how_much_of_what_was_approved_is_used_and_how_far_the_record_had_come(name: str) -> None:
    found = read(full(), name)
    assert flat("1 of 2 approved findings used") in found
    assert flat(f"Record: 5 links before this report, head {'ab' * 32}.") in found
    report = full().model_copy(update={"unused": [], "record": None})
    assert [each for each in ("findings used", "Record:", "not used") if flat(each) in read(report, name)] == []


@pytest.mark.parametrize("name", READ)
def test_a_note_to_the_writer_is_shown_only_if_its_author_says_so(name: str) -> None:
    report = full()
    assert flat("Be brief.") in read(report, name)
    quiet = [each.model_copy(update={"show_note": False}) for each in report.approvals]
    found = read(report.model_copy(update={"approvals": quiet}), name)
    assert flat("Be brief.") not in found
    assert flat("Asked of the writer") not in found


@pytest.mark.parametrize("name", READ)
def test_where_nothing_was_approved_nothing_says_that_something_was(name: str) -> None:
    approvals = [each.model_copy(update={"kept": []}) for each in full().approvals]
    found = read(nothing().model_copy(update={"approvals": approvals}), name)
    assert flat("No evidence was approved. Closed by Grace, 2026-11-22 14:06 UTC.") in found
    assert [each for each in ("Evidence approved", "Report approved", "approved by") if flat(each) in found] == []
    assert flat("No evidence was approved.") in read(nothing(), name)


@pytest.mark.parametrize("name", FORMATS)
def test_a_report_in_which_nothing_was_found(name: str) -> None:
    data = FORMATS[name].render(nothing())
    assert len(data) > 80
    if name in READ:
        found = flat(READ[name](data))
        assert [each for each in ("0 sentences", "0 of 0", "0 sources", "supported") if flat(each) in found] == []


@pytest.mark.parametrize("name", READ)
@pytest.mark.parametrize("by", ["", "someone"])
def test_who_gave_no_name_is_called_nobody(name: str, by: str) -> None:
    report = full()
    unnamed = report.model_copy(update={"approvals": [each.model_copy(update={"by": by}) for each in report.approvals]})
    found = read(unnamed, name)
    assert flat("Evidence approved, no name given") in found
    assert flat("Report approved, no name given") in found
    assert "someone" not in found


@pytest.mark.parametrize("name", READ)
def test_an_empty_approval_has_no_figure(name: str) -> None:
    report = full()
    empty = report.approvals[0].model_copy(update={"kept": [], "dropped": []})
    assert flat("2026-11-22 14:06 UTC: round 2") in read(report.model_copy(update={"approvals": [empty]}), name)


def test_the_formats_use_the_same_words() -> None:
    """Word for word, in order: what one format says of a report, the others say, but for what only lays it out."""
    report = full()
    words = [each for each in SAID if flat(each) in read(report, "md")]
    assert words == SAID
    orders = {name: [read(report, name).index(flat(each)) for each in ORDERED] for name in READ}
    assert {name: places == sorted(places) for name, places in orders.items()} == dict.fromkeys(READ, True)
    for name in READ:
        assert flat("Asked of the writer: Be brief.") in read(report, name).replace("“", "").replace("”", "")


def as_then(now: Any, then: Any) -> Any:
    """`now` without the fields that `then` did not know, in all its parts."""
    if isinstance(now, dict) and isinstance(then, dict):
        return {key: as_then(now[key], value) for key, value in then.items()}
    if isinstance(now, list) and isinstance(then, list) and len(now) == len(then):
        return [as_then(*pair) for pair in zip(now, then, strict=True)]
    return now


class TestOldReports:
    """A report that 0.1.0 wrote, as it was stored and as it was printed then."""

    recorded = json.loads((Path(__file__).parent / "recorded" / "report-0.1.0.json").read_text(encoding="utf-8"))
    for_the_operator = " Set OPENAI_API_KEY to have a model write it instead."

    def test_it_is_exported_as_it_was_then_but_for_what_the_operator_was_told(self) -> None:
        report = Report.model_validate(self.recorded["data"])
        then: str = self.recorded["payload"]
        assert self.for_the_operator in then
        assert FORMATS["md"].render(report).decode() == then.replace(self.for_the_operator, "")
        stored = json.loads(FORMATS["json"].render(report))
        assert as_then(stored, self.recorded["data"]) == self.recorded["data"]

    @pytest.mark.parametrize("name", READ)
    def test_every_format_says_what_it_said(self, name: str) -> None:
        found = read(Report.model_validate(self.recorded["data"]), name)
        for said in ("Evidence approved by Ada", "every sentence is quoted word for word", "[1] VACUUM", "vacuum.md"):
            assert flat(said) in found
        assert "OPENAI" not in found
        assert flat("not cited") not in found

    @pytest.mark.parametrize("name", READ)
    def test_it_says_nothing_of_word_for_word_where_a_claim_was_reworded(self, name: str) -> None:
        report = Report.model_validate(self.recorded["data"])
        rewording = Rewording(by="someone", at=AT, was="-")
        reworded = [each.model_copy(update={"reworded": rewording}) for each in report.findings]
        note = f"{report.note} api.example.com: the key was refused (401): check OPENAI_API_KEY."
        found = read(report.model_copy(update={"findings": reworded, "note": note}), name)
        assert flat("every sentence is quoted") not in found
        assert flat("but for claims that were reworded") in found
        assert flat("the key was refused (401).") in found
        assert "OPENAI" not in found


@pytest.mark.parametrize("name", READ)
def test_two_hundred_citations(name: str) -> None:
    found = read(many(), name)
    for n in range(2, 201):
        assert f"Sentence{n}stands.[{n - 1}][{n}]" in found
        assert f"Quotenumber{n}." in found


@pytest.mark.parametrize("name", ["html", "docx"])
@thorough
@given(hostile_reports())
def test_no_text_is_lost_or_read_as_markup(name: str, report: Report) -> None:
    # The bars between the cells of a row are its table's lines.
    bar = "|" if report.sources[0].evidence[0].kind == "row" else "\0"
    found = read(report, name).replace(bar, "")
    assert [each for each in texts(report) if flat(each).replace(bar, "") not in found] == []


@thorough
@given(hostile_reports())
def test_json_brings_the_report_back(report: Report) -> None:
    # A report was stored as JSON in UTF-8 before, which has no lone surrogates.
    assume("\\ud800" not in repr(report))
    written = FORMATS["json"].render(report)
    assert Report.model_validate_json(written) == report
    assert json.loads(written)["title"] == report.title


@thorough
@given(hostile_reports())
def test_a_pdf_is_made_of_any_text(report: Report) -> None:
    made = pdf(FORMATS["pdf"].render(report))
    assert len(made.pages) >= 1
    assert made.metadata is not None
    assert made.metadata.author == "Sayso"


LETTERS = st.text(
    st.sampled_from("abc XYZ 0189 <>&#*_[]{}()$@\\|`~^=+-/:;,.!?\"'%éßñøаяЖωΣ日本語の骨直。「」カナ中文们，；"),
    max_size=80,
)


@thorough
@given(LETTERS, LETTERS, LETTERS)
def test_a_pdf_holds_its_text(heading: str, body: str, quoted: str) -> None:
    report = full()
    section = report.sections[0].model_copy(update={"heading": heading})
    section = section.model_copy(update={"sentences": [report.summary[0].model_copy(update={"text": body})]})
    cited = report.sources[0].model_copy(update={"quotes": [quoted], "evidence": []})
    report = report.model_copy(update={"sections": [section], "sources": [cited]})
    found = read(report, "pdf")
    assert [each for each in (heading, body, quoted) if flat(each) not in found] == []


@given(hostile_text())
def test_a_file_name_is_safe_anywhere(title: str) -> None:
    report = nothing().model_copy(update={"title": title})
    name = file_name(report, "pdf")
    assert name.endswith(".pdf")
    assert len(name) < 100
    assert not set(name) & set('/\\:*?"<>|\0\r\n')
    assert not name.startswith(".")
    plain = ascii_name(name)
    assert plain.isascii()
    assert plain.endswith(".pdf")
    assert len(plain) > 4


def test_a_file_is_named_after_the_title() -> None:
    named = {
        "VACUUM FULL: its lock?": "vacuum-full-its-lock.pdf",
        "../../etc/passwd": "etc-passwd.pdf",
        "日本の古民家": "日本の古民家.pdf",
        "???": "report.pdf",
    }
    assert {title: file_name(nothing().model_copy(update={"title": title}), "pdf") for title in named} == named
    assert ascii_name("日本の古民家.pdf") == "report.pdf"
    assert ascii_name("café-noir.pdf") == "cafe-noir.pdf"
