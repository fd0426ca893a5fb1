"""`sayso verify`: checks a run's record offline, from its file alone."""

import json
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from rich.console import Console

from sayso.errors import SettingsError
from sayso.exports.text import one_line
from sayso.protocol.record import RunRecord
from sayso.record.check import SHORTEST_HEAD, Verdict, check
from sayso.record.run import ENDS
from sayso.record.telling import FROM_EARLIER, NO_HEAD, NOT_OVER, PROVES, PROVES_NOT, begins_later, told

HOLDS, BROKEN = 0, 1
LINE = 100
"""Characters of what a link is about."""

say = Console(highlight=False, soft_wrap=True, markup=False)


def verify(file: Path, head: str | None) -> int:
    """Print what holds and what it proves. Returns the exit code: `HOLDS` or `BROKEN`.

    Raises:
        SettingsError: it is no record, or cannot be read.
    """
    if head is not None and len(head.strip()) < SHORTEST_HEAD:
        raise SettingsError(f"verify: --head takes a hash, or at least its first {SHORTEST_HEAD} digits.")
    record = read(file)
    verdict = check(record, head)
    say.print(f"Record of run {one_line(record.run_id)}")
    for link, faults in zip(record.links, verdict.links, strict=True):
        about = one_line(told(link))
        about = about if len(about) <= LINE else f"{about[: LINE - 1]}…"
        say.print(f"{link.position:>4}  {one_line(link.at)[:19]}  {'CHANGED' if faults else 'holds':7}  {about}")
        for fault in faults:
            say.print(f"      {one_line(fault)}")
    for fault in verdict.whole:
        say.print(one_line(fault))
    say.print(_sum(record, verdict, head))
    return HOLDS if verdict.holds else BROKEN


def _sum(record: RunRecord, verdict: Verdict, head: str | None) -> str:
    if not verdict.holds:
        return "\nThe record does not hold. What it says is no proof of anything."
    links = len(record.links)
    said = [f"\nThe record holds: {links} link{'s' * (links != 1)}, head {record.links[-1].hash}"]
    if verdict.behind_head:
        said.append(f"It has grown since the hash that you gave: {verdict.behind_head} of its links are newer.")
    elif verdict.behind_head == 0:
        said.append("Its last link is the one that you gave.")
    if begins_later(record.links):
        said.append(FROM_EARLIER)
    if not any(link.kind in ENDS or begins_later([link]) for link in record.links):
        said.append(NOT_OVER)
    return "\n".join([*said, PROVES, PROVES_NOT, *([] if head else [NO_HEAD])])


def read(file: Path) -> RunRecord:
    """The record in a file.

    Raises:
        SettingsError: there is none; one sentence says why.
    """
    try:
        return RunRecord.model_validate(json.loads(file.read_bytes(), object_pairs_hook=_object))
    except OSError as error:
        raise SettingsError(f"verify: {file} cannot be read: {error.strerror}.") from error
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise SettingsError(f"verify: {file} is no record of Sayso: {where}: {first['msg']}.") from error
    except (ValueError, RecursionError) as error:
        raise SettingsError(f"verify: {file} is no record of Sayso: {error}.") from error


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """What has a field twice says one thing to this reader and another one to the next."""
    made = dict(pairs)
    if len(made) < len(pairs):
        raise ValueError("it has a field twice")
    return made
