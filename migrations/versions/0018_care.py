"""Care before publishing: a second look by area, notes of risk, a least age and a skill.

Revision ID: 0018
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op

import foundation.db

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = foundation.db.UtcDateTime(timezone=True)
WAITING = sa.text("state = 'waiting'")
NO = sa.false()


def upgrade() -> None:
    """Three columns, plainly added: no table is rebuilt, no trigger is lost."""
    op.add_column("area", sa.Column("second_look", sa.Boolean(), nullable=False, server_default=NO))
    op.add_column("wish", sa.Column("gated", sa.Boolean(), nullable=False, server_default=NO))
    op.add_column("willingness", sa.Column("birth_year", sa.Integer(), nullable=True))
    op.create_table(
        "wish_care",
        sa.Column("wish_id", BIG, nullable=False),
        sa.Column("risk_note", sa.String(length=200), nullable=False),
        sa.Column("insurance_note", sa.String(length=200), nullable=False),
        sa.Column("min_age", sa.Integer(), nullable=True),
        sa.Column("skill", sa.String(length=20), nullable=True),
        sa.CheckConstraint(
            "min_age is null or min_age between 10 and 80", name=op.f("ck_wish_care_min_age")
        ),
        sa.ForeignKeyConstraint(["wish_id"], ["wish.id"], name=op.f("fk_wish_care_wish_id_wish")),
        sa.PrimaryKeyConstraint("wish_id", name=op.f("pk_wish_care")),
    )
    _make_reviews()


def _make_reviews() -> None:
    op.create_table(
        "wish_review",
        sa.Column("id", BIG, nullable=False),
        sa.Column("wish_id", BIG, nullable=False),
        sa.Column("asked_by_id", BIG, nullable=False),
        sa.Column("asked_at", TIME, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("decided_by_id", BIG, nullable=True),
        sa.Column("decided_at", TIME, nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.CheckConstraint(
            "state in ('waiting','passed','returned','withdrawn')",
            name=op.f("ck_wish_review_state"),
        ),
        sa.CheckConstraint(
            "(state = 'waiting') = (decided_at is null)", name=op.f("ck_wish_review_decided")
        ),
        sa.CheckConstraint(
            "(state = 'returned') = (reason is not null)", name=op.f("ck_wish_review_reason")
        ),
        sa.CheckConstraint(
            "state not in ('passed','returned') or decided_by_id <> asked_by_id",
            name=op.f("ck_wish_review_two_people"),
        ),
        sa.ForeignKeyConstraint(["wish_id"], ["wish.id"], name=op.f("fk_wish_review_wish_id_wish")),
        sa.ForeignKeyConstraint(
            ["asked_by_id"],
            ["user_account.id"],
            name=op.f("fk_wish_review_asked_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"],
            ["user_account.id"],
            name=op.f("fk_wish_review_decided_by_id_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wish_review")),
    )
    op.create_index(op.f("ix_wish_review_wish_id"), "wish_review", ["wish_id"])
    op.create_index(
        "uq_wish_review_waiting",
        "wish_review",
        ["wish_id"],
        unique=True,
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )


def downgrade() -> None:
    """Forget notes, gates and second looks; what waited is an ordinary draft again."""
    op.drop_table("wish_review")
    op.drop_table("wish_care")
    op.drop_column("willingness", "birth_year")
    op.drop_column("wish", "gated")
    op.drop_column("area", "second_look")
