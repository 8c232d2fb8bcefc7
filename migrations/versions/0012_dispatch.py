"""Skills and times of people, the service menu, and invitations to take a wish."""

import sqlalchemy as sa
from alembic import op

import foundation.db

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WAITING_UNIT = sa.text("state = 'waiting' and organisation_id is not null")
WAITING_PERSON = sa.text("state = 'waiting' and user_id is not null")


def _id() -> sa.Column:
    return sa.Column("id", BIG, nullable=False)


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}")
    )


def _time(name: str, *, nullable: bool = True) -> sa.Column:
    return sa.Column(name, foundation.db.UtcDateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    """Add what people tell about themselves, the menu, the invitations."""
    _add_people()
    _add_menu()
    _add_dispatch()


def _add_people() -> None:
    op.create_table(
        "person_skill",
        _id(),
        sa.Column("user_id", BIG, nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        _to("person_skill", "user_id", "user_account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_skill")),
        sa.UniqueConstraint("user_id", "code", name=op.f("uq_person_skill_user_id_code")),
    )
    op.create_index(op.f("ix_person_skill_code"), "person_skill", ["code"])
    op.create_table(
        "person_slot",
        _id(),
        sa.Column("user_id", BIG, nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("slot", sa.String(length=10), nullable=False),
        sa.CheckConstraint("weekday between 0 and 6", name=op.f("ck_person_slot_weekday")),
        _to("person_slot", "user_id", "user_account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_slot")),
        sa.UniqueConstraint(
            "user_id", "weekday", "slot", name=op.f("uq_person_slot_user_id_weekday_slot")
        ),
    )
    op.create_table(
        "willingness",
        sa.Column("user_id", BIG, nullable=False),
        sa.Column("own_words", sa.String(length=60), nullable=False),
        sa.Column("away_from", sa.Date(), nullable=True),
        sa.Column("away_until", sa.Date(), nullable=True),
        sa.Column("asks_welcome", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "away_from is null or away_until is null or away_from <= away_until",
            name=op.f("ck_willingness_away"),
        ),
        _to("willingness", "user_id", "user_account"),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_willingness")),
    )


def _add_menu() -> None:
    op.create_table(
        "offer",
        _id(),
        sa.Column("organisation_id", BIG, nullable=True),
        sa.Column("user_id", BIG, nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("when_words", sa.String(length=60), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("per_month", sa.Integer(), nullable=False),
        sa.Column("serves", sa.Integer(), nullable=True),
        sa.Column("created_by_id", BIG, nullable=False),
        _time("created_at", nullable=False),
        sa.CheckConstraint(
            "(organisation_id is null) <> (user_id is null)", name=op.f("ck_offer_one_owner")
        ),
        sa.CheckConstraint("state in ('draft','active','paused')", name=op.f("ck_offer_state")),
        sa.CheckConstraint(
            "people >= 1 and minutes >= 15 and per_month >= 1", name=op.f("ck_offer_numbers")
        ),
        sa.CheckConstraint("serves is null or serves >= 1", name=op.f("ck_offer_serves")),
        _to("offer", "organisation_id", "organisation"),
        _to("offer", "user_id", "user_account"),
        _to("offer", "created_by_id", "user_account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer")),
    )
    op.create_index("ix_offer_state", "offer", ["state", "category"])
    op.create_index(op.f("ix_offer_organisation_id"), "offer", ["organisation_id"])
    op.create_index(op.f("ix_offer_user_id"), "offer", ["user_id"])
    op.create_table(
        "offer_area",
        sa.Column("offer_id", BIG, nullable=False),
        sa.Column("area_id", BIG, nullable=False),
        _to("offer_area", "offer_id", "offer"),
        _to("offer_area", "area_id", "area"),
        sa.PrimaryKeyConstraint("offer_id", "area_id", name=op.f("pk_offer_area")),
    )
    op.create_index(op.f("ix_offer_area_area_id"), "offer_area", ["area_id"])
    op.create_table(
        "offer_slot",
        _id(),
        sa.Column("offer_id", BIG, nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("slot", sa.String(length=10), nullable=False),
        sa.CheckConstraint("weekday between 0 and 6", name=op.f("ck_offer_slot_weekday")),
        _to("offer_slot", "offer_id", "offer"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer_slot")),
        sa.UniqueConstraint(
            "offer_id", "weekday", "slot", name=op.f("uq_offer_slot_offer_id_weekday_slot")
        ),
    )
    op.create_table(
        "offer_month",
        sa.Column("offer_id", BIG, nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.CheckConstraint("used >= 0", name=op.f("ck_offer_month_used")),
        _to("offer_month", "offer_id", "offer"),
        sa.PrimaryKeyConstraint("offer_id", "month", name=op.f("pk_offer_month")),
    )


def _add_dispatch() -> None:
    op.create_table(
        "dispatch",
        _id(),
        sa.Column("wish_id", BIG, nullable=False),
        sa.Column("offer_id", BIG, nullable=True),
        sa.Column("organisation_id", BIG, nullable=True),
        sa.Column("user_id", BIG, nullable=True),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("asked_by_id", BIG, nullable=False),
        _time("asked_at", nullable=False),
        _time("lapses_at", nullable=False),
        sa.Column("answered_by_id", BIG, nullable=True),
        _time("answered_at"),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("claim_id", BIG, nullable=True),
        sa.CheckConstraint(
            "(organisation_id is null) <> (user_id is null)", name=op.f("ck_dispatch_one_invitee")
        ),
        sa.CheckConstraint("places >= 1", name=op.f("ck_dispatch_places")),
        sa.CheckConstraint(
            "(state = 'accepted') = (claim_id is not null)", name=op.f("ck_dispatch_accepted")
        ),
        _to("dispatch", "wish_id", "wish"),
        _to("dispatch", "offer_id", "offer"),
        _to("dispatch", "organisation_id", "organisation"),
        _to("dispatch", "user_id", "user_account"),
        _to("dispatch", "asked_by_id", "user_account"),
        _to("dispatch", "answered_by_id", "user_account"),
        _to("dispatch", "claim_id", "claim"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispatch")),
    )
    for name in ("wish_id", "offer_id", "organisation_id", "user_id"):
        op.create_index(op.f(f"ix_dispatch_{name}"), "dispatch", [name])
    op.create_index("ix_dispatch_due", "dispatch", ["state", "lapses_at"])
    for name, column, where in (
        ("uq_dispatch_waiting_unit", "organisation_id", WAITING_UNIT),
        ("uq_dispatch_waiting_person", "user_id", WAITING_PERSON),
    ):
        op.create_index(
            name, "dispatch", ["wish_id", column],
            unique=True, sqlite_where=where, postgresql_where=where,
        )  # fmt: skip


def downgrade() -> None:
    """Forget menu, invitations and skills; the claims that came of them stay."""
    for table in (
        "dispatch", "offer_month", "offer_slot", "offer_area", "offer",
        "willingness", "person_slot", "person_skill",
    ):  # fmt: skip
        op.drop_table(table)
