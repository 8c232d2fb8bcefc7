"""Series by rule, rotas, agreed plans, and templates of wishes.

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

import foundation.db

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UTC = foundation.db.UtcDateTime(timezone=True)


def upgrade() -> None:
    """Add four tables; no wish is touched."""
    op.create_table(
        "series",
        sa.Column("id", BIG, nullable=False),
        sa.Column("community_id", BIG, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("private", sa.LargeBinary(), nullable=True),
        sa.Column("time_words", sa.String(length=120), nullable=False),
        sa.Column("begins", sa.Time(), nullable=True),
        sa.Column("ends", sa.Time(), nullable=True),
        sa.Column("freq", sa.String(length=10), nullable=False),
        sa.Column("every", sa.Integer(), nullable=False),
        sa.Column("weekdays", sa.JSON(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("times", sa.Integer(), nullable=True),
        sa.Column("holidays", sa.String(length=10), nullable=False),
        sa.Column("make_up", sa.String(length=10), nullable=False),
        sa.Column("ahead_days", sa.Integer(), nullable=True),
        sa.Column("claimant_id", BIG, nullable=True),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("created_by_id", BIG, nullable=False),
        sa.Column("created_at", UTC, nullable=False),
        sa.Column("ended_at", UTC, nullable=True),
        sa.CheckConstraint("kind in ('series','rota','plan')", name=op.f("ck_series_kind")),
        sa.CheckConstraint(
            "state in ('wanted','claimed','ended') or (first_day is not null "
            "and begins is not null and ends is not null "
            "and (last_day is not null or times is not null))",
            name=op.f("ck_series_ends"),
        ),
        sa.CheckConstraint(
            "state in ('wanted','ended') or kind <> 'plan' or claimant_id is not null",
            name=op.f("ck_series_claimant"),
        ),
        sa.ForeignKeyConstraint(
            ["community_id"], ["area.id"], name=op.f("fk_series_community_id_area")
        ),
        sa.ForeignKeyConstraint(
            ["claimant_id"], ["user_account.id"], name=op.f("fk_series_claimant_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"],
            ["user_account.id"],
            name=op.f("fk_series_created_by_id_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
    )
    op.create_index("ix_series_community", "series", ["community_id", "state"])
    op.create_index(op.f("ix_series_claimant_id"), "series", ["claimant_id"])
    op.create_table(
        "series_member",
        sa.Column("id", BIG, nullable=False),
        sa.Column("series_id", BIG, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("in_turn", sa.Boolean(), nullable=False),
        sa.Column("user_id", BIG, nullable=True),
        sa.Column("organisation_id", BIG, nullable=True),
        sa.CheckConstraint(
            "(user_id is null) <> (organisation_id is null)", name=op.f("ck_series_member_one")
        ),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.id"], name=op.f("fk_series_member_series_id_series")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_series_member_user_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_series_member_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series_member")),
        sa.UniqueConstraint(
            "series_id", "position", name=op.f("uq_series_member_series_id_position")
        ),
    )
    op.create_index(op.f("ix_series_member_user_id"), "series_member", ["user_id"])
    op.create_table(
        "series_day",
        sa.Column("id", BIG, nullable=False),
        sa.Column("series_id", BIG, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("moved_from", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("wish_id", BIG, nullable=True),
        sa.Column("member_id", BIG, nullable=True),
        sa.Column("touched", sa.Boolean(), nullable=False),
        sa.Column("begins", sa.Time(), nullable=True),
        sa.Column("ends", sa.Time(), nullable=True),
        sa.Column("headcount", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.CheckConstraint("state in ('planned','made','off')", name=op.f("ck_series_day_state")),
        sa.CheckConstraint(
            "state <> 'made' or wish_id is not null", name=op.f("ck_series_day_made")
        ),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.id"], name=op.f("fk_series_day_series_id_series")
        ),
        sa.ForeignKeyConstraint(["wish_id"], ["wish.id"], name=op.f("fk_series_day_wish_id_wish")),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["series_member.id"],
            name=op.f("fk_series_day_member_id_series_member"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series_day")),
        sa.UniqueConstraint("series_id", "day", name=op.f("uq_series_day_series_id_day")),
        sa.UniqueConstraint("wish_id", name=op.f("uq_series_day_wish_id")),
    )
    op.create_index("ix_series_day_due", "series_day", ["state", "day"])
    op.create_table(
        "wish_template",
        sa.Column("id", BIG, nullable=False),
        sa.Column("community_id", BIG, nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("begins", sa.Time(), nullable=True),
        sa.Column("ends", sa.Time(), nullable=True),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.Column("created_by_id", BIG, nullable=False),
        sa.Column("created_at", UTC, nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["area.id"], name=op.f("fk_wish_template_community_id_area")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"],
            ["user_account.id"],
            name=op.f("fk_wish_template_created_by_id_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wish_template")),
    )
    op.create_index(
        "uq_wish_template_live",
        "wish_template",
        ["community_id", "name"],
        unique=True,
        sqlite_where=sa.text("live"),
        postgresql_where=sa.text("live"),
    )


def downgrade() -> None:
    """Forget the rules; the wishes that were made of them stay."""
    op.drop_table("wish_template")
    op.drop_table("series_day")
    op.drop_table("series_member")
    op.drop_table("series")
