"""Seats for participants of lectures and clinics, who sits on them, the looks at their names."""

import sqlalchemy as sa
from alembic import op

import foundation.db
from foundation.append_only import guards, unguards

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ONLY_GROWS = "guest_look"
LIVE = sa.text("live")


def upgrade() -> None:
    """Add the seats, the sign-ups and the looks."""
    op.create_table(
        "guest_seats",
        sa.Column("wish_id", BIG, nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=120), nullable=False),
        sa.Column("others", sa.Integer(), nullable=True),
        sa.Column("attended", sa.Integer(), nullable=True),
        sa.Column("counted_at", foundation.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("counted_by_id", BIG, nullable=True),
        sa.CheckConstraint(
            "(others is null) = (attended is null) and "
            "(others is null or (others >= 0 and attended >= others))",
            name=op.f("ck_guest_seats_attended"),
        ),
        sa.CheckConstraint(
            "capacity is null or capacity between 1 and 2000",
            name=op.f("ck_guest_seats_capacity"),
        ),
        sa.CheckConstraint(
            "(attended is null) = (counted_at is null)", name=op.f("ck_guest_seats_counted")
        ),
        sa.CheckConstraint(
            "taken >= 0 and taken <= coalesce(capacity, 0)", name=op.f("ck_guest_seats_taken")
        ),
        sa.ForeignKeyConstraint(
            ["counted_by_id"],
            ["user_account.id"],
            name=op.f("fk_guest_seats_counted_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(["wish_id"], ["wish.id"], name=op.f("fk_guest_seats_wish_id_wish")),
        sa.PrimaryKeyConstraint("wish_id", name=op.f("pk_guest_seats")),
    )
    op.create_table(
        "guest",
        sa.Column("id", BIG, nullable=False),
        sa.Column("wish_id", BIG, nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("user_id", BIG, nullable=True),
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        sa.Column("phone_mark", sa.LargeBinary(length=32), nullable=True),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.Column("came", sa.Boolean(), nullable=False),
        sa.Column("signed_at", foundation.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("entered_by_id", BIG, nullable=True),
        sa.Column("ended_at", foundation.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("erased_at", foundation.db.UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("live or not came", name=op.f("ck_guest_came")),
        sa.CheckConstraint(
            "erased_at is null or (name is null and phone is null and phone_mark is null "
            "and user_id is null)",
            name=op.f("ck_guest_erased"),
        ),
        sa.CheckConstraint(
            "erased_at is not null or "
            "(name is not null and phone is not null and phone_mark is not null)",
            name=op.f("ck_guest_known"),
        ),
        sa.CheckConstraint("live = (ended_at is null)", name=op.f("ck_guest_live")),
        sa.CheckConstraint("people between 1 and 5", name=op.f("ck_guest_people")),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["user_account.id"], name=op.f("fk_guest_entered_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_guest_user_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["wish_id"], ["guest_seats.wish_id"], name=op.f("fk_guest_wish_id_guest_seats")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guest")),
        sa.UniqueConstraint("code", name=op.f("uq_guest_code")),
    )
    op.create_index(op.f("ix_guest_wish_id"), "guest", ["wish_id"])
    op.create_index(op.f("ix_guest_user_id"), "guest", ["user_id"])
    for name, column in (("uq_guest_live_phone", "phone_mark"), ("uq_guest_live_user", "user_id")):
        op.create_index(
            name, "guest", ["wish_id", column], unique=True,
            sqlite_where=LIVE, postgresql_where=LIVE,
        )  # fmt: skip
    op.create_table(
        "guest_look",
        sa.Column("id", BIG, nullable=False),
        sa.Column("wish_id", BIG, nullable=False),
        sa.Column("user_id", BIG, nullable=False),
        sa.Column("at", foundation.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("on_paper", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_guest_look_user_id_user_account")
        ),
        sa.ForeignKeyConstraint(["wish_id"], ["wish.id"], name=op.f("fk_guest_look_wish_id_wish")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guest_look")),
    )
    op.create_index(op.f("ix_guest_look_wish_id"), "guest_look", ["wish_id"])
    op.create_index(op.f("ix_guest_look_user_id"), "guest_look", ["user_id"])
    for statement in guards(ONLY_GROWS, (("id",),), dialect=op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    """Forget seats and sign-ups; the wishes stay."""
    for statement in unguards(ONLY_GROWS, dialect=op.get_bind().dialect.name):
        op.execute(statement)
    for table in ("guest_look", "guest", "guest_seats"):
        op.drop_table(table)
