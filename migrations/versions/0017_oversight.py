"""The street's spot checks, its monthly reports and its own Word template.

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

import foundation.db

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = foundation.db.UtcDateTime(timezone=True)


def upgrade() -> None:
    """New tables only: no table is rebuilt, no trigger is lost."""
    _make_checks()
    _make_lines()
    _make_reports()


def _make_checks() -> None:
    op.create_table(
        "spot_check",
        sa.Column("id", BIG, nullable=False),
        sa.Column("area_id", BIG, nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("seed", sa.String(length=40), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("pool", sa.Integer(), nullable=False),
        sa.Column("drawn_at", TIME, nullable=False),
        sa.Column("drawn_by_id", BIG, nullable=True),
        sa.CheckConstraint("percent between 1 and 100", name=op.f("ck_spot_check_percent")),
        sa.CheckConstraint("pool >= 0", name=op.f("ck_spot_check_pool")),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_spot_check_area_id_area")),
        sa.ForeignKeyConstraint(
            ["drawn_by_id"],
            ["user_account.id"],
            name=op.f("fk_spot_check_drawn_by_id_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spot_check")),
        sa.UniqueConstraint("area_id", "month", name=op.f("uq_spot_check_area_id_month")),
    )


def _make_lines() -> None:
    op.create_table(
        "spot_check_line",
        sa.Column("id", BIG, nullable=False),
        sa.Column("check_id", BIG, nullable=False),
        sa.Column("wish_id", BIG, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("from_register", sa.Boolean(), nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=True),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("called_at", TIME, nullable=True),
        sa.Column("called_by_id", BIG, nullable=True),
        sa.Column("settled_words", sa.LargeBinary(), nullable=True),
        sa.Column("settled_at", TIME, nullable=True),
        sa.Column("settled_by_id", BIG, nullable=True),
        sa.CheckConstraint(
            "outcome in ('reached','not_reached','contradicts')",
            name=op.f("ck_spot_check_line_outcome"),
        ),
        sa.CheckConstraint(
            "(outcome is null) = (called_at is null) "
            "and (called_at is null) = (called_by_id is null)",
            name=op.f("ck_spot_check_line_called"),
        ),
        sa.CheckConstraint(
            "(settled_at is null) = (settled_by_id is null) "
            "and (settled_at is null or outcome = 'contradicts')",
            name=op.f("ck_spot_check_line_settled"),
        ),
        sa.ForeignKeyConstraint(
            ["check_id"], ["spot_check.id"], name=op.f("fk_spot_check_line_check_id_spot_check")
        ),
        sa.ForeignKeyConstraint(
            ["wish_id"], ["wish.id"], name=op.f("fk_spot_check_line_wish_id_wish")
        ),
        sa.ForeignKeyConstraint(
            ["called_by_id"],
            ["user_account.id"],
            name=op.f("fk_spot_check_line_called_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["settled_by_id"],
            ["user_account.id"],
            name=op.f("fk_spot_check_line_settled_by_id_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spot_check_line")),
        sa.UniqueConstraint(
            "check_id", "wish_id", name=op.f("uq_spot_check_line_check_id_wish_id")
        ),
    )
    op.create_index(op.f("ix_spot_check_line_wish_id"), "spot_check_line", ["wish_id"])


def _make_reports() -> None:
    op.create_table(
        "monthly_report",
        sa.Column("id", BIG, nullable=False),
        sa.Column("area_id", BIG, nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("made_at", TIME, nullable=False),
        sa.Column("figures", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("finished_at", TIME, nullable=True),
        sa.Column("finished_by_id", BIG, nullable=True),
        sa.CheckConstraint(
            "(finished_at is null) = (finished_by_id is null)",
            name=op.f("ck_monthly_report_finished"),
        ),
        sa.ForeignKeyConstraint(
            ["area_id"], ["area.id"], name=op.f("fk_monthly_report_area_id_area")
        ),
        sa.ForeignKeyConstraint(
            ["finished_by_id"],
            ["user_account.id"],
            name=op.f("fk_monthly_report_finished_by_id_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_monthly_report")),
        sa.UniqueConstraint("area_id", "month", name=op.f("uq_monthly_report_area_id_month")),
    )
    op.create_table(
        "report_template",
        sa.Column("area_id", BIG, nullable=False),
        sa.Column("filename", sa.String(length=120), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("uploaded_at", TIME, nullable=False),
        sa.Column("uploaded_by_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(
            ["area_id"], ["area.id"], name=op.f("fk_report_template_area_id_area")
        ),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"],
            ["user_account.id"],
            name=op.f("fk_report_template_uploaded_by_id_user_account"),
        ),
        sa.PrimaryKeyConstraint("area_id", name=op.f("pk_report_template")),
    )


def downgrade() -> None:
    """Forget checks, reports and templates; wishes and the book stay as they are."""
    op.drop_table("report_template")
    op.drop_table("monthly_report")
    op.drop_table("spot_check_line")
    op.drop_table("spot_check")
