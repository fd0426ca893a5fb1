"""The database's schema, revision by revision (Alembic)."""

HEAD = "0003"
"""The newest revision; a test holds it against the folder, so that a start need not import Alembic to know it."""


def migrate(url: str) -> None:
    """Bring the database at `url` (an SQLAlchemy URL) to `HEAD`. Does nothing to one that is there."""
    # Imported here: a start with an up-to-date database does without SQLAlchemy and Alembic.
    from alembic import command
    from alembic.config import Config
    from sqlalchemy import create_engine
    from sqlalchemy.pool import NullPool

    config = Config()
    config.set_main_option("script_location", "sayso.storage:migrations")
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, HEAD)
    engine.dispose()
