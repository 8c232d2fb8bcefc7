"""Where and when in the resident's own words, a window against floods of asks, useful numbers."""

import sqlalchemy as sa
from alembic import op

import foundation.db

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what the ask form and the community's page need."""
    op.add_column("ask", sa.Column("where_words", sa.String(length=120), nullable=True))
    op.add_column("ask", sa.Column("when_words", sa.String(length=120), nullable=True))
    op.create_table(
        "ask_window",
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("began_at", foundation.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("asks", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_ask_window")),
    )
    op.create_table(
        "useful_number",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("area_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=30), nullable=False),
        sa.Column("phone", sa.String(length=30), nullable=False),
        sa.Column("note", sa.String(length=60), nullable=True),
        sa.ForeignKeyConstraint(
            ["area_id"], ["area.id"], name=op.f("fk_useful_number_area_id_area")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_useful_number")),
    )
    op.create_index(op.f("ix_useful_number_area_id"), "useful_number", ["area_id"])


def downgrade() -> None:
    """Take them away again."""
    op.drop_index(op.f("ix_useful_number_area_id"), table_name="useful_number")
    op.drop_table("useful_number")
    op.drop_table("ask_window")
    op.drop_column("ask", "when_words")
    op.drop_column("ask", "where_words")
