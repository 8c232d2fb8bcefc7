"""Letters to a bare mail address; who ended a membership, and why."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("message") as table:
        table.alter_column("user_id", existing_type=sa.BigInteger(), nullable=True)
        table.add_column(sa.Column("address", sa.String(length=254), nullable=True))
        table.add_column(sa.Column("language", sa.String(length=20), nullable=True))
        table.create_index(table.f("ix_message_address"), ["address"], unique=False)
        table.create_check_constraint(
            table.f("ck_message_one_reader"), "(user_id is null) <> (address is null)"
        )
    with op.batch_alter_table("membership") as table:
        table.add_column(sa.Column("ended_by_id", BIG, nullable=True))
        table.add_column(sa.Column("end_reason", sa.String(length=200), nullable=True))
        table.create_foreign_key(
            table.f("fk_membership_ended_by_id_user_account"),
            "user_account",
            ["ended_by_id"],
            ["id"],
        )


def downgrade() -> None:
    with op.batch_alter_table("membership") as table:
        table.drop_constraint(table.f("fk_membership_ended_by_id_user_account"), type_="foreignkey")
        table.drop_column("end_reason")
        table.drop_column("ended_by_id")
    op.execute("DELETE FROM message WHERE user_id IS NULL")  # nobody else could read them
    with op.batch_alter_table("message") as table:
        table.drop_constraint(table.f("ck_message_one_reader"), type_="check")
        table.drop_index(table.f("ix_message_address"))
        table.drop_column("language")
        table.drop_column("address")
        table.alter_column("user_id", existing_type=sa.BigInteger(), nullable=False)
