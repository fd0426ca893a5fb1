"""`sayso webhook`: where Sayso tells of what happens. Works on the database, whether a server runs or not."""

import contextlib
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime

from rich.console import Console

from sayso.channel_settings import check_mail_address, check_url
from sayso.cli.private_files import keep_private
from sayso.cli.process import data_folder
from sayso.errors import SettingsError
from sayso.notify.channels import channel, senders_of, shown_address
from sayso.notify.port import Unsent
from sayso.notify.webhook import new_secret
from sayso.protocol.notification import TOPICS, Notification, Topic
from sayso.settings import Settings
from sayso.storage.choice import store_for
from sayso.storage.errors import StorageError
from sayso.storage.outbox import Channel, ChannelKind, Origin
from sayso.storage.store import Store

say = Console(highlight=False, soft_wrap=True, markup=False)
MAIL = "mailto:"


async def add(settings: Settings, address: str, *, slack: bool, events: str | None) -> None:
    """Add a channel and print its id, and the secret of a webhook, once.

    Raises:
        SettingsError: the address or an event is none, or the database cannot be used.
    """
    kind, address = _parsed(settings, address, slack=slack)
    secret = new_secret() if kind is ChannelKind.WEBHOOK else None
    wanted = channel(kind, address, _topics(events), secret)
    async with _store(settings) as store:
        known = next((each for each in await store.channels() if each.id == wanted.id), None)
        if not await store.add_channel(wanted, datetime.now(UTC)):
            raise SettingsError(f"webhook: {wanted.id} is in the settings; change it there.")
    say.print(f"{wanted.id} is told of {', '.join(wanted.events)}.")
    if known is None and secret:
        say.print(f"Its messages are signed with {secret}\nKeep it: it is not shown again.")
    if settings.public_url is None:
        say.print("Set SAYSO_PUBLIC_URL for the servers, or its messages have no link.")
    say.print(f"`sayso webhook test {wanted.id}` sends it a message.")


async def show(settings: Settings) -> None:
    """Print all channels and how they are.

    Raises:
        SettingsError: the database cannot be used.
    """
    async with _store(settings) as store:
        channels = await store.channels()
    if not channels:
        say.print("There are none. `sayso webhook add https://...` adds one.")
    for each in channels:
        say.print(f"{each.id}  {shown_address(each.kind, each.address)}", style="bold")
        say.print(f"  {_state(each)}")
        say.print(f"  told of {', '.join(each.events)}" + (" (from the settings)" if _set(each) else ""))
        if each.pending or each.given_up:
            say.print(f"  {each.pending:,} to be sent" + (f", {each.given_up:,} given up" if each.given_up else ""))


async def remove(settings: Settings, id: str) -> None:
    """Remove a channel, with what it is owed.

    Raises:
        SettingsError: there is none with that id, or it is in the settings, or the database cannot be used.
    """
    async with _store(settings) as store:
        if _set(await _known(store, id)):
            raise SettingsError(f"webhook: {id} is in the settings; take it out there.")
        await store.remove_channel(id, datetime.now(UTC))
    say.print(f"{id} is removed.")


async def enable(settings: Settings, id: str) -> None:
    """Send to a channel again, beginning with what it is owed.

    Raises:
        SettingsError: there is none with that id, or the database cannot be used.
    """
    async with _store(settings) as store:
        owed = await _known(store, id)
        await store.enable_channel(id, datetime.now(UTC))
    count = owed.pending + owed.given_up
    say.print(f"{id} is enabled. {f'{count:,} of its messages are sent now.' if count else 'It is owed nothing.'}")


async def test(settings: Settings, id: str) -> None:
    """Send a message to a channel from here, at once.

    Raises:
        SettingsError: it did not arrive, there is none with that id, or the database cannot be used.
    """
    async with _store(settings) as store:
        tried = await _known(store, id)
    at = datetime.now(UTC)
    sender = senders_of(settings, settings.public_url).get(tried.kind)
    try:
        if sender is None:
            raise Unsent(f"there are no settings for {tried.kind}")
        message = Notification(type=Topic.TEST, timestamp=at)
        await sender.send(tried, f"msg_test_{int(at.timestamp() * 1_000)}", message)
    except Unsent as unsent:
        raise SettingsError(f"webhook: {id}: {unsent.why}.") from unsent
    say.print(f"{id} has taken a test message.")


def _parsed(settings: Settings, address: str, *, slack: bool) -> tuple[ChannelKind, str]:
    try:
        if address.startswith(MAIL):
            if slack:
                raise ValueError("--slack: give the https:// address of an incoming webhook")
            if ChannelKind.MAIL not in senders_of(settings, settings.public_url):
                raise ValueError("set SAYSO_SMTP_HOST and SAYSO_MAIL_FROM first")
            return ChannelKind.MAIL, check_mail_address(address.removeprefix(MAIL))
        return ChannelKind.SLACK if slack else ChannelKind.WEBHOOK, check_url(address)
    except ValueError as error:
        raise SettingsError(f"webhook: {error}.") from error


def _topics(events: str | None) -> Sequence[str] | None:
    if events is None:
        return None
    named = list(dict.fromkeys(event.strip() for event in events.split(",") if event.strip()))
    unknown = next((event for event in named if event not in TOPICS), None)
    if unknown is not None or not named:
        raise SettingsError(f"webhook: --events: {unknown or 'nothing'} is none; there are {', '.join(TOPICS)}.")
    return named


def _state(channel: Channel) -> str:
    if channel.disabled_at:
        return f"disabled since {channel.disabled_at:%Y-%m-%d %H:%M} UTC: {channel.why}"
    if channel.failing_since:
        return f"nothing has arrived since {channel.failing_since:%Y-%m-%d %H:%M} UTC: {channel.why}"
    return f"last arrived {channel.delivered_at:%Y-%m-%d %H:%M} UTC" if channel.delivered_at else "nothing sent yet"


def _set(channel: Channel) -> bool:
    return channel.origin is Origin.SETTINGS


async def _known(store: Store, id: str) -> Channel:
    found = next((each for each in await store.channels() if each.id == id), None)
    if found is None:
        raise SettingsError(f"webhook: there is no {id}; `sayso webhook list` names them.")
    return found


@contextlib.asynccontextmanager
async def _store(settings: Settings) -> AsyncIterator[Store]:
    """The database, beside a server that may work on it; made or migrated only where none does."""
    keep_private(settings)
    with contextlib.ExitStack() as held:
        store = store_for(settings, guest=True)
        try:
            try:
                await store.open()
            except StorageError:
                if settings.shared:
                    raise
                held.enter_context(data_folder(settings.data_dir))
                store = store_for(settings)
                await store.open()
            try:
                yield store
            finally:
                await store.close()
        except StorageError as error:
            raise SettingsError(str(error)) from error
