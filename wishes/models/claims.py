"""Claims, places, and the promise that nobody is in two places at once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    DDL,
    Boolean,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    String,
    event,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Organisation, User
from foundation.db import Base, Id, UtcDateTime
from wishes.models.wish import Wish

LIVE_OWN = text("live and organisation_id is null")
LIVE_UNIT = text("live and organisation_id is not null")
LIVE_NAMED = text("live")


class Claim(Base):
    """认领: a person or a unit takes n places; names may follow."""

    __tablename__ = "claim"
    __table_args__ = (
        CheckConstraint("places >= 1", name="places"),
        Index(
            "uq_claim_live_own",
            "wish_id",
            "claimed_by_id",
            unique=True,
            sqlite_where=LIVE_OWN,
            postgresql_where=LIVE_OWN,
        ),
        Index(
            "uq_claim_live_unit",
            "wish_id",
            "organisation_id",
            unique=True,
            sqlite_where=LIVE_UNIT,
            postgresql_where=LIVE_UNIT,
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    wish_id: Mapped[int] = mapped_column(ForeignKey("wish.id"), index=True)
    claimed_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    places: Mapped[int] = mapped_column(Integer)
    anonymous: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    live: Mapped[bool] = mapped_column(Boolean, default=True)
    claimed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    end_reason: Mapped[str | None] = mapped_column(String(200))

    wish: Mapped[Wish] = relationship()
    claimed_by: Mapped[User] = relationship(foreign_keys=[claimed_by_id])
    organisation: Mapped[Organisation | None] = relationship()
    named: Mapped[list[Place]] = relationship(
        back_populates="claim",
        primaryjoin="and_(Place.claim_id == Claim.id, Place.live)",
        viewonly=True,
    )


class Place(Base):
    """名额: one named person on a wish, by own claim or for a unit; unnamed places have no row."""

    __tablename__ = "place"
    __table_args__ = (
        Index(
            "uq_place_live_person",
            "wish_id",
            "user_id",
            unique=True,
            sqlite_where=LIVE_NAMED,
            postgresql_where=LIVE_NAMED,
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    wish_id: Mapped[int] = mapped_column(ForeignKey("wish.id"))
    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    named_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    named_at: Mapped[datetime] = mapped_column(UtcDateTime)
    live: Mapped[bool] = mapped_column(Boolean, default=True)
    cannot_come_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    claim: Mapped[Claim] = relationship(back_populates="named")
    user: Mapped[User] = relationship(foreign_keys=[user_id])


class Commitment(Base):
    """The planned time of a named place; two live ones of a person never overlap."""

    __tablename__ = "commitment"
    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="times"),
        Index("ix_commitment_person", "user_id", "starts_at", "ends_at"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"), unique=True)
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    live: Mapped[bool] = mapped_column(Boolean, default=True)


NO_OVERLAP_POSTGRESQL = (
    "CREATE EXTENSION IF NOT EXISTS btree_gist",
    "ALTER TABLE commitment ADD CONSTRAINT ex_commitment_overlap EXCLUDE USING gist "
    "(user_id WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (live)",
)
_OVERLAPS = (
    "SELECT 1 FROM commitment WHERE user_id = NEW.user_id AND live AND id IS NOT NEW.id "
    "AND starts_at < NEW.ends_at AND ends_at > NEW.starts_at"
)
NO_OVERLAP_SQLITE = tuple(
    f"CREATE TRIGGER commitment_overlap_{verb} BEFORE {verb.upper()} ON commitment "
    f"WHEN NEW.live AND EXISTS ({_OVERLAPS}) "
    "BEGIN SELECT RAISE(ABORT, 'ex_commitment_overlap'); END"
    for verb in ("insert", "update")
)
for dialect, statements in (
    ("postgresql", NO_OVERLAP_POSTGRESQL),
    ("sqlite", NO_OVERLAP_SQLITE),
):
    for statement in statements:
        ddl = DDL(statement)  # type: ignore[no-untyped-call]  # SQLAlchemy's
        event.listen(Commitment.__table__, "after_create", ddl.execute_if(dialect=dialect))


class ItemDelivery(Base):
    """物品 on its way: pledged (the claim) → received → checked → handed over with a receipt."""

    __tablename__ = "item_delivery"
    __table_args__ = (CheckConstraint("pieces >= 1", name="pieces"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    wish_id: Mapped[int] = mapped_column(ForeignKey("wish.id"), index=True)
    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"), unique=True)
    pieces: Mapped[int] = mapped_column(Integer)
    received_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    received_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    checked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    check_note: Mapped[str | None] = mapped_column(String(200))
    handed_over_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    handed_over_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    receipt_id: Mapped[int | None] = mapped_column(ForeignKey("photo.id"))
