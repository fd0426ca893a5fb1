"""Reviews can be due."""

from alembic import op

revision = "0002"
down_revision = "0001"

COLUMNS = ("due_at", "remind_at", "reminded_at", "expired_at")


def upgrade() -> None:
    exact = "TEXT" if op.get_bind().dialect.name == "sqlite" else 'TEXT COLLATE "C"'
    for column in COLUMNS:
        op.execute(f"ALTER TABLE reviews ADD COLUMN {column} {exact}")
    op.execute("CREATE INDEX reviews_to_remind ON reviews (remind_at) WHERE remind_at IS NOT NULL")
    op.execute("CREATE INDEX reviews_to_expire ON reviews (due_at) WHERE due_at IS NOT NULL")
    op.execute("CREATE INDEX reviews_open ON reviews (run_id) WHERE answered_at IS NULL")


def downgrade() -> None:
    for index in ("reviews_to_remind", "reviews_to_expire", "reviews_open"):
        op.execute(f"DROP INDEX {index}")
    for column in COLUMNS:
        op.execute(f"ALTER TABLE reviews DROP COLUMN {column}")
