import re
from pathlib import Path

import pytest

from sayso.protocol.codes import HTTP_STATUS, CloseCode, ErrorCode

ROOT = Path(__file__).parents[3]
SOURCE = ROOT / "backend" / "src" / "sayso"


def test_every_code_has_a_status() -> None:
    assert set(HTTP_STATUS) == set(ErrorCode)


@pytest.mark.parametrize("kind", [ErrorCode, CloseCode])
def test_every_code_is_sent_from_somewhere(kind: type[ErrorCode | CloseCode]) -> None:
    files = [path for path in SOURCE.rglob("*.py") if path.name != "codes.py"]
    sent = set(re.findall(rf"\b{kind.__name__}\.([A-Z_]+)", "".join(path.read_text("utf-8") for path in files)))
    assert sent == set(kind.__members__)


def test_every_code_is_documented() -> None:
    text = (ROOT / "docs" / "protocol.md").read_text("utf-8")
    section = text.partition("## Error codes")[2].partition("\n## ")[0]
    assert set(re.findall(r"`([a-z_]+)`", section)) == set(ErrorCode)
    for code in CloseCode:
        assert f"{int(code)}" in text
