"""The SQL of `queries/*.sql` by name, as text with `:name` parameters."""

from pathlib import Path
from typing import Any, cast

import aiosql


class Statements:
    """`Statements("sqlite3")["claim_run"]` is that statement's SQL in the driver's parameter style."""

    def __init__(self, driver: str) -> None:
        folder = Path(__file__).with_name("queries")
        loaded: Any = aiosql.from_path(folder, driver, mandatory_parameters=False)
        self._sql = {name: cast(str, getattr(loaded, name).sql) for name in loaded.available_queries}

    def __getitem__(self, name: str) -> str:
        return self._sql[name]
