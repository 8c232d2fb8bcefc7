"""心愿专场: a themed set of things, one wish a household, 兜底单位 for what nobody took."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Area, Organisation, User
from foundation.append_only import only_grows
from foundation.db import Base, Id, UtcDateTime
from wishes.models.wish import Wish
from wishes.rules.campaigns import CampaignState

OPEN_OFFER = text("answer is null")


class Campaign(Base):
    """专场: its words, days (UTC), delivery point and price cap; owned by a street or community."""

    __tablename__ = "campaign"
    __table_args__ = (
        CheckConstraint("state in ('proposed','returned','open')", name="state"),
        CheckConstraint("opens_at < closes_at", name="days"),
        CheckConstraint("price_cap between 1 and 100000", name="price_cap"),
        Index("ix_campaign_state", "state", "closes_at"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), index=True)
    title: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text, default="")
    opens_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closes_at: Mapped[datetime] = mapped_column(UtcDateTime)
    place: Mapped[str] = mapped_column(String(80), default="")  # empty: each community receives
    price_cap: Mapped[int] = mapped_column(Integer)  # yuan a piece
    state: Mapped[CampaignState] = mapped_column(String(10), default=CampaignState.PROPOSED)
    return_reason: Mapped[str | None] = mapped_column(String(200))
    created_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    area: Mapped[Area] = relationship()


class CampaignEvent(Base):
    """One move or change of a campaign: who, when, from, to, why. Only grows."""

    __tablename__ = "campaign_event"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    what: Mapped[str] = mapped_column(String(30))
    from_state: Mapped[CampaignState] = mapped_column(String(10))
    to_state: Mapped[CampaignState] = mapped_column(String(10))
    why: Mapped[str | None] = mapped_column(String(300))


only_grows(CampaignEvent.__table__, ("id",))  # type: ignore[arg-type]  # a Table, declared wider


class CampaignWish(Base):
    """A wish in a campaign; the street lets it in, a 兜底单位 may have been given it once."""

    __tablename__ = "campaign_wish"
    __table_args__ = (
        CheckConstraint("(backed_by_id is null) = (backed_at is null)", name="backed"),
        Index("ix_campaign_wish_campaign", "campaign_id", "wish_id"),
    )

    wish_id: Mapped[int] = mapped_column(ForeignKey("wish.id"), primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    added_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    backed_by_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    backed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    campaign: Mapped[Campaign] = relationship()
    wish: Mapped[Wish] = relationship()


class CampaignHousehold(Base):
    """一户一愿: a mark of the door or of name and phone, once a campaign; it tells nothing."""

    __tablename__ = "campaign_household"
    __table_args__ = (UniqueConstraint("campaign_id", "mark"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    wish_id: Mapped[int] = mapped_column(ForeignKey("wish.id"), index=True)
    mark: Mapped[bytes] = mapped_column(LargeBinary(32))  # HMAC


class CampaignBackup(Base):
    """兜底单位: a unit that takes what nobody took, in its turn."""

    __tablename__ = "campaign_backup"
    __table_args__ = (UniqueConstraint("campaign_id", "organisation_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))

    organisation: Mapped[Organisation] = relationship()


class CampaignKeeper(Base):
    """A volunteer who ticks off what arrives at the delivery point."""

    __tablename__ = "campaign_keeper"
    __table_args__ = (UniqueConstraint("campaign_id", "user_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    added_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)

    user: Mapped[User] = relationship(foreign_keys=[user_id])


class Substitute(Base):
    """换一样: what the giver offers instead; it goes on once the resident's yes is recorded."""

    __tablename__ = "substitute"
    __table_args__ = (
        CheckConstraint("answer is null or answer in ('yes','no')", name="answer"),
        Index(
            "uq_substitute_open",
            "claim_id",
            unique=True,
            sqlite_where=OPEN_OFFER,
            postgresql_where=OPEN_OFFER,
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"), index=True)
    offered: Mapped[str] = mapped_column(String(120))
    offered_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    offered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answer: Mapped[str | None] = mapped_column(String(3))  # yes, no: the resident's
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    how: Mapped[str | None] = mapped_column(String(120))  # by phone, at the door …
