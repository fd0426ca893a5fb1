"""`sayso index`: reads documents into the library's index, with a progress bar."""

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.text import Text

from sayso.cli.private_files import keep_private
from sayso.errors import SettingsError
from sayso.research.library.folder import kinds_said
from sayso.research.library.source import LibraryError
from sayso.research.registry import open_library
from sayso.settings import Settings

screen = Console(stderr=True, highlight=False)


async def index(settings: Settings) -> int:
    """Bring the library's index up to date. Returns the exit status.

    Raises:
        SettingsError: the library cannot be read.
    """
    keep_private(settings)
    try:
        library = open_library(settings)
    except LibraryError as error:
        raise SettingsError(f"SAYSO_LIBRARY: {error}") from error
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[uri]}"))
    try:
        with Progress(*columns, console=screen, transient=True) as bar:
            task = bar.add_task("Reading", total=None, uri="")
            report = await library.refresh(
                lambda done, total, uri: bar.update(task, completed=done, total=total, uri=uri)
            )
            bar.update(task, description="Encoding", completed=0, total=None, uri="")
            await library.encode(lambda done, total: bar.update(task, completed=done, total=total))
    except LibraryError as error:
        raise SettingsError(f"SAYSO_LIBRARY: {error}") from error
    finally:
        await library.close()
    screen.print(
        f"{report.documents} documents: {report.indexed} read in {report.seconds:.1f} s, "
        f"{report.unchanged} unchanged, {report.removed} removed"
    )
    for skipped in report.skipped:
        screen.print(Text(f"skipped {skipped.uri}: {skipped.reason}", style="yellow"))
    for noticed in report.noticed:
        screen.print(Text(f"{noticed.uri}: {noticed.reason}", style="yellow"))
    if unread := kinds_said(report.kinds):
        screen.print(Text(unread, style="yellow"))
    return 0
