"""`sayso person`: through the server that works on the data folder, else with the database itself."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any, Protocol, TypeVar
from urllib.parse import quote

from pydantic import BaseModel, ValidationError
from rich.console import Console

from sayso.cli.data import ServerCalls, server_or_store
from sayso.cli.operator import read_operator
from sayso.engine.administration import Administration
from sayso.errors import SettingsError
from sayso.exports.text import one_line
from sayso.people.actor import OPERATOR
from sayso.protocol.commands import ProtocolError, invalid
from sayso.protocol.people import NewPerson, PersonChange, PersonInfo, SecretMade
from sayso.protocol.people import People as Everybody
from sayso.settings import Settings

M = TypeVar("M", bound=BaseModel)
say = Console(highlight=False, soft_wrap=True, markup=False)


class People(Protocol):
    """What can be done with people, wherever they are."""

    async def add(self, new: NewPerson) -> PersonInfo: ...
    async def everybody(self) -> list[PersonInfo]: ...
    async def change(self, name: str, change: PersonChange) -> PersonInfo: ...
    async def token(self, name: str) -> SecretMade: ...
    async def link(self, name: str) -> SecretMade: ...
    async def revoke(self, name: str, token: str | None = None) -> None: ...


def add(settings: Settings, name: str, role: str, groups: list[str]) -> None:
    """Raises:
    SettingsError: the name is taken, or is none; or there is no way to the people.
    """

    async def work(people: People) -> None:
        person = await people.add(_valid(NewPerson, name=name, role=role, groups=groups))
        say.print(_line(person))
        say.print(f"  Let them in with: sayso person link {name!r}, or sayso person token {name!r} for scripts")

    _do(settings, work)


def list_all(settings: Settings) -> None:
    """Raises:
    SettingsError: there is no way to the people.
    """

    async def work(people: People) -> None:
        found = await people.everybody()
        for person in found:
            say.print(_line(person))
        if not found:
            say.print("Nobody yet. Add somebody with: sayso person add NAME --role reviewer")

    _do(settings, work)


def change(
    settings: Settings,
    name: str,
    *,
    role: str | None = None,
    groups: list[str] | None = None,
    disabled: bool | None = None,
) -> None:
    """Raises:
    SettingsError: there is nobody of this name; or no way to the people.
    """

    async def work(people: People) -> None:
        given = {"role": role, "groups": groups, "disabled": disabled}
        wanted = _valid(PersonChange, **{key: value for key, value in given.items() if value is not None})
        say.print(_line(await people.change(name, wanted)))

    _do(settings, work)


def token(settings: Settings, name: str) -> None:
    """Raises:
    SettingsError: there is nobody of this name; or no way to the people.
    """

    async def work(people: People) -> None:
        made = await people.token(name)
        say.print(made.secret)
        Console(stderr=True, highlight=False, markup=False, soft_wrap=True).print(
            f"This is shown once. It is good until: sayso person revoke {name!r} --token {made.id}"
        )

    _do(settings, work)


def link(settings: Settings, name: str) -> None:
    """Raises:
    SettingsError: there is nobody of this name; or no way to the people.
    """

    async def work(people: People) -> None:
        made = await people.link(name)
        operator = read_operator(settings.data_dir)
        address = settings.public_url or (operator.url if operator else f"http://{settings.host}:{settings.port}")
        # Behind the # nothing is sent to any server: only the page reads it, and whoever previews the link does not.
        say.print(f"{address}/sign-in/#{made.secret}")
        Console(stderr=True, highlight=False, markup=False, soft_wrap=True).print(
            "Whoever opens it first is signed in, once, within an hour. Send it to nobody else."
        )

    _do(settings, work)


def revoke(settings: Settings, name: str, token: str | None) -> None:
    """Raises:
    SettingsError: there is nobody of this name, or no such token; or no way to the people.
    """

    async def work(people: People) -> None:
        await people.revoke(name, token)
        say.print("Revoked. Sockets and streams that came in with it end.")

    _do(settings, work)


def _line(person: PersonInfo) -> str:
    groups = f" ({', '.join(map(one_line, person.groups))})" if person.groups else ""
    disabled = ", disabled" if person.disabled_at else ""
    tokens = f", tokens {' '.join(person.tokens)}" if person.tokens else ""
    return f"{one_line(person.name)}: {person.role}{groups}{disabled}{tokens}"


def _do(settings: Settings, work: Any) -> None:
    async def run() -> None:
        async with _people(settings) as people:
            await work(people)

    try:
        asyncio.run(run())
    except ProtocolError as error:
        raise SettingsError(f"person: {error.message}") from error


def _valid(model: type[M], **fields: Any) -> M:
    try:
        return model.model_validate(fields)
    except ValidationError as error:
        raise SettingsError(f"person: {invalid(error).message}") from error


@contextlib.asynccontextmanager
async def _people(settings: Settings) -> AsyncIterator[People]:
    async with server_or_store(settings, "person") as way:
        yield _Remote(way) if isinstance(way, ServerCalls) else Administration(way, OPERATOR)


class _Remote:
    """People, through a server."""

    def __init__(self, calls: ServerCalls) -> None:
        self._calls = calls

    async def add(self, new: NewPerson) -> PersonInfo:
        return PersonInfo.model_validate(await self._call("POST", "", new))

    async def everybody(self) -> list[PersonInfo]:
        return Everybody.model_validate(await self._call("GET", "")).people

    async def change(self, name: str, change: PersonChange) -> PersonInfo:
        return PersonInfo.model_validate(await self._call("PATCH", _path(name), change))

    async def token(self, name: str) -> SecretMade:
        return SecretMade.model_validate(await self._call("POST", f"{_path(name)}/token"))

    async def link(self, name: str) -> SecretMade:
        return SecretMade.model_validate(await self._call("POST", f"{_path(name)}/link"))

    async def revoke(self, name: str, token: str | None = None) -> None:
        await self._call("DELETE", f"{_path(name)}/secrets{f'?token={quote(token)}' if token else ''}")

    async def _call(self, method: str, path: str, body: BaseModel | None = None) -> Any:
        return await self._calls(method, f"/api/people{path}", body)


def _path(name: str) -> str:
    return f"/{quote(name, safe='')}"
