"""A run's record: links over what was shown, decided and written, and what may be left of it when the run is erased."""

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    exact, options = ("TEXT", " WITHOUT ROWID") if sqlite else ('TEXT COLLATE "C"', "")
    op.execute(
        f"""CREATE TABLE record_links (
  run_id {exact} NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  kind TEXT NOT NULL,
  seq INTEGER NOT NULL,
  at TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  previous TEXT,
  hash TEXT NOT NULL,
  PRIMARY KEY (run_id, position)
){options}"""
    )
    op.execute(
        f"""CREATE TABLE erased_records (
  run_id {exact} PRIMARY KEY,
  links INTEGER NOT NULL,
  head TEXT NOT NULL,
  erased_at TEXT NOT NULL
)"""
    )


def downgrade() -> None:
    for table in ("record_links", "erased_records"):
        op.drop_table(table)
