"""Everything late under an area: asks, wishes and referrals, in working days, pauses left out.

An ask that is on its way through the levels is counted as its referral, one that has become a
published wish as that wish: nothing is late twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from accounts.models import Area
from foundation import clock
from foundation.db import db
from foundation.settings import setting
from wishes.models import Ask, AskEvent, Leg, Pause, Press, Referral, Wish
from wishes.queries.referrals import receiver_of, title_of
from wishes.rules.lateness import Kind, Span, days_over, days_run
from wishes.rules.life import LIVE, AskState, Light, WishState, ask_light, light_of
from wishes.rules.pressing import PressState
from wishes.rules.referrals import LEG_LIGHTS, LegState

STARTS = (
    "submit",
    "submit_again",
    "accept",
    "pass_on",
    "rate_bad",
)  # events that start an ask's clock
MOST = 500
_AROUND_LEG = (
    joinedload(Leg.referral).joinedload(Referral.ask),
    joinedload(Leg.referral).joinedload(Referral.wish),
    joinedload(Leg.referral).joinedload(Referral.community),
    joinedload(Leg.to_unit),
    joinedload(Leg.to_area),
)


@dataclass(frozen=True)
class Late:
    """One thing that is late; `days` are working days over what is allowed."""

    kind: Kind
    id: int
    title: str
    light: Light
    community_id: int
    community_name: str
    holder: str
    since: datetime
    days: int
    press_id: int | None
    grid_id: int | None = None


def list_overdue(area: Area, *, at: datetime, light: Light | None = None) -> list[Late]:
    """What is late at or under an area, the latest first; of one light when it is given."""
    rows = [*_late_asks(area, at), *_late_wishes(area, at), *_late_legs(area, at)]
    chosen = [row for row in rows if light is None or row.light is light]
    return sorted(chosen, key=lambda row: (-row.days, row.since, row.kind, row.id))


def find_late(kind: Kind, matter_id: int, area: Area, *, at: datetime) -> Late | None:
    """One thing, if it is late at or under this area."""
    rows = {
        Kind.ASK: _late_asks, Kind.WISH: _late_wishes, Kind.REFERRAL: _late_legs,
    }[kind](area, at, only=matter_id)  # fmt: skip
    return next(iter(rows), None)


def list_late_waiting_asks(at: datetime, *, over: int, only: int | None = None) -> list[int]:
    """Ids of unaccepted asks anywhere that are so many working days late, never stepped up."""
    least = timedelta(days=setting("ASK_WAIT_DAYS") + over)
    since = _since()
    before = exists().where(
        Referral.ask_id == Ask.id, Referral.by_clock | Referral.closed_at.is_(None)
    )
    query = select(Ask.id, since).where(
        Ask.state == AskState.SUBMITTED, since <= at - least, ~before
    )
    found = db.session.execute(query.where(Ask.id == only) if only else query).all()
    pauses = spans_of(Kind.ASK, [ask_id for ask_id, _began in found])
    allowed = setting("ASK_WAIT_DAYS")
    return [
        ask_id
        for ask_id, began in found
        if days_late(began, at, allowed=allowed, pauses=pauses.get(ask_id, ())) >= over
    ]


def list_late_legs(at: datetime) -> list[int]:
    """Ids of the referrals, everywhere, whose clock has run out and nobody was told of it."""
    least = min(setting("REFERRAL_WAIT_DAYS"), setting("REFERRAL_WORK_DAYS"))
    query = select(Leg).where(
        Leg.state.in_([LegState.SENT, LegState.ACCEPTED]),
        Leg.late_told_at.is_(None),
        Leg.since <= at - timedelta(days=least),
    )
    legs = db.session.scalars(query.options(*_AROUND_LEG).order_by(Leg.since))
    return [row.id for row in late_of_legs(legs, at) if row.days]


def allowed_for_ask(state: AskState) -> int:
    """Working days an ask may stand in this state."""
    return setting("ASK_WAIT_DAYS" if state == AskState.SUBMITTED else "ASK_WORK_DAYS")


def allowed_for_leg(state: LegState) -> int:
    """Working days a hand-over may stand in this state."""
    return setting("REFERRAL_WAIT_DAYS" if state == LegState.SENT else "REFERRAL_WORK_DAYS")


def _since() -> ColumnElement[datetime]:
    """When an ask's present clock began: its last submission, acceptance or passing on."""
    query = select(func.max(AskEvent.at)).where(
        AskEvent.ask_id == Ask.id, AskEvent.what.in_(STARTS)
    )
    return query.correlate(Ask).scalar_subquery()


def _late_asks(area: Area, at: datetime, only: int | None = None) -> list[Late]:
    since = _since()
    referred = exists().where(Referral.ask_id == Ask.id, Referral.closed_at.is_(None))
    made = aliased(Wish)
    in_work = and_(
        Ask.state == AskState.ACCEPTED,
        exists().where(made.id == Ask.wish_id, made.state == WishState.DRAFT),
    )
    least = min(setting("ASK_WAIT_DAYS"), setting("ASK_WORK_DAYS"))
    query = (
        select(Ask, since)
        .join(Area, Area.id == Ask.community_id)
        .where(
            Area.path.startswith(area.path) | (Ask.grid_id == area.id),
            or_(
                Ask.state.in_([AskState.SUBMITTED, AskState.PASSED_ON, AskState.REOPENED]), in_work
            ),
            ~referred,
            since <= at - timedelta(days=least),
        )
        .options(joinedload(Ask.community))
        .order_by(Ask.asked_at)
        .limit(MOST)
    )
    found = db.session.execute(query.where(Ask.id == only) if only else query).all()
    pauses = spans_of(Kind.ASK, [ask.id for ask, _began in found])
    pressed = presses_on(Kind.ASK, [ask.id for ask, _began in found])
    rows = []
    for ask, began in found:
        allowed = allowed_for_ask(AskState(ask.state))
        days = days_late(began, at, allowed=allowed, pauses=pauses.get(ask.id, ()))
        rows.append(
            Late(
                Kind.ASK, ask.id, ask.title, ask_light(ask.state), ask.community_id,
                ask.community.name, ask.community.name, began, days, pressed.get(ask.id),
                ask.grid_id,
            )
        )  # fmt: skip
    return [row for row in rows if row.days]


def _late_wishes(area: Area, at: datetime, only: int | None = None) -> list[Late]:
    allowed = setting("WISH_AFTER_DAYS")
    query = (
        select(Wish)
        .join(Area, Area.id == Wish.community_id)
        .where(
            Area.path.startswith(area.path) | (Wish.grid_id == area.id),
            Wish.state.in_(list(LIVE)),
            Wish.ends_at <= at - timedelta(days=allowed),
            ~exists().where(Referral.wish_id == Wish.id, Referral.closed_at.is_(None)),
        )
        .options(joinedload(Wish.community))
        .order_by(Wish.ends_at)
        .limit(MOST)
    )
    found = list(db.session.scalars(query.where(Wish.id == only) if only else query))
    pauses = spans_of(Kind.WISH, [wish.id for wish in found])
    pressed = presses_on(Kind.WISH, [wish.id for wish in found])
    rows = [
        Late(
            Kind.WISH, wish.id, wish.title, light_of(wish.state), wish.community_id,
            wish.community.name, wish.community.name, wish.ends_at,
            days_late(wish.ends_at, at, allowed=allowed, pauses=pauses.get(wish.id, ())),
            pressed.get(wish.id), wish.grid_id,
        )
        for wish in found
        if wish.ends_at is not None
    ]  # fmt: skip
    return [row for row in rows if row.days]


def _late_legs(area: Area, at: datetime, only: int | None = None) -> list[Late]:
    least = min(setting("REFERRAL_WAIT_DAYS"), setting("REFERRAL_WORK_DAYS"))
    query = (
        select(Leg)
        .join(Referral, Referral.id == Leg.referral_id)
        .join(Area, Area.id == Referral.community_id)
        .where(
            Area.path.startswith(area.path),
            Leg.state.in_([LegState.SENT, LegState.ACCEPTED]),
            Leg.since <= at - timedelta(days=least),
        )
        .options(*_AROUND_LEG)
        .order_by(Leg.since)
        .limit(MOST)
    )
    found = list(db.session.scalars(query.where(Leg.referral_id == only) if only else query))
    return [row for row in late_of_legs(found, at) if row.days]


def late_of_legs(legs: Iterable[Leg], at: datetime) -> list[Late]:
    """How late each hand-over is, 0 in time; those that wait for nobody too."""
    kept = list(legs)
    ids = [leg.referral_id for leg in kept]
    pauses, pressed = spans_of(Kind.REFERRAL, ids), presses_on(Kind.REFERRAL, ids)
    return [
        Late(
            Kind.REFERRAL, leg.referral_id, title_of(leg.referral), LEG_LIGHTS[LegState(leg.state)],
            leg.referral.community_id, leg.referral.community.name, receiver_of(leg).name,
            leg.since, _over_leg(leg, at, pauses.get(leg.referral_id, ())),
            pressed.get(leg.referral_id), _grid_of(leg.referral),
        )
        for leg in kept
    ]  # fmt: skip


def _grid_of(referral: Referral) -> int | None:
    matter = referral.ask or referral.wish
    return matter.grid_id if matter is not None else None


def _over_leg(leg: Leg, at: datetime, pauses: Iterable[Span]) -> int:
    if leg.state not in (LegState.SENT, LegState.ACCEPTED):
        return 0
    return days_late(leg.since, at, allowed=allowed_for_leg(LegState(leg.state)), pauses=pauses)


def find_days_left(leg: Leg, at: datetime) -> int | None:
    """Working days until a hand-over is late, 0 on the last; None when late or without a clock."""
    if leg.state not in (LegState.SENT, LegState.ACCEPTED):
        return None
    pauses = spans_of(Kind.REFERRAL, [leg.referral_id]).get(leg.referral_id, ())
    run = days_run(clock.local_day(leg.since), clock.local_day(at), pauses)
    left = allowed_for_leg(LegState(leg.state)) - run
    return left if left >= 0 else None


def days_late(began: datetime, at: datetime, *, allowed: int, pauses: Iterable[Span]) -> int:
    """Working days over what is allowed, by the calendar of the place."""
    return days_over(clock.local_day(began), clock.local_day(at), allowed=allowed, pauses=pauses)


def matter_column(kind: Kind, model: type[Pause] | type[Press]) -> ColumnElement[int | None]:
    """The column of a pause or a press that names a thing of this kind."""
    column: ColumnElement[int | None] = {
        Kind.ASK: model.ask_id,
        Kind.WISH: model.wish_id,
        Kind.REFERRAL: model.referral_id,
    }[kind]  # type: ignore[assignment]  # attributes of two models
    return column  # fmt: skip


def spans_of(kind: Kind, ids: Iterable[int]) -> dict[int, list[Span]]:
    """The pauses of these things, as days."""
    column = matter_column(kind, Pause)
    query = select(column, Pause.paused_at, Pause.resumed_at).where(column.in_(list(ids)))
    found: dict[int, list[Span]] = {}
    for matter_id, begins, ends in db.session.execute(query):
        until = clock.local_day(ends) if ends else None
        found.setdefault(matter_id or 0, []).append(Span(clock.local_day(begins), until))
    return found


def find_pause(kind: Kind, matter_id: int) -> Pause | None:
    """The pause that lasts."""
    query = select(Pause).where(matter_column(kind, Pause) == matter_id)
    return db.session.scalars(query.where(Pause.resumed_at.is_(None))).one_or_none()


def presses_on(kind: Kind, ids: Iterable[int]) -> dict[int, int]:
    """The press that is under way on each of these things."""
    column = matter_column(kind, Press)
    query = select(column, Press.id).where(column.in_(list(ids)), Press.state != PressState.ENDED)
    return {matter_id or 0: press_id for matter_id, press_id in db.session.execute(query)}
