"""Changes after publishing: moved times, new rounds, words to people, stand-ins, no-shows."""

import sqlalchemy as sa
from alembic import op

from foundation.db import UtcDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ASKED = sa.text("state = 'asked'")


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{to}")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name)


def upgrade() -> None:
    """Add two columns (in place: the wish table keeps its triggers) and three tables."""
    for name in ("rescheduled_at", "offered_again_at"):
        op.add_column("wish", sa.Column(name, UtcDateTime(timezone=True), nullable=True))
    op.create_table(
        "wish_message",
        sa.Column("id", BIG, nullable=False),
        sa.Column("wish_id", BIG, nullable=False),
        sa.Column("sent_by_id", BIG, nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.CheckConstraint("people >= 1", name=op.f("ck_wish_message_people")),
        _refers("wish_message", "wish_id", "wish"),
        _refers("wish_message", "sent_by_id", "user_account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wish_message")),
    )
    op.create_index(op.f("ix_wish_message_wish_id"), "wish_message", ["wish_id"])
    _add_stand_in()
    _add_no_show()


def _add_stand_in() -> None:
    op.create_table(
        "stand_in",
        sa.Column("id", BIG, nullable=False),
        sa.Column("place_id", BIG, nullable=False),
        sa.Column("asked_by_id", BIG, nullable=False),
        sa.Column("asked_id", BIG, nullable=True),
        sa.Column("asked_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("ended_at", UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'asked') = (ended_at is null)", name=op.f("ck_stand_in_ended")
        ),
        sa.CheckConstraint(
            "asked_id is null or asked_id <> asked_by_id", name=op.f("ck_stand_in_another")
        ),
        _refers("stand_in", "place_id", "place"),
        _refers("stand_in", "asked_by_id", "user_account"),
        _refers("stand_in", "asked_id", "user_account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stand_in")),
    )
    for name in ("place_id", "asked_by_id", "asked_id"):
        op.create_index(op.f(f"ix_stand_in_{name}"), "stand_in", [name])
    op.create_index(
        "uq_stand_in_live", "stand_in", ["place_id"], unique=True,
        sqlite_where=ASKED, postgresql_where=ASKED,
    )  # fmt: skip


def _add_no_show() -> None:
    op.create_table(
        "no_show",
        sa.Column("id", BIG, nullable=False),
        sa.Column("wish_id", BIG, nullable=False),
        sa.Column("user_id", BIG, nullable=False),
        sa.Column("happened_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("noted_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("noted_by_id", BIG, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("appeal", sa.String(length=300), nullable=True),
        sa.Column("appealed_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(length=300), nullable=True),
        sa.Column("answered_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", BIG, nullable=True),
        sa.CheckConstraint(
            "(appeal is null) = (appealed_at is null)", name=op.f("ck_no_show_appeal")
        ),
        sa.CheckConstraint(
            "answer is null or answered_by_id is not null", name=op.f("ck_no_show_answer")
        ),
        _refers("no_show", "wish_id", "wish"),
        _refers("no_show", "user_id", "user_account"),
        _refers("no_show", "noted_by_id", "user_account"),
        _refers("no_show", "answered_by_id", "user_account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_no_show")),
        sa.UniqueConstraint(
            "wish_id", "user_id", "happened_at", name=op.f("uq_no_show_wish_id_user_id_happened_at")
        ),
    )
    op.create_index("ix_no_show_person", "no_show", ["user_id", "happened_at"])


def downgrade() -> None:
    """Take them away again."""
    for table in ("no_show", "stand_in", "wish_message"):
        op.drop_table(table)
    for name in ("offered_again_at", "rescheduled_at"):
        op.drop_column("wish", name)
