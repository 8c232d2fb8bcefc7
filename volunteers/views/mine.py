"""我的: what I have to do next, what is to come, what is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import render_template
from flask_babel import gettext as _
from flask_login import current_user

from foundation import clock
from foundation.access import signed_in
from foundation.labels import hours_words, when
from volunteers.queries.claims import MyClaim, list_my_claims, sum_minutes
from volunteers.rules import ASKS_FOR_ACTION, Step, may_say_no, may_step_back, next_step
from volunteers.views.blueprint import bp
from volunteers.views.orders import list_suiting
from wishes.queries.dispatches import list_for_person
from wishes.queries.no_shows import has_no_shows
from wishes.queries.quick import list_open_turns
from wishes.queries.reconfirming import list_my_questions
from wishes.queries.residents import list_mine
from wishes.queries.waiting import list_my_turns
from wishes.rules.deadlines import private_opens, withdraw_until
from wishes.rules.kinds import Venue
from wishes.rules.life import WishState

SUITING = 3


@dataclass(frozen=True)
class Line:
    """One wish I am on, in words."""

    claim: MyClaim
    step: Step
    where: str
    note: str
    may_withdraw: bool
    may_cancel: bool
    may_look: bool
    minutes: int | None
    answer_until: datetime | None


@bp.get("/mine")
@signed_in
def my_claims() -> str:
    """Everything I am on, by what there is to do."""
    at = clock.now()
    found = list_my_claims(current_user.id)
    steps = {claim.claim_id: next_step(claim, at) for claim in found}
    over = [claim for claim in found if steps[claim.claim_id] is Step.OVER]
    minutes = sum_minutes(c.attendance_id for c in over if c.attendance_id is not None)
    confirmed = current_user.confirmed_at is not None
    questions = list_my_questions(current_user.id, at=at)
    lines = [
        _line(c, steps[c.claim_id], minutes, questions.get(c.wish_id), confirmed=confirmed, at=at)
        for c in found
    ]
    ahead = [line for line in reversed(lines) if line.step is not Step.OVER]
    turns = list_my_turns(user_id=current_user.id)
    return render_template(
        "volunteers/my_claims.html",
        offers=[turn for turn in turns if turn.is_offered],
        turns=[turn for turn in turns if not turn.is_offered],
        to_do=[line for line in ahead if _is_due(line)],
        to_come=[line for line in ahead if not _is_due(line)],
        over=[line for line in lines if line.step is Step.OVER],
        unconfirmed=not confirmed,
        asked=list_for_person(current_user.id, waiting_only=True),
        suits=list_suiting(SUITING),
        missed=has_no_shows(current_user.id),
        urgent=list_open_turns(current_user.id),
        has_rounds=bool(list_mine(current_user.id)),
    )


def _is_due(line: Line) -> bool:
    return line.answer_until is not None or line.step in ASKS_FOR_ACTION


def _line(
    claim: MyClaim,
    step: Step,
    minutes: dict[int, int],
    answer_until: datetime | None,
    *,
    confirmed: bool,
    at: datetime,
) -> Line:
    ahead = step is not Step.OVER
    back = ahead and may_step_back(claim, at)
    seated = claim.place_id is not None
    opens = private_opens(claim.starts_at) <= at
    return Line(
        claim=claim,
        step=step,
        where=_where(claim),
        note=_note_over(claim, minutes) if step is Step.OVER else _asks(answer_until)
        or _note(claim, step, at),
        may_withdraw=back,
        may_cancel=ahead and seated and may_say_no(claim, at),
        may_look=ahead and claim.venue == Venue.HOME and seated and confirmed and opens,
        minutes=minutes.get(claim.attendance_id or 0),
        answer_until=answer_until,
    )  # fmt: skip


def _asks(until: datetime | None) -> str | None:
    return _("还来吗？%(when)s 前说一声，不然名额让给别人", when=when(until)) if until else None


def _where(claim: MyClaim) -> str:
    if claim.unit_name:
        return _("%(place)s · %(community)s · 随%(unit)s", place=claim.public_place,
                 community=claim.community_name, unit=claim.unit_name)  # fmt: skip
    return _("%(place)s · %(community)s", place=claim.public_place, community=claim.community_name)


def _note(claim: MyClaim, step: Step, at: datetime) -> str:
    if step is Step.DELIVER:
        return _("%(when)s 前送到，一共 %(n)s 件", when=when(claim.ends_at), n=claim.places)
    if step is Step.CHECK_IN:
        return _("可以签到了")
    if step is Step.CHECK_OUT:
        return _("做完请签退，没有签退就没有时长")
    if step is Step.NAME_FRIENDS:
        free = claim.places - claim.named
        return _("还有 %(n)s 个名额没写名字，写了才能签到、记时长", n=free)
    until = withdraw_until(claim.starts_at)
    if may_step_back(claim, at):
        return _("%(when)s 前可退出", when=when(until if at <= until else claim.starts_at))
    return _("退出截止已过，来不了请点“我来不了”") if claim.is_own else _("来不了请点“我来不了”")


def _note_over(claim: MyClaim, minutes: dict[int, int]) -> str:
    credited = minutes.get(claim.attendance_id or 0, 0)
    if credited:
        return _("记了 %(length)s", length=hours_words(credited))
    if claim.state == WishState.CANCELLED:
        return _("社区取消了")
    if claim.state == WishState.UNFULFILLED:
        return _("没有兑现，这次不记时长")
    if claim.state == WishState.VERIFIED:
        return _("已办结") if claim.place_id is None else _("已办结，没有可记的时长")
    if claim.arrived_at is not None:
        return _("等社区核实，核实后记时长")
    return _("等社区登记到场情况")
