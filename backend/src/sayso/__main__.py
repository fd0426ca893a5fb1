"""The command line of `sayso`: its commands are the functions here that Typer knows."""

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import typer

from sayso.cli.people import audit, person
from sayso.cli.start import age, errors, read
from sayso.errors import SettingsError
from sayso.settings import Settings

app = typer.Typer(
    help="Research reports in which a human's decision binds.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
)
app.add_typer(person, name="person")
app.add_typer(audit, name="audit")
webhooks = typer.Typer(help="Where Sayso tells of what happens: webhooks, Slack, e-mail.", no_args_is_help=True)
app.add_typer(webhooks, name="webhook")


def main() -> None:
    """Run a command. What a person can put right is one line, not a traceback."""
    try:
        app()
    except SettingsError as error:
        errors.print(f"sayso: {error}", style="red", highlight=False, markup=False, soft_wrap=True)
        sys.exit(2)


def _token(settings: Settings) -> str | None:
    """As whom a client of a server comes in, where people sign in."""
    return settings.token.get_secret_value() if settings.token else None


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; 0 picks a free one.")] = None,
    reload: Annotated[bool, typer.Option(help="Start again when the code changes, for development.")] = False,
    worker: Annotated[bool, typer.Option(help="Work on runs too; without, `sayso worker` has to.")] = True,
    open: Annotated[bool, typer.Option("--open", help="Open the page in a browser once it is there.")] = False,
) -> None:
    """Start the server: the page, the websocket and the HTTP calls."""
    from sayso.cli.serve import serve as run_server

    if open and reload:
        raise SettingsError("serve --open: not with --reload, which starts again and again.")
    run_server(read(host=host, port=port), reload=reload, works=worker, opens=open)


@app.command()
def worker(
    concurrency: Annotated[int | None, typer.Option(help="Runs at a time; by default SAYSO_CONCURRENCY.")] = None,
) -> None:
    """Work on the runs of a PostgreSQL database that servers share. SIGTERM drains it."""
    from sayso.cli.worker import work

    work(read(concurrency=concurrency))


@app.command()
def migrate() -> None:
    """Bring the database up to date, as every start does too."""
    from sayso.cli.maintain import migrate as migrate_database

    migrate_database(read())


@app.command()
def prune(
    older_than: Annotated[str, typer.Option(help="How long they have been over: 90d, 12h.")],
) -> None:
    """Erase runs that have been over for that long, with their logs and passages."""
    from sayso.cli.maintain import prune as prune_runs

    prune_runs(read(), age(older_than, "prune: --older-than"))


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="What should be researched.")] = None,
    run: Annotated[str | None, typer.Option(help="Watch this run instead, and decide when it asks.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Approve whatever is found, unattended.")] = False,
    by: Annotated[str, typer.Option(help="Your name, as recorded with the decision.", envvar="USER")] = "",
    server: Annotated[str | None, typer.Option(help="Another server, as http://HOST:PORT.")] = None,
) -> None:
    """Ask a question in the terminal, decide about the findings, get the report as Markdown on stdout."""
    from sayso.cli.ask import ask as ask_in_terminal

    if (question is None) == (run is None):
        raise SettingsError('ask: give a question, or --run with the id of a run: sayso ask "How does ...?"')
    settings = read()
    address = server or f"http://{settings.host}:{settings.port}"
    sys.exit(
        asyncio.run(ask_in_terminal(address, question=question, run_id=run, approve=yes, by=by, token=_token(settings)))
    )


@app.command()
def export(
    run: Annotated[str, typer.Argument(help="Id of a run.", metavar="ID")],
    format: Annotated[str | None, typer.Option(help="md, html, docx, pdf, json or record; by default pdf.")] = None,
    output: Annotated[str | None, typer.Option(help="File or folder to write to; - is stdout.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite a file that is there.")] = False,
    server: Annotated[str | None, typer.Option(help="Another server, as http://HOST:PORT.")] = None,
) -> None:
    """Save the report of a run as a file, or its record (--format record)."""
    from sayso.cli.export import export as export_from_server

    settings = read()
    address = server or f"http://{settings.host}:{settings.port}"
    export_from_server(address, run, format=format, output=output, force=force, token=_token(settings))


@app.command()
def verify(
    file: Annotated[Path, typer.Argument(help="A record, as `sayso export ID --format record` saves it.")],
    head: Annotated[str | None, typer.Option(help="A hash that the record is known to have ended with.")] = None,
) -> None:
    """Check a run's record offline. Exit code 0: it holds; 1: it does not; 2: it is no record."""
    from sayso.cli.verify import verify as verify_file

    sys.exit(verify_file(file, head))


@app.command()
def index(
    folder: Annotated[Path | None, typer.Argument(help="A folder of documents; by default SAYSO_LIBRARY.")] = None,
) -> None:
    """Read new and changed documents into the library's index, with a progress bar."""
    from sayso.cli.index import index as index_in_terminal

    sys.exit(asyncio.run(index_in_terminal(read(library=folder))))


@app.command()
def doctor() -> None:
    """Say whether sources and model can be used, and measure how well the model judges sentences."""
    from sayso.cli.doctor import doctor as look

    sys.exit(asyncio.run(look(read())))


ChannelId = Annotated[str, typer.Argument(help="As `sayso webhook list` says.", metavar="ID")]


@webhooks.command("add")
def add_webhook(
    address: Annotated[str, typer.Argument(help="https://... or mailto:...", metavar="URL")],
    events: Annotated[str | None, typer.Option(help="What it is told of, with commas between.")] = None,
    slack: Annotated[bool, typer.Option("--slack", help="URL is an incoming webhook of Slack's.")] = False,
) -> None:
    """Tell an address of what happens; the same address again gets other events."""
    from sayso.cli import webhook

    asyncio.run(webhook.add(read(), address, slack=slack, events=events))


@webhooks.command("list")
def list_webhooks() -> None:
    """Who is told of what, and whether it arrives."""
    from sayso.cli import webhook

    asyncio.run(webhook.show(read()))


@webhooks.command("remove")
def remove_webhook(id: ChannelId) -> None:
    """Tell one no more."""
    from sayso.cli import webhook

    asyncio.run(webhook.remove(read(), id))


@webhooks.command("enable")
def enable_webhook(id: ChannelId) -> None:
    """Send to one again that was disabled, beginning with what it is owed."""
    from sayso.cli import webhook

    asyncio.run(webhook.enable(read(), id))


@webhooks.command("test")
def test_webhook(id: ChannelId) -> None:
    """Send one a message now."""
    from sayso.cli import webhook

    asyncio.run(webhook.test(read(), id))


if __name__ == "__main__":
    main()
