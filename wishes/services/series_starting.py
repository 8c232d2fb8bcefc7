"""Starting a series: its days are planned at once, its wishes made together or some days ahead."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from accounts.models import Area
from accounts.policies import get_desk
from accounts.queries.areas import get_community_of
from accounts.queries.people import find_by_number, find_person, get_unit
from foundation import clock
from foundation.db import db
from foundation.errands import errand
from foundation.refusal import Refusal
from foundation.settings import setting
from wishes.models import Series, SeriesDay, SeriesMember
from wishes.queries.series import (
    find_units_named,
    find_volunteers_named,
    list_days,
    list_due_series,
    lock_series,
)
from wishes.refusals.series import MemberNotFound, MemberUnclear, NobodyOnDuty, NoTime
from wishes.rules.asking import PrivateWords
from wishes.rules.kept_words import on_a_day, pack
from wishes.rules.publishing import WishWords, ensure_publishable
from wishes.rules.recurring import Preview, Rule, ensure_rule, preview
from wishes.rules.series_life import DayState, SeriesKind, SeriesState
from wishes.services.series_days import make_days, plan_days, seal_private, times_of, write_rule

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Hours:
    """From when to when on each day: local times of the clock."""

    begins: time | None
    ends: time | None


@dataclass(frozen=True)
class Turn:
    """A person or a unit that takes turns, with the name to show."""

    name: str
    user_id: int | None = None
    organisation_id: int | None = None


def preview_days(rule: Rule) -> Preview:
    """All dates of a rule before anything is made.

    Raises FirstDayPast, NeverEnds, LastBeforeFirst, NoWeekday, TooManyDays, NoDays.
    """
    most = setting("SERIES_MOST")
    ensure_rule(rule, today=clock.local_day(clock.now()), most=most)
    return preview(rule, most=most)


def ensure_words(words: WishWords, hours: Hours, days: Preview, *, at: datetime) -> None:
    """The first occurrence could be published. Raises NoTime and what publishing raises."""
    if hours.begins is None or hours.ends is None:
        raise NoTime
    first = days.days[0].day
    starts_at = clock.from_local(first, hours.begins)
    ends_at = clock.from_local(first, hours.ends)
    ensure_publishable(on_a_day(pack(words), starts_at=starts_at, ends_at=ends_at), at=at)


def find_turns(lines: list[str], community: Area) -> list[Turn]:
    """Who takes turns, a line each: volunteer number, name of a neighbour, or a unit.

    Raises MemberNotFound, MemberUnclear.
    """
    return [find_turn(line.strip(), community) for line in lines if line.strip()]


def find_turn(line: str, community: Area) -> Turn:
    """One line of a rota. Raises MemberNotFound, MemberUnclear."""
    digits = "".join(letter for letter in line if letter.isdigit())
    if len(digits) == 12:
        person = find_by_number(digits)
        if person is None:
            raise MemberNotFound(line=line)
        return Turn(person.name, user_id=person.id)
    people, units = find_volunteers_named(line, community), find_units_named(line)
    found = [Turn(each.name, user_id=each.id) for each in people]
    found += [Turn(each.short_name, organisation_id=each.id) for each in units]
    if not found:
        raise MemberNotFound(line=line)
    if len(found) > 1:
        raise MemberUnclear(line=line, n=len(found))
    return found[0]


@errand
def start_series(
    area_id: int,
    *,
    actor_id: int,
    words: WishWords,
    hours: Hours,
    rule: Rule,
    private: PrivateWords | None = None,
    turns: list[Turn] | None = None,
    ahead_days: int | None = None,
    is_rota: bool = False,
) -> int:
    """Make a series (or a rota) and its first wishes. Returns its id.

    `ahead_days`: the worker's sweep publishes each wish so many days before; None publishes all
    now. Raises AreaNotFound, NobodyOnDuty, what `preview_days` raises, and what publishing raises.
    """
    at = clock.now()
    community = get_community_of(get_desk(actor_id, area_id))
    days = preview_days(rule)
    ensure_words(words, hours, days, at=at)
    if is_rota and not turns:
        raise NobodyOnDuty
    series = Series(
        community_id=community.id, kind=SeriesKind.ROTA if is_rota else SeriesKind.SERIES,
        state=SeriesState.RUNNING, words=pack(words), private=seal_private(private),
        begins=hours.begins, ends=hours.ends, ahead_days=ahead_days, created_by_id=actor_id,
        created_at=at,
    )  # fmt: skip
    write_rule(series, rule)
    db.session.add(series)
    db.session.flush()
    members = add_members(series, turns or [])
    plan_days(series, days.days, members)
    make_days(series, list_due(series, at=at), actor_id=actor_id, at=at)
    return series.id


def add_members(series: Series, turns: list[Turn], *, in_turn: bool = True) -> list[SeriesMember]:
    """Write who takes turns, in their order, after those who are there."""
    begin = len(series.members)
    rows = []
    for at, turn in enumerate(turns):
        if turn.organisation_id is not None:
            get_unit(turn.organisation_id)
        elif turn.user_id is None or find_person(turn.user_id) is None:
            raise MemberNotFound(line=turn.name)
        rows.append(
            SeriesMember(
                series_id=series.id,
                position=begin + at,
                in_turn=in_turn,
                user_id=turn.user_id,
                organisation_id=turn.organisation_id,
            )
        )
    db.session.add_all(rows)
    db.session.flush()
    db.session.expire(series, ["members"])
    return rows


def list_due(series: Series, *, at: datetime) -> list[SeriesDay]:
    """The planned days whose wish is to be made now."""
    rows = [row for row in list_days(series.id) if row.state == DayState.PLANNED]
    rows = [row for row in rows if times_of(series, row)[0] > at]
    if series.ahead_days is None:
        return rows
    until = clock.local_day(at + timedelta(days=series.ahead_days))
    return [row for row in rows if row.day <= until]


@errand
def make_due(series_id: int) -> int:
    """Publish the days of a series that have come near. Returns how many; 0 the second time.

    The series is locked, a date stands once in it, and a day that became a wish is not planned
    any more: several workers, or the same minute twice, make nothing twice.
    """
    at = clock.now()
    series = lock_series(series_id)
    if series.state != SeriesState.RUNNING:
        return 0
    return make_days(series, list_due(series, at=at), actor_id=series.created_by_id, at=at)


def make_all_due(at: datetime) -> int:
    """One round of the sweep: every series with a day that has come near. Returns how many.

    A series whose words are refused meanwhile is left for its workers; the others go on.
    """
    ids = list_due_series(clock.local_day(at))
    db.session.rollback()
    made = 0
    for series_id in ids:
        try:
            made += make_due(series_id)
        except Refusal as refusal:
            log.warning("series %s was not made: %s", series_id, refusal)
    return made
