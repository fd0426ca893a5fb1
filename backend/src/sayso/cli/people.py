"""The options of `sayso person` and `sayso audit`."""

import sys
from typing import Annotated

import typer

from sayso.cli.start import age, read
from sayso.errors import SettingsError

person = typer.Typer(help="People who may sign in: add, change, let in, shut out.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="What the person is called.")]
Role = Annotated[str | None, typer.Option(help="asker, reviewer or admin; each may do what the ones before may.")]
Group = Annotated[list[str] | None, typer.Option(help="A group, such as legal; may be given several times.")]


@person.command("add")
def add_person(name: Name, role: Role = None, group: Group = None) -> None:
    """Add a person; by default an asker."""
    from sayso.cli.person import add

    add(read(), name, role or "asker", group or [])


@person.command("list")
def list_people() -> None:
    """Everybody, with their roles, groups and the ids of their tokens."""
    from sayso.cli.person import list_all

    list_all(read())


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
    change(read(), name, role=role, groups=[] if no_groups else group)


@person.command("disable")
def disable_person(name: Name) -> None:
    """Shut a person out, at once and everywhere. Runs and decisions keep the name."""
    from sayso.cli.person import change

    change(read(), name, disabled=True)


@person.command("enable")
def enable_person(name: Name) -> None:
    """Let a person in again, who then needs a new link or token."""
    from sayso.cli.person import change

    change(read(), name, disabled=False)


@person.command("token")
def make_token(name: Name) -> None:
    """Print a new token, once: for scripts (SAYSO_TOKEN), and for signing in."""
    from sayso.cli.person import token

    token(read(), name)


@person.command("link")
def make_link(name: Name) -> None:
    """Print a link that signs a person in: once, within the hour."""
    from sayso.cli.person import link

    link(read(), name)


@person.command("revoke")
def revoke(
    name: Name,
    token: Annotated[
        str | None, typer.Option(help="Id of one token; left out, all that the person came in with.")
    ] = None,
) -> None:
    """End a token, or all tokens, links and sessions of a person, with the sockets that came in with them."""
    from sayso.cli.person import revoke as revoke_secrets

    revoke_secrets(read(), name, token)


audit = typer.Typer(help="Who did what, and whether that is as it was sealed.")


@audit.callback(invoke_without_command=True)
def show_audit(
    context: typer.Context,
    since: Annotated[str | None, typer.Option(help="How far back: 7d, 12h; by default to the beginning.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Print who did what, oldest first."""
    from sayso.cli.audit import show

    if context.invoked_subcommand is None:
        show(read(), age(since, "audit: --since") if since else None, as_json=as_json)


@audit.command("verify")
def verify_audit(
    head: Annotated[str | None, typer.Option(help="A hash that it is known to have ended with at some time.")] = None,
) -> None:
    """Check that nothing was changed, left out or added since it was sealed. Exit code 0: it holds; 1: it does not."""
    from sayso.cli.audit import verify as verify_rows

    sys.exit(verify_rows(read(), head))


@audit.command("prune")
def prune_audit(older_than: Annotated[str, typer.Option(help="How long ago it was sealed: 365d.")]) -> None:
    """Erase what was sealed that long ago; what is left says so, and still holds."""
    from sayso.cli.audit import prune as prune_rows

    prune_rows(read(), age(older_than, "audit prune: --older-than"))
