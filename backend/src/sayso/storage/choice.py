"""Which store the settings mean."""

from sayso.errors import SettingsError
from sayso.settings import Settings
from sayso.storage.errors import StorageError
from sayso.storage.store import Store


async def check_database(settings: Settings) -> None:
    """See to it that a shared database can be reached, before anything else is begun.

    Raises:
        SettingsError: it cannot.
    """
    store = store_for(settings)
    reach = getattr(store, "reach", None)
    if reach is not None:
        try:
            await reach()
        except StorageError as error:
            raise SettingsError(str(error)) from error


def store_for(settings: Settings, *, guest: bool = False) -> Store:
    """The store, not opened yet.

    Args:
        guest: see `SqliteStore`; a shared database has no need of it.

    Raises:
        SettingsError: the drivers of its database are not installed.
    """
    if not settings.shared:
        from sayso.storage.sqlite.store import SqliteStore

        return SqliteStore(settings.database, guest=guest)
    try:
        from sayso.storage.postgres.store import PostgresStore
    except ImportError as error:
        raise SettingsError(
            f"SAYSO_DATABASE_URL: PostgreSQL needs drivers that are not installed ({error.name}): "
            "pip install 'sayso[postgres]'"
        ) from error
    return PostgresStore(str(settings.database_url), takeover=settings.takeover)
