"""Campaigns of things: wishes, households, backup units, keepers, substitutes; hidden givers."""

import sqlalchemy as sa
from alembic import op

import foundation.db
from foundation.append_only import guards, unguards

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = foundation.db.UtcDateTime(timezone=True)
OPEN_OFFER = sa.text("answer is null")


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}")
    )


def _key(table: str, column: str = "id") -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(column, name=op.f(f"pk_{table}"))


def _id() -> sa.Column:
    return sa.Column("id", BIG, nullable=False)


def _ref(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, BIG, nullable=nullable)


def _campaign() -> None:
    op.create_table(
        "campaign",
        _id(),
        _ref("area_id"),
        sa.Column("title", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("opens_at", MOMENT, nullable=False),
        sa.Column("closes_at", MOMENT, nullable=False),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("price_cap", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("return_reason", sa.String(length=200), nullable=True),
        _ref("created_by_id"),
        sa.Column("created_at", MOMENT, nullable=False),
        _ref("decided_by_id", nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "state in ('proposed','returned','open')", name=op.f("ck_campaign_state")
        ),
        sa.CheckConstraint("opens_at < closes_at", name=op.f("ck_campaign_days")),
        sa.CheckConstraint("price_cap between 1 and 100000", name=op.f("ck_campaign_price_cap")),
        _to("campaign", "area_id", "area"),
        _to("campaign", "created_by_id", "user_account"),
        _to("campaign", "decided_by_id", "user_account"),
        _key("campaign"),
    )
    op.create_index(op.f("ix_campaign_area_id"), "campaign", ["area_id"])
    op.create_index("ix_campaign_state", "campaign", ["state", "closes_at"])
    op.create_table(
        "campaign_event",
        _id(),
        _ref("campaign_id"),
        sa.Column("at", MOMENT, nullable=False),
        _ref("actor_id", nullable=True),
        sa.Column("what", sa.String(length=30), nullable=False),
        sa.Column("from_state", sa.String(length=10), nullable=False),
        sa.Column("to_state", sa.String(length=10), nullable=False),
        sa.Column("why", sa.String(length=300), nullable=True),
        _to("campaign_event", "campaign_id", "campaign"),
        _to("campaign_event", "actor_id", "user_account"),
        _key("campaign_event"),
    )
    op.create_index(op.f("ix_campaign_event_campaign_id"), "campaign_event", ["campaign_id"])
    for statement in guards("campaign_event", [("id",)], dialect=op.get_bind().dialect.name):
        op.execute(statement)


def _wishes() -> None:
    op.create_table(
        "campaign_wish",
        _ref("wish_id"),
        _ref("campaign_id"),
        _ref("added_by_id"),
        sa.Column("added_at", MOMENT, nullable=False),
        _ref("approved_by_id", nullable=True),
        sa.Column("approved_at", MOMENT, nullable=True),
        _ref("backed_by_id", nullable=True),
        sa.Column("backed_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "(backed_by_id is null) = (backed_at is null)", name=op.f("ck_campaign_wish_backed")
        ),
        _to("campaign_wish", "wish_id", "wish"),
        _to("campaign_wish", "campaign_id", "campaign"),
        _to("campaign_wish", "added_by_id", "user_account"),
        _to("campaign_wish", "approved_by_id", "user_account"),
        _to("campaign_wish", "backed_by_id", "organisation"),
        _key("campaign_wish", "wish_id"),
    )
    op.create_index("ix_campaign_wish_campaign", "campaign_wish", ["campaign_id", "wish_id"])
    op.create_table(
        "campaign_household",
        _id(),
        _ref("campaign_id"),
        _ref("wish_id"),
        sa.Column("mark", sa.LargeBinary(length=32), nullable=False),
        _to("campaign_household", "campaign_id", "campaign"),
        _to("campaign_household", "wish_id", "wish"),
        _key("campaign_household"),
        sa.UniqueConstraint(
            "campaign_id", "mark", name=op.f("uq_campaign_household_campaign_id_mark")
        ),
    )
    op.create_index(op.f("ix_campaign_household_wish_id"), "campaign_household", ["wish_id"])


def _people() -> None:
    op.create_table(
        "campaign_backup",
        _id(),
        _ref("campaign_id"),
        _ref("organisation_id"),
        _to("campaign_backup", "campaign_id", "campaign"),
        _to("campaign_backup", "organisation_id", "organisation"),
        _key("campaign_backup"),
        sa.UniqueConstraint(
            "campaign_id",
            "organisation_id",
            name=op.f("uq_campaign_backup_campaign_id_organisation_id"),
        ),
    )
    op.create_table(
        "campaign_keeper",
        _id(),
        _ref("campaign_id"),
        _ref("user_id"),
        _ref("added_by_id"),
        sa.Column("added_at", MOMENT, nullable=False),
        _to("campaign_keeper", "campaign_id", "campaign"),
        _to("campaign_keeper", "user_id", "user_account"),
        _to("campaign_keeper", "added_by_id", "user_account"),
        _key("campaign_keeper"),
        sa.UniqueConstraint(
            "campaign_id", "user_id", name=op.f("uq_campaign_keeper_campaign_id_user_id")
        ),
    )
    op.create_index(op.f("ix_campaign_keeper_user_id"), "campaign_keeper", ["user_id"])


def _substitutes() -> None:
    op.create_table(
        "substitute",
        _id(),
        _ref("claim_id"),
        sa.Column("offered", sa.String(length=120), nullable=False),
        _ref("offered_by_id"),
        sa.Column("offered_at", MOMENT, nullable=False),
        sa.Column("answer", sa.String(length=3), nullable=True),
        _ref("asked_by_id", nullable=True),
        sa.Column("asked_at", MOMENT, nullable=True),
        sa.Column("how", sa.String(length=120), nullable=True),
        sa.CheckConstraint(
            "answer is null or answer in ('yes','no')", name=op.f("ck_substitute_answer")
        ),
        _to("substitute", "claim_id", "claim"),
        _to("substitute", "offered_by_id", "user_account"),
        _to("substitute", "asked_by_id", "user_account"),
        _key("substitute"),
    )
    op.create_index(op.f("ix_substitute_claim_id"), "substitute", ["claim_id"])
    op.create_index(
        "uq_substitute_open",
        "substitute",
        ["claim_id"],
        unique=True,
        sqlite_where=OPEN_OFFER,
        postgresql_where=OPEN_OFFER,
    )


def upgrade() -> None:
    """Add the campaign's tables, and the tick of a giver who stays unnamed."""
    _campaign()
    _wishes()
    _people()
    _substitutes()
    op.add_column(
        "claim", sa.Column("anonymous", sa.Boolean(), server_default=sa.false(), nullable=False)
    )


def downgrade() -> None:
    """Forget the campaigns; their wishes and claims stay, as ordinary ones."""
    op.drop_column("claim", "anonymous")
    op.drop_table("substitute")
    op.drop_table("campaign_keeper")
    op.drop_table("campaign_backup")
    op.drop_table("campaign_household")
    op.drop_table("campaign_wish")
    for statement in unguards("campaign_event", dialect=op.get_bind().dialect.name):
        op.execute(statement)
    op.drop_table("campaign_event")
    op.drop_table("campaign")
