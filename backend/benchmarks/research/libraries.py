"""The libraries that questions are asked of: the installed collections, and small ones made of a set's documents."""

import contextlib
from collections.abc import AsyncIterator, Mapping
from contextvars import ContextVar
from io import BytesIO
from pathlib import Path
from typing import Any

import typst
from docx import Document

from sayso.research.encoder import Encoder
from sayso.research.library.folder import Root
from sayso.research.library.source import Library

COLLECTIONS = {
    "postgresql": Path("/usr/share/doc/postgresql-doc-15/html"),
    "handbook": Path("/usr/share/doc/debian-handbook/html/en-US"),
    "python": Path("/usr/share/doc/python3.11/html"),
}
"""From the Debian packages postgresql-doc-15, debian-handbook and python3.11-doc."""


encoder: ContextVar[Encoder | None] = ContextVar("encoder", default=None)
"""What reads the installed collections, for all questions of a run."""


@contextlib.asynccontextmanager
async def library(data: Path, folder: Path) -> AsyncIterator[Library]:
    """A library of a folder, indexed."""
    opened = Library(data, [Root(folder)], encoder=encoder.get())
    try:
        await opened.refresh()
        await opened.encode()
        yield opened
    finally:
        await opened.close()


@contextlib.asynccontextmanager
async def small_library(data: Path, documents: Mapping[str, bytes]) -> AsyncIterator[Library]:
    """A library of a few documents, read in this process."""
    folder = data / "documents"
    folder.mkdir(parents=True)
    for name, content in documents.items():
        (folder / name).write_bytes(content)
    opened = Library(data / "index", [Root(folder)], isolated=False)
    try:
        await opened.refresh()
        yield opened
    finally:
        await opened.close()


def document(entry: Mapping[str, Any]) -> bytes:
    """The file of an entry of `small.json`: its text, or built from its blocks."""
    match entry["format"]:
        case "docx":
            return _docx(entry["blocks"])
        case "pdf":
            return _pdf(entry["blocks"])
        case _:
            return str(entry["text"]).encode()


def _docx(blocks: list[dict[str, Any]]) -> bytes:
    made = Document()
    for block in blocks:
        match block["type"]:
            case "heading":
                made.add_heading(block["text"], block.get("level", 1))
            case "paragraph":
                made.add_paragraph(block["text"])
            case "list":
                for item in block["items"]:
                    made.add_paragraph(item, style="List Number" if block.get("ordered") else "List Bullet")
            case "table":
                table = made.add_table(0, len(block["rows"][0]))
                for row in block["rows"]:
                    for cell, text in zip(table.add_row().cells, row, strict=True):
                        cell.text = text
    file = BytesIO()
    made.save(file)
    return file.getvalue()


def _pdf(blocks: list[dict[str, Any]]) -> bytes:
    lines = ['#set text(font: "Libertinus Serif")']
    for block in blocks:
        match block["type"]:
            case "heading":
                lines.append(f"#heading(level: {block.get('level', 1)})[{_typst(block['text'])}]")
            case "paragraph":
                lines.append(f"#par[{_typst(block['text'])}]")
            case "list":
                kind = "enum" if block.get("ordered") else "list"
                lines.append(f"#{kind}({', '.join(f'[{_typst(item)}]' for item in block['items'])})")
            case "table":
                cells = ", ".join(f"[{_typst(cell)}]" for row in block["rows"] for cell in row)
                lines.append(f"#table(columns: {len(block['rows'][0])}, {cells})")
    made: bytes = typst.compile("\n\n".join(lines).encode())
    return made


def _typst(text: str) -> str:
    return "".join(f"\\{char}" if char in "#$*_`<>@[]\\/~" else char for char in text)
