"""People, the secrets that they come in with, and of runs: who asked, who is asked, and who is on it."""

from alembic import op

revision = "0009"
down_revision = "0008"

TABLES = """
CREATE TABLE people (
  id {exact} PRIMARY KEY,
  name TEXT NOT NULL,
  name_key {exact} NOT NULL UNIQUE,
  role TEXT NOT NULL,
  groups TEXT NOT NULL,
  subject {exact} UNIQUE,
  version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  disabled_at TEXT
);

CREATE TABLE secrets (
  id {exact} PRIMARY KEY,
  kind TEXT NOT NULL,
  hash TEXT NOT NULL,
  person_id {exact} REFERENCES people (id) ON DELETE CASCADE,
  data TEXT NOT NULL,
  created_at {exact} NOT NULL,
  used_at {exact},
  expires_at {exact}
);
CREATE INDEX secrets_of_person ON secrets (person_id);
CREATE INDEX secrets_by_end ON secrets (expires_at);

CREATE TABLE run_reviewers (
  run_id {exact} NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  name_key {exact} NOT NULL,
  PRIMARY KEY (run_id, name_key)
){options};

ALTER TABLE runs ADD COLUMN asker {exact};
ALTER TABLE runs ADD COLUMN asked_of TEXT NOT NULL DEFAULT '[]';
ALTER TABLE runs ADD COLUMN four_eyes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE runs ADD COLUMN claim TEXT;
CREATE INDEX runs_by_asker ON runs (asker, status, created_at)
"""


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    exact, options = ("TEXT", " WITHOUT ROWID") if sqlite else ('TEXT COLLATE "C"', "")
    for statement in TABLES.replace("{exact}", exact).replace("{options}", options).split(";"):
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP INDEX runs_by_asker")
    for column in ("asker", "asked_of", "four_eyes", "claim"):
        op.execute(f"ALTER TABLE runs DROP COLUMN {column}")
    for table in ("run_reviewers", "secrets", "people"):
        op.drop_table(table)
