"""People, areas, organisations and what ties them together."""

from __future__ import annotations

from datetime import date, datetime

from flask_login import UserMixin
from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.rules import AreaKind, ConsentKind, Role
from accounts.rules.skills import Skill, Slot
from foundation.db import Base, Id, UtcDateTime


class Area(Base):
    """One node of the area tree: city → street → community → grid; staff belong to a node."""

    __tablename__ = "area"
    __table_args__ = (
        UniqueConstraint("parent_id", "name"),
        CheckConstraint("kind in ('city','street','community','grid')", name="kind"),
        Index("ix_area_path", "path"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))
    kind: Mapped[AreaKind] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(60))
    path: Mapped[str] = mapped_column(String(200), default="")  # "/1/4/9/", itself included
    phone: Mapped[str | None] = mapped_column(String(30))
    address: Mapped[str | None] = mapped_column(String(120))
    about: Mapped[str | None] = mapped_column(Text)
    book_id: Mapped[str | None] = mapped_column(String(36), unique=True)  # issuing account
    # here and below, a second person looks at a wish before it is published
    second_look: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())

    parent: Mapped[Area | None] = relationship(remote_side="Area.id")


class User(UserMixin, Base):  # type: ignore[misc]  # Flask-Login ships no types
    """A person with an account: volunteer, resident, worker or coordinator alike."""

    __tablename__ = "user_account"
    __table_args__ = (CheckConstraint("email is not null or phone is not null", name="reachable"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    phone: Mapped[str | None] = mapped_column(String(20), unique=True)  # E.164
    email: Mapped[str | None] = mapped_column(String(254), unique=True)  # lower case
    password_hash: Mapped[str] = mapped_column(String(200))
    volunteer_number: Mapped[str] = mapped_column(String(20), unique=True)
    book_id: Mapped[str] = mapped_column(String(36), unique=True)  # passbook account, random
    home_area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"), index=True)
    language: Mapped[str] = mapped_column(String(20), default="zh_Hans_CN")
    elder_mode: Mapped[bool] = mapped_column(Boolean, default=False)
    is_party_member: Mapped[bool] = mapped_column(Boolean, default=False)
    is_operator: Mapped[bool] = mapped_column(Boolean, default=False)
    sign_in_version: Mapped[int] = mapped_column(Integer, default=1)  # raised to end sessions
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # identity, by a worker
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    home_area: Mapped[Area | None] = relationship()

    def get_id(self) -> str:
        """Session id: a raised version signs every device out."""
        return f"{self.id}.{self.sign_in_version}"


class Organisation(Base):
    """A partner unit (共建单位) that claims with its people."""

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    short_name: Mapped[str] = mapped_column(String(30))
    home_area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))
    join_code: Mapped[str] = mapped_column(String(12), unique=True)
    # a department (部门) gets referrals; a closed one gets no more
    is_department: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    home_area: Mapped[Area | None] = relationship()


class Membership(Base):
    """A role of a person at an area or at a unit, from a day on; ended, never deleted."""

    __tablename__ = "membership"
    __table_args__ = (
        CheckConstraint("(area_id is null) <> (organisation_id is null)", name="one_place"),
        Index(
            "uq_membership_live_area",
            "user_id",
            "area_id",
            "role",
            unique=True,
            sqlite_where=text("ended_at is null and area_id is not null"),
            postgresql_where=text("ended_at is null and area_id is not null"),
        ),
        Index(
            "uq_membership_live_unit",
            "user_id",
            "organisation_id",
            "role",
            unique=True,
            sqlite_where=text("ended_at is null and organisation_id is not null"),
            postgresql_where=text("ended_at is null and organisation_id is not null"),
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    role: Mapped[Role] = mapped_column(String(30))
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    end_reason: Mapped[str | None] = mapped_column(String(200))

    user: Mapped[User] = relationship(foreign_keys=[user_id])
    area: Mapped[Area | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()


class RosterEntry(Base):
    """A colleague on a unit's roster, tied to an account once they join with the unit's code."""

    __tablename__ = "roster_entry"
    __table_args__ = (
        UniqueConstraint("organisation_id", "phone"),
        UniqueConstraint("organisation_id", "user_id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str] = mapped_column(String(40))
    staff_number: Mapped[str | None] = mapped_column(String(30))
    phone: Mapped[str | None] = mapped_column(String(20))  # E.164
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    user: Mapped[User | None] = relationship()


class Agreement(Base):
    """共建协议: a unit and a community work together; the community's page names it."""

    __tablename__ = "agreement"
    __table_args__ = (UniqueConstraint("organisation_id", "area_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), index=True)
    since: Mapped[datetime] = mapped_column(UtcDateTime)

    organisation: Mapped[Organisation] = relationship()


class Invitation(Base):
    """A one-time link that gives a role; only its hash is kept."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    role: Mapped[Role] = mapped_column(String(30))
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    name: Mapped[str] = mapped_column(String(40))
    sent_to: Mapped[str] = mapped_column(String(254))
    invited_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    accepted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    area: Mapped[Area | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()


class Consent(Base):
    """What a person agreed to, in which wording, when; withdrawn is noted, not deleted."""

    __tablename__ = "consent"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    kind: Mapped[ConsentKind] = mapped_column(String(30))
    wording: Mapped[str] = mapped_column(String(20))  # version of the text that was shown
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SignInGuard(Base):
    """Failures per hashed identifier, known or unknown alike; locks for a while."""

    __tablename__ = "sign_in_guard"

    identifier: Mapped[str] = mapped_column(String(64), primary_key=True)  # HMAC
    failures: Mapped[int] = mapped_column(Integer, default=0)
    last_failure_at: Mapped[datetime] = mapped_column(UtcDateTime)
    locked_until: Mapped[datetime | None] = mapped_column(UtcDateTime)


class PersonSkill(Base):
    """One skill of a person, by its code."""

    __tablename__ = "person_skill"
    __table_args__ = (UniqueConstraint("user_id", "code"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    code: Mapped[Skill] = mapped_column(String(20), index=True)


class PersonSlot(Base):
    """A part of the week in which a person has time; none at all means any time."""

    __tablename__ = "person_slot"
    __table_args__ = (
        UniqueConstraint("user_id", "weekday", "slot"),
        CheckConstraint("weekday between 0 and 6", name="weekday"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    weekday: Mapped[int] = mapped_column(Integer)
    slot: Mapped[Slot] = mapped_column(String(10))


class Willingness(Base):
    """A person's own words, when they are away, and whether communities may ask them."""

    __tablename__ = "willingness"
    __table_args__ = (
        CheckConstraint(
            "away_from is null or away_until is null or away_from <= away_until", name="away"
        ),
    )

    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
    own_words: Mapped[str] = mapped_column(String(60), default="")
    away_from: Mapped[date | None] = mapped_column(Date)
    away_until: Mapped[date | None] = mapped_column(Date)
    asks_welcome: Mapped[bool] = mapped_column(Boolean, default=True)
    birth_year: Mapped[int | None] = mapped_column(Integer)  # only if they told it
