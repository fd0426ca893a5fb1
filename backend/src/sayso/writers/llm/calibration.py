"""How well a model judges: statements whose truth is known, put to it as the sentences of a report are."""

import json
import zlib
from contextlib import suppress
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

from pydantic import BaseModel, TypeAdapter, ValidationError

from sayso.protocol.judging import JudgeScore
from sayso.writers.judgement import Claimed
from sayso.writers.llm.writer import LLMWriter
from sayso.writers.meter import Meter

_FILE = "judge.json"
_SCORES = TypeAdapter(dict[str, JudgeScore])


class KnownStatement(BaseModel):
    """A statement about a made-up matter, with a quote that carries it or does not."""

    quote: str
    statement: str
    true: bool
    kind: str
    """What was twisted, such as "figure" or "condition"."""


def known_statements() -> list[KnownStatement]:
    """Thirty true and thirty twisted ones, in a fixed order that tells nothing."""
    lines = files("sayso.writers.llm").joinpath("known_statements.jsonl").read_text(encoding="utf-8").splitlines()
    known = [KnownStatement.model_validate_json(line) for line in lines]
    return sorted(known, key=lambda each: zlib.crc32(each.statement.encode()))


async def measured(writer: LLMWriter) -> JudgeScore:
    """How the writer's model judges them. A statement that it does not judge counts as neither accepted nor refused.

    Raises:
        WriterError: it cannot be asked.
    """
    known = known_statements()
    claims = [Claimed(text=each.statement, quotes=[each.quote]) for each in known]
    said = (await writer.judge(claims, Meter("judge"))).of
    verdicts = [(each.true, one.supported) for each, one in zip(known, said, strict=True) if one is not None]
    true = sum(each.true for each in known)
    return JudgeScore(
        model=writer.model.name or "",
        true=true,
        accepted=verdicts.count((True, True)),
        twisted=len(known) - true,
        refused=verdicts.count((False, False)),
        at=datetime.now(UTC),
    )


def remember(score: JudgeScore, writer: LLMWriter, folder: Path) -> None:
    """Keep `score` in the data folder, for the servers that use the model there."""
    scores = {**_read(folder), _key(writer): score}
    (folder / _FILE).write_bytes(_SCORES.dump_json(scores, indent=1))


def remembered(writer: LLMWriter, folder: Path) -> JudgeScore | None:
    """The score that was kept for the writer's model, if there is one."""
    return _read(folder).get(_key(writer))


def _read(folder: Path) -> dict[str, JudgeScore]:
    with suppress(OSError, ValidationError):
        return _SCORES.validate_json((folder / _FILE).read_bytes())
    return {}


def _key(writer: LLMWriter) -> str:
    return json.dumps([writer.model.host, writer.model.name])
