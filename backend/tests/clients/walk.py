"""Asks, reads each review, sends the first back, approves the second and saves the report, all by a generated client:
`python walk.py URL FOLDER QUESTION`, with the client beside it as `generated`. What it has seen is printed as JSON."""

import json
import sys
import time
from pathlib import Path
from typing import Any

from generated import Client
from generated.api.runs import (
    answer_review,
    export_docx,
    export_html,
    export_json,
    export_md,
    export_pdf,
    list_events,
    show_review,
    show_run,
    start_run,
)
from generated.models import Answer, Start, Status

url, folder, question = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
client = Client(base_url=url, raise_on_unexpected_status=True)


def waiting(run: Any) -> Any:
    """The run once nothing goes on in it."""
    while (now := show_run.sync(run.id, client=client)).status is Status.RUNNING:
        time.sleep(0.05)
    return now


def answer(review: Any, response: str, **more: Any) -> str:
    body = Answer(response=response, review=review.seq, by="Ada", **more)
    received = answer_review.sync(review.run_id, client=client, body=body)
    return str(received.payload)


run = start_run.sync(client=client, body=Start(question=question))
first = show_review.sync(run.id, waiting(run).open_reviews[0], client=client)
said = [answer(first, "reject")]
second = show_review.sync(run.id, waiting(run).open_reviews[0], client=client)
kept = second.data.findings[0]
said.append(answer(second, "approve", keep=[kept.id]))
assert waiting(run).status is Status.COMPLETED

types: list[str] = []
after = 0
while after is not None:
    page = list_events.sync(run.id, client=client, after=after, limit=3)
    types += [event.type_ for event in page.events]
    after = page.next_

report = export_json.sync(run.id, client=client)
(folder / "report.json").write_text(json.dumps(report.to_dict()), encoding="utf-8")
(folder / "report.md").write_text(export_md.sync(run.id, client=client), encoding="utf-8")
(folder / "report.html").write_text(export_html.sync(run.id, client=client), encoding="utf-8")
(folder / "report.docx").write_bytes(export_docx.sync(run.id, client=client).payload.read())
(folder / "report.pdf").write_bytes(export_pdf.sync(run.id, client=client).payload.read())
seen = {"said": said, "types": types, "title": report.title, "kept": kept.claim, "run": run.id}
sys.stdout.write(json.dumps({**seen, "schema": first.data.response_schema.to_dict()}))
