"""A database with many waiting runs: copies of the rows of one real one."""

import psycopg

from benchmarks.crowd import run_id

TABLES = {"runs": "id", "events": "run_id", "reviews": "run_id", "checkpoints": "run_id"}


def multiply(url: str, count: int) -> None:
    """Fill up to `count` runs. The database holds one run that waits, and nobody works on it."""
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT id FROM runs").fetchone()
        assert row
        connection.execute("CREATE TEMP TABLE copies (id TEXT, n INTEGER)")
        with connection.cursor().copy("COPY copies FROM STDIN") as copy:
            for n in range(1, count):
                copy.write_row((run_id(n), n))
        for table, key in TABLES.items():
            found = connection.execute(
                "SELECT column_name FROM information_schema.columns "
                "WHERE table_schema = 'public' AND table_name = %s ORDER BY ordinal_position",
                (table,),
            )
            columns = [str(name) for (name,) in found.fetchall()]
            values = ", ".join(_value(column, key) for column in columns)
            connection.execute(
                f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM {table}, copies "
                f"WHERE {table}.{key} = %(original)s ORDER BY copies.n".encode(),
                {"original": row[0]},
            )
    # What autovacuum does within its first minute.
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


def _value(column: str, key: str) -> str:
    if column == key:
        return "copies.id"
    if column == "body":
        return "replace(body, %(original)s, copies.id)"
    if column == "created_at":
        # Each its own second of the days before.
        return (
            "to_char((created_at::timestamptz - make_interval(secs => copies.n)) AT TIME ZONE 'UTC', "
            '\'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"\')'
        )
    return column
