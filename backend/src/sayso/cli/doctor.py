"""`sayso doctor`: whether sources and model can be used, and how well the model judges."""

from contextlib import suppress

from rich.console import Console

from sayso.cli.private_files import keep_private
from sayso.compose import Toolkit
from sayso.research.library.source import LibraryError
from sayso.settings import Settings
from sayso.writers.llm.calibration import measured, remember
from sayso.writers.llm.writer import LLMWriter
from sayso.writers.port import WriterError

say = Console(highlight=False, soft_wrap=True, markup=False)


async def doctor(settings: Settings) -> int:
    """Say of each source and writer whether it is ready, and measure the model as a judge; the servers that use this
    data folder show the score beside what it judged. Returns the exit status: 1 if something cannot be used."""
    keep_private(settings)
    toolkit = Toolkit(settings)
    try:
        if toolkit.library is not None:
            with suppress(LibraryError):  # its readiness says why
                await toolkit.library.refresh()
        found = [(source.title, await source.readiness()) for source in toolkit.sources]
        for title, state in found:
            say.print(f"{title}: {_state(state.ready, state.why)}")
        sound = [any(state.ready for _, state in found)]
        for writer in toolkit.writers.values():
            if isinstance(writer, LLMWriter):
                sound.append(await _model(writer, settings))
        if len(toolkit.writers) == 1:
            say.print("Model: none is set; reports are quoted, and no model judges them")
        return 0 if all(sound) else 1
    finally:
        await toolkit.close()


async def _model(writer: LLMWriter, settings: Settings) -> bool:
    info = await writer.check()
    say.print(f"Model: {_state(info.ready, info.why)}")
    if not info.ready:
        return False
    try:
        score = await measured(writer)
    except WriterError as error:
        say.print(f"Judge: {error}")
        return False
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    remember(score, writer, settings.data_dir)
    use = "SAYSO_JUDGE is on" if settings.judge else "SAYSO_JUDGE is off: a run may ask for it"
    say.print(f"Judge: {score.model}: {score} ({use})")
    return True


def _state(ready: bool, why: str) -> str:
    return why if ready else f"not ready: {why}"
