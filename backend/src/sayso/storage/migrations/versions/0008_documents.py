"""Documents that were added on the page, so that each process can have them in its library."""

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    exact, content = ("TEXT", "BLOB") if sqlite else ('TEXT COLLATE "C"', "BYTEA")
    op.execute(
        f"""CREATE TABLE documents (
  name {exact} PRIMARY KEY,
  digest TEXT NOT NULL,
  size INTEGER NOT NULL,
  added_at TEXT NOT NULL,
  added_by TEXT NOT NULL,
  content {content} NOT NULL
)"""
    )


def downgrade() -> None:
    op.drop_table("documents")
