"""Records that are kept with a run beside its log."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    exact = "TEXT" if op.get_bind().dialect.name == "sqlite" else 'TEXT COLLATE "C"'
    op.execute(
        f"""CREATE TABLE attachments (
  run_id {exact} NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  data TEXT NOT NULL,
  PRIMARY KEY (run_id, key)
)"""
    )


def downgrade() -> None:
    op.drop_table("attachments")
