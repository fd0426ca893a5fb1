"""Runs, their events, reviews and checkpoints."""

from alembic import op

revision = "0001"
down_revision = None

# Ids and times are compared as they are written, in every database and locale.
STATEMENTS = """
CREATE TABLE runs (
  id {exact} PRIMARY KEY,
  question TEXT NOT NULL,
  workflow TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  options TEXT NOT NULL,
  by TEXT NOT NULL,
  request_id TEXT UNIQUE,
  status TEXT NOT NULL,
  created_at {exact} NOT NULL,
  updated_at {exact} NOT NULL,
  last_seq INTEGER NOT NULL DEFAULT 0,
  epoch INTEGER NOT NULL DEFAULT 0,
  attempts INTEGER NOT NULL DEFAULT 0,
  brief TEXT NOT NULL DEFAULT '{}'
);
CREATE INDEX runs_by_time ON runs (created_at, id);
CREATE INDEX runs_by_status ON runs (status, created_at, id);

CREATE TABLE events (
  run_id {exact} NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  seq INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (run_id, seq)
){options};

CREATE TABLE reviews (
  run_id {exact} NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  seq INTEGER NOT NULL,
  data TEXT NOT NULL,
  response_type TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  key TEXT,
  answered_at TEXT,
  answer TEXT,
  answer_seq INTEGER,
  response_id TEXT,
  delivered_at TEXT,
  PRIMARY KEY (run_id, seq),
  UNIQUE (run_id, response_id)
);

CREATE TABLE checkpoints (
  run_id {exact} PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
  seq INTEGER NOT NULL,
  state TEXT NOT NULL
);

CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
)
"""


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    exact, options = ("TEXT", " WITHOUT ROWID") if sqlite else ('TEXT COLLATE "C"', "")
    for statement in STATEMENTS.replace("{exact}", exact).replace("{options}", options).split(";"):
        op.execute(statement)


def downgrade() -> None:
    for table in ("checkpoints", "reviews", "events", "runs", "meta"):
        op.drop_table(table)
