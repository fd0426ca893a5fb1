"""A run may be another try of a failed one, and a question may say what its answer holds."""

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.execute("ALTER TABLE runs ADD COLUMN retry_of TEXT")
    op.execute("ALTER TABLE reviews ADD COLUMN fills TEXT NOT NULL DEFAULT '{}'")


def downgrade() -> None:
    op.execute("ALTER TABLE runs DROP COLUMN retry_of")
    op.execute("ALTER TABLE reviews DROP COLUMN fills")
