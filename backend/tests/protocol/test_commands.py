import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.protocol.codes import HTTP_STATUS, ErrorCode
from sayso.protocol.commands import MAX_FRAME, Answer, Cancel, ProtocolError, Start, Watch, parse_command


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


def test_every_code_has_a_status() -> None:
    assert set(HTTP_STATUS) == set(ErrorCode)
