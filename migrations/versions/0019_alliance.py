"""Who follows which community, and what communities announce.

Revision ID: 0019
Revises: 0018
"""

import sqlalchemy as sa
from alembic import op

import foundation.db

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = foundation.db.UtcDateTime(timezone=True)


def upgrade() -> None:
    """Two new tables."""
    op.create_table(
        "community_follow",
        sa.Column("id", BIG, nullable=False),
        sa.Column("user_id", BIG, nullable=False),
        sa.Column("area_id", BIG, nullable=False),
        sa.Column("by_mail", sa.Boolean(), nullable=False),
        sa.Column("since", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_community_follow_user_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["area_id"], ["area.id"], name=op.f("fk_community_follow_area_id_area")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_community_follow")),
        sa.UniqueConstraint("user_id", "area_id", name=op.f("uq_community_follow_user_id_area_id")),
    )
    op.create_index(op.f("ix_community_follow_area_id"), "community_follow", ["area_id"])
    op.create_table(
        "announcement",
        sa.Column("id", BIG, nullable=False),
        sa.Column("area_id", BIG, nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("photo_key", sa.String(length=80), nullable=True),
        sa.Column("photo_width", sa.Integer(), nullable=True),
        sa.Column("photo_height", sa.Integer(), nullable=True),
        sa.Column("written_by_id", BIG, nullable=False),
        sa.Column("written_at", TIME, nullable=False),
        sa.Column("told_at", TIME, nullable=True),
        sa.Column("taken_down_at", TIME, nullable=True),
        sa.Column("taken_down_by_id", BIG, nullable=True),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_announcement_days")),
        sa.CheckConstraint(
            "(photo_key is null) = (photo_width is null) "
            "and (photo_key is null) = (photo_height is null)",
            name=op.f("ck_announcement_photo"),
        ),
        sa.CheckConstraint(
            "(taken_down_at is null) = (taken_down_by_id is null)",
            name=op.f("ck_announcement_taken_down"),
        ),
        sa.ForeignKeyConstraint(
            ["area_id"], ["area.id"], name=op.f("fk_announcement_area_id_area")
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"],
            ["user_account.id"],
            name=op.f("fk_announcement_written_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["taken_down_by_id"],
            ["user_account.id"],
            name=op.f("fk_announcement_taken_down_by_id_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement")),
        sa.UniqueConstraint("photo_key", name=op.f("uq_announcement_photo_key")),
    )
    op.create_index("ix_announcement_area_id_last_day", "announcement", ["area_id", "last_day"])
    op.create_index("ix_announcement_told_at_first_day", "announcement", ["told_at", "first_day"])


def downgrade() -> None:
    """Forget follows and announcements; the files of their pictures stay in the store."""
    op.drop_table("announcement")
    op.drop_table("community_follow")
