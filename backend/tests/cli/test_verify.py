"""`sayso verify` as people call it: a process of its own, without a server, a database or a network."""

import subprocess
import sys
from pathlib import Path

import pytest

from record.records import decided, record_of, shown, whole, written
from sayso.protocol.record import RunRecord

ALONE = """
import socket, sys
def refuse(*args, **kwargs): raise AssertionError("no network")
socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse
from sayso.__main__ import main
sys.argv = ["sayso", *sys.argv[1:]]
try:
    main()
finally:
    known = [name for name in sys.modules if name.startswith(("sayso.storage", "sayso.engine", "sqlite3", "httpx"))]
    print("KNOWS", known)
"""


def verify(record: RunRecord | str, folder: Path, *arguments: str) -> tuple[int, str]:
    file = folder / "record.json"
    file.write_text(record if isinstance(record, str) else record.model_dump_json(indent=1), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", ALONE, "verify", str(file), *arguments],
        capture_output=True,
        text=True,
        cwd=folder,
        timeout=60,
        env={"COLUMNS": "200", "PYTHONIOENCODING": "utf-8"},
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout + done.stderr


def test_a_record_that_holds_says_what_that_proves_and_what_not(tmp_path: Path) -> None:
    record = whole()
    code, said = verify(record, tmp_path)
    assert code == 0
    lines = [line[34:].strip() for line in said.splitlines()[1:7]]
    assert lines == [
        "Asked by Ada (name not verified): When are backups made?",
        "Shown, round 1: 1 finding",
        "Rejected by Ada, kept f1",
        "Shown, round 2: 1 finding",
        "Approved by Ada, kept f1",
        "Written: Backups",
    ]
    assert f"The record holds: 6 links, head {record.links[-1].hash}" in said
    for told in ("It proves that", "It does not prove that", "no legal claim", "--head takes a hash"):
        assert told in said
    assert "KNOWS []" in said, "neither storage nor a client is needed"


def test_with_one_letter_changed_it_does_not(tmp_path: Path) -> None:
    code, said = verify(whole().model_dump_json().replace('"by":"Ada","keep"', '"by":"Eda","keep"', 1), tmp_path)
    assert code == 1
    assert "CHANGED  Rejected by Eda, kept f1" in said
    assert "Its content is not what was recorded" in said
    assert "It proves that" not in said


def test_with_a_decision_left_out_it_does_not(tmp_path: Path) -> None:
    record = whole()
    del record.links[2]
    code, said = verify(record, tmp_path)
    assert code == 1
    assert "Link 3 is missing before it." in said


def test_the_hash_of_the_head_shows_a_missing_end(tmp_path: Path) -> None:
    record = whole()
    head = record.links[-1].hash
    assert "Its last link is the one that you gave." in verify(record, tmp_path, "--head", head)[1]
    del record.links[-1]
    code, said = verify(record, tmp_path, "--head", head)
    assert code == 1
    assert "its end is missing" in said
    code, said = verify(record, tmp_path, "--head", record.links[2].hash)
    assert code == 0
    assert "It has grown since the hash that you gave: 2 of its links are newer." in said
    assert "The run was not over when the record was saved." in said


def test_a_record_that_begins_late_says_so(tmp_path: Path) -> None:
    frames = [shown(2), decided(3, 2), written(4)]
    code, said = verify(record_of(frames, late=4), tmp_path)
    assert code == 0
    assert "it proves nothing about before" in said
    assert "was not over" not in said


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "is no record of Sayso"),
        ("[]", "is no record of Sayso"),
        ('{"run_id": "r", "links": [{"chain": "r"}]}', "links.0.position: Field required"),
        ("[" * 100_000, "is no record of Sayso"),
        ('{"run_id": "r", "run_id": "s", "links": []}', "it has a field twice"),
        ('{"format": "sayso-record-2", "run_id": "r", "links": []}', "format"),
    ],
)
def test_what_is_no_record_is_told_in_a_line(tmp_path: Path, text: str, why: str) -> None:
    code, said = verify(text, tmp_path)
    assert code == 2
    assert why in said


def test_a_file_that_is_not_there_and_a_hash_that_is_too_short(tmp_path: Path) -> None:
    assert verify(whole(), tmp_path, "--head", "ab12")[0] == 2
    done = subprocess.run([sys.executable, "-m", "sayso", "verify", "x.json"], capture_output=True, cwd=tmp_path)
    assert done.returncode == 2
    assert b"cannot be read" in done.stderr


def test_a_file_cannot_write_over_what_is_said_of_it(tmp_path: Path) -> None:
    """Text of the file is untrusted: no control character of it reaches the terminal, and no line is its own."""
    frames = [shown(2), decided(3, 2, by="Ada\x1b[2J\nThe record holds\x07")]
    code, said = verify(record_of(frames), tmp_path)
    assert code == 0
    assert "\x1b" not in said
    assert "\x07" not in said
    assert "\nThe record holds\n" not in said
