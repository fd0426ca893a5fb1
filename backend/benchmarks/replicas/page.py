"""The section of `docs/benchmarks.md` about PostgreSQL, between two markers of its own."""

from pathlib import Path

from benchmarks.page import PAGE, SCALE_BEGIN, SCALE_END, scale_section
from benchmarks.results import Row, number

HOW = """\
- PostgreSQL is a real one with its defaults, on the same disk and the same two cores as all of Sayso's processes and
  the clients; ratios count, as above. Sayso's processes run with their defaults too.
- *Asked on A*: a client connects to A and asks, connects to B with the run's id, answers there and waits for the
  result; both connections are in the figure. WorkflowServer on DBOS is asked and answered in the same way over HTTP,
  with the defaults of both: it looks for new events once a second, which is nearly all of its figure.
- Processor time is user and system time of Sayso's processes over the runs that they did. PostgreSQL's own time is that
  of its server and all its children; SQLite has none of its own, because it works inside of Sayso.
- *Kill*: 50 runs of sixty steps are at work in one process when it is killed; the other one was started a moment
  before. Watched on the survivor to their ends: each log is complete and without a gap, each step counts once in the
  result, each run was taken up once. What was done since the last checkpoint is done again.
- The 100,000 waiting runs are copies of the rows of a real one."""


def table(rows: list[Row]) -> str:
    """One line a row: what was measured, by what name, and the goals."""
    lines = [["", "measured", "goal"], ["---"] * 3]
    for row in rows:
        title = f"{row.measure}, {row.unit}" if row.unit else row.measure
        found = "; ".join(f"{name}: {number(value)}" for name, value in row.values.items())
        lines.append([title, found, "; ".join(str(goal) for goal in row.goals)])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def write(rows: list[Row], machine: dict[str, str]) -> Path:
    """Put the section into the page, in place of an earlier one; where the page is."""
    section = [
        SCALE_BEGIN,
        "## Several processes on PostgreSQL",
        "",
        f"Written by `{machine['command']}` on {machine['date']}; {machine['processor']}, {machine['memory']}, "
        f"PostgreSQL {machine['PostgreSQL']}. Peers: {machine['peers']}.",
        "",
        table(rows),
        "",
        HOW,
        SCALE_END,
    ]
    text = PAGE.read_text()
    earlier = scale_section(text)
    kept = text.replace(earlier, "") if earlier else text
    PAGE.write_text(f"{kept.rstrip()}\n\n{chr(10).join(section)}\n")
    return PAGE
