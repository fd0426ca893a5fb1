"""What is to be told elsewhere: channels, and the messages that they are owed."""

from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    exact = "TEXT" if op.get_bind().dialect.name == "sqlite" else 'TEXT COLLATE "C"'
    op.execute(
        f"""CREATE TABLE channels (
  id {exact} PRIMARY KEY,
  kind TEXT NOT NULL,
  address TEXT NOT NULL,
  events TEXT NOT NULL,
  secret TEXT,
  origin TEXT NOT NULL,
  created_at {exact} NOT NULL,
  disabled_at {exact},
  failing_since {exact},
  why TEXT NOT NULL DEFAULT '',
  delivered_at {exact}
)"""
    )
    op.execute(
        f"""CREATE TABLE outbox (
  id {exact} NOT NULL,
  channel {exact} NOT NULL REFERENCES channels (id) ON DELETE CASCADE,
  run_id {exact} NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  body TEXT NOT NULL,
  created_at {exact} NOT NULL,
  next_at {exact},
  attempts INTEGER NOT NULL DEFAULT 0,
  claim TEXT,
  PRIMARY KEY (channel, id)
)"""
    )
    op.execute("CREATE INDEX outbox_by_run ON outbox (run_id)")
    op.execute("CREATE INDEX outbox_by_time ON outbox (next_at) WHERE next_at IS NOT NULL")


def downgrade() -> None:
    for table in ("outbox", "channels"):
        op.drop_table(table)
