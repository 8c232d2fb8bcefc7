"""附议 and 评单: who backs an ask, how content the resident was, and what was answered then."""

import sqlalchemy as sa
from alembic import op

import foundation.db
from foundation.append_only import guards, unguards

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = foundation.db.UtcDateTime(timezone=True)
GROWING = {
    "rating": (("id",), ("ask_id",), ("wish_id",)),
    "later_reply": (("id",), ("ask_id", "what")),
}


def upgrade() -> None:
    """Add the four tables, two of them guarded."""
    _make_support()
    _make_rating()
    _make_code()
    _make_later_reply()
    dialect = op.get_bind().dialect.name
    for table, keys in GROWING.items():
        for statement in guards(table, keys, dialect=dialect):
            op.execute(statement)


def _foreign(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))


def _make_support() -> None:
    op.create_table(
        "ask_support",
        sa.Column("id", BIG, nullable=False),
        sa.Column("ask_id", BIG, nullable=False),
        sa.Column("user_id", BIG, nullable=True),
        sa.Column("phone_mark", sa.LargeBinary(length=32), nullable=True),
        sa.Column("door_mark", sa.LargeBinary(length=32), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "user_id is not null or phone_mark is not null", name=op.f("ck_ask_support_somebody")
        ),
        _foreign("ask_support", "ask_id", "ask"),
        _foreign("ask_support", "user_id", "user_account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ask_support")),
        sa.UniqueConstraint("ask_id", "user_id", name=op.f("uq_ask_support_ask_id_user_id")),
        sa.UniqueConstraint("ask_id", "phone_mark", name=op.f("uq_ask_support_ask_id_phone_mark")),
        sa.UniqueConstraint("ask_id", "door_mark", name=op.f("uq_ask_support_ask_id_door_mark")),
    )
    op.create_index(op.f("ix_ask_support_user_id"), "ask_support", ["user_id"])


def _make_rating() -> None:
    op.create_table(
        "rating",
        sa.Column("id", BIG, nullable=False),
        sa.Column("ask_id", BIG, nullable=True),
        sa.Column("wish_id", BIG, nullable=True),
        sa.Column("grade", sa.String(length=10), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("channel", sa.String(length=15), nullable=False),
        sa.Column("rated_by_id", BIG, nullable=True),
        sa.Column("entered_by_id", BIG, nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "ask_id is not null or wish_id is not null", name=op.f("ck_rating_belongs")
        ),
        sa.CheckConstraint("grade in ('good','fair','bad')", name=op.f("ck_rating_grade")),
        sa.CheckConstraint(
            "(channel in ('call_back','paper')) = (entered_by_id is not null)",
            name=op.f("ck_rating_marked"),
        ),
        _foreign("rating", "ask_id", "ask"),
        _foreign("rating", "wish_id", "wish"),
        _foreign("rating", "rated_by_id", "user_account"),
        _foreign("rating", "entered_by_id", "user_account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating")),
        sa.UniqueConstraint("ask_id", name=op.f("uq_rating_ask_id")),
        sa.UniqueConstraint("wish_id", name=op.f("uq_rating_wish_id")),
    )


def _make_code() -> None:
    op.create_table(
        "rating_code",
        sa.Column("wish_id", BIG, nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        _foreign("rating_code", "wish_id", "wish"),
        sa.PrimaryKeyConstraint("wish_id", name=op.f("pk_rating_code")),
        sa.UniqueConstraint("code", name=op.f("uq_rating_code_code")),
    )


def _make_later_reply() -> None:
    op.create_table(
        "later_reply",
        sa.Column("id", BIG, nullable=False),
        sa.Column("ask_id", BIG, nullable=False),
        sa.Column("what", sa.String(length=15), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("replied_by_id", BIG, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.CheckConstraint("what in ('finish','answer_again')", name=op.f("ck_later_reply_what")),
        _foreign("later_reply", "ask_id", "ask"),
        _foreign("later_reply", "replied_by_id", "user_account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_later_reply")),
        sa.UniqueConstraint("ask_id", "what", name=op.f("uq_later_reply_ask_id_what")),
    )


def downgrade() -> None:
    """Forget ratings and 附议; asks that a rating reopened count as rated again."""
    dialect = op.get_bind().dialect.name
    for table in GROWING:
        for statement in unguards(table, dialect=dialect):
            op.execute(statement)
    op.execute("UPDATE ask SET state = 'rated' WHERE state IN ('reopened', 'followed_up')")
    for table in ("later_reply", "rating_code", "rating", "ask_support"):
        op.drop_table(table)
