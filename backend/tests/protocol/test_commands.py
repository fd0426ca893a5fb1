import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.protocol.commands import MAX_FRAME, Answer, Cancel, ProtocolError, ReportOptions, Start, Watch, parse_command


def test_each_frame_is_told_by_its_field() -> None:
    assert parse_command('{"question": " why? "}') == Start(question="why?")
    assert parse_command('{"run_id": "r", "after": 7}') == Watch(run_id="r", after=7)
    assert parse_command('{"response": "yes"}') == Answer(response="yes")
    assert parse_command('{"cancel": true}') == Cancel(cancel=True)


@pytest.mark.parametrize(
    ("text", "code", "field"),
    [
        ("{", "invalid_frame", None),
        ("[]", "invalid_frame", None),
        ("null", "invalid_frame", None),
        ("[" * 100_000, "invalid_frame", None),
        ("{}", "invalid_frame", None),
        ('{"question": "a", "response": "yes"}', "invalid_frame", "response"),
        ('{"question": "a", "colour": 1}', "invalid_frame", "colour"),
        ('{"question": "   "}', "invalid_frame", "question"),
        ('{"question": 7}', "invalid_frame", "question"),
        ('{"question": "' + "a" * 100_000 + '"}', "too_large", "question"),
        ('{"question": "' + "a" * MAX_FRAME + '"}', "too_large", None),
        ('{"run_id": "r", "after": -1}', "invalid_frame", "after"),
        ('{"run_id": "r", "after": "1"}', "invalid_frame", "after"),
        ('{"run_id": "r", "after": true}', "invalid_frame", "after"),
        ('{"response": "yes", "keep": "f1"}', "invalid_frame", "keep"),
        ('{"response": "yes", "edits": {"f1": ""}}', "invalid_frame", "edits.f1"),
        ('{"cancel": false}', "invalid_frame", "cancel"),
        (b"\x00\x01", "invalid_frame", None),
        ('{"run_id": "r", "after": 9223372036854775808}', "invalid_frame", "after"),
        ('{"response": "yes", "review": 9223372036854775808}', "invalid_frame", "review"),
        ('{"response": "yes", "review": 4294967296}', "invalid_frame", "review"),
        ('{"\\ud800": 1}', "invalid_frame", "\N{REPLACEMENT CHARACTER}"),
        ('{"question": "q", "\\u0000": 1}', "invalid_frame", "\N{REPLACEMENT CHARACTER}"),
    ],
)
def test_a_bad_frame_names_code_and_field(text: str | bytes, code: str, field: str | None) -> None:
    with pytest.raises(ProtocolError) as raised:
        parse_command(text)
    assert (raised.value.code, raised.value.field) == (code, field)
    assert raised.value.message


@given(st.text() | st.binary() | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(str))
def test_whatever_comes_is_a_command_or_a_protocol_error(text: str | bytes) -> None:
    try:
        command = parse_command(text)
    except ProtocolError:
        return
    assert isinstance(command, Start | Watch | Answer | Cancel)


FIELDS = [
    ({"question": "a%sb"}, "question"),
    ({"question": "q", "by": "a%sb"}, "by"),
    ({"question": "q", "request_id": "a%sb"}, "request_id"),
    ({"question": "q", "workflow": "a%sb"}, "workflow"),
    ({"question": "q", "options": {"revises": "a%sb"}}, "options.revises"),
    ({"question": "q", "options": {"sources": ["library", "a%sb"]}}, "options.sources.1"),
    ({"run_id": "a%sb"}, "run_id"),
    ({"response": "a%sb"}, "response"),
    ({"response": {"deep": ["a%sb"]}}, "response.deep.0"),
    ({"response": "yes", "feedback": "a%sb"}, "feedback"),
    ({"response": "yes", "by": "a%sb"}, "by"),
    ({"response": "yes", "response_id": "a%sb"}, "response_id"),
    ({"response": "yes", "keep": ["f1", "a%sb"]}, "keep.1"),
    ({"response": "yes", "edits": {"f1": "a%sb"}}, "edits.f1"),
    ({"cancel": True, "by": "a%sb"}, "by"),
]


@pytest.mark.parametrize("character", ["\0", "\x1b", "\x7f", "\x85", "\ud800"])
@pytest.mark.parametrize(("frame", "field"), FIELDS)
def test_no_text_holds_a_control_character_or_half_a_pair(frame: dict[str, Any], field: str, character: str) -> None:
    with pytest.raises(ProtocolError) as raised:
        parse_command(json.dumps(frame).replace("%s", json.dumps(character)[1:-1]))
    assert (raised.value.code, raised.value.field) == ("invalid_frame", field)
    assert f"U+{ord(character):04X}" in raised.value.message


@pytest.mark.parametrize(("frame", "field"), FIELDS)
def test_a_text_may_have_tabs_lines_and_every_script(frame: dict[str, Any], field: str) -> None:
    text = "\t\n\N{ZERO WIDTH JOINER}\N{RIGHT-TO-LEFT MARK}漢😀"
    command = parse_command(json.dumps(frame).replace("%s", json.dumps(text)[1:-1]))
    assert text in str(command.model_dump()) or json.dumps(text)[1:-1] in json.dumps(command.model_dump())


def test_lines_end_in_one_way() -> None:
    assert parse_command(r'{"response": "no", "feedback": "a\r\nb\rc"}') == Answer(response="no", feedback="a\nb\nc")
    assert parse_command(r'{"question": "q", "options": {"a\r\nb": "c\r\nd"}}') == Start(
        question="q", options={"a\nb": "c\nd"}
    )


@pytest.mark.parametrize(
    "response",
    [
        "1e400",
        "-1e400",
        "NaN",
        "Infinity",
        str(2**53),
        str(-(2**63)),
        "[" * 70 + "]" * 70,
        '{"a":' * 70 + "1" + "}" * 70,
    ],
)
def test_numbers_and_depth_have_bounds(response: str) -> None:
    for frame in (f'{{"response": {response}}}', f'{{"question": "q", "options": {{"x": [{response}]}}}}'):
        with pytest.raises(ProtocolError) as raised:
            parse_command(frame)
        assert raised.value.code == "invalid_frame"
        assert raised.value.field is not None


def test_a_field_that_is_null_is_one_left_out() -> None:
    start = dict.fromkeys(Start.model_fields) | {"question": "q", "run_id": None, "response": None, "cancel": None}
    assert parse_command(json.dumps(start)) == Start(question="q")
    assert parse_command(json.dumps(dict.fromkeys(Watch.model_fields) | {"run_id": "r"})) == Watch(run_id="r")
    answer = dict.fromkeys(Answer.model_fields) | {"response": "yes"}
    assert parse_command(json.dumps(answer)) == Answer(response="yes")
    assert parse_command(json.dumps(dict.fromkeys(Cancel.model_fields) | {"cancel": True})) == Cancel(cancel=True)
    assert ReportOptions.model_validate(dict.fromkeys(ReportOptions.model_fields)) == ReportOptions()
    assert parse_command('{"response": null}') == Answer(response=None), "which another workflow may ask for"
    kept = parse_command('{"question": "q", "options": {"x": null}}')
    assert kept == Start(question="q", options={"x": None}), "what is in options is the workflow's own"
    with pytest.raises(ProtocolError):
        parse_command('{"question": null}')
