"""First tables: people, areas, units, asks, wishes, claims, attendance, photos, the book."""

import sqlalchemy as sa
from alembic import op

import foundation.db
from foundation.append_only import guards, unguards

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ONLY_GROW = {
    "ask_event": [("id",)],
    "wish_event": [("id",)],
    "private_look": [("id",)],
    "attendance_event": [("id",)],
    "verification": [("id",), ("report_id",)],
    "book_entry": [
        ("id",),
        ("attendance_id", "revision"),
        ("reversal_of",),
        ("follows",),
        ("holder", "seq"),
        ("hash",),
    ],
}
OVERLAPS = (
    "SELECT 1 FROM commitment WHERE user_id = NEW.user_id AND live AND id IS NOT NEW.id "
    "AND starts_at < NEW.ends_at AND ends_at > NEW.starts_at"
)


def forbid_overlaps(dialect: str) -> None:
    """Nobody is in two places at once."""
    if dialect == "postgresql":
        op.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
        op.execute(
            "ALTER TABLE commitment ADD CONSTRAINT ex_commitment_overlap EXCLUDE USING gist "
            "(user_id WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (live)"
        )
        return
    for verb in ("insert", "update"):
        op.execute(
            f"CREATE TRIGGER commitment_overlap_{verb} BEFORE {verb.upper()} ON commitment "
            f"WHEN NEW.live AND EXISTS ({OVERLAPS}) "
            "BEGIN SELECT RAISE(ABORT, 'ex_commitment_overlap'); END"
        )


def upgrade() -> None:
    op.create_table(
        "area",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("parent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=30), nullable=True),
        sa.Column("address", sa.String(length=120), nullable=True),
        sa.Column("about", sa.Text(), nullable=True),
        sa.Column("book_id", sa.String(length=36), nullable=True),
        sa.CheckConstraint(
            "kind in ('city','street','community','grid')", name=op.f("ck_area_kind")
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["area.id"], name=op.f("fk_area_parent_id_area")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area")),
        sa.UniqueConstraint("book_id", name=op.f("uq_area_book_id")),
        sa.UniqueConstraint("parent_id", "name", name=op.f("uq_area_parent_id_name")),
    )
    with op.batch_alter_table("area", schema=None) as batch_op:
        batch_op.create_index("ix_area_path", ["path"], unique=False)

    op.create_table(
        "book_account",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("created_at", foundation.db.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_book_account")),
    )
    op.create_table(
        "done_once",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("errand", sa.String(length=160), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("body", sa.String(length=64), nullable=False),
        sa.Column("result", sa.JSON(), nullable=True),
        sa.Column("at", foundation.db.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_done_once")),
        sa.UniqueConstraint("actor", "errand", "key", name=op.f("uq_done_once_actor_errand_key")),
    )
    with op.batch_alter_table("done_once", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_done_once_at"), ["at"], unique=False)

    op.create_table(
        "message",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("params", sa.JSON(), nullable=False),
        sa.Column("path", sa.String(length=300), nullable=False),
        sa.Column("created_at", foundation.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("read_at", foundation.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("mail_state", sa.String(length=20), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try_at", foundation.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.String(length=300), nullable=True),
        sa.Column("sent_at", foundation.db.UtcDateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
    )
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_message_next_try_at"), ["next_try_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_message_user_id"), ["user_id"], unique=False)

    op.create_table(
        "sign_in_guard",
        sa.Column("identifier", sa.String(length=64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_failure_at", foundation.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("locked_until", foundation.db.UtcDateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("identifier", name=op.f("pk_sign_in_guard")),
    )
    op.create_table(
        "book_entry",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("from_account", sa.String(length=36), nullable=False),
        sa.Column("to_account", sa.String(length=36), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("attendance_id", sa.BigInteger(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=True),
        sa.Column(
            "reversal_of", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("follows", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("wish_id", sa.BigInteger(), nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=True),
        sa.Column("starts_at", foundation.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("ends_at", foundation.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("grade", sa.String(length=1), nullable=False),
        sa.Column("evidence_hash", sa.String(length=64), nullable=False),
        sa.Column("reason_code", sa.String(length=30), nullable=True),
        sa.Column("reason_hash", sa.String(length=64), nullable=True),
        sa.Column("recorded_at", foundation.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("available_on", foundation.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("holder", sa.String(length=36), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("served_after", sa.Integer(), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint(
            "(attendance_id is null) <> (reversal_of is null)", name=op.f("ck_book_entry_one_kind")
        ),
        sa.CheckConstraint(
            "(attendance_id is null) = (revision is null)", name=op.f("ck_book_entry_credit")
        ),
        sa.CheckConstraint("from_account <> to_account", name=op.f("ck_book_entry_two_accounts")),
        sa.CheckConstraint(
            "holder in (from_account, to_account)", name=op.f("ck_book_entry_holder")
        ),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_book_entry_minutes")),
        sa.CheckConstraint(
            "revision is null or (revision = 1) = (follows is null)",
            name=op.f("ck_book_entry_revision"),
        ),
        sa.ForeignKeyConstraint(
            ["follows"], ["book_entry.id"], name=op.f("fk_book_entry_follows_book_entry")
        ),
        sa.ForeignKeyConstraint(
            ["from_account"],
            ["book_account.id"],
            name=op.f("fk_book_entry_from_account_book_account"),
        ),
        sa.ForeignKeyConstraint(
            ["holder"], ["book_account.id"], name=op.f("fk_book_entry_holder_book_account")
        ),
        sa.ForeignKeyConstraint(
            ["reversal_of"], ["book_entry.id"], name=op.f("fk_book_entry_reversal_of_book_entry")
        ),
        sa.ForeignKeyConstraint(
            ["to_account"], ["book_account.id"], name=op.f("fk_book_entry_to_account_book_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_book_entry")),
        sa.UniqueConstraint(
            "attendance_id", "revision", name=op.f("uq_book_entry_attendance_id_revision")
        ),
        sa.UniqueConstraint("follows", name=op.f("uq_book_entry_follows")),
        sa.UniqueConstraint("hash", name=op.f("uq_book_entry_hash")),
        sa.UniqueConstraint("holder", "seq", name=op.f("uq_book_entry_holder_seq")),
        sa.UniqueConstraint("reversal_of", name=op.f("uq_book_entry_reversal_of")),
        info={
            "only_grows": (
                ("id",),
                ("attendance_id", "revision"),
                ("reversal_of",),
                ("follows",),
                ("holder", "seq"),
                ("hash",),
            )
        },
    )
    with op.batch_alter_table("book_entry", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_book_entry_from_account"), ["from_account"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_book_entry_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_book_entry_to_account"), ["to_account"], unique=False)
        batch_op.create_index(batch_op.f("ix_book_entry_wish_id"), ["wish_id"], unique=False)

    op.create_table(
        "book_head",
        sa.Column("account_id", sa.String(length=36), nullable=False),
        sa.Column("served", sa.Integer(), nullable=False),
        sa.Column("balance", sa.Integer(), nullable=False),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint("seq >= 0", name=op.f("ck_book_head_seq")),
        sa.CheckConstraint(
            "served >= 0 and balance >= 0 and held between 0 and balance",
            name=op.f("ck_book_head_sums"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["book_account.id"], name=op.f("fk_book_head_account_id_book_account")
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_book_head")),
    )
    op.create_table(
        "community_counter",
        sa.Column(
            "community_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("next_number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["area.id"], name=op.f("fk_community_counter_community_id_area")
        ),
        sa.PrimaryKeyConstraint("community_id", name=op.f("pk_community_counter")),
    )
    op.create_table(
        "organisation",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("short_name", sa.String(length=30), nullable=False),
        sa.Column(
            "home_area_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("join_code", sa.String(length=12), nullable=False),
        sa.Column("created_at", foundation.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["home_area_id"], ["area.id"], name=op.f("fk_organisation_home_area_id_area")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("join_code", name=op.f("uq_organisation_join_code")),
        sa.UniqueConstraint("name", name=op.f("uq_organisation_name")),
    )
    op.create_table(
        "user_account",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("volunteer_number", sa.String(length=20), nullable=False),
        sa.Column("book_id", sa.String(length=36), nullable=False),
        sa.Column(
            "home_area_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("elder_mode", sa.Boolean(), nullable=False),
        sa.Column("is_party_member", sa.Boolean(), nullable=False),
        sa.Column("is_operator", sa.Boolean(), nullable=False),
        sa.Column("sign_in_version", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", foundation.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column(
            "confirmed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("created_at", foundation.db.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "email is not null or phone is not null", name=op.f("ck_user_account_reachable")
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"],
            ["user_account.id"],
            name=op.f("fk_user_account_confirmed_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["home_area_id"], ["area.id"], name=op.f("fk_user_account_home_area_id_area")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_account")),
        sa.UniqueConstraint("book_id", name=op.f("uq_user_account_book_id")),
        sa.UniqueConstraint("email", name=op.f("uq_user_account_email")),
        sa.UniqueConstraint("phone", name=op.f("uq_user_account_phone")),
        sa.UniqueConstraint("volunteer_number", name=op.f("uq_user_account_volunteer_number")),
    )
    with op.batch_alter_table("user_account", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_user_account_home_area_id"), ["home_area_id"], unique=False
        )

    op.create_table(
        "agreement",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("area_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("since", foundation.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_agreement_area_id_area")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_agreement_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
        sa.UniqueConstraint(
            "organisation_id", "area_id", name=op.f("uq_agreement_organisation_id_area_id")
        ),
    )
    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agreement_area_id"), ["area_id"], unique=False)

    op.create_table(
        "consent",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("wording", sa.String(length=20), nullable=False),
        sa.Column("given_at", foundation.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", foundation.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_consent_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consent_user_id"), ["user_id"], unique=False)

    op.create_table(
        "invitation",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=30), nullable=False),
        sa.Column("area_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("sent_to", sa.String(length=254), nullable=False),
        sa.Column(
            "invited_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("created_at", foundation.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", foundation.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", foundation.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column(
            "accepted_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("withdrawn_at", foundation.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["accepted_by_id"],
            ["user_account.id"],
            name=op.f("fk_invitation_accepted_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_invitation_area_id_area")),
        sa.ForeignKeyConstraint(
            ["invited_by_id"],
            ["user_account.id"],
            name=op.f("fk_invitation_invited_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_invitation_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
    )
    op.create_table(
        "membership",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("role", sa.String(length=30), nullable=False),
        sa.Column("area_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column(
            "granted_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("since", foundation.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("ended_at", foundation.db.UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(area_id is null) <> (organisation_id is null)", name=op.f("ck_membership_one_place")
        ),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_membership_area_id_area")),
        sa.ForeignKeyConstraint(
            ["granted_by_id"],
            ["user_account.id"],
            name=op.f("fk_membership_granted_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_membership_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_membership_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
    )
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_membership_area_id"), ["area_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_membership_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_membership_user_id"), ["user_id"], unique=False)
        batch_op.create_index(
            "uq_membership_live_area",
            ["user_id", "area_id", "role"],
            unique=True,
            sqlite_where=sa.text("ended_at is null and area_id is not null"),
            postgresql_where=sa.text("ended_at is null and area_id is not null"),
        )
        batch_op.create_index(
            "uq_membership_live_unit",
            ["user_id", "organisation_id", "role"],
            unique=True,
            sqlite_where=sa.text("ended_at is null and organisation_id is not null"),
            postgresql_where=sa.text("ended_at is null and organisation_id is not null"),
        )

    op.create_table(
        "roster_entry",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("staff_number", sa.String(length=30), nullable=True),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("added_at", foundation.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("removed_at", foundation.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_roster_entry_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_roster_entry_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_entry")),
        sa.UniqueConstraint(
            "organisation_id", "phone", name=op.f("uq_roster_entry_organisation_id_phone")
        ),
        sa.UniqueConstraint(
            "organisation_id", "user_id", name=op.f("uq_roster_entry_organisation_id_user_id")
        ),
    )
    with op.batch_alter_table("roster_entry", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_roster_entry_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "wish",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "community_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("grid_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("venue", sa.String(length=10), nullable=False),
        sa.Column("public_place", sa.String(length=80), nullable=False),
        sa.Column("starts_at", foundation.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("ends_at", foundation.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("headcount", sa.Integer(), nullable=True),
        sa.Column("places_taken", sa.Integer(), nullable=False),
        sa.Column("tools_answered", sa.Boolean(), nullable=False),
        sa.Column("card_tools", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=15), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("gate_secret", sa.LargeBinary(length=32), nullable=False),
        sa.Column(
            "contact_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("original", sa.JSON(), nullable=True),
        sa.Column(
            "created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("created_at", foundation.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("published_at", foundation.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("closed_at", foundation.db.UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind in ('service','item')", name=op.f("ck_wish_kind")),
        sa.CheckConstraint(
            "state in ('draft','cancelled') or (starts_at is not null and ends_at is not null "
            "and headcount is not null and public_place <> '' and tools_answered)",
            name=op.f("ck_wish_complete"),
        ),
        sa.CheckConstraint(
            "headcount is null or headcount between 1 and 2000", name=op.f("ck_wish_headcount")
        ),
        sa.CheckConstraint(
            "places_taken >= 0 and places_taken <= coalesce(headcount, 0)",
            name=op.f("ck_wish_places"),
        ),
        sa.CheckConstraint("starts_at is null or starts_at <= ends_at", name=op.f("ck_wish_times")),
        sa.ForeignKeyConstraint(
            ["community_id"], ["area.id"], name=op.f("fk_wish_community_id_area")
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["user_account.id"], name=op.f("fk_wish_contact_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["user_account.id"], name=op.f("fk_wish_created_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["grid_id"], ["area.id"], name=op.f("fk_wish_grid_id_area")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wish")),
        sa.UniqueConstraint("community_id", "number", name=op.f("uq_wish_community_id_number")),
    )
    with op.batch_alter_table("wish", schema=None) as batch_op:
        batch_op.create_index("ix_wish_board", ["state", "starts_at", "id"], unique=False)
        batch_op.create_index(
            "ix_wish_community", ["community_id", "state", "starts_at", "id"], unique=False
        )
        batch_op.create_index("ix_wish_ends", ["state", "ends_at"], unique=False)

    op.create_table(
        "ask",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column(
            "community_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("grid_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column(
            "asked_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column(
            "entered_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column(
            "completed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("asked_at", foundation.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("reply", sa.Text(), nullable=True),
        sa.Column("replied_at", foundation.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column(
            "replied_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("passed_to", sa.String(length=80), nullable=True),
        sa.Column("wish_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint(
            "(state = 'accepted') <= (wish_id is not null)", name=op.f("ck_ask_accepted")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["user_account.id"], name=op.f("fk_ask_asked_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["community_id"], ["area.id"], name=op.f("fk_ask_community_id_area")
        ),
        sa.ForeignKeyConstraint(
            ["completed_by_id"],
            ["user_account.id"],
            name=op.f("fk_ask_completed_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["user_account.id"], name=op.f("fk_ask_entered_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["grid_id"], ["area.id"], name=op.f("fk_ask_grid_id_area")),
        sa.ForeignKeyConstraint(
            ["replied_by_id"], ["user_account.id"], name=op.f("fk_ask_replied_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["wish_id"], ["wish.id"], name=op.f("fk_ask_wish_id_wish")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ask")),
        sa.UniqueConstraint("code", name=op.f("uq_ask_code")),
        sa.UniqueConstraint("wish_id", name=op.f("uq_ask_wish_id")),
    )
    with op.batch_alter_table("ask", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ask_asked_by_id"), ["asked_by_id"], unique=False)
        batch_op.create_index(
            "ix_ask_community", ["community_id", "state", "asked_at"], unique=False
        )

    op.create_table(
        "claim",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("wish_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "claimed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.Column("claimed_at", foundation.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("ended_at", foundation.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("end_reason", sa.String(length=200), nullable=True),
        sa.CheckConstraint("places >= 1", name=op.f("ck_claim_places")),
        sa.ForeignKeyConstraint(
            ["claimed_by_id"], ["user_account.id"], name=op.f("fk_claim_claimed_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_claim_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(["wish_id"], ["wish.id"], name=op.f("fk_claim_wish_id_wish")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
    )
    with op.batch_alter_table("claim", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_claim_claimed_by_id"), ["claimed_by_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_claim_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_claim_wish_id"), ["wish_id"], unique=False)
        batch_op.create_index(
            "uq_claim_live_own",
            ["wish_id", "claimed_by_id"],
            unique=True,
            sqlite_where=sa.text("live and organisation_id is null"),
            postgresql_where=sa.text("live and organisation_id is null"),
        )
        batch_op.create_index(
            "uq_claim_live_unit",
            ["wish_id", "organisation_id"],
            unique=True,
            sqlite_where=sa.text("live and organisation_id is not null"),
            postgresql_where=sa.text("live and organisation_id is not null"),
        )

    op.create_table(
        "code_try",
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("wish_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", foundation.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("locked_until", foundation.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_code_try_user_id_user_account")
        ),
        sa.ForeignKeyConstraint(["wish_id"], ["wish.id"], name=op.f("fk_code_try_wish_id_wish")),
        sa.PrimaryKeyConstraint("user_id", "wish_id", name=op.f("pk_code_try")),
    )
    op.create_table(
        "report",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("wish_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "reported_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("at", foundation.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("overrun_reason", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["reported_by_id"],
            ["user_account.id"],
            name=op.f("fk_report_reported_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(["wish_id"], ["wish.id"], name=op.f("fk_report_wish_id_wish")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
    )
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_report_wish_id"), ["wish_id"], unique=False)

    op.create_table(
        "slip",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("wish_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("arrive_code", sa.LargeBinary(), nullable=False),
        sa.Column("leave_code", sa.LargeBinary(), nullable=False),
        sa.Column("printed_at", foundation.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column(
            "printed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["printed_by_id"], ["user_account.id"], name=op.f("fk_slip_printed_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["wish_id"], ["wish.id"], name=op.f("fk_slip_wish_id_wish")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slip")),
    )
    with op.batch_alter_table("slip", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_slip_wish_id"), ["wish_id"], unique=False)
        batch_op.create_index(
            "uq_slip_live",
            ["wish_id"],
            unique=True,
            sqlite_where=sa.text("live"),
            postgresql_where=sa.text("live"),
        )

    op.create_table(
        "tool_line",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("wish_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=30), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("provision", sa.String(length=12), nullable=False),
        sa.CheckConstraint("quantity between 1 and 999", name=op.f("ck_tool_line_quantity")),
        sa.ForeignKeyConstraint(["wish_id"], ["wish.id"], name=op.f("fk_tool_line_wish_id_wish")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tool_line")),
    )
    with op.batch_alter_table("tool_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tool_line_wish_id"), ["wish_id"], unique=False)

    op.create_table(
        "wish_event",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("wish_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", foundation.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("what", sa.String(length=30), nullable=False),
        sa.Column("from_state", sa.String(length=15), nullable=False),
        sa.Column("to_state", sa.String(length=15), nullable=False),
        sa.Column("why", sa.String(length=300), nullable=True),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["user_account.id"], name=op.f("fk_wish_event_actor_id_user_account")
        ),
        sa.ForeignKeyConstraint(["wish_id"], ["wish.id"], name=op.f("fk_wish_event_wish_id_wish")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wish_event")),
        info={"only_grows": (("id",),)},
    )
    with op.batch_alter_table("wish_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_wish_event_wish_id"), ["wish_id"], unique=False)

    op.create_table(
        "ask_event",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ask_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", foundation.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("what", sa.String(length=30), nullable=False),
        sa.Column("from_state", sa.String(length=12), nullable=False),
        sa.Column("to_state", sa.String(length=12), nullable=False),
        sa.Column("why", sa.String(length=300), nullable=True),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["user_account.id"], name=op.f("fk_ask_event_actor_id_user_account")
        ),
        sa.ForeignKeyConstraint(["ask_id"], ["ask.id"], name=op.f("fk_ask_event_ask_id_ask")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ask_event")),
        info={"only_grows": (("id",),)},
    )
    with op.batch_alter_table("ask_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ask_event_ask_id"), ["ask_id"], unique=False)

    op.create_table(
        "photo",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("wish_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("ask_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("purpose", sa.String(length=15), nullable=False),
        sa.Column("storage_key", sa.String(length=80), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("fingerprint", sa.String(length=32), nullable=False),
        sa.Column("taken_at", foundation.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column(
            "uploaded_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("uploaded_at", foundation.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column(
            "made_public_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("made_public_at", foundation.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column(
            "used_before_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.CheckConstraint(
            "ask_id is not null or wish_id is not null", name=op.f("ck_photo_belongs")
        ),
        sa.ForeignKeyConstraint(["ask_id"], ["ask.id"], name=op.f("fk_photo_ask_id_ask")),
        sa.ForeignKeyConstraint(
            ["made_public_by_id"],
            ["user_account.id"],
            name=op.f("fk_photo_made_public_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"],
            ["user_account.id"],
            name=op.f("fk_photo_uploaded_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["used_before_id"], ["photo.id"], name=op.f("fk_photo_used_before_id_photo")
        ),
        sa.ForeignKeyConstraint(["wish_id"], ["wish.id"], name=op.f("fk_photo_wish_id_wish")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photo")),
        sa.UniqueConstraint("storage_key", name=op.f("uq_photo_storage_key")),
    )
    with op.batch_alter_table("photo", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_photo_ask_id"), ["ask_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_photo_fingerprint"), ["fingerprint"], unique=False)
        batch_op.create_index(batch_op.f("ix_photo_sha256"), ["sha256"], unique=False)
        batch_op.create_index(batch_op.f("ix_photo_wish_id"), ["wish_id"], unique=False)

    op.create_table(
        "place",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("wish_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("claim_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "named_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("named_at", foundation.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.Column("cannot_come_at", foundation.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("ended_at", foundation.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_place_claim_id_claim")),
        sa.ForeignKeyConstraint(
            ["named_by_id"], ["user_account.id"], name=op.f("fk_place_named_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_place_user_id_user_account")
        ),
        sa.ForeignKeyConstraint(["wish_id"], ["wish.id"], name=op.f("fk_place_wish_id_wish")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place")),
    )
    with op.batch_alter_table("place", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_place_claim_id"), ["claim_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_place_user_id"), ["user_id"], unique=False)
        batch_op.create_index(
            "uq_place_live_person",
            ["wish_id", "user_id"],
            unique=True,
            sqlite_where=sa.text("live"),
            postgresql_where=sa.text("live"),
        )

    op.create_table(
        "private_details",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ask_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("wish_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        sa.Column("door", sa.LargeBinary(), nullable=True),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("door_mark", sa.LargeBinary(length=32), nullable=True),
        sa.CheckConstraint(
            "ask_id is not null or wish_id is not null", name=op.f("ck_private_details_belongs")
        ),
        sa.ForeignKeyConstraint(["ask_id"], ["ask.id"], name=op.f("fk_private_details_ask_id_ask")),
        sa.ForeignKeyConstraint(
            ["wish_id"], ["wish.id"], name=op.f("fk_private_details_wish_id_wish")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_private_details")),
        sa.UniqueConstraint("ask_id", name=op.f("uq_private_details_ask_id")),
        sa.UniqueConstraint("wish_id", name=op.f("uq_private_details_wish_id")),
    )
    with op.batch_alter_table("private_details", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_private_details_door_mark"), ["door_mark"], unique=False
        )

    op.create_table(
        "slip_use",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("slip_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("side", sa.String(length=10), nullable=False),
        sa.Column("at", foundation.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["slip_id"], ["slip.id"], name=op.f("fk_slip_use_slip_id_slip")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_slip_use_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slip_use")),
        sa.UniqueConstraint(
            "slip_id", "user_id", "side", name=op.f("uq_slip_use_slip_id_user_id_side")
        ),
    )
    op.create_table(
        "tool_pledge",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "tool_line_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("claim_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.Column("returned_at", foundation.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claim.id"], name=op.f("fk_tool_pledge_claim_id_claim")
        ),
        sa.ForeignKeyConstraint(
            ["tool_line_id"], ["tool_line.id"], name=op.f("fk_tool_pledge_tool_line_id_tool_line")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tool_pledge")),
        sa.UniqueConstraint(
            "tool_line_id", "claim_id", name=op.f("uq_tool_pledge_tool_line_id_claim_id")
        ),
    )
    with op.batch_alter_table("tool_pledge", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tool_pledge_claim_id"), ["claim_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_tool_pledge_tool_line_id"), ["tool_line_id"], unique=False
        )

    op.create_table(
        "verification",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("wish_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "report_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "verified_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("at", foundation.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("decision", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=True),
        sa.Column("overrun_allowed", sa.Boolean(), nullable=False),
        sa.Column("in_batch", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_verification_report_id_report")
        ),
        sa.ForeignKeyConstraint(
            ["verified_by_id"],
            ["user_account.id"],
            name=op.f("fk_verification_verified_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["wish_id"], ["wish.id"], name=op.f("fk_verification_wish_id_wish")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verification")),
        sa.UniqueConstraint("report_id", name=op.f("uq_verification_report_id")),
        info={"only_grows": (("id",), ("report_id",))},
    )
    with op.batch_alter_table("verification", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_verification_wish_id"), ["wish_id"], unique=False)

    op.create_table(
        "attendance",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("wish_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("place_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("arrived_at", foundation.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("arrived_proof", sa.String(length=15), nullable=True),
        sa.Column("left_at", foundation.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("left_proof", sa.String(length=15), nullable=True),
        sa.Column("break_minutes", sa.Integer(), nullable=False),
        sa.Column("absence", sa.String(length=15), nullable=True),
        sa.Column("flagged", sa.String(length=30), nullable=True),
        sa.Column("resident_confirmed_at", foundation.db.UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "absence is null or arrived_at is null", name=op.f("ck_attendance_absent_or_here")
        ),
        sa.CheckConstraint("break_minutes >= 0", name=op.f("ck_attendance_breaks")),
        sa.CheckConstraint(
            "left_at is null or arrived_at <= left_at", name=op.f("ck_attendance_times")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_attendance_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("fk_attendance_place_id_place")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_attendance_user_id_user_account")
        ),
        sa.ForeignKeyConstraint(["wish_id"], ["wish.id"], name=op.f("fk_attendance_wish_id_wish")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sa.UniqueConstraint("wish_id", "user_id", name=op.f("uq_attendance_wish_id_user_id")),
    )
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_attendance_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_attendance_user_id"), ["user_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attendance_wish_id"), ["wish_id"], unique=False)

    op.create_table(
        "commitment",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("place_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("starts_at", foundation.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("ends_at", foundation.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_commitment_times")),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("fk_commitment_place_id_place")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_commitment_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment")),
        sa.UniqueConstraint("place_id", name=op.f("uq_commitment_place_id")),
    )
    with op.batch_alter_table("commitment", schema=None) as batch_op:
        batch_op.create_index(
            "ix_commitment_person", ["user_id", "starts_at", "ends_at"], unique=False
        )

    op.create_table(
        "item_delivery",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("wish_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("claim_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("pieces", sa.Integer(), nullable=False),
        sa.Column("received_at", foundation.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column(
            "received_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("checked_at", foundation.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column(
            "checked_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("check_note", sa.String(length=200), nullable=True),
        sa.Column("handed_over_at", foundation.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column(
            "handed_over_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column(
            "receipt_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.CheckConstraint("pieces >= 1", name=op.f("ck_item_delivery_pieces")),
        sa.ForeignKeyConstraint(
            ["checked_by_id"],
            ["user_account.id"],
            name=op.f("fk_item_delivery_checked_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claim.id"], name=op.f("fk_item_delivery_claim_id_claim")
        ),
        sa.ForeignKeyConstraint(
            ["handed_over_by_id"],
            ["user_account.id"],
            name=op.f("fk_item_delivery_handed_over_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["receipt_id"], ["photo.id"], name=op.f("fk_item_delivery_receipt_id_photo")
        ),
        sa.ForeignKeyConstraint(
            ["received_by_id"],
            ["user_account.id"],
            name=op.f("fk_item_delivery_received_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["wish_id"], ["wish.id"], name=op.f("fk_item_delivery_wish_id_wish")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_delivery")),
        sa.UniqueConstraint("claim_id", name=op.f("uq_item_delivery_claim_id")),
    )
    with op.batch_alter_table("item_delivery", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_item_delivery_wish_id"), ["wish_id"], unique=False)

    op.create_table(
        "private_look",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "details_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", foundation.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("looked_as", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["details_id"],
            ["private_details.id"],
            name=op.f("fk_private_look_details_id_private_details"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_private_look_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_private_look")),
        info={"only_grows": (("id",),)},
    )
    with op.batch_alter_table("private_look", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_private_look_details_id"), ["details_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_private_look_user_id"), ["user_id"], unique=False)

    op.create_table(
        "attendance_event",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "attendance_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("at", foundation.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("what", sa.String(length=30), nullable=False),
        sa.Column("proof", sa.String(length=15), nullable=True),
        sa.Column("before", sa.String(length=100), nullable=True),
        sa.Column("after", sa.String(length=100), nullable=True),
        sa.Column("why", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["actor_id"],
            ["user_account.id"],
            name=op.f("fk_attendance_event_actor_id_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["attendance_id"],
            ["attendance.id"],
            name=op.f("fk_attendance_event_attendance_id_attendance"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance_event")),
        info={"only_grows": (("id",),)},
    )
    with op.batch_alter_table("attendance_event", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_attendance_event_attendance_id"), ["attendance_id"], unique=False
        )

    dialect = op.get_bind().dialect.name
    forbid_overlaps(dialect)
    for table, keys in ONLY_GROW.items():
        for statement in guards(table, keys, dialect=dialect):
            op.execute(statement)


def downgrade() -> None:
    dialect = op.get_bind().dialect.name
    for table in ONLY_GROW:
        for statement in unguards(table, dialect=dialect):
            op.execute(statement)
    with op.batch_alter_table("attendance_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attendance_event_attendance_id"))

    op.drop_table("attendance_event")
    with op.batch_alter_table("private_look", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_private_look_user_id"))
        batch_op.drop_index(batch_op.f("ix_private_look_details_id"))

    op.drop_table("private_look")
    with op.batch_alter_table("item_delivery", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_item_delivery_wish_id"))

    op.drop_table("item_delivery")
    with op.batch_alter_table("commitment", schema=None) as batch_op:
        batch_op.drop_index("ix_commitment_person")

    op.drop_table("commitment")
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attendance_wish_id"))
        batch_op.drop_index(batch_op.f("ix_attendance_user_id"))
        batch_op.drop_index(batch_op.f("ix_attendance_organisation_id"))

    op.drop_table("attendance")
    with op.batch_alter_table("verification", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_verification_wish_id"))

    op.drop_table("verification")
    with op.batch_alter_table("tool_pledge", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tool_pledge_tool_line_id"))
        batch_op.drop_index(batch_op.f("ix_tool_pledge_claim_id"))

    op.drop_table("tool_pledge")
    op.drop_table("slip_use")
    with op.batch_alter_table("private_details", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_private_details_door_mark"))

    op.drop_table("private_details")
    with op.batch_alter_table("place", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_place_live_person", sqlite_where=sa.text("live"), postgresql_where=sa.text("live")
        )
        batch_op.drop_index(batch_op.f("ix_place_user_id"))
        batch_op.drop_index(batch_op.f("ix_place_claim_id"))

    op.drop_table("place")
    with op.batch_alter_table("photo", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_photo_wish_id"))
        batch_op.drop_index(batch_op.f("ix_photo_sha256"))
        batch_op.drop_index(batch_op.f("ix_photo_fingerprint"))
        batch_op.drop_index(batch_op.f("ix_photo_ask_id"))

    op.drop_table("photo")
    with op.batch_alter_table("ask_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ask_event_ask_id"))

    op.drop_table("ask_event")
    with op.batch_alter_table("wish_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_wish_event_wish_id"))

    op.drop_table("wish_event")
    with op.batch_alter_table("tool_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tool_line_wish_id"))

    op.drop_table("tool_line")
    with op.batch_alter_table("slip", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_slip_live", sqlite_where=sa.text("live"), postgresql_where=sa.text("live")
        )
        batch_op.drop_index(batch_op.f("ix_slip_wish_id"))

    op.drop_table("slip")
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_report_wish_id"))

    op.drop_table("report")
    op.drop_table("code_try")
    with op.batch_alter_table("claim", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_claim_live_unit",
            sqlite_where=sa.text("live and organisation_id is not null"),
            postgresql_where=sa.text("live and organisation_id is not null"),
        )
        batch_op.drop_index(
            "uq_claim_live_own",
            sqlite_where=sa.text("live and organisation_id is null"),
            postgresql_where=sa.text("live and organisation_id is null"),
        )
        batch_op.drop_index(batch_op.f("ix_claim_wish_id"))
        batch_op.drop_index(batch_op.f("ix_claim_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_claim_claimed_by_id"))

    op.drop_table("claim")
    with op.batch_alter_table("ask", schema=None) as batch_op:
        batch_op.drop_index("ix_ask_community")
        batch_op.drop_index(batch_op.f("ix_ask_asked_by_id"))

    op.drop_table("ask")
    with op.batch_alter_table("wish", schema=None) as batch_op:
        batch_op.drop_index("ix_wish_ends")
        batch_op.drop_index("ix_wish_community")
        batch_op.drop_index("ix_wish_board")

    op.drop_table("wish")
    with op.batch_alter_table("roster_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_roster_entry_organisation_id"))

    op.drop_table("roster_entry")
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_membership_live_unit",
            sqlite_where=sa.text("ended_at is null and organisation_id is not null"),
            postgresql_where=sa.text("ended_at is null and organisation_id is not null"),
        )
        batch_op.drop_index(
            "uq_membership_live_area",
            sqlite_where=sa.text("ended_at is null and area_id is not null"),
            postgresql_where=sa.text("ended_at is null and area_id is not null"),
        )
        batch_op.drop_index(batch_op.f("ix_membership_user_id"))
        batch_op.drop_index(batch_op.f("ix_membership_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_membership_area_id"))

    op.drop_table("membership")
    op.drop_table("invitation")
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consent_user_id"))

    op.drop_table("consent")
    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agreement_area_id"))

    op.drop_table("agreement")
    with op.batch_alter_table("user_account", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_user_account_home_area_id"))

    op.drop_table("user_account")
    op.drop_table("organisation")
    op.drop_table("community_counter")
    op.drop_table("book_head")
    with op.batch_alter_table("book_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_book_entry_wish_id"))
        batch_op.drop_index(batch_op.f("ix_book_entry_to_account"))
        batch_op.drop_index(batch_op.f("ix_book_entry_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_book_entry_from_account"))

    op.drop_table("book_entry")
    op.drop_table("sign_in_guard")
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_message_user_id"))
        batch_op.drop_index(batch_op.f("ix_message_next_try_at"))

    op.drop_table("message")
    with op.batch_alter_table("done_once", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_done_once_at"))

    op.drop_table("done_once")
    op.drop_table("book_account")
    with op.batch_alter_table("area", schema=None) as batch_op:
        batch_op.drop_index("ix_area_path")

    op.drop_table("area")
