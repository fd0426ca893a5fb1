"""A small manual of an imaginary database, for ranking: short, overlapping, with misleading neighbours."""

PAGES: dict[str, str] = {
    "vacuum.md": """# VACUUM

`VACUUM` reclaims storage occupied by dead tuples. It is done periodically, especially on frequently updated tables,
because deleted rows are not removed from their table until a vacuum is done.

## FULL

`VACUUM FULL` rewrites the entire table into a new file and gives the space back to the operating system. It takes an
exclusive lock on the table while it runs, so nobody can read or write it, and it is much slower than a plain vacuum.

## Parallel workers

The vacuum of indexes can use several background workers. Each index is handled by one worker at a time, and small
indexes are left to the leader, because starting a worker costs more than it gains.
""",
    "locks.md": """# Explicit locking

Table-level locks conflict with one another as the table below shows. A transaction holds its locks until it ends.

## Deadlocks

Two transactions that wait for each other are in a deadlock. The server detects it after deadlock_timeout and aborts one
of them. The best defense is that all applications take locks in the same order.

## Full exclusive mode

The full exclusive mode conflicts with all modes. Only the table itself is concerned, not the rows or the pages in it.
""",
    "monitoring.md": """# Monitoring

The view pg_stat_activity has one row for each server process, with the query that it runs and what it waits for.

## Statistics of a table

Activity of a table is counted in other views. The stat collector was a process of its own in older releases.
""",
    "routing.md": """# Navigation

The useRouter hook gives access to the router object inside a component. Prefer links, and use the hook for what
happens after an event.

## use cache

The use cache directive marks a function as cacheable. What it returns is reused for the same arguments.

## next.config.js

Settings of the framework live in next.config.js, next to the package file. It is read once at the start.
""",
    "cache.md": """# Browser caches

A browser keeps its own cache of pages and pictures. The use of memory by the cache grows until a limit is reached.
""",
    "copy-of-vacuum.txt": """VACUUM FULL rewrites the entire table into a new file and gives the space back to
the operating system. It takes an exclusive lock on the table while it runs, so nobody can read or write it, and it is
much slower than a plain vacuum.
""",
    "backup.md": """# Backup

## Dumps

A dump is a file with commands that make the database anew. It is consistent without stopping the server.

## Base backups

A base backup copies the files of a running server. With the write-ahead log it can be brought to any point in time.

## Restoring

Restoring a dump takes longer than restoring a base backup, because all indexes are built again from the data.

## Scheduling

A backup that nobody restores is a hope. Restore a backup on another machine once a month and compare the row counts.
""",
}
