"""长期陪伴: somebody claims it, worker and volunteer agree on a plan, its visits are dispatched."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import update

from accounts.policies import get_desk
from accounts.queries.areas import get_community_of
from accounts.queries.people import get_person
from foundation import clock
from foundation.db import db
from foundation.errands import errand
from foundation.settings import setting
from wishes.models import Series
from wishes.notices.series import tell_companion_found, tell_plan_answered, tell_plan_proposed
from wishes.policies.series import ensure_companion, ensure_may_arrange
from wishes.queries.series import get_public_series, lock_series
from wishes.refusals.publishing import WishIncomplete
from wishes.refusals.series import AlreadySpokenFor, VisitTooLong
from wishes.rules.asking import PrivateWords
from wishes.rules.kept_words import pack, unpack
from wishes.rules.publishing import WishWords, ensure_public_words, find_missing
from wishes.rules.recurring import Rule, preview
from wishes.rules.series_life import SeriesKind, SeriesMove, SeriesState, move_series
from wishes.services.series_days import (
    make_days,
    plan_days,
    rule_of,
    seal_private,
    times_of,
    write_rule,
)
from wishes.services.series_starting import (
    Hours,
    Turn,
    add_members,
    ensure_words,
    list_due,
    preview_days,
)

LATER = frozenset({"day", "ends", "headcount"})  # what the plan will say


@errand
def post_long_term(
    area_id: int,
    *,
    actor_id: int,
    words: WishWords,
    time_words: str,
    private: PrivateWords | None = None,
) -> int:
    """Put a long-term wish on its wall: time in words, the rest by agreement. Returns its id.

    Raises AreaNotFound, WishIncomplete, and the wording refusals.
    """
    community = get_community_of(get_desk(actor_id, area_id))
    missing = tuple(pair for pair in find_missing(words) if pair[0] not in LATER)
    if missing:
        raise WishIncomplete(missing)
    ensure_public_words(words)
    series = Series(
        community_id=community.id, kind=SeriesKind.PLAN, state=SeriesState.WANTED,
        words={**pack(words), "headcount": 1}, private=seal_private(private),
        time_words=time_words, created_by_id=actor_id, created_at=clock.now(),
    )  # fmt: skip
    db.session.add(series)
    db.session.flush()
    return series.id


@errand
def claim_long_term(series_id: int, *, actor_id: int) -> int:
    """Offer to be the companion: one guarded UPDATE, one winner. Returns the series' id.

    Raises SeriesNotFound, AlreadySpokenFor, SeriesCannotMove.
    """
    person, series = get_person(actor_id), get_public_series(series_id)
    if series.state in (SeriesState.CLAIMED, SeriesState.PROPOSED, SeriesState.RUNNING):
        raise AlreadySpokenFor
    after = move_series(series.state, SeriesMove.CLAIM)
    statement = (
        update(Series)
        .where(
            Series.id == series_id, Series.state == SeriesState.WANTED,
            Series.claimant_id.is_(None),
        )
        .values(state=after, claimant_id=actor_id)
        .returning(Series.id)
        .execution_options(synchronize_session=False)
    )  # fmt: skip
    if db.session.execute(statement).first() is None:
        raise AlreadySpokenFor
    db.session.refresh(series)
    tell_companion_found(series, name=person.name)
    return series.id


@errand
def step_back(series_id: int, *, actor_id: int) -> int:
    """The companion cannot after all, before there is a plan. Returns the series' id.

    Raises SeriesNotFound, NotYourPlan, SeriesCannotMove.
    """
    series = lock_series(series_id)
    ensure_companion(actor_id, series)
    series.state = move_series(series.state, SeriesMove.STEP_BACK)
    series.claimant_id = None
    tell_plan_answered(series, name=get_person(actor_id).name, words="", agreed=False)
    return series.id


@errand
def propose_plan(series_id: int, *, actor_id: int, hours: Hours, rule: Rule) -> int:
    """What was agreed on the phone: how often, from when to when, until when. Returns the id.

    Raises SeriesNotFound, SeriesCannotMove, VisitTooLong, and what `start_series` raises.
    """
    at = clock.now()
    series = lock_series(series_id)
    ensure_may_arrange(actor_id, series)
    after = move_series(series.state, SeriesMove.PROPOSE)
    days = preview_days(rule)
    ensure_words(unpack(series.words), hours, days, at=at)
    _ensure_short(hours)
    write_rule(series, rule)
    series.begins, series.ends, series.state, series.note = hours.begins, hours.ends, after, ""
    tell_plan_proposed(series)
    return series.id


def _ensure_short(hours: Hours) -> None:
    """Raises VisitTooLong beyond the setting VISIT_MINUTES."""
    assert hours.begins is not None  # noqa: S101 - ensure_words looked
    assert hours.ends is not None  # noqa: S101 - the same
    most = setting("VISIT_MINUTES")
    day = clock.local_day(clock.now())
    length = datetime.combine(day, hours.ends) - datetime.combine(day, hours.begins)
    if length > timedelta(minutes=most):
        raise VisitTooLong(minutes=most)


@errand
def ask_other_time(series_id: int, *, actor_id: int, words: str) -> int:
    """The proposed time does not suit. Raises SeriesNotFound, NotYourPlan, SeriesCannotMove."""
    series = lock_series(series_id)
    ensure_companion(actor_id, series)
    series.state = move_series(series.state, SeriesMove.OTHER_TIME)
    series.note = words.strip()[:200]
    tell_plan_answered(series, name=get_person(actor_id).name, words=series.note, agreed=False)
    return series.id


@errand
def agree(series_id: int, *, actor_id: int) -> int:
    """The companion says yes: every visit is planned and dispatched. Returns how many.

    A visit on which they are busy is called off and the workers told. Raises SeriesNotFound,
    NotYourPlan, SeriesCannotMove, and what publishing raises.
    """
    at = clock.now()
    series = lock_series(series_id)
    ensure_companion(actor_id, series)
    series.state = move_series(series.state, SeriesMove.AGREE)
    person = get_person(actor_id)
    members = add_members(series, [Turn(person.name, user_id=actor_id)])
    rows = plan_days(series, preview(rule_of(series), most=setting("SERIES_MOST")).days, members)
    for row in rows:
        if times_of(series, row)[0] <= at:  # it took them days to answer
            db.session.delete(row)
    db.session.flush()
    made = make_days(series, list_due(series, at=at), actor_id=series.created_by_id, at=at)
    tell_plan_answered(series, name=person.name, words="", agreed=True)
    return made
