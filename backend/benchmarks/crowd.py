"""A database with many waiting runs: copies of the rows of one real one."""

import sqlite3
from pathlib import Path

TABLES = {"runs": "id", "events": "run_id", "reviews": "run_id", "checkpoints": "run_id"}


def multiply(database: Path, count: int) -> None:
    """Fill up to `count` runs. The server is stopped, and the file holds one run."""
    with sqlite3.connect(database) as connection:
        (original,) = connection.execute("SELECT id FROM runs").fetchone()
        connection.execute("CREATE TEMP TABLE copies (id TEXT, n INTEGER)")
        connection.executemany("INSERT INTO copies VALUES (?, ?)", ((run_id(n), n) for n in range(1, count)))
        for table, key in TABLES.items():
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            values = ", ".join(_value(column, key) for column in columns)
            connection.execute(
                f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM {table}, copies "
                f"WHERE {table}.{key} = :original ORDER BY copies.n",
                {"original": original},
            )
    connection.close()


def run_id(number: int) -> str:
    # Spread like real ids, which are random.
    return f"{(number * 0x9E3779B97F4A7C15) % 2**64:016x}{number:016x}"


def _value(column: str, key: str) -> str:
    if column == key:
        return "copies.id"
    if column == "body":
        return "replace(body, :original, copies.id)"
    if column == "created_at":
        # Each its own second of the days before.
        return "strftime('%Y-%m-%dT%H:%M:%f000+00:00', created_at, '-' || copies.n || ' seconds')"
    return column
