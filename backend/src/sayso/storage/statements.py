"""The SQL of `queries/*.sql` by name, as text with the database's parameters.

Nearly all statements serve both databases; those that cannot are in `queries/sqlite` and `queries/postgres`.
"""

from pathlib import Path
from typing import Any, Literal, cast

import aiosql

_DRIVERS = {"sqlite": "sqlite3", "postgres": "psycopg"}


class Statements:
    """`Statements("sqlite")["claim_run"]` is that statement's SQL in the driver's parameter style."""

    def __init__(self, database: Literal["sqlite", "postgres"]) -> None:
        folder = Path(__file__).with_name("queries")
        self._sql: dict[str, str] = {}
        for path in [*sorted(folder.glob("*.sql")), *sorted((folder / database).glob("*.sql"))]:
            loaded: Any = aiosql.from_path(path, _DRIVERS[database], mandatory_parameters=False)
            self._sql |= {name: cast(str, getattr(loaded, name).sql) for name in loaded.available_queries}

    def __getitem__(self, name: str) -> str:
        return self._sql[name]
