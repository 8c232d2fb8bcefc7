"""居民诉求: what a resident or grid worker hands in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Area, User
from foundation.append_only import only_grows
from foundation.db import Base, Id, UtcDateTime
from wishes.models.wish import Wish
from wishes.rules.kinds import Category, Channel
from wishes.rules.life import AskState


class Ask(Base):
    """An ask; the resident follows it by `code`, with or without an account."""

    __tablename__ = "ask"
    __table_args__ = (
        CheckConstraint("(state = 'accepted') <= (wish_id is not null)", name="accepted"),
        Index("ix_ask_community", "community_id", "state", "asked_at"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    code: Mapped[str] = mapped_column(String(12), unique=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    grid_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))
    channel: Mapped[Channel] = mapped_column(String(10))
    category: Mapped[Category] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(60))
    text: Mapped[str] = mapped_column(Text, default="")
    where_words: Mapped[str | None] = mapped_column(String(120))  # as the resident said it
    when_words: Mapped[str | None] = mapped_column(String(120))
    is_public: Mapped[bool] = mapped_column(Boolean, default=False)
    state: Mapped[AskState] = mapped_column(String(12), default=AskState.SUBMITTED)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    completed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reply: Mapped[str | None] = mapped_column(Text)  # public reply, or the reason of a return
    replied_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    replied_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    passed_to: Mapped[str | None] = mapped_column(String(80))
    wish_id: Mapped[int | None] = mapped_column(ForeignKey("wish.id"), unique=True)

    community: Mapped[Area] = relationship(foreign_keys=[community_id])
    grid: Mapped[Area | None] = relationship(foreign_keys=[grid_id])
    asked_by: Mapped[User | None] = relationship(foreign_keys=[asked_by_id])
    wish: Mapped[Wish | None] = relationship()


class AskEvent(Base):
    """One move or change of an ask. Only grows."""

    __tablename__ = "ask_event"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    ask_id: Mapped[int] = mapped_column(ForeignKey("ask.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    what: Mapped[str] = mapped_column(String(30))
    from_state: Mapped[AskState] = mapped_column(String(12))
    to_state: Mapped[AskState] = mapped_column(String(12))
    why: Mapped[str | None] = mapped_column(String(300))


only_grows(AskEvent.__table__, ("id",))  # type: ignore[arg-type]  # a Table, declared wider


class AskWindow(Base):
    """How many asks came without an account from one browser or address lately (an HMAC)."""

    __tablename__ = "ask_window"

    source: Mapped[str] = mapped_column(String(64), primary_key=True)
    began_at: Mapped[datetime] = mapped_column(UtcDateTime)
    asks: Mapped[int] = mapped_column(Integer, default=0)
