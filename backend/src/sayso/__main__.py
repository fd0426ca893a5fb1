"""The command line: `sayso serve`, `ask`, `export`, `index`, `verify`, `worker`, `migrate`, `prune`, `person`."""

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from sayso.errors import SettingsError
from sayso.settings import Settings, read_settings, unknown_settings

app = typer.Typer(
    help="Research reports in which a human's decision binds.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
)
errors = Console(stderr=True)


def main() -> None:
    """Run a command. What a person can put right is one line, not a traceback."""
    try:
        app()
    except SettingsError as error:
        errors.print(f"sayso: {error}", style="red", highlight=False, markup=False, soft_wrap=True)
        sys.exit(2)


def _settings(**given: object) -> Settings:
    settings = read_settings(**given)
    for line in unknown_settings():
        errors.print(f"sayso: {line}", style="yellow", highlight=False, markup=False)
    return settings


def _token(settings: Settings) -> str | None:
    """As whom a client of a server comes in, where people sign in."""
    return settings.token.get_secret_value() if settings.token else None


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; 0 picks a free one.")] = None,
    reload: Annotated[bool, typer.Option(help="Start again when the code changes, for development.")] = False,
    worker: Annotated[bool, typer.Option(help="Work on runs too; without, `sayso worker` has to.")] = True,
) -> None:
    """Start the server: the page, the websocket and the HTTP calls."""
    from sayso.cli.serve import serve as run_server

    run_server(_settings(host=host, port=port), reload=reload, works=worker)


@app.command()
def worker(
    concurrency: Annotated[int | None, typer.Option(help="Runs at a time; by default SAYSO_CONCURRENCY.")] = None,
) -> None:
    """Work on the runs of a PostgreSQL database that servers share. SIGTERM drains it."""
    from sayso.cli.worker import work

    work(_settings(concurrency=concurrency))


@app.command()
def migrate() -> None:
    """Bring the database up to date, as every start does too."""
    from sayso.cli.maintain import migrate as migrate_database

    migrate_database(_settings())


@app.command()
def prune(
    older_than: Annotated[str, typer.Option(help="How long they have been over: 90d, 12h.")],
) -> None:
    """Erase runs that have been over for that long, with their logs and passages."""
    from sayso.cli.maintain import prune as prune_runs
    from sayso.settings import duration

    try:
        age = duration(older_than)
    except ValueError as error:
        raise SettingsError(f"prune: --older-than: {error}.") from error
    prune_runs(_settings(), age)


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
    settings = _settings()
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

    settings = _settings()
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

    sys.exit(asyncio.run(index_in_terminal(_settings(library=folder))))


person = typer.Typer(help="People who may sign in: add, change, let in, shut out.", no_args_is_help=True)
app.add_typer(person, name="person")
Name = Annotated[str, typer.Argument(help="What the person is called.")]
Role = Annotated[str | None, typer.Option(help="asker, reviewer or admin; each may do what the ones before may.")]
Group = Annotated[list[str] | None, typer.Option(help="A group, such as legal; may be given several times.")]


@person.command("add")
def add_person(name: Name, role: Role = None, group: Group = None) -> None:
    """Add a person; by default an asker."""
    from sayso.cli.person import add

    add(_settings(), name, role or "asker", group or [])


@person.command("list")
def list_people() -> None:
    """Everybody, with their roles, groups and the ids of their tokens."""
    from sayso.cli.person import list_all

    list_all(_settings())


@person.command("change")
def change_person(
    name: Name,
    role: Role = None,
    group: Group = None,
    no_groups: Annotated[bool, typer.Option("--no-groups", help="Take the person out of every group.")] = False,
) -> None:
    """Change role or groups. Who is connected as that person is signed in anew."""
    from sayso.cli.person import change

    if no_groups and group:
        raise SettingsError("person change: give --group or --no-groups, not both.")
    change(_settings(), name, role=role, groups=[] if no_groups else group)


@person.command("disable")
def disable_person(name: Name) -> None:
    """Shut a person out, at once and everywhere. Runs and decisions keep the name."""
    from sayso.cli.person import change

    change(_settings(), name, disabled=True)


@person.command("enable")
def enable_person(name: Name) -> None:
    """Let a person in again, who then needs a new link or token."""
    from sayso.cli.person import change

    change(_settings(), name, disabled=False)


@person.command("token")
def make_token(name: Name) -> None:
    """Print a new token, once: for scripts (SAYSO_TOKEN), and for signing in."""
    from sayso.cli.person import token

    token(_settings(), name)


@person.command("link")
def make_link(name: Name) -> None:
    """Print a link that signs a person in: once, within the hour."""
    from sayso.cli.person import link

    link(_settings(), name)


@person.command("revoke")
def revoke(
    name: Name,
    token: Annotated[
        str | None, typer.Option(help="Id of one token; left out, all that the person came in with.")
    ] = None,
) -> None:
    """End a token, or all tokens, links and sessions of a person, with the sockets that came in with them."""
    from sayso.cli.person import revoke as revoke_secrets

    revoke_secrets(_settings(), name, token)


if __name__ == "__main__":
    main()
