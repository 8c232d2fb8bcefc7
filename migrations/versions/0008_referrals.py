"""Referrals through the levels, clocks that stand still, presses; units that are departments."""

import sqlalchemy as sa
from alembic import op

import foundation.db
from foundation.append_only import guards, unguards

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ONE_MATTER = (
    "(case when ask_id is null then 0 else 1 end) + (case when wish_id is null then 0 else 1 end)"
    " + (case when referral_id is null then 0 else 1 end) = 1"
)
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the tables; mark no unit as a department yet."""
    op.create_table(
        "referral",
        sa.Column("id", BIG, nullable=False),
        sa.Column("ask_id", BIG, nullable=True),
        sa.Column("wish_id", BIG, nullable=True),
        sa.Column("community_id", BIG, nullable=False),
        sa.Column("by_clock", sa.Boolean(), nullable=False),
        sa.Column("opened_at", foundation.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("opened_by_id", BIG, nullable=True),
        sa.Column("closed_at", foundation.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=12), nullable=True),
        sa.CheckConstraint(
            "(ask_id is null) <> (wish_id is null)", name=op.f("ck_referral_one_matter")
        ),
        sa.CheckConstraint(
            "(closed_at is null) = (outcome is null)", name=op.f("ck_referral_outcome")
        ),
        sa.CheckConstraint("by_clock = (opened_by_id is null)", name=op.f("ck_referral_opened_by")),
        sa.ForeignKeyConstraint(["ask_id"], ["ask.id"], name=op.f("fk_referral_ask_id_ask")),
        sa.ForeignKeyConstraint(
            ["community_id"], ["area.id"], name=op.f("fk_referral_community_id_area")
        ),
        sa.ForeignKeyConstraint(
            ["opened_by_id"],
            ["user_account.id"],
            name=op.f("fk_referral_opened_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(["wish_id"], ["wish.id"], name=op.f("fk_referral_wish_id_wish")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
    )
    op.create_index("ix_referral_ask_id", "referral", ["ask_id"])
    op.create_index("ix_referral_community", "referral", ["community_id", "closed_at"])
    op.create_index("ix_referral_wish_id", "referral", ["wish_id"])
    op.create_index(
        "uq_referral_clock_ask",
        "referral",
        ["ask_id"],
        unique=True,
        sqlite_where=sa.text("by_clock"),
        postgresql_where=sa.text("by_clock"),
    )
    op.create_index(
        "uq_referral_live_ask",
        "referral",
        ["ask_id"],
        unique=True,
        sqlite_where=sa.text("closed_at is null"),
        postgresql_where=sa.text("closed_at is null"),
    )
    op.create_index(
        "uq_referral_live_wish",
        "referral",
        ["wish_id"],
        unique=True,
        sqlite_where=sa.text("closed_at is null"),
        postgresql_where=sa.text("closed_at is null"),
    )
    op.create_table(
        "clock_pause",
        sa.Column("id", BIG, nullable=False),
        sa.Column("ask_id", BIG, nullable=True),
        sa.Column("wish_id", BIG, nullable=True),
        sa.Column("referral_id", BIG, nullable=True),
        sa.Column("reason", sa.String(length=12), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("paused_at", foundation.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("paused_by_id", BIG, nullable=False),
        sa.Column("resumed_at", foundation.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("resumed_by_id", BIG, nullable=True),
        sa.CheckConstraint(
            ONE_MATTER,
            name=op.f("ck_clock_pause_one_matter"),
        ),
        sa.CheckConstraint(
            "resumed_at is null or resumed_at >= paused_at", name=op.f("ck_clock_pause_order")
        ),
        sa.ForeignKeyConstraint(["ask_id"], ["ask.id"], name=op.f("fk_clock_pause_ask_id_ask")),
        sa.ForeignKeyConstraint(
            ["paused_by_id"],
            ["user_account.id"],
            name=op.f("fk_clock_pause_paused_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_clock_pause_referral_id_referral")
        ),
        sa.ForeignKeyConstraint(
            ["resumed_by_id"],
            ["user_account.id"],
            name=op.f("fk_clock_pause_resumed_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(["wish_id"], ["wish.id"], name=op.f("fk_clock_pause_wish_id_wish")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_pause")),
    )
    op.create_index("ix_clock_pause_ask_id", "clock_pause", ["ask_id"])
    op.create_index("ix_clock_pause_referral_id", "clock_pause", ["referral_id"])
    op.create_index("ix_clock_pause_wish_id", "clock_pause", ["wish_id"])
    op.create_index(
        "uq_clock_pause_live_ask",
        "clock_pause",
        ["ask_id"],
        unique=True,
        sqlite_where=sa.text("resumed_at is null"),
        postgresql_where=sa.text("resumed_at is null"),
    )
    op.create_index(
        "uq_clock_pause_live_referral",
        "clock_pause",
        ["referral_id"],
        unique=True,
        sqlite_where=sa.text("resumed_at is null"),
        postgresql_where=sa.text("resumed_at is null"),
    )
    op.create_index(
        "uq_clock_pause_live_wish",
        "clock_pause",
        ["wish_id"],
        unique=True,
        sqlite_where=sa.text("resumed_at is null"),
        postgresql_where=sa.text("resumed_at is null"),
    )
    op.create_table(
        "press",
        sa.Column("id", BIG, nullable=False),
        sa.Column("ask_id", BIG, nullable=True),
        sa.Column("wish_id", BIG, nullable=True),
        sa.Column("referral_id", BIG, nullable=True),
        sa.Column("by_area_id", BIG, nullable=False),
        sa.Column("to_area_id", BIG, nullable=True),
        sa.Column("to_unit_id", BIG, nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("days_late", sa.Integer(), nullable=False),
        sa.Column("leader_name", sa.String(length=40), nullable=False),
        sa.Column("leader_post", sa.String(length=40), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("pressed_at", foundation.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("pressed_by_id", BIG, nullable=False),
        sa.Column("plan", sa.Text(), nullable=True),
        sa.Column("plan_until", sa.Date(), nullable=True),
        sa.Column("acknowledged_at", foundation.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("acknowledged_by_id", BIG, nullable=True),
        sa.Column("ending", sa.Text(), nullable=True),
        sa.Column("ended_at", foundation.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", BIG, nullable=True),
        sa.CheckConstraint(
            "(state = 'ended') = (ended_at is not null) and (state = 'ended') = "
            "(ending is not null)",
            name=op.f("ck_press_ended"),
        ),
        sa.CheckConstraint(
            "(state = 'pressed') = (acknowledged_at is null)", name=op.f("ck_press_acknowledged")
        ),
        sa.CheckConstraint("leader_name <> '' and leader_post <> ''", name=op.f("ck_press_signed")),
        sa.CheckConstraint(
            ONE_MATTER,
            name=op.f("ck_press_one_matter"),
        ),
        sa.CheckConstraint(
            "(to_area_id is null) <> (to_unit_id is null)", name=op.f("ck_press_one_receiver")
        ),
        sa.ForeignKeyConstraint(
            ["acknowledged_by_id"],
            ["user_account.id"],
            name=op.f("fk_press_acknowledged_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(["ask_id"], ["ask.id"], name=op.f("fk_press_ask_id_ask")),
        sa.ForeignKeyConstraint(["by_area_id"], ["area.id"], name=op.f("fk_press_by_area_id_area")),
        sa.ForeignKeyConstraint(
            ["ended_by_id"], ["user_account.id"], name=op.f("fk_press_ended_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["pressed_by_id"], ["user_account.id"], name=op.f("fk_press_pressed_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_press_referral_id_referral")
        ),
        sa.ForeignKeyConstraint(["to_area_id"], ["area.id"], name=op.f("fk_press_to_area_id_area")),
        sa.ForeignKeyConstraint(
            ["to_unit_id"], ["organisation.id"], name=op.f("fk_press_to_unit_id_organisation")
        ),
        sa.ForeignKeyConstraint(["wish_id"], ["wish.id"], name=op.f("fk_press_wish_id_wish")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_press")),
    )
    op.create_index("ix_press_by_area", "press", ["by_area_id", "state"])
    op.create_index("ix_press_to_area", "press", ["to_area_id", "state"])
    op.create_index("ix_press_to_unit", "press", ["to_unit_id", "state"])
    op.create_index(
        "uq_press_live_ask",
        "press",
        ["ask_id"],
        unique=True,
        sqlite_where=sa.text("state <> 'ended'"),
        postgresql_where=sa.text("state <> 'ended'"),
    )
    op.create_index(
        "uq_press_live_referral",
        "press",
        ["referral_id"],
        unique=True,
        sqlite_where=sa.text("state <> 'ended'"),
        postgresql_where=sa.text("state <> 'ended'"),
    )
    op.create_index(
        "uq_press_live_wish",
        "press",
        ["wish_id"],
        unique=True,
        sqlite_where=sa.text("state <> 'ended'"),
        postgresql_where=sa.text("state <> 'ended'"),
    )
    op.create_table(
        "referral_leg",
        sa.Column("id", BIG, nullable=False),
        sa.Column("referral_id", BIG, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(length=8), nullable=False),
        sa.Column("from_area_id", BIG, nullable=False),
        sa.Column("to_area_id", BIG, nullable=True),
        sa.Column("to_unit_id", BIG, nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("sent_at", foundation.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("sent_by_id", BIG, nullable=True),
        sa.Column("since", foundation.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("ended_at", foundation.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("late_told_at", foundation.db.UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state <> 'returned' or reason is not null", name=op.f("ck_referral_leg_reason")
        ),
        sa.CheckConstraint(
            "(to_area_id is null) <> (to_unit_id is null)",
            name=op.f("ck_referral_leg_one_receiver"),
        ),
        sa.CheckConstraint(
            "to_area_id is null or to_area_id <> from_area_id", name=op.f("ck_referral_leg_oneself")
        ),
        sa.ForeignKeyConstraint(
            ["from_area_id"], ["area.id"], name=op.f("fk_referral_leg_from_area_id_area")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_referral_leg_referral_id_referral")
        ),
        sa.ForeignKeyConstraint(
            ["sent_by_id"],
            ["user_account.id"],
            name=op.f("fk_referral_leg_sent_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["to_area_id"], ["area.id"], name=op.f("fk_referral_leg_to_area_id_area")
        ),
        sa.ForeignKeyConstraint(
            ["to_unit_id"],
            ["organisation.id"],
            name=op.f("fk_referral_leg_to_unit_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_leg")),
        sa.UniqueConstraint(
            "referral_id", "number", name=op.f("uq_referral_leg_referral_id_number")
        ),
    )
    op.create_index("ix_referral_leg_from_area", "referral_leg", ["from_area_id", "state"])
    op.create_index("ix_referral_leg_to_area", "referral_leg", ["to_area_id", "state"])
    op.create_index("ix_referral_leg_to_unit", "referral_leg", ["to_unit_id", "state"])
    op.create_index(
        "uq_referral_leg_area",
        "referral_leg",
        ["referral_id", "to_area_id"],
        unique=True,
        sqlite_where=sa.text("state <> 'returned'"),
        postgresql_where=sa.text("state <> 'returned'"),
    )
    op.create_index(
        "uq_referral_leg_current",
        "referral_leg",
        ["referral_id"],
        unique=True,
        sqlite_where=sa.text("state in ('sent','accepted','reported')"),
        postgresql_where=sa.text("state in ('sent','accepted','reported')"),
    )
    op.create_index(
        "uq_referral_leg_unit",
        "referral_leg",
        ["referral_id", "to_unit_id"],
        unique=True,
        sqlite_where=sa.text("state <> 'returned'"),
        postgresql_where=sa.text("state <> 'returned'"),
    )
    op.create_table(
        "referral_event",
        sa.Column("id", BIG, nullable=False),
        sa.Column("referral_id", BIG, nullable=False),
        sa.Column("leg_id", BIG, nullable=False),
        sa.Column("at", foundation.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("actor_id", BIG, nullable=True),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("from_state", sa.String(length=12), nullable=False),
        sa.Column("to_state", sa.String(length=12), nullable=False),
        sa.Column("why", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["user_account.id"], name=op.f("fk_referral_event_actor_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["leg_id"], ["referral_leg.id"], name=op.f("fk_referral_event_leg_id_referral_leg")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_referral_event_referral_id_referral")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_event")),
    )
    op.create_index("ix_referral_event_referral_id", "referral_event", ["referral_id"])
    op.add_column(
        "organisation",
        sa.Column("is_department", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.add_column(
        "organisation",
        sa.Column("closed_at", foundation.db.UtcDateTime(timezone=True), nullable=True),
    )
    for statement in guards("referral_event", (("id",),), dialect=op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    """Forget what was referred and pressed; asks and wishes keep their states."""
    for statement in unguards("referral_event", dialect=op.get_bind().dialect.name):
        op.execute(statement)
    for table in ("referral_event", "referral_leg", "press", "clock_pause", "referral"):
        op.drop_table(table)
    op.drop_column("organisation", "closed_at")
    op.drop_column("organisation", "is_department")
