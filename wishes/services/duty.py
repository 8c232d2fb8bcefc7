"""轮值: who is on duty on which day; one changed day, two days swapped."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from accounts.queries.people import get_person
from foundation import clock
from foundation.db import db
from foundation.errands import errand
from foundation.labels import when
from wishes.models import Claim, Series, SeriesDay, SeriesMember
from wishes.notices.series import tell_off_duty, tell_on_duty
from wishes.queries.completion import lock_wish
from wishes.queries.places import get_claim_facts, lock_claims
from wishes.queries.series import is_busy
from wishes.refusals.series import DayIsFixed, HeldForTheLine, OnDutyElsewhere, SameDay
from wishes.rules.kinds import WishKind
from wishes.services import placing
from wishes.services.series_changing import is_of, open_day
from wishes.services.series_days import claimant_of, listeners_of, times_of
from wishes.services.series_starting import Turn, add_members


@errand
def put_on_duty(series_id: int, day_id: int, *, actor_id: int, turn: Turn) -> int:
    """Somebody else comes on one day; both are told. Returns the series' id.

    Raises SeriesNotFound, DayNotFound, DayIsOver, DayIsFixed, HeldForTheLine, OnDutyElsewhere,
    MemberNotFound.
    """
    at = clock.now()
    series, row = open_day(series_id, day_id, actor_id=actor_id, at=at)
    member = _find_member(series, turn)
    _take_off(series, row, at=at)
    _put_on(series, row, member, actor_id=actor_id, at=at)
    return series.id


@errand
def swap_days(series_id: int, day_id: int, *, other_id: int, actor_id: int) -> int:
    """Two people change their days; both are told. Returns the series' id.

    Raises SameDay and what `put_on_duty` raises.
    """
    at = clock.now()
    if day_id == other_id:
        raise SameDay
    series, one = open_day(series_id, day_id, actor_id=actor_id, at=at)
    _same, other = open_day(series_id, other_id, actor_id=actor_id, at=at)
    first, second = one.member, other.member
    if first is None or second is None or first.id == second.id:
        raise SameDay
    _take_off(series, one, at=at)
    _take_off(series, other, at=at)
    _put_on(series, one, second, actor_id=actor_id, at=at)
    _put_on(series, other, first, actor_id=actor_id, at=at)
    return series.id


def _find_member(series: Series, turn: Turn) -> SeriesMember:
    for member in series.members:
        if (member.user_id, member.organisation_id) == (turn.user_id, turn.organisation_id):
            return member
    return add_members(series, [turn], in_turn=False)[0]


def _take_off(series: Series, row: SeriesDay, *, at: datetime) -> None:
    """End the claim of who was on duty; the place is kept for who comes instead.

    Raises DayIsFixed when somebody else has a place, HeldForTheLine when one is offered.
    """
    old = row.member
    starts_at, _ends = times_of(series, row)
    if row.wish_id is not None:
        lock_claims(row.wish_id)
        wish = lock_wish(row.wish_id)
        query = select(Claim).where(Claim.wish_id == row.wish_id, Claim.live)
        claims = list(db.session.scalars(query.execution_options(populate_existing=True)))
        if any(old is None or not is_of(claim, old) for claim in claims):
            raise DayIsFixed
        if wish.places_taken != sum(claim.places for claim in claims):
            raise HeldForTheLine
        for claim in claims:
            placing.end_claim(claim, why=None, at=at)
        db.session.flush()
    if old is not None:
        path = f"/series/{series.id}"
        tell_off_duty(listeners_of(old), series, when=starts_at, path=path)


def _put_on(
    series: Series, row: SeriesDay, member: SeriesMember, *, actor_id: int, at: datetime
) -> None:
    starts_at, ends_at = times_of(series, row)
    if member.user_id is not None and is_busy(member.user_id, starts_at, ends_at):
        name = get_person(member.user_id).name
        raise OnDutyElsewhere(name=name, when=when(starts_at))
    row.member_id, row.touched, row.note = member.id, True, ""
    db.session.flush()
    db.session.expire(row, ["member"])
    if row.wish_id is not None:
        _claim(row.wish_id, member, actor_id=actor_id, at=at)
    path = f"/wishes/{row.wish_id}" if row.wish_id else f"/series/{series.id}"
    tell_on_duty(listeners_of(member), series, first=starts_at, count=1, path=path)


def _claim(wish_id: int, member: SeriesMember, *, actor_id: int, at: datetime) -> None:
    """The whole wish is the new one's; places that were taken stay taken."""
    facts = get_claim_facts(wish_id)
    claim_id = placing.write_claim(
        wish_id, claimed_by_id=claimant_of(member, actor_id),
        organisation_id=member.organisation_id, places=facts.headcount, at=at,
    )  # fmt: skip
    left = facts.headcount - facts.places_taken
    if left > 0:
        taken = placing.take(facts, left, at=at)
        placing.fill_if_full(facts, taken, actor_id=actor_id, at=at)
    if member.user_id is not None and facts.kind == WishKind.SERVICE:
        placing.seat(facts, claim_id, member.user_id, named_by_id=actor_id, at=at)
    placing.note_event(wish_id, "dispatch", facts.state, facts.state, actor_id=actor_id, at=at)
