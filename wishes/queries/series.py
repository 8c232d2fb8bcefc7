"""Reads of series, their days and their people."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from accounts.models import Area, Membership, Organisation, User
from accounts.rules import Role
from foundation.db import db
from wishes.models import Commitment, Place, Series, SeriesDay, SeriesMember, Wish, WishTemplate
from wishes.refusals.series import DayNotFound, SeriesNotFound, TemplateNotFound
from wishes.rules.life import WishState
from wishes.rules.series_life import DayState, SeriesKind, SeriesState

LISTED = 200


def lock_series(series_id: int) -> Series:
    """A series, locked until the errand ends. Raises SeriesNotFound."""
    query = select(Series).where(Series.id == series_id).with_for_update()
    series = db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if series is None:
        raise SeriesNotFound
    return series


def get_series_of(community_id: int, series_id: int) -> Series:
    """A series of this community. Raises SeriesNotFound."""
    series = db.session.get(Series, series_id)
    if series is None or series.community_id != community_id:
        raise SeriesNotFound
    return series


def get_public_series(series_id: int) -> Series:
    """A series as everybody sees it. Raises SeriesNotFound."""
    query = select(Series).where(Series.id == series_id).options(joinedload(Series.community))
    series = db.session.scalars(query).one_or_none()
    if series is None:
        raise SeriesNotFound
    return series


class SeriesLine(NamedTuple):
    """A series in a list: how many days are ahead, and the next of them."""

    series: Series
    ahead: int
    next_day: date | None


def list_series(community_id: int, *, today: date, ended: bool = False) -> list[SeriesLine]:
    """The series of a community, newest first, with what lies ahead."""
    is_ended = Series.state == SeriesState.ENDED
    query = (
        select(Series)
        .where(Series.community_id == community_id, is_ended if ended else ~is_ended)
        .order_by(Series.id.desc())
        .limit(LISTED)
    )
    found = list(db.session.scalars(query))
    ahead = (
        select(SeriesDay.series_id, func.count(), func.min(SeriesDay.day))
        .where(
            SeriesDay.series_id.in_([each.id for each in found]),
            SeriesDay.day >= today,
            SeriesDay.state != DayState.OFF,
        )
        .group_by(SeriesDay.series_id)
    )
    counts = {row[0]: (int(row[1]), row[2]) for row in db.session.execute(ahead)}
    return [SeriesLine(each, *counts.get(each.id, (0, None))) for each in found]


def list_wanted(community_id: int | None = None) -> list[Series]:
    """Long-term wishes that still look for a companion, newest first."""
    query = select(Series).where(Series.kind == SeriesKind.PLAN, Series.state == SeriesState.WANTED)
    if community_id is not None:
        query = query.where(Series.community_id == community_id)
    query = query.options(joinedload(Series.community)).order_by(Series.id.desc())
    return list(db.session.scalars(query.limit(LISTED)))


def list_plans_of(user_id: int) -> list[Series]:
    """The long-term wishes that the person claimed and that are not over."""
    query = select(Series).where(Series.claimant_id == user_id, Series.state != SeriesState.ENDED)
    return list(db.session.scalars(query.options(joinedload(Series.community))))


def list_days(series_id: int) -> list[SeriesDay]:
    """Every day of a series in order, with its wish and who is on."""
    query = (
        select(SeriesDay)
        .where(SeriesDay.series_id == series_id)
        .options(
            joinedload(SeriesDay.wish),
            joinedload(SeriesDay.member).joinedload(SeriesMember.user),
            joinedload(SeriesDay.member).joinedload(SeriesMember.organisation),
        )
        .order_by(SeriesDay.day)
        .execution_options(populate_existing=True)
    )
    return list(db.session.scalars(query))


def get_day(series_id: int, day_id: int) -> SeriesDay:
    """A day of this series. Raises DayNotFound."""
    row = db.session.get(SeriesDay, day_id, populate_existing=True)
    if row is None or row.series_id != series_id:
        raise DayNotFound
    return row


def find_day_of(wish_id: int) -> SeriesDay | None:
    """The day of a series that a wish is."""
    query = select(SeriesDay).where(SeriesDay.wish_id == wish_id)
    return db.session.scalars(query.options(joinedload(SeriesDay.series))).one_or_none()


def count_ahead(series_id: int, today: date) -> int:
    """How many days of a series are still to come, today's included."""
    query = select(func.count()).where(
        SeriesDay.series_id == series_id,
        SeriesDay.day >= today,
        SeriesDay.state != DayState.OFF,
    )
    return db.session.execute(query).scalar_one()


def list_open_days(series_id: int, at: datetime) -> list[Wish]:
    """The wishes of a series that still take people, soonest first."""
    query = (
        select(Wish)
        .join(SeriesDay, SeriesDay.wish_id == Wish.id)
        .where(SeriesDay.series_id == series_id, Wish.state == WishState.OPEN, Wish.starts_at > at)
        .order_by(Wish.starts_at)
    )
    return list(db.session.scalars(query))


def is_busy(user_id: int, starts_at: datetime, ends_at: datetime) -> bool:
    """Whether a live commitment of the person meets this time (UTC)."""
    query = select(Commitment.id).where(
        Commitment.user_id == user_id,
        Commitment.live,
        Commitment.starts_at < ends_at,
        Commitment.ends_at > starts_at,
    )
    return db.session.execute(query.limit(1)).first() is not None


def is_on(user_id: int, wish_id: int) -> bool:
    """Whether the person sits on a place of this wish."""
    query = select(Place.id).where(Place.wish_id == wish_id, Place.user_id == user_id, Place.live)
    return db.session.execute(query.limit(1)).first() is not None


def list_due_series(today: date) -> list[int]:
    """Ids of the running series whose next planned day has come near; `make_due` looks again."""
    query = (
        select(Series.id, Series.ahead_days, func.min(SeriesDay.day))
        .join(SeriesDay, SeriesDay.series_id == Series.id)
        .where(
            Series.state == SeriesState.RUNNING,
            SeriesDay.state == DayState.PLANNED,
            SeriesDay.day >= today,
        )
        .group_by(Series.id, Series.ahead_days)
        .order_by(Series.id)
    )
    return [
        series_id
        for series_id, ahead, day in db.session.execute(query)
        if ahead is None or day <= today + timedelta(days=ahead)
    ]


def find_volunteers_named(name: str, community: Area) -> list[User]:
    """Volunteers of this name who live in the community, or are staff or colleagues there."""
    staff = select(Membership.user_id).where(
        Membership.area_id == community.id, Membership.ended_at.is_(None)
    )
    units = select(Organisation.id).where(Organisation.home_area_id == community.id)
    colleagues = select(Membership.user_id).where(
        Membership.organisation_id.in_(units),
        Membership.role.in_([Role.COLLEAGUE, Role.COORDINATOR]),
        Membership.ended_at.is_(None),
    )
    query = select(User).where(
        User.name == name,
        (User.home_area_id == community.id) | User.id.in_(staff) | User.id.in_(colleagues),
    )
    return list(db.session.scalars(query.order_by(User.id).limit(10)))


def find_units_named(name: str) -> list[Organisation]:
    """Partner units of this name or short name."""
    query = select(Organisation).where(
        (Organisation.short_name == name) | (Organisation.name == name)
    )
    return list(db.session.scalars(query.order_by(Organisation.id).limit(10)))


def list_templates(community_id: int) -> list[WishTemplate]:
    """The community's templates, by name."""
    query = select(WishTemplate).where(WishTemplate.community_id == community_id, WishTemplate.live)
    return list(db.session.scalars(query.order_by(WishTemplate.name)))


def get_template(community_id: int, template_id: int) -> WishTemplate:
    """A live template of this community. Raises TemplateNotFound."""
    template = db.session.get(WishTemplate, template_id)
    if template is None or template.community_id != community_id or not template.live:
        raise TemplateNotFound
    return template


def name_members(members: Iterable[SeriesMember]) -> dict[int, str]:
    """Member id → the name of the person or the unit."""
    return {
        member.id: member.user.name
        if member.user is not None
        else (member.organisation.short_name if member.organisation else "")
        for member in members
    }
