"""Series, their days, who takes turns; and the wishes a community writes again and again."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Time,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Area, Organisation, User
from foundation.db import Base, Id, UtcDateTime
from foundation.sealed import SealedText
from wishes.models.wish import Wish
from wishes.rules.recurring import Freq, Holidays, MakeUp
from wishes.rules.series_life import DayState, SeriesKind, SeriesState

LIVE = text("live")


class Series(Base):
    """A wish that comes round by rule; a rota; a long-term wish with the plan agreed on.

    `words` are those of each occurrence; begins and ends are local times of the clock, the same
    across a time change. A rule has an end: the table says so too.
    """

    __tablename__ = "series"
    __table_args__ = (
        CheckConstraint("kind in ('series','rota','plan')", name="kind"),
        CheckConstraint(
            "state in ('wanted','claimed','ended') or (first_day is not null "
            "and begins is not null and ends is not null "
            "and (last_day is not null or times is not null))",
            name="ends",
        ),
        CheckConstraint(
            "state in ('wanted','ended') or kind <> 'plan' or claimant_id is not null",
            name="claimant",
        ),
        Index("ix_series_community", "community_id", "state"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    kind: Mapped[SeriesKind] = mapped_column(String(10))
    state: Mapped[SeriesState] = mapped_column(String(10))
    words: Mapped[dict[str, Any]] = mapped_column(JSON)
    private: Mapped[str | None] = mapped_column(SealedText("series.private"))  # JSON, for each day
    time_words: Mapped[str] = mapped_column(String(120), default="")  # "周末白天，看双方方便"
    begins: Mapped[time | None] = mapped_column(Time)
    ends: Mapped[time | None] = mapped_column(Time)
    freq: Mapped[Freq] = mapped_column(String(10), default=Freq.WEEKLY)
    every: Mapped[int] = mapped_column(Integer, default=1)
    weekdays: Mapped[list[int]] = mapped_column(JSON, default=list)
    nth: Mapped[int] = mapped_column(Integer, default=1)
    first_day: Mapped[date | None] = mapped_column(Date)
    last_day: Mapped[date | None] = mapped_column(Date)
    times: Mapped[int | None] = mapped_column(Integer)
    holidays: Mapped[Holidays] = mapped_column(String(10), default=Holidays.SKIP)
    make_up: Mapped[MakeUp] = mapped_column(String(10), default=MakeUp.SAME)
    ahead_days: Mapped[int | None] = mapped_column(Integer)  # None: all published together
    claimant_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    note: Mapped[str] = mapped_column(String(200), default="")  # why another time; why it ended
    created_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    community: Mapped[Area] = relationship(foreign_keys=[community_id])
    claimant: Mapped[User | None] = relationship(foreign_keys=[claimant_id])
    members: Mapped[list[SeriesMember]] = relationship(
        back_populates="series", order_by="SeriesMember.position"
    )


class SeriesMember(Base):
    """A person or a unit that takes turns, in this order."""

    __tablename__ = "series_member"
    __table_args__ = (
        CheckConstraint("(user_id is null) <> (organisation_id is null)", name="one"),
        UniqueConstraint("series_id", "position"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"))
    position: Mapped[int] = mapped_column(Integer)
    in_turn: Mapped[bool] = mapped_column(Boolean, default=True)  # a stand-in is not
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))

    series: Mapped[Series] = relationship(back_populates="members")
    user: Mapped[User | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()


class SeriesDay(Base):
    """One date of a series, and the wish it became; a date comes once in a series.

    What was changed on this day alone stands here: times, people, who is on duty.
    """

    __tablename__ = "series_day"
    __table_args__ = (
        UniqueConstraint("series_id", "day"),
        UniqueConstraint("wish_id"),
        CheckConstraint("state in ('planned','made','off')", name="state"),
        CheckConstraint("state <> 'made' or wish_id is not null", name="made"),
        Index("ix_series_day_due", "state", "day"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"))
    day: Mapped[date] = mapped_column(Date)
    moved_from: Mapped[date | None] = mapped_column(Date)
    state: Mapped[DayState] = mapped_column(String(10), default=DayState.PLANNED)
    wish_id: Mapped[int | None] = mapped_column(ForeignKey("wish.id"))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("series_member.id"))
    touched: Mapped[bool] = mapped_column(Boolean, default=False)
    begins: Mapped[time | None] = mapped_column(Time)
    ends: Mapped[time | None] = mapped_column(Time)
    headcount: Mapped[int | None] = mapped_column(Integer)
    note: Mapped[str] = mapped_column(String(200), default="")

    series: Mapped[Series] = relationship()
    member: Mapped[SeriesMember | None] = relationship()
    wish: Mapped[Wish | None] = relationship()


class WishTemplate(Base):
    """常用心愿: what a community writes again and again, without its day."""

    __tablename__ = "wish_template"
    __table_args__ = (
        Index(
            "uq_wish_template_live",
            "community_id",
            "name",
            unique=True,
            sqlite_where=LIVE,
            postgresql_where=LIVE,
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    name: Mapped[str] = mapped_column(String(40))
    words: Mapped[dict[str, Any]] = mapped_column(JSON)
    begins: Mapped[time | None] = mapped_column(Time)
    ends: Mapped[time | None] = mapped_column(Time)
    live: Mapped[bool] = mapped_column(Boolean, default=True)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
