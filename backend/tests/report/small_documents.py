"""Documents of a few lines, in the forms that people keep facts in, each with a question and what answers it."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import docx
import typst

Blocks = Sequence[str | Sequence[Sequence[str]]]
"""Headings ("# ..."), list items ("- ..."), paragraphs, and tables as rows of cells."""


@dataclass(frozen=True)
class Small:
    """One document. `answer` must stand in what was found and written."""

    name: str
    content: bytes
    question: str
    answer: str
    kind: str | None = None
    """Of the statement that answers; None where a reader may take it for either of two."""


def text(name: str, content: str, question: str, answer: str, kind: str | None = None) -> Small:
    return Small(name, content.encode(), question, answer, kind)


PLANS: Blocks = (
    "# Plans and prices",
    "All plans can be cancelled at any time.",
    (
        ("Plan", "Price per month", "Storage"),
        ("Basic", "4 EUR", "10 GB"),
        ("Team", "9 EUR", "200 GB"),
        ("Enterprise", "31 EUR", "2 TB"),
    ),
)
PLANS_QUESTION, PLANS_ANSWER = "How much does the Team plan cost per month?", "9 EUR"


def markdown(blocks: Blocks) -> bytes:
    parts = []
    for block in blocks:
        if isinstance(block, str):
            parts.append(block)
        else:
            rows = ["| " + " | ".join(row) + " |" for row in block]
            parts.append("\n".join([rows[0], "|" + " --- |" * len(block[0]), *rows[1:]]))
    return "\n\n".join(parts).encode()


def html(blocks: Blocks) -> bytes:
    parts = []
    for block in blocks:
        if not isinstance(block, str):
            head = "".join(f"<th>{cell}</th>" for cell in block[0])
            body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in block[1:])
            parts.append(f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>")
        elif block.startswith("# "):
            parts.append(f"<h1>{block[2:]}</h1>")
        else:
            parts.append(f"<p>{block}</p>")
    return f"<!DOCTYPE html><html><body><main>{''.join(parts)}</main></body></html>".encode()


def word(blocks: Blocks) -> bytes:
    made = docx.Document()
    for block in blocks:
        if not isinstance(block, str):
            table = made.add_table(0, len(block[0]))
            for row in block:
                for cell, content in zip(table.add_row().cells, row, strict=True):
                    cell.text = content
        elif block.startswith("# "):
            made.add_heading(block[2:], 1)
        else:
            made.add_paragraph(block)
    file = BytesIO()
    made.save(file)
    return file.getvalue()


def pdf(blocks: Blocks) -> bytes:
    lines = ['#set text(font: "Libertinus Serif")']
    for block in blocks:
        if not isinstance(block, str):
            cells = ", ".join(f"[{cell}]" for row in block for cell in row)
            lines.append(f"#table(columns: {len(block[0])}, {cells})")
        elif block.startswith("# "):
            lines.append(f"= {block[2:]}")
        else:
            lines.append(block)
    made: bytes = typst.compile("\n\n".join(lines).encode())
    return made


REQUIRED = [
    Small("plans.md", markdown(PLANS), PLANS_QUESTION, PLANS_ANSWER, "row"),
    Small("plans.html", html(PLANS), PLANS_QUESTION, PLANS_ANSWER, "row"),
    Small("plans.docx", word(PLANS), PLANS_QUESTION, PLANS_ANSWER, "row"),
    Small("plans.pdf", pdf(PLANS), PLANS_QUESTION, PLANS_ANSWER),
    text(
        "library.md",
        "# Town library\n\n## Opening hours\n\n- Monday: closed\n- Tuesday to Friday: 9:00 to 18:00\n"
        "- Saturday: 10:00 to 14:00\n- Sunday: closed\n",
        "When is the library open on Saturday?",
        "10:00 to 14:00",
        "item",
    ),
    text(
        "returns.txt",
        "Returns\n=======\n\n1. Goods can be returned within 30 days\n2. A refund is paid within a week\n"
        "3. A request after 60 days is refused\n4. Gift cards are not refunded\n",
        "What happens to a request after 60 days?",
        "refused",
        "item",
    ),
    text(
        "medicines.md",
        "# Medicines\n\n"
        "Lisinopril 10 mg — revised in 2024 — contains lisinopril dihydrate as its active ingredient.\n\n"
        "Metformin 500 mg — revised in 2023 — contains metformin hydrochloride as its active ingredient.\n",
        "What is the active ingredient of Lisinopril 10 mg?",
        "lisinopril dihydrate",
    ),
    text(
        "lamp.md",
        "# Trail lamp\n\nQ: Is the lamp waterproof?\nA: It withstands rain, but no diving.\n\n"
        "Q: How long does the battery last?\nA: About eleven hours at full brightness.\n\n"
        "Q: Can it be charged in a car?\nA: Yes, with the adapter that comes along.\n",
        "How long does the battery of the lamp last?",
        "eleven hours",
        "answer",
    ),
]
"""The kinds that must be answered, from tables in four formats to questions with their answers."""

FURTHER = [
    text(
        "timetable.md",
        "# Ferry to Hven\n\n| Departure | Arrival | Days |\n| --- | --- | --- |\n| 07:10 | 07:45 | Monday to Friday |\n"
        "| 09:30 | 10:05 | daily |\n| 18:20 | 18:55 | Saturday and Sunday |\n",
        "When does the ferry that departs at 09:30 arrive?",
        "10:05",
        "row",
    ),
    text(
        "bread.md",
        "# Rye bread\n\nTo make the bread:\n\n1. Mix the flour with the water and the starter\n"
        "2. Let the dough rest for fourteen hours\n3. Bake it at 230 degrees for 45 minutes\n"
        "4. Leave the loaf on a rack until it is cold\n",
        "How long must the dough rest?",
        "fourteen hours",
        "item",
    ),
    text(
        "errors.html",
        "<html><body><main><h1>Error codes of the Brewmaster</h1><dl><dt>E04</dt><dd>The water tank is empty.</dd>"
        "<dt>E07</dt><dd>The grinder is blocked by a stone or a coin.</dd><dt>E11</dt>"
        "<dd>The machine needs descaling.</dd></dl></main></body></html>",
        "What does error E07 mean?",
        "grinder is blocked",
    ),
    text(
        "contact.txt",
        "Harbour office\n==============\n\nAddress: Quay 4, Ystad\nTelephone: 0411 55 01 20\nRadio: channel 12\n"
        "Harbour master: Inga Lund\n",
        "What is the telephone number of the harbour office?",
        "0411 55 01 20",
    ),
    text(
        "releases.md",
        "# Release notes\n\n## 4.2\n\n- Adds a dark theme\n- Drops support for Python 3.8\n\n## 4.1\n\n"
        "- Mends a leak in the thumbnail cache\n- Exports calendars as iCal files\n",
        "Which version drops support for Python 3.8?",
        "Drops support for Python 3.8",
        "item",
    ),
    text(
        "contract.txt",
        "Lease\n=====\n\n1. The tenant pays the rent on the first day of each month.\n\n"
        "2. Either party may end the lease with a notice period of three months.\n\n"
        "3. Pets need the written consent of the landlord.\n",
        "What is the notice period of the lease?",
        "three months",
    ),
    text(
        "settings.rst",
        "Settings of the relay\n=====================\n\nmax_queue\n    Messages that wait before senders are held up. "
        "The default is 512.\n\nretry_delay\n    Seconds between two attempts. The default is 20.\n",
        "What is the default of max_queue?",
        "512",
    ),
    text(
        "deploy.md",
        "# Deploying\n\nTo roll back to the release before, run:\n\n```bash\nhelmsman rollback --to previous\n```\n\n"
        "To look at the log, run:\n\n```bash\nhelmsman log --follow\n```\n",
        "How do I roll back to the previous release?",
        "helmsman rollback --to previous",
        "code",
    ),
    text(
        "members.txt",
        "Members of the choir\n\nName        Voice       Since\nAda Holm    soprano     2011\n"
        "Bo Ek       bass        2019\nEva Dahl    alto        2003\n",
        "Which voice does Bo Ek sing?",
        "bass",
        "row",
    ),
    text(
        "glossary.md",
        "# Words of sailing\n\n**Halyard** — the rope that hoists a sail\n\n"
        "**Sheet** — the rope that sets the angle of a sail\n\n**Boom** — the spar at the foot of a sail\n",
        "What is a halyard?",
        "the rope that hoists a sail",
    ),
]
"""More of their kinds."""
