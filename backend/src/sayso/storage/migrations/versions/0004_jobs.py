"""PostgreSQL: the tables of Procrastinate, which hands runs to workers. Also: what is over is found by time."""

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.execute("CREATE INDEX runs_over ON runs (updated_at) WHERE status IN ('completed', 'failed', 'cancelled')")
    bind = op.get_bind()
    if bind.dialect.name == "postgresql":
        from procrastinate.schema import SchemaManager

        # As of the version that the lock file names. A later version's own changes become revisions of ours.
        # As it is, past SQLAlchemy, which would take its percent signs for parameters.
        bind.connection.cursor().execute(SchemaManager.get_schema())


def downgrade() -> None:
    op.execute("DROP INDEX runs_over")
    if op.get_bind().dialect.name == "postgresql":
        for table in ("events", "periodic_defers", "jobs", "workers"):
            op.execute(f"DROP TABLE IF EXISTS procrastinate_{table} CASCADE")
