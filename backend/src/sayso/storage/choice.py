"""Which store the settings mean."""

from sayso.errors import SettingsError
from sayso.settings import Settings
from sayso.storage.store import Store


def store_for(settings: Settings) -> Store:
    """The store, not opened yet.

    Raises:
        SettingsError: the drivers of its database are not installed.
    """
    if not settings.shared:
        from sayso.storage.sqlite import SqliteStore

        return SqliteStore(settings.database)
    try:
        from sayso.storage.postgres import PostgresStore
    except ImportError as error:
        raise SettingsError(
            f"SAYSO_DATABASE_URL: PostgreSQL needs drivers that are not installed ({error.name}): "
            "pip install 'sayso[postgres]'"
        ) from error
    return PostgresStore(str(settings.database_url), takeover=settings.takeover)
