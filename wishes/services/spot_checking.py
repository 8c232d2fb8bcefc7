"""抽查: draw a month's sample, write down each call, settle what contradicts.

Nothing here touches the book: what was credited wrongly is reversed by the people whose errand
that is, after they have looked.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from accounts.models import Area
from accounts.policies import get_desk
from accounts.queries.areas import get_area
from accounts.rules import Role
from foundation import clock
from foundation.db import db, table_of
from foundation.errands import errand
from foundation.settings import setting
from foundation.violations import broke
from wishes.models import Ask, PrivateDetails, PrivateLook, SpotCheck, SpotCheckLine, Verification
from wishes.notices.spot_checks import tell_contradicts, tell_drawn
from wishes.policies.verifying import had_a_hand_in
from wishes.queries.private import find_details
from wishes.queries.spot_checks import find_check, get_line, list_pool, list_undrawn_streets
from wishes.refusals.spot_checks import (
    AlreadyCalled,
    AlreadyDrawn,
    CheckedByOwnHand,
    MonthNotOver,
    NothingToSettle,
    WhatContradicts,
)
from wishes.rules.asking import PrivateWords
from wishes.rules.spot_checks import CallOutcome, draw_sample, month_before, seed_of

LOOKED_AS = "spot_check"


@errand
def draw_spot_check(area_id: int, *, actor_id: int, month: date) -> int:
    """Draw the sample of a month that is over. Returns its id.

    Raises AreaNotFound, MonthNotOver, AlreadyDrawn.
    """
    area = get_desk(actor_id, area_id, [Role.SUPERVISOR])
    at = clock.now()
    ensure_over(month, at)
    return _draw(area, month.replace(day=1), at, actor_id=actor_id)


def ensure_over(month: date, at: datetime) -> None:
    """Raises MonthNotOver for the running month and later ones."""
    if month.replace(day=1) >= clock.local_day(at).replace(day=1):
        raise MonthNotOver(month=f"{month:%Y-%m}")


def run_draws(at: datetime | None = None) -> int:
    """On the 1st every street's sample of the month before is drawn; returns how many."""
    month = month_before(clock.local_day(at or clock.now()))
    streets = list_undrawn_streets(month)
    db.session.rollback()
    return sum(_draw_for(street_id, month) for street_id in streets)


@errand
def _draw_for(area_id: int, month: date) -> int:
    if find_check(area_id, month) is not None:
        return 0
    try:
        _draw(get_area(area_id), month, clock.now(), actor_id=None)
    except AlreadyDrawn:  # another worker was first
        return 0
    return 1


def _draw(area: Area, month: date, at: datetime, *, actor_id: int | None) -> int:
    """Of what came as rows of a register and of what was written here, each its share."""
    pool, seed, percent = list_pool(area, month), seed_of(month, area.id), setting("SPOT_PERCENT")
    check = SpotCheck(
        area_id=area.id, month=month, seed=seed, percent=percent, pool=len(pool), drawn_at=at,
        drawn_by_id=actor_id,
    )  # fmt: skip
    try:
        with db.session.begin_nested():
            db.session.add(check)
    except IntegrityError as error:
        columns = ("spot_check.area_id", "spot_check.month")
        if broke(error, "uq_spot_check_area_id_month", *columns):
            raise AlreadyDrawn(month=f"{month:%Y-%m}") from error
        raise
    drawn = [
        (wish_id, registered)
        for registered in (False, True)
        for wish_id in draw_sample(
            [each for each, came in pool.items() if came is registered],
            seed=seed, percent=percent,
        )
    ]  # fmt: skip
    db.session.add_all(
        SpotCheckLine(check_id=check.id, wish_id=wish_id, position=place, from_register=came)
        for place, (wish_id, came) in enumerate(drawn, start=1)
    )
    if drawn:
        tell_drawn(check, len(drawn))
    return check.id


@errand
def record_call(
    line_id: int, *, area_id: int, actor_id: int, outcome: CallOutcome, words: str
) -> int:
    """Write down what a call found; who was not reached may be called again. Returns the line.

    Raises AreaNotFound, SpotCheckNotFound, CheckedByOwnHand, WhatContradicts, AlreadyCalled.
    """
    get_desk(actor_id, area_id, [Role.SUPERVISOR])
    line = get_line(line_id, area_id=area_id)
    if not may_check(actor_id, line.wish_id):
        raise CheckedByOwnHand
    if outcome is CallOutcome.CONTRADICTS and not words.strip():
        raise WhatContradicts
    free = SpotCheckLine.outcome.is_(None) | (SpotCheckLine.outcome == CallOutcome.NOT_REACHED)
    done = db.session.execute(
        update(SpotCheckLine)
        .where(SpotCheckLine.id == line_id, free)
        .values(
            outcome=outcome, words=words.strip() or None, called_at=clock.now(),
            called_by_id=actor_id,
        )
    )  # fmt: skip
    if not done.rowcount:  # type: ignore[attr-defined]  # CursorResult
        raise AlreadyCalled
    if outcome is CallOutcome.CONTRADICTS:
        tell_contradicts(line, but=actor_id)
    return line_id


@errand
def settle_contradiction(line_id: int, *, area_id: int, actor_id: int, words: str) -> int:
    """Say what the street found and did. The book stays as it is. Returns the line's id.

    Raises AreaNotFound, SpotCheckNotFound, CheckedByOwnHand, WhatContradicts, NothingToSettle.
    """
    get_desk(actor_id, area_id, [Role.SUPERVISOR])
    line = get_line(line_id, area_id=area_id)
    if not may_check(actor_id, line.wish_id):
        raise CheckedByOwnHand
    if not words.strip():
        raise WhatContradicts
    done = db.session.execute(
        update(SpotCheckLine)
        .where(
            SpotCheckLine.id == line_id,
            SpotCheckLine.outcome == CallOutcome.CONTRADICTS,
            SpotCheckLine.settled_at.is_(None),
        )
        .values(settled_words=words.strip(), settled_at=clock.now(), settled_by_id=actor_id)
    )
    if not done.rowcount:  # type: ignore[attr-defined]  # CursorResult
        raise NothingToSettle
    return line_id


def may_check(user_id: int, wish_id: int) -> bool:
    """Whoever served, entered, reported or verified it does not check it."""
    query = select(Verification.id).where(
        Verification.wish_id == wish_id, Verification.verified_by_id == user_id
    )
    verified = db.session.execute(query.limit(1)).first() is not None
    return not verified and not had_a_hand_in(user_id, wish_id)


def look_for_call(line_id: int, *, area_id: int, actor_id: int) -> PrivateWords:
    """The name and phone behind a drawn wish, once the look is written down; never the door.

    Call it outside any errand. Raises AreaNotFound, SpotCheckNotFound, CheckedByOwnHand.
    """
    _note_look(line_id, area_id=area_id, actor_id=actor_id)
    row = _details(get_line(line_id, area_id=area_id).wish_id)
    return PrivateWords(name=row.name or "", phone=row.phone or "") if row else PrivateWords()


@errand
def _note_look(line_id: int, *, area_id: int, actor_id: int) -> None:
    get_desk(actor_id, area_id, [Role.SUPERVISOR])
    line = get_line(line_id, area_id=area_id)
    if not may_check(actor_id, line.wish_id):
        raise CheckedByOwnHand
    row = _details(line.wish_id)
    if row is not None:
        look = insert(table_of(PrivateLook)).values(
            details_id=row.id, user_id=actor_id, at=clock.now(), looked_as=LOOKED_AS
        )
        db.session.execute(look)


def _details(wish_id: int) -> PrivateDetails | None:
    row = find_details(wish_id=wish_id)
    if row is None:
        ask_id = db.session.scalars(select(Ask.id).where(Ask.wish_id == wish_id)).first()
        row = find_details(ask_id=ask_id) if ask_id is not None else None
    return row
