"""What a tool answered, as one text in Markdown: its own texts as they are, its fields as tables and lines."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

_DEEPEST = 6
_MOST = 1_000_000
"""Characters of one result; what is beyond is cut off."""


def as_text(texts: Sequence[str], structured: Any) -> str:
    """The text of a result.

    Args:
        texts: those that it consists of, in their order. One that is JSON is read as fields.
        structured: its fields, if it has any; texts that only repeat them are left out.
    """
    parts = []
    for text in texts:
        value = _json(text)
        if value is None:
            parts.append(text)
        elif structured is None or value != structured:
            parts.append(_told(value))
    if structured is not None:
        parts.append(_told(_unwrapped(structured)))
    whole = "\n\n".join(part.strip() for part in parts if part.strip())
    return whole.encode("utf-8", "ignore").decode("utf-8").replace("\0", "")[:_MOST]


def _json(text: str) -> Any:
    """The value, where a text is an object or a list in JSON."""
    if not text.lstrip().startswith(("{", "[")):
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _unwrapped(value: Any) -> Any:
    """What a server wraps that may only give objects: `{"result": ...}`."""
    return value["result"] if isinstance(value, Mapping) and set(value) == {"result"} else value


def _told(value: Any, depth: int = 1) -> str:
    if isinstance(value, Mapping):
        return _fields(value, depth)
    if isinstance(value, list):
        if value and all(isinstance(each, Mapping) and not any(map(_nested, each.values())) for each in value):
            return _table(value)
        if not any(map(_nested, value)):
            return "\n".join(f"- {_line(each)}" for each in value)
        return "\n\n".join(_told(each, depth + 1) if depth < _DEEPEST else _line(each) for each in value)
    return value if isinstance(value, str) else _line(value)


def _fields(value: Mapping[str, Any], depth: int) -> str:
    """Short fields a line each, then long ones and nested ones, each under its name."""
    short = [f"{_line(name)}: {_line(each)}" for name, each in value.items() if not _nested(each) and not _long(each)]
    parts = ["\n\n".join(short)]
    for name, each in value.items():
        if _nested(each) or _long(each):
            told = _told(each, depth + 1) if depth < _DEEPEST else _line(each)
            parts.append(f"{'#' * min(depth + 1, 6)} {_line(name)}\n\n{told}")
    return "\n\n".join(part for part in parts if part)


def _table(rows: Sequence[Mapping[str, Any]]) -> str:
    names = list(dict.fromkeys(name for row in rows for name in row))
    head = f"| {' | '.join(map(_cell, names))} |\n|{' --- |' * len(names)}"
    return "\n".join([head, *(f"| {' | '.join(_cell(row.get(name, '')) for name in names)} |" for row in rows)])


def _nested(value: Any) -> bool:
    return isinstance(value, Mapping | list)


def _long(value: Any) -> bool:
    return isinstance(value, str) and ("\n" in value.strip() or len(value) > 200)


def _line(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return " ".join(text.split())


def _cell(value: Any) -> str:
    return _line(value).replace("\\", "\\\\").replace("|", "\\|")
