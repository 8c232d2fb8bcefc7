"""Residents who are looked after, the looks at their cards, and the rounds to them."""

import sqlalchemy as sa
from alembic import op

import foundation.db
from foundation.append_only import guards, unguards

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ONLY_GROWS = "resident_look"


def upgrade() -> None:
    """Add the cards, the plan of the rounds, the visits."""
    op.create_table(
        "visit_rule",
        sa.Column("id", BIG, nullable=False),
        sa.Column("community_id", BIG, nullable=False),
        sa.Column("tag", sa.String(length=20), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.CheckConstraint("times between 1 and 31", name=op.f("ck_visit_rule_times")),
        sa.ForeignKeyConstraint(
            ["community_id"], ["area.id"], name=op.f("fk_visit_rule_community_id_area")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_rule")),
        sa.UniqueConstraint("community_id", "tag", name=op.f("uq_visit_rule_community_id_tag")),
    )
    op.create_table(
        "round_helper",
        sa.Column("id", BIG, nullable=False),
        sa.Column("community_id", BIG, nullable=False),
        sa.Column("user_id", BIG, nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("added_by_id", BIG, nullable=False),
        sa.Column("added_at", foundation.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("ended_at", foundation.db.UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("ended_at is null or taken = 0", name=op.f("ck_round_helper_ended")),
        sa.CheckConstraint("taken between 0 and places", name=op.f("ck_round_helper_places")),
        sa.ForeignKeyConstraint(
            ["added_by_id"],
            ["user_account.id"],
            name=op.f("fk_round_helper_added_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["community_id"], ["area.id"], name=op.f("fk_round_helper_community_id_area")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_round_helper_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_helper")),
        sa.UniqueConstraint(
            "community_id", "user_id", name=op.f("uq_round_helper_community_id_user_id")
        ),
    )
    op.create_index(op.f("ix_round_helper_user_id"), "round_helper", ["user_id"])
    op.create_table(
        "resident",
        sa.Column("id", BIG, nullable=False),
        sa.Column("community_id", BIG, nullable=False),
        sa.Column("grid_id", BIG, nullable=True),
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        sa.Column("door", sa.LargeBinary(), nullable=True),
        sa.Column("tags", sa.LargeBinary(), nullable=True),
        sa.Column("best_time", sa.LargeBinary(), nullable=True),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("door_mark", sa.LargeBinary(length=32), nullable=True),
        sa.Column("person_mark", sa.LargeBinary(length=32), nullable=True),
        sa.Column("visits_wanted", sa.Integer(), nullable=False),
        sa.Column("helper_id", BIG, nullable=True),
        sa.Column("consent_by_id", BIG, nullable=False),
        sa.Column("consent_on", sa.Date(), nullable=False),
        sa.Column("added_at", foundation.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("erased_at", foundation.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("erased_by_id", BIG, nullable=True),
        sa.CheckConstraint(
            "erased_at is not null or (name is not null and door is not null)",
            name=op.f("ck_resident_known"),
        ),
        sa.CheckConstraint(
            "erased_at is null or (name is null and phone is null and door is null "
            "and tags is null and best_time is null and note is null and door_mark is null "
            "and person_mark is null and helper_id is null and visits_wanted = 0)",
            name=op.f("ck_resident_erased"),
        ),
        sa.CheckConstraint("visits_wanted between 0 and 31", name=op.f("ck_resident_visits")),
        sa.ForeignKeyConstraint(
            ["community_id"], ["area.id"], name=op.f("fk_resident_community_id_area")
        ),
        sa.ForeignKeyConstraint(
            ["consent_by_id"],
            ["user_account.id"],
            name=op.f("fk_resident_consent_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["erased_by_id"],
            ["user_account.id"],
            name=op.f("fk_resident_erased_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(["grid_id"], ["area.id"], name=op.f("fk_resident_grid_id_area")),
        sa.ForeignKeyConstraint(
            ["helper_id"], ["round_helper.id"], name=op.f("fk_resident_helper_id_round_helper")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resident")),
        sa.UniqueConstraint(
            "community_id", "person_mark", name=op.f("uq_resident_community_id_person_mark")
        ),
    )
    op.create_index(op.f("ix_resident_door_mark"), "resident", ["door_mark"])
    op.create_index(op.f("ix_resident_helper_id"), "resident", ["helper_id"])
    op.create_index("ix_resident_place", "resident", ["community_id", "grid_id"])
    op.create_table(
        "resident_look",
        sa.Column("id", BIG, nullable=False),
        sa.Column("resident_id", BIG, nullable=False),
        sa.Column("user_id", BIG, nullable=False),
        sa.Column("at", foundation.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("looked_as", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_resident_look_resident_id_resident")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_resident_look_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resident_look")),
    )
    op.create_index(op.f("ix_resident_look_resident_id"), "resident_look", ["resident_id"])
    op.create_index(op.f("ix_resident_look_user_id"), "resident_look", ["user_id"])
    op.create_table(
        "resident_matter",
        sa.Column("id", BIG, nullable=False),
        sa.Column("resident_id", BIG, nullable=False),
        sa.Column("ask_id", BIG, nullable=True),
        sa.Column("wish_id", BIG, nullable=True),
        sa.CheckConstraint(
            "(ask_id is null) <> (wish_id is null)", name=op.f("ck_resident_matter_one_thing")
        ),
        sa.ForeignKeyConstraint(["ask_id"], ["ask.id"], name=op.f("fk_resident_matter_ask_id_ask")),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_resident_matter_resident_id_resident")
        ),
        sa.ForeignKeyConstraint(
            ["wish_id"], ["wish.id"], name=op.f("fk_resident_matter_wish_id_wish")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resident_matter")),
        sa.UniqueConstraint("ask_id", name=op.f("uq_resident_matter_ask_id")),
        sa.UniqueConstraint("wish_id", name=op.f("uq_resident_matter_wish_id")),
    )
    op.create_index(op.f("ix_resident_matter_resident_id"), "resident_matter", ["resident_id"])
    op.create_table(
        "visit",
        sa.Column("id", BIG, nullable=False),
        sa.Column("resident_id", BIG, nullable=False),
        sa.Column("visitor_id", BIG, nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", foundation.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("outcome in ('met','not_home')", name=op.f("ck_visit_outcome")),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_visit_resident_id_resident")
        ),
        sa.ForeignKeyConstraint(
            ["visitor_id"], ["user_account.id"], name=op.f("fk_visit_visitor_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
        sa.UniqueConstraint(
            "resident_id",
            "visitor_id",
            "on_day",
            name=op.f("uq_visit_resident_id_visitor_id_on_day"),
        ),
    )
    op.create_index(op.f("ix_visit_visitor_id"), "visit", ["visitor_id"])
    for statement in guards(ONLY_GROWS, (("id",),), dialect=op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    """Forget cards and rounds; asks and wishes that began there stay."""
    for statement in unguards(ONLY_GROWS, dialect=op.get_bind().dialect.name):
        op.execute(statement)
    for table in (
        "visit", "resident_matter", "resident_look", "resident", "round_helper", "visit_rule",
    ):  # fmt: skip
        op.drop_table(table)
