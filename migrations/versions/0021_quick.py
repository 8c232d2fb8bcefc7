"""即办: a standing team, its calls and whose turn it was.

Revision ID: 0021
Revises: 0020
"""

import sqlalchemy as sa
from alembic import op

import foundation.db

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = foundation.db.UtcDateTime(timezone=True)
LIVE = sa.text("ended_at is null")
OPEN = sa.text("answer is null")
ACCEPTED = sa.text("answer = 'accepted'")


def _key(table: str, column: str, other: str, key: str = "id") -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.{key}"], name=name)


def _one(name: str, table: str, columns: list[str], where: sa.TextClause) -> None:
    op.create_index(
        name, table, columns, unique=True, sqlite_where=where, postgresql_where=where
    )  # fmt: skip


def upgrade() -> None:
    """Three tables of their own."""
    op.create_table(
        "team_member",
        sa.Column("id", BIG, nullable=False),
        sa.Column("community_id", BIG, nullable=False),
        sa.Column("user_id", BIG, nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("starts", sa.Integer(), nullable=False),
        sa.Column("ends", sa.Integer(), nullable=False),
        sa.Column("added_by_id", BIG, nullable=False),
        sa.Column("added_at", TIME, nullable=False),
        sa.Column("ended_at", TIME, nullable=True),
        sa.CheckConstraint("days between 1 and 127", name=op.f("ck_team_member_days")),
        sa.CheckConstraint(
            "starts >= 0 and starts < ends and ends <= 1440", name=op.f("ck_team_member_hours")
        ),
        _key("team_member", "community_id", "area"),
        _key("team_member", "user_id", "user_account"),
        _key("team_member", "added_by_id", "user_account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_member")),
    )
    op.create_index(op.f("ix_team_member_user_id"), "team_member", ["user_id"])
    _one("uq_team_member_live", "team_member", ["community_id", "user_id"], LIVE)
    _make_calls()


def _make_calls() -> None:
    op.create_table(
        "quick_call",
        sa.Column("wish_id", BIG, nullable=False),
        sa.Column("skill", sa.String(length=20), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("asked_by_id", BIG, nullable=False),
        sa.Column("asked_at", TIME, nullable=False),
        sa.Column("arrive_until", TIME, nullable=True),
        sa.Column("late_at", TIME, nullable=True),
        sa.CheckConstraint(
            "state in ('asking','taken','nobody','called_off')", name=op.f("ck_quick_call_state")
        ),
        sa.CheckConstraint(
            "(state = 'taken') = (arrive_until is not null)", name=op.f("ck_quick_call_taken")
        ),
        _key("quick_call", "wish_id", "wish"),
        _key("quick_call", "asked_by_id", "user_account"),
        sa.PrimaryKeyConstraint("wish_id", name=op.f("pk_quick_call")),
    )
    op.create_table(
        "quick_turn",
        sa.Column("id", BIG, nullable=False),
        sa.Column("wish_id", BIG, nullable=False),
        sa.Column("user_id", BIG, nullable=False),
        sa.Column("asked_at", TIME, nullable=False),
        sa.Column("accept_until", TIME, nullable=False),
        sa.Column("answer", sa.String(length=10), nullable=True),
        sa.Column("answered_at", TIME, nullable=True),
        sa.CheckConstraint(
            "(answer is null) = (answered_at is null)", name=op.f("ck_quick_turn_answered")
        ),
        _key("quick_turn", "wish_id", "quick_call", "wish_id"),
        _key("quick_turn", "user_id", "user_account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quick_turn")),
        sa.UniqueConstraint("wish_id", "user_id", name=op.f("uq_quick_turn_wish_id_user_id")),
    )
    op.create_index(op.f("ix_quick_turn_user_id"), "quick_turn", ["user_id"])
    _one("uq_quick_turn_open", "quick_turn", ["wish_id"], OPEN)
    _one("uq_quick_turn_accepted", "quick_turn", ["wish_id"], ACCEPTED)


def downgrade() -> None:
    """Forget the team and its calls; the wishes they became stay."""
    op.drop_table("quick_turn")
    op.drop_table("quick_call")
    op.drop_table("team_member")
