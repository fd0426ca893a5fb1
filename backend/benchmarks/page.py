"""`docs/benchmarks.md`, written from one run."""

from pathlib import Path

from benchmarks.processes import BACKEND
from benchmarks.results import Row
from benchmarks.table import notes, tables

PAGE = BACKEND.parent / "docs" / "benchmarks.md"
SCALE_BEGIN = "<!-- make bench-scale -->"
SCALE_END = "<!-- /make bench-scale -->"
HOW = """\
- Every figure of a row is from the same few minutes: the contestants run side by side and take turns (ABAB), figures
  are medians, and what counts are the ratios. Times differ by a third from machine to machine and hour to hour.
- The client, a Python process, shares the cores with the servers. It opens a new connection for every run, as a
  person's page does: a websocket for Sayso and the loop, HTTP for WorkflowServer, which has no websocket.
- All host the same workflow of three lines a step (`backend/benchmarks/workflow.py`). Sayso and *WorkflowServer,
  SQLite* write it to disk; *loop in memory* (the websocket demo's loop in our own few lines) and *WorkflowServer,
  memory* keep nothing.
- WorkflowServer runs with its defaults, and its tasks are held for it: without that its memory store lost up to a
  fourth of the runs between question and reply to the garbage collector. It promises less: Sayso's answers and
  results are synced to disk, applied once, and numbered without a gap; its progress in between is committed but not
  synced.
- The floor is what no server can undercut: the bare workflow in process to its idle `to_dict`, or from it to the
  result; plus the connection (for the question) and one round trip of a bare websocket echo; plus one `fsync`.
- Memory is the growth of resident memory between the 4,000th and the 14,000th run, 20 at a time; nobody watches them
  any more.
- The 100,000 waiting runs are copies of the rows of a real one. "Ready" runs from the start of the process to the
  greeting, and includes the import of the libraries.
"""


def write(rows: list[Row], machine: dict[str, str]) -> Path:
    """Write the page, with the section of `make bench-scale` as it was; where it is."""
    scale = scale_section(PAGE.read_text()) if PAGE.is_file() else ""
    lines = [
        "# Benchmarks",
        "",
        f"Written by `{machine['command']}`; `backend/benchmarks/` has the code.",
        "",
        tables(rows),
        "",
        "## How to read it",
        "",
        HOW.rstrip(),
        *(f"- {note}" for note in notes(rows)),
        "",
        "## Taken on",
        "",
        *(f"- {name}: {value}" for name, value in machine.items() if name != "command"),
        *(["", scale] if scale else []),
        "",
    ]
    PAGE.write_text("\n".join(lines))
    return PAGE


def scale_section(text: str) -> str:
    """What `make bench-scale` wrote, with its markers; nothing if it has not."""
    begin, end = text.find(SCALE_BEGIN), text.find(SCALE_END)
    return text[begin : end + len(SCALE_END)] if 0 <= begin < end else ""
