"""候补: who is in line for a place, and the offer that is held for them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Organisation, User
from foundation.db import Base, Id, UtcDateTime
from wishes.models.claims import LIVE_NAMED, LIVE_OWN, LIVE_UNIT
from wishes.models.wish import Wish
from wishes.rules.waiting import LineState


class Waiting(Base):
    """One turn in a wish's line: waiting, then offered a place for a while, then over.

    While it is offered, its places are counted in the wish's `places_taken`: nobody else gets
    them. `live` and the state say the same, so that the indexes can ask for one of them.
    """

    __tablename__ = "waiting"
    __table_args__ = (
        CheckConstraint("places >= 1", name="places"),
        CheckConstraint("live = (state in ('waiting','offered'))", name="live"),
        CheckConstraint("state <> 'offered' or offer_until is not null", name="offer"),
        Index(
            "uq_waiting_live_own",
            "wish_id",
            "user_id",
            unique=True,
            sqlite_where=LIVE_OWN,
            postgresql_where=LIVE_OWN,
        ),
        Index(
            "uq_waiting_live_unit",
            "wish_id",
            "organisation_id",
            unique=True,
            sqlite_where=LIVE_UNIT,
            postgresql_where=LIVE_UNIT,
        ),
        Index(
            "ix_waiting_live",
            "state",
            "offer_until",
            sqlite_where=LIVE_NAMED,
            postgresql_where=LIVE_NAMED,
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)  # the order of the line
    wish_id: Mapped[int] = mapped_column(ForeignKey("wish.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    places: Mapped[int] = mapped_column(Integer)
    state: Mapped[LineState] = mapped_column(String(10), default=LineState.WAITING)
    live: Mapped[bool] = mapped_column(Boolean, default=True)
    joined_at: Mapped[datetime] = mapped_column(UtcDateTime)
    offered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    offer_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    claim_id: Mapped[int | None] = mapped_column(ForeignKey("claim.id"), unique=True)

    wish: Mapped[Wish] = relationship()
    user: Mapped[User] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
