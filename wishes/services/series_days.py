"""A date of a series becomes an ordinary wish: steps of the errands that make and change series."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime

from accounts.queries.people import get_person, list_coordinator_ids
from foundation import clock
from foundation.db import db
from foundation.refusal import N_
from wishes.models import Series, SeriesDay, SeriesMember
from wishes.notices.series import tell_duty_uncovered, tell_on_duty
from wishes.queries.series import is_busy
from wishes.rules.asking import PrivateWords
from wishes.rules.kept_words import on_a_day
from wishes.rules.publishing import WishWords
from wishes.rules.recurring import Freq, Holidays, MakeUp, PlannedDay, Rule
from wishes.rules.series_life import DayState, SeriesKind
from wishes.services.dispatching import dispatch_draft
from wishes.services.drafting import start_draft
from wishes.services.private import keep_private
from wishes.services.publishing import publish_draft

ELSEWHERE = N_("那个时间已有别的安排")


def rule_of(series: Series) -> Rule:
    """The rule as stored; only for a series that has one."""
    assert series.first_day is not None  # noqa: S101 - CHECK ends
    return Rule(
        freq=Freq(series.freq), first=series.first_day, weekdays=tuple(series.weekdays),
        every=series.every, nth=series.nth, last=series.last_day, times=series.times,
        holidays=Holidays(series.holidays), make_up=MakeUp(series.make_up),
    )  # fmt: skip


def write_rule(series: Series, rule: Rule) -> None:
    """Put a rule on the series."""
    series.freq, series.every, series.nth = rule.freq, rule.every, rule.nth
    series.weekdays, series.first_day = list(rule.weekdays), rule.first
    series.last_day, series.times = rule.last, rule.times
    series.holidays, series.make_up = rule.holidays, rule.make_up


def times_of(series: Series, row: SeriesDay) -> tuple[datetime, datetime]:
    """Start and end of one day, UTC: the same time of the clock across a time change."""
    begins, ends = row.begins or series.begins, row.ends or series.ends
    assert begins is not None  # noqa: S101 - CHECK ends
    assert ends is not None  # noqa: S101 - the same
    return clock.from_local(row.day, begins), clock.from_local(row.day, ends)


def words_on(series: Series, row: SeriesDay) -> WishWords:
    """The words of the wish that this day becomes."""
    starts_at, ends_at = times_of(series, row)
    return on_a_day(series.words, starts_at=starts_at, ends_at=ends_at, headcount=row.headcount)


def seal_private(private: PrivateWords | None) -> str | None:
    """Private details as one text for the sealed column; None when nothing was told."""
    if private is None or private.is_empty:
        return None
    return json.dumps(asdict(private), ensure_ascii=False)


def plan_days(
    series: Series, days: Iterable[PlannedDay], members: Sequence[SeriesMember], *, turn: int = 0
) -> list[SeriesDay]:
    """Write the dates of a series; those who take turns follow each other from `turn` on."""
    rows = []
    for at, planned in enumerate(days):
        member = members[(turn + at) % len(members)] if members else None
        row = SeriesDay(
            series_id=series.id, day=planned.day, moved_from=planned.moved_from,
            state=DayState.PLANNED, member_id=member.id if member else None, touched=False,
        )  # fmt: skip
        db.session.add(row)
        rows.append(row)
    db.session.flush()
    return rows


def make_days(series: Series, rows: Iterable[SeriesDay], *, actor_id: int, at: datetime) -> int:
    """Make wishes of these days, and tell each person on duty once. Returns how many.

    Raises what publishing and dispatching raise.
    """
    made = 0
    duties: dict[int, list[tuple[datetime, int]]] = {}
    for row in rows:
        starts_at, _ends = times_of(series, row)
        if starts_at <= at or not _make(series, row, actor_id=actor_id, at=at):
            continue
        made += 1
        if row.member is not None and row.wish_id is not None and row.note == "":
            duties.setdefault(row.member.id, []).append((starts_at, row.wish_id))
    _tell_duties(series, duties)
    return made


def _make(series: Series, row: SeriesDay, *, actor_id: int, at: datetime) -> bool:
    """One day; False when a companion's visit is called off because they are busy."""
    member = db.session.get(SeriesMember, row.member_id) if row.member_id else None
    starts_at, ends_at = times_of(series, row)
    clash = bool(member and member.user_id and is_busy(member.user_id, starts_at, ends_at))
    if clash and series.kind == SeriesKind.PLAN:
        row.state, row.note = DayState.OFF, ELSEWHERE
        _say_uncovered(series, member, starts_at)
        return False
    wish = start_draft(series.community_id, words_on(series, row), actor_id=actor_id, at=at)
    if series.private is not None:
        keep_private(PrivateWords(**json.loads(series.private)), wish_id=wish.id)
    if member is None or clash:
        publish_draft(wish, actor_id=actor_id, at=at, looked_at=True)
    else:
        dispatch_draft(
            wish.id, claimed_by_id=claimant_of(member, actor_id),
            organisation_id=member.organisation_id, actor_id=actor_id, at=at,
        )  # fmt: skip
    row.wish_id, row.state = wish.id, DayState.MADE
    if clash:
        row.note = ELSEWHERE
        _say_uncovered(series, member, starts_at)
    db.session.flush()
    return True


def claimant_of(member: SeriesMember, actor_id: int) -> int:
    """The person on duty, or a coordinator of the unit (the worker while it has none)."""
    if member.user_id is not None:
        return member.user_id
    return next(iter(list_coordinator_ids(member.organisation_id or 0)), actor_id)


def listeners_of(member: SeriesMember) -> list[int]:
    """Who is told: the person, or the unit's coordinators."""
    if member.user_id is not None:
        return [member.user_id]
    return list_coordinator_ids(member.organisation_id or 0)


def _say_uncovered(series: Series, member: SeriesMember | None, when: datetime) -> None:
    if member is None or member.user_id is None:
        return
    path = f"/desk/{series.community_id}/series/{series.id}"
    tell_duty_uncovered(series, name=get_person(member.user_id).name, when=when, path=path)


def _tell_duties(series: Series, duties: dict[int, list[tuple[datetime, int]]]) -> None:
    for member_id, whens in duties.items():
        first, wish_id = min(whens)
        path = f"/wishes/{wish_id}" if len(whens) == 1 else f"/series/{series.id}"
        people = listeners_of(db.session.get_one(SeriesMember, member_id))
        tell_on_duty(people, series, first=first, count=len(whens), path=path)
