"""The way to a server's data: the server that works on the data folder, else the database itself."""

import contextlib
from collections.abc import AsyncIterator
from typing import Any

import httpx
from pydantic import BaseModel

from sayso.cli.operator import read_operator
from sayso.cli.private_files import keep_private
from sayso.cli.process import data_folder
from sayso.errors import SettingsError
from sayso.settings import Settings
from sayso.storage.choice import store_for
from sayso.storage.errors import StorageError
from sayso.storage.store import Store


class ServerCalls:
    """Calls of a running server, as its operator.

    Args:
        command: which says so when something fails.
    """

    def __init__(self, http: httpx.AsyncClient, command: str) -> None:
        self._http = http
        self._command = command

    async def __call__(self, method: str, path: str, body: BaseModel | None = None, query: Any = None) -> Any:
        """What the server answers, as JSON.

        Raises:
            SettingsError: it refuses, or goes away.
        """
        json = body.model_dump(exclude_unset=True) if body else None
        try:
            answer = await self._http.request(method, path, json=json, params=query)
        except httpx.HTTPError as error:
            raise SettingsError(f"{self._command}: the server went away ({type(error).__name__}).") from error
        if answer.is_error:
            raise SettingsError(f"{self._command}: {_message(answer)}")
        return answer.json() if answer.content else None


@contextlib.asynccontextmanager
async def server_or_store(settings: Settings, command: str) -> AsyncIterator[ServerCalls | Store]:
    """The running server, else the store, opened.

    Raises:
        SettingsError: there is no way to the data.
    """
    operator = read_operator(settings.data_dir)
    if operator is not None:
        headers = {"authorization": f"Bearer {operator.key}"}
        # This machine's own server: no proxy of the environment is on the way.
        async with httpx.AsyncClient(base_url=operator.url, headers=headers, timeout=60, trust_env=False) as http:
            if await _knows_us(http):
                yield ServerCalls(http, command)
                return
    keep_private(settings)
    with contextlib.nullcontext() if settings.shared else data_folder(settings.data_dir):
        store = store_for(settings)
        try:
            await store.open()
            yield store
            await store.close()
        except StorageError as error:
            raise SettingsError(str(error)) from error


async def _knows_us(http: httpx.AsyncClient) -> bool:
    """Whether the server of this key is there. Another one on its port does not know the key."""
    try:
        return (await http.get("/api/people")).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False


def _message(answer: httpx.Response) -> str:
    try:
        return str(answer.json()["error"]["message"])
    except (ValueError, KeyError, TypeError):
        return f"the server answered {answer.status_code}."
