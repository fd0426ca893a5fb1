"""Whether a review was sent to a client that cannot name the review it answers."""

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.execute("ALTER TABLE reviews ADD COLUMN sent_at TEXT")


def downgrade() -> None:
    op.execute("ALTER TABLE reviews DROP COLUMN sent_at")
