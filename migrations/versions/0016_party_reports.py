"""双报到: reports of members and units, and the quarterly feedback cards.

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

import foundation.db

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = foundation.db.UtcDateTime(timezone=True)
LIVE_PERSON = sa.text("state in ('submitted','confirmed') and user_id is not null")
LIVE_UNIT = sa.text("state in ('submitted','confirmed') and user_id is null")


def upgrade() -> None:
    """Add two tables; nothing that was there changes."""
    _reports()
    _cards()


def _reports() -> None:
    op.create_table(
        "party_report",
        sa.Column("id", BIG, nullable=False),
        sa.Column("user_id", BIG, nullable=True),
        sa.Column("organisation_id", BIG, nullable=True),
        sa.Column("community_id", BIG, nullable=False),
        sa.Column("branch", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("made_by_id", BIG, nullable=False),
        sa.Column("made_at", TIME, nullable=False),
        sa.Column("answer", sa.String(length=200), nullable=False),
        sa.Column("answered_by_id", BIG, nullable=True),
        sa.Column("answered_at", TIME, nullable=True),
        sa.Column("ended_at", TIME, nullable=True),
        sa.Column("end_reason", sa.String(length=20), nullable=True),
        sa.CheckConstraint(
            "state in ('submitted','confirmed','returned','ended')",
            name=op.f("ck_party_report_state"),
        ),
        sa.CheckConstraint(
            "user_id is not null or organisation_id is not null",
            name=op.f("ck_party_report_somebody"),
        ),
        sa.CheckConstraint(
            "user_id is not null or branch <> ''", name=op.f("ck_party_report_branch")
        ),
        sa.CheckConstraint(
            "state <> 'returned' or answer <> ''", name=op.f("ck_party_report_reason")
        ),
        sa.CheckConstraint(
            "state in ('submitted','ended') or answered_at is not null",
            name=op.f("ck_party_report_answered"),
        ),
        sa.CheckConstraint(
            "(state = 'ended') = (ended_at is not null)", name=op.f("ck_party_report_ended")
        ),
        _key("party_report", "user_id", "user_account"),
        _key("party_report", "organisation_id", "organisation"),
        _key("party_report", "community_id", "area"),
        _key("party_report", "made_by_id", "user_account"),
        _key("party_report", "answered_by_id", "user_account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party_report")),
    )
    op.create_index(op.f("ix_party_report_user_id"), "party_report", ["user_id"])
    op.create_index(op.f("ix_party_report_organisation_id"), "party_report", ["organisation_id"])
    op.create_index("ix_party_report_at", "party_report", ["community_id", "state"])
    for name, column, where in (
        ("uq_party_report_live_person", "user_id", LIVE_PERSON),
        ("uq_party_report_live_unit", "organisation_id", LIVE_UNIT),
    ):
        op.create_index(
            name, "party_report", [column], unique=True, sqlite_where=where, postgresql_where=where
        )


def _cards() -> None:
    op.create_table(
        "feedback_card",
        sa.Column("id", BIG, nullable=False),
        sa.Column("report_id", BIG, nullable=False),
        sa.Column("user_id", BIG, nullable=True),
        sa.Column("quarter", sa.Date(), nullable=False),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("wishes", "people", "times", "scanned", "marked", "late")
        ),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("made_at", TIME, nullable=False),
        sa.Column("signed_at", TIME, nullable=True),
        sa.Column("signed_by_id", BIG, nullable=True),
        sa.CheckConstraint("state in ('draft','signed')", name=op.f("ck_feedback_card_state")),
        sa.CheckConstraint(
            "(state = 'signed') = (signed_at is not null and signed_by_id is not null)",
            name=op.f("ck_feedback_card_signed"),
        ),
        sa.CheckConstraint(
            "scanned >= 0 and marked >= 0 and late >= 0", name=op.f("ck_feedback_card_minutes")
        ),
        sa.CheckConstraint(
            "wishes >= 0 and people >= 0 and times >= people", name=op.f("ck_feedback_card_counts")
        ),
        _key("feedback_card", "report_id", "party_report"),
        _key("feedback_card", "user_id", "user_account"),
        _key("feedback_card", "signed_by_id", "user_account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_card")),
        sa.UniqueConstraint(
            "report_id", "quarter", name=op.f("uq_feedback_card_report_id_quarter")
        ),
    )
    op.create_index(op.f("ix_feedback_card_user_id"), "feedback_card", ["user_id"])


def _key(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))


def downgrade() -> None:
    """Forget reports and cards; consents and the book stay."""
    op.drop_table("feedback_card")
    op.drop_table("party_report")
