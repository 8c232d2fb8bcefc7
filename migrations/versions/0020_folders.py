"""Inspection folders that were asked for, and who fetched them."""

import sqlalchemy as sa
from alembic import op

import foundation.db
from foundation.append_only import guards, unguards

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ONLY_GROWS = "inspection_folder_look"
LIVE = sa.text("state in ('waiting','running')")


def upgrade() -> None:
    """Add the folders and their downloads."""
    op.create_table(
        "inspection_folder",
        sa.Column("id", BIG, nullable=False),
        sa.Column("area_id", BIG, nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("masked", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("asked_by_id", BIG, nullable=False),
        sa.Column("asked_at", foundation.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("lease_until", foundation.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("storage_key", sa.String(length=32), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("expires_at", foundation.db.UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_inspection_folder_days")),
        sa.CheckConstraint(
            "state in ('waiting','running','ready','failed','expired')",
            name=op.f("ck_inspection_folder_state"),
        ),
        sa.CheckConstraint(
            "(state = 'ready') = (expires_at is not null)", name=op.f("ck_inspection_folder_ready")
        ),
        sa.CheckConstraint("done between 0 and total", name=op.f("ck_inspection_folder_progress")),
        sa.ForeignKeyConstraint(
            ["area_id"], ["area.id"], name=op.f("fk_inspection_folder_area_id_area")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"],
            ["user_account.id"],
            name=op.f("fk_inspection_folder_asked_by_id_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_folder")),
        sa.UniqueConstraint("storage_key", name=op.f("uq_inspection_folder_storage_key")),
    )
    op.create_index(op.f("ix_inspection_folder_area_id"), "inspection_folder", ["area_id"])
    op.create_index("ix_inspection_folder_state", "inspection_folder", ["state", "id"])
    op.create_index(
        "uq_inspection_folder_live",
        "inspection_folder",
        ["area_id", "first_day", "last_day", "masked"],
        unique=True,
        sqlite_where=LIVE,
        postgresql_where=LIVE,
    )
    op.create_table(
        "inspection_folder_look",
        sa.Column("id", BIG, nullable=False),
        sa.Column("folder_id", BIG, nullable=False),
        sa.Column("user_id", BIG, nullable=False),
        sa.Column("at", foundation.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["folder_id"],
            ["inspection_folder.id"],
            name=op.f("fk_inspection_folder_look_folder_id_inspection_folder"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user_account.id"],
            name=op.f("fk_inspection_folder_look_user_id_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_folder_look")),
    )
    op.create_index(
        op.f("ix_inspection_folder_look_folder_id"), "inspection_folder_look", ["folder_id"]
    )
    for statement in guards(ONLY_GROWS, (("id",),), dialect=op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    """Forget the folders; their files are left to whoever keeps the media store."""
    for statement in unguards(ONLY_GROWS, dialect=op.get_bind().dialect.name):
        op.execute(statement)
    op.drop_table("inspection_folder_look")
    op.drop_table("inspection_folder")
