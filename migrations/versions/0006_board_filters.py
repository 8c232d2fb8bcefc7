"""Two more indexes for the wall: by category and by kind, in the order it is read.

Without them a filter that few wishes pass walks every open wish.

Revision ID: 0006
Revises: 0005
"""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make both."""
    op.create_index("ix_wish_category", "wish", ["state", "category", "starts_at", "id"])
    op.create_index("ix_wish_kind", "wish", ["state", "kind", "starts_at", "id"])


def downgrade() -> None:
    """Remove both."""
    op.drop_index("ix_wish_kind", "wish")
    op.drop_index("ix_wish_category", "wish")
