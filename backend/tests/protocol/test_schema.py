from pathlib import Path

from sayso.protocol.schema import render

SCHEMA = Path(__file__).parents[3] / "frontend" / "src" / "protocol" / "schema.json"


def test_the_frontends_schema_is_fresh() -> None:
    stale = "The protocol has changed: run `make protocol` and commit what it writes."
    assert SCHEMA.read_text(encoding="utf-8") == render(), stale
