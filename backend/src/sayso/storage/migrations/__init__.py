"""The database's schema, revision by revision (Alembic)."""

HEAD = "0011"
"""The newest revision; a test holds it against the folder, so that a start need not import Alembic to know it."""

LOCK = 0x5A150
"""Key of the advisory lock that a migration holds."""


def migrate(url: str) -> None:
    """Bring the database at `url` (an SQLAlchemy URL) to `HEAD`. Does nothing to one that is there.

    On PostgreSQL one process migrates at a time; the others wait, and find it done.
    """
    # Imported here: a start with an up-to-date database does without SQLAlchemy and Alembic.
    from alembic import command
    from alembic.config import Config
    from sqlalchemy import create_engine, text
    from sqlalchemy.pool import NullPool

    config = Config()
    config.set_main_option("script_location", "sayso.storage:migrations")
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))
        config.attributes["connection"] = connection
        command.upgrade(config, HEAD)
    engine.dispose()
