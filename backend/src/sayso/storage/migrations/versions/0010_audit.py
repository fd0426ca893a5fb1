"""Who did what, and the chain that seals it."""

from alembic import op

revision = "0010"
down_revision = "0009"

TABLES = """
CREATE TABLE audit (
  id {counted},
  at {exact} NOT NULL,
  body TEXT NOT NULL,
  link INTEGER
);
CREATE INDEX audit_by_link ON audit (link, id);
CREATE INDEX audit_by_time ON audit (at, id);

CREATE TABLE audit_links (
  position INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  seq BIGINT NOT NULL,
  at {exact} NOT NULL,
  content_hash TEXT NOT NULL,
  previous TEXT,
  hash TEXT NOT NULL
)
"""


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    exact = "TEXT" if sqlite else 'TEXT COLLATE "C"'
    counted = "INTEGER PRIMARY KEY AUTOINCREMENT" if sqlite else "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"
    for statement in TABLES.replace("{exact}", exact).replace("{counted}", counted).split(";"):
        op.execute(statement)


def downgrade() -> None:
    for table in ("audit_links", "audit"):
        op.drop_table(table)
