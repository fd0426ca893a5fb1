"""Writes the JSON Schema of the protocol: `python -m sayso.protocol.schema FILE`.

The frontend's TypeScript types are generated from that file (`npm run protocol`), so nothing is written twice.
"""

import json
import sys
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from sayso.protocol.codes import CloseCode
from sayso.protocol.commands import Answer, Cancel, ReportOptions, Retry, Start, Watch
from sayso.protocol.decisions import Decision
from sayso.protocol.evidence import SourcePassages
from sayso.protocol.frames import ServerFrame
from sayso.protocol.http import Info, LibraryPage, ProblemBody, QuotedPage, RunChanges, RunPage
from sayso.protocol.people import Me, Names, SignIn
from sayso.protocol.reading import Reading


class _Server(BaseModel):
    model_config = ConfigDict(title="ServerSide", json_schema_serialization_defaults_required=True)

    frame: ServerFrame
    run_page: RunPage
    run_changes: RunChanges
    library_page: LibraryPage
    info: Info
    problem: ProblemBody
    source_passages: SourcePassages
    quoted_page: QuotedPage
    reading: Reading
    me: Me
    names: Names
    close_code: CloseCode
    decision: Decision


class _Client(BaseModel):
    model_config = ConfigDict(title="ClientSide")

    start: Start
    report_options: ReportOptions
    watch: Watch
    answer: Answer
    cancel: Cancel
    sign_in: SignIn
    retry: Retry


def protocol_schema() -> dict[str, Any]:
    """One JSON Schema with a definition for every record and command.

    What the server sends always has all its fields; what a client sends may leave out those with a default.
    """
    server = _Server.model_json_schema(mode="serialization")
    client = _Client.model_json_schema(mode="validation")
    defs = {**client.pop("$defs"), **server.pop("$defs")}
    schema: dict[str, Any] = _untitled(
        {
            "title": "Protocol",
            "type": "object",
            "required": ["server", "client"],
            "additionalProperties": False,
            "properties": {"server": {"$ref": "#/$defs/ServerSide"}, "client": {"$ref": "#/$defs/ClientSide"}},
            "$defs": dict(sorted({**defs, "ServerSide": server, "ClientSide": client}.items())),
        }
    )
    return schema


def _untitled(node: Any, *, named: bool = True) -> Any:
    """Drop the titles pydantic gives to fields; the TypeScript generator would make a type of each."""
    if isinstance(node, list):
        return [_untitled(item, named=False) for item in node]
    if not isinstance(node, dict):
        return node
    kept = {}
    for key, value in node.items():
        if key == "title" and isinstance(value, str) and not named:
            continue
        if key == "$defs":
            kept[key] = {name: _untitled(item) for name, item in value.items()}
        elif key == "properties":
            kept[key] = {name: _untitled(item, named=False) for name, item in value.items()}
        else:
            kept[key] = _untitled(value, named=False)
    return kept


def render() -> str:
    """The schema file's text."""
    return json.dumps(protocol_schema(), indent=2, ensure_ascii=False, sort_keys=True) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(render(), encoding="utf-8")
