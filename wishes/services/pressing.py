"""督办: press what is late, sign for it with a plan, end it with a notice to all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.exc import IntegrityError

from accounts.policies import get_desk
from accounts.rules import Role
from foundation import clock
from foundation.db import db
from foundation.errands import errand
from foundation.refusal import N_
from foundation.violations import broke
from wishes.models import Press
from wishes.notices import referrals as notices
from wishes.policies.presses import ensure_may_acknowledge, ensure_may_end
from wishes.queries.overdue import Late, find_late
from wishes.queries.presses import is_private, lock_press, pressed_title, receiver_of_press
from wishes.queries.referrals import get_current, lock_referral, receiver_of
from wishes.refusals.referrals import (
    AlreadyPressed,
    DayHasPassed,
    LeaderMissing,
    NotOverdue,
    WordsMissing,
)
from wishes.rules.lateness import Kind
from wishes.rules.pressing import PressMove, PressState, move_press
from wishes.services.referring import note_referral_event

PRIVATE = N_("一条不公开的诉求")


@dataclass(frozen=True)
class PressWords:
    """What a press says, who signs it, until when."""

    words: str
    leader_name: str
    leader_post: str
    until: date


@errand
def press(kind: Kind, matter_id: int, *, area_id: int, actor_id: int, told: PressWords) -> int:
    """督办: press an ask, a wish or a referral that is late under this area. Returns its id.

    Raises AreaNotFound, NotOverdue, AlreadyPressed, LeaderMissing, WordsMissing, DayHasPassed.
    """
    at = clock.now()
    area = get_desk(actor_id, area_id, [Role.SUPERVISOR])
    _ensure_said(told, clock.local_day(at))
    late = find_late(kind, matter_id, area, at=at)
    if late is None:
        raise NotOverdue
    row = _write(late, told, area_id=area.id, actor_id=actor_id, at=at)
    _note(row, "press", area.name, actor_id, at, why=row.words)
    notices.tell_pressed(row, receiver_of_press(row), pressed_title(row))
    return row.id


def _ensure_said(told: PressWords, today: date) -> None:
    if not (told.leader_name.strip() and told.leader_post.strip()):
        raise LeaderMissing
    if not told.words.strip():
        raise WordsMissing
    if told.until < today:
        raise DayHasPassed


def _write(late: Late, told: PressWords, *, area_id: int, actor_id: int, at: datetime) -> Press:
    to_area_id: int | None = late.community_id
    to_unit_id = None
    if late.kind is Kind.REFERRAL:
        holder = receiver_of(get_current(lock_referral(late.id)))
        to_area_id, to_unit_id = holder.area_id, holder.unit_id
    row = Press(
        **{f"{late.kind}_id": late.id}, by_area_id=area_id, to_area_id=to_area_id,
        to_unit_id=to_unit_id, state=PressState.PRESSED, days_late=late.days,
        leader_name=told.leader_name.strip(), leader_post=told.leader_post.strip(),
        words=told.words.strip(), due_on=told.until, pressed_at=at, pressed_by_id=actor_id,
    )  # fmt: skip
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError as error:
        if broke(error, f"uq_press_live_{late.kind}", f"press.{late.kind}_id"):
            raise AlreadyPressed from error
        raise
    return row


@errand
def acknowledge(press_id: int, *, actor_id: int, plan: str, until: date) -> int:
    """签收: the receiver says what will be done until when. Returns the press's id.

    Raises PressNotFound, NotYourStep, PressCannotMove, WordsMissing, DayHasPassed.
    """
    at = clock.now()
    row = lock_press(press_id)
    ensure_may_acknowledge(actor_id, row)
    after = move_press(row.state, PressMove.ACKNOWLEDGE)
    if not plan.strip():
        raise WordsMissing
    if until < clock.local_day(at):
        raise DayHasPassed
    row.state, row.plan, row.plan_until = after, plan.strip(), until
    row.acknowledged_at, row.acknowledged_by_id = at, actor_id
    _note(row, "acknowledge", receiver_of_press(row).name, actor_id, at, why=row.plan)
    notices.tell_acknowledged(row, pressed_title(row))
    return row.id


@errand
def end_press(press_id: int, *, actor_id: int, ending: str) -> int:
    """通报: say to everybody under the area how it ended. Returns the press's id.

    An ask that only the community reads is not named. Raises PressNotFound, NotYourStep,
    PressCannotMove, WordsMissing.
    """
    at = clock.now()
    row = lock_press(press_id)
    ensure_may_end(actor_id, row)
    after = move_press(row.state, PressMove.END)
    if not ending.strip():
        raise WordsMissing
    row.state, row.ending, row.ended_at, row.ended_by_id = after, ending.strip(), at, actor_id
    _note(row, "end_press", row.by_area.name, actor_id, at, why=row.ending)
    notices.tell_ended(row, PRIVATE if is_private(row) else pressed_title(row))
    return row.id


def _note(row: Press, what: str, place: str, actor_id: int, at: datetime, why: str | None) -> None:
    """A pressed referral keeps it in its record."""
    if row.referral_id is not None:
        leg = get_current(lock_referral(row.referral_id))
        note_referral_event(
            leg, what, before=leg.state, place=place, actor_id=actor_id, at=at, why=why
        )
