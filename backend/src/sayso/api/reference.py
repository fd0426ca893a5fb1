"""`/api/docs`: the HTTP calls on one page, made from the OpenAPI document. It asks no other server for anything."""

import base64
import hashlib
from collections.abc import Iterator
from html import escape
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

Document = dict[str, Any]
"""An OpenAPI document, or a part of one."""

STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 54rem; margin: 2rem auto; padding: 0 1rem; }
code { font: 0.9em ui-monospace, monospace; overflow-wrap: anywhere; }
section { border-top: 1px solid #8888; margin-top: 1.5rem; }
table { border-collapse: collapse; width: 100%; }
td, th { text-align: left; vertical-align: top; padding: 0.2rem 1rem 0.2rem 0; }
"""
POLICY = (
    f"default-src 'none'; style-src 'sha256-{base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()}'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
router = APIRouter()


@router.get("/api/docs", include_in_schema=False)
async def reference(request: Request) -> HTMLResponse:
    return HTMLResponse(reference_page(request.app.openapi()), headers={"content-security-policy": POLICY})


def reference_page(document: Document) -> str:
    """The document as HTML without scripts: each call with its parameters, bodies and answers, then each record."""
    title = f"{document['info']['title']} {document['info']['version']}: HTTP calls"
    calls = [
        _call(method, path, call) for path, methods in document["paths"].items() for method, call in methods.items()
    ]
    records = [_record(name, schema) for name, schema in sorted(document["components"]["schemas"].items())]
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body><h1>{escape(title)}</h1>"
        f'<p>{escape(document["info"].get("summary", ""))}. The same as <a href="/api/openapi.json">OpenAPI</a>.</p>'
        f"{''.join(calls)}<h2>Records</h2>{''.join(records)}</body></html>"
    )


def _call(method: str, path: str, call: Document) -> str:
    name = f"{method.upper()} {path}"
    fields = [(field["name"], field["in"], _row(field, field["schema"])) for field in call.get("parameters", [])]
    parameters = "".join(
        f"<tr><td><code>{escape(name)}</code><td>{escape(where)}<td>{row}" for name, where, row in fields
    )
    answers = "".join(
        f"<tr><td>{escape(status)}<td>{_content(answer)}<td>{escape(answer.get('description', ''))}"
        for status, answer in call["responses"].items()
    )
    body = f"<p>Body: {_content(call['requestBody'])}</p>" if "requestBody" in call else ""
    return (
        f'<section id="{escape(name, quote=True)}"><h2><code>{escape(name)}</code></h2>'
        f"<p>{escape(call.get('description', ''))}</p>"
        + (f"<table><tr><th>parameter<th>in<th>{parameters}</table>" if parameters else "")
        + body
        + f"<table><tr><th>status<th>answer<th>{answers}</table></section>"
    )


def _record(name: str, schema: Document) -> str:
    required = schema.get("required", [])
    rows = "".join(
        f"<tr><td><code>{escape(field)}</code><td>{_row({'required': field in required}, each)}"
        for field, each in schema.get("properties", {}).items()
    )
    said = escape(schema.get("description", ""))
    return (
        f'<section id="{escape(name, quote=True)}"><h3>{escape(name)}</h3><p>{said}</p>'
        + (f"<table>{rows}</table>" if rows else f"<p>{_kind(schema)}</p>")
        + "</section>"
    )


def _row(field: Document, schema: Document) -> str:
    default = f", by default <code>{escape(repr(schema['default']))}</code>" if schema.get("default") else ""
    needed = ", required" if field.get("required") else ""
    return f"{_kind(schema)}{needed}{default} {escape(schema.get('description') or field.get('description', ''))}"


def _content(body: Document) -> str:
    kinds = [
        f"<code>{escape(media)}</code> {_kind(each.get('schema', {}))}"
        for media, each in body.get("content", {}).items()
    ]
    return "<br>".join(kinds)


def _kind(schema: Document) -> str:
    return " or ".join(_kinds(schema)) or "any JSON"


def _kinds(schema: Document) -> Iterator[str]:
    if "$ref" in schema:
        name = escape(schema["$ref"].rpartition("/")[2], quote=True)
        yield f'<a href="#{name}">{name}</a>'
    elif "enum" in schema or "const" in schema:
        yield " or ".join(f"<code>{escape(str(each))}</code>" for each in schema.get("enum", [schema.get("const")]))
    elif "items" in schema:
        yield f"a list of {_kind(schema['items'])}"
    elif "type" in schema:
        yield escape(str(schema["type"]))
    for part in [*schema.get("anyOf", []), *schema.get("oneOf", [])]:
        yield from _kinds(part)
