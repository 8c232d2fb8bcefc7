"""The line for a place, the terms of a wish, and the question of the day before.

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

import foundation.db

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = foundation.db.UtcDateTime(timezone=True)
LIVE = sa.text("live")
LIVE_OWN = sa.text("live and organisation_id is null")
LIVE_UNIT = sa.text("live and organisation_id is not null")
OPEN_QUESTION = sa.text("answer is null")


def upgrade() -> None:
    """Two columns on the wish, plainly added: no table is rebuilt, no trigger is lost."""
    op.add_column("wish", sa.Column("in_line", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("wish", sa.Column("first_until", TIME, nullable=True))
    _make_line()
    _make_terms()
    _make_questions()


def _make_line() -> None:
    op.create_table(
        "waiting",
        sa.Column("id", BIG, nullable=False),
        sa.Column("wish_id", BIG, nullable=False),
        sa.Column("user_id", BIG, nullable=False),
        sa.Column("organisation_id", BIG, nullable=True),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.Column("joined_at", TIME, nullable=False),
        sa.Column("offered_at", TIME, nullable=True),
        sa.Column("offer_until", TIME, nullable=True),
        sa.Column("ended_at", TIME, nullable=True),
        sa.Column("claim_id", BIG, nullable=True),
        sa.CheckConstraint("places >= 1", name=op.f("ck_waiting_places")),
        sa.CheckConstraint("live = (state in ('waiting','offered'))", name=op.f("ck_waiting_live")),
        sa.CheckConstraint(
            "state <> 'offered' or offer_until is not null", name=op.f("ck_waiting_offer")
        ),
        sa.ForeignKeyConstraint(["wish_id"], ["wish.id"], name=op.f("fk_waiting_wish_id_wish")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_waiting_user_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_waiting_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_waiting_claim_id_claim")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting")),
        sa.UniqueConstraint("claim_id", name=op.f("uq_waiting_claim_id")),
    )
    for name in ("wish_id", "user_id", "organisation_id"):
        op.create_index(op.f(f"ix_waiting_{name}"), "waiting", [name])
    for name, columns, where, unique in (
        ("uq_waiting_live_own", ["wish_id", "user_id"], LIVE_OWN, True),
        ("uq_waiting_live_unit", ["wish_id", "organisation_id"], LIVE_UNIT, True),
        ("ix_waiting_live", ["state", "offer_until"], LIVE, False),
    ):
        op.create_index(
            name, "waiting", columns, unique=unique, sqlite_where=where, postgresql_where=where
        )


def _make_terms() -> None:
    op.create_table(
        "wish_terms",
        sa.Column("wish_id", BIG, nullable=False),
        sa.Column("least", sa.Integer(), nullable=True),
        sa.Column("below", sa.String(length=10), nullable=False),
        sa.Column("reconfirm", sa.Boolean(), nullable=True),
        sa.Column("first_to", sa.String(length=10), nullable=True),
        sa.Column("first_hours", sa.Integer(), nullable=True),
        sa.Column("judged_for", TIME, nullable=True),
        sa.Column("outcome", sa.String(length=10), nullable=True),
        sa.Column("decided_at", TIME, nullable=True),
        sa.Column("decided_by_id", BIG, nullable=True),
        sa.CheckConstraint(
            "least is null or least between 2 and 2000", name=op.f("ck_wish_terms_least")
        ),
        sa.CheckConstraint("below in ('go','cancel','ask')", name=op.f("ck_wish_terms_below")),
        sa.CheckConstraint(
            "(first_to is null) = (first_hours is null) and "
            "(first_hours is null or first_hours between 1 and 168)",
            name=op.f("ck_wish_terms_first"),
        ),
        sa.CheckConstraint(
            "decided_at is null or outcome = 'ask'", name=op.f("ck_wish_terms_decided")
        ),
        sa.ForeignKeyConstraint(["wish_id"], ["wish.id"], name=op.f("fk_wish_terms_wish_id_wish")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"],
            ["user_account.id"],
            name=op.f("fk_wish_terms_decided_by_id_user_account"),
        ),
        sa.PrimaryKeyConstraint("wish_id", name=op.f("pk_wish_terms")),
    )


def _make_questions() -> None:
    op.create_table(
        "reconfirmation",
        sa.Column("id", BIG, nullable=False),
        sa.Column("place_id", BIG, nullable=False),
        sa.Column("starts_at", TIME, nullable=False),
        sa.Column("asked_at", TIME, nullable=False),
        sa.Column("answer_until", TIME, nullable=False),
        sa.Column("answer", sa.String(length=10), nullable=True),
        sa.Column("answered_at", TIME, nullable=True),
        sa.CheckConstraint(
            "(answer is null) = (answered_at is null)", name=op.f("ck_reconfirmation_answered")
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("fk_reconfirmation_place_id_place")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reconfirmation")),
        sa.UniqueConstraint(
            "place_id", "starts_at", name=op.f("uq_reconfirmation_place_id_starts_at")
        ),
    )
    op.create_index(
        "ix_reconfirmation_open",
        "reconfirmation",
        ["answer_until"],
        sqlite_where=OPEN_QUESTION,
        postgresql_where=OPEN_QUESTION,
    )


def downgrade() -> None:
    """Forget lines, terms and questions; claims made from an offer stay."""
    op.drop_table("reconfirmation")
    op.drop_table("wish_terms")
    op.drop_table("waiting")
    op.drop_column("wish", "first_until")
    op.drop_column("wish", "in_line")
