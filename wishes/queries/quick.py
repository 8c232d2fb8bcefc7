"""Reads of 即办: the team, the calls, whose turn it is and whose minutes are over."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from accounts.models import Area, PersonSkill
from accounts.rules.skills import Skill
from foundation.db import db
from wishes.models import Attendance, QuickCall, QuickTurn, TeamMember, Wish
from wishes.refusals.quick import MemberNotFound, TurnNotFound
from wishes.rules.life import CLAIMABLE
from wishes.rules.quick import CallState, Mate


def list_team(community_id: int) -> list[TeamMember]:
    """The members of a community's team, oldest first."""
    query = select(TeamMember).where(
        TeamMember.community_id == community_id, TeamMember.ended_at.is_(None)
    )
    return list(db.session.scalars(query.order_by(TeamMember.id)))


def get_member(member_id: int, community_id: int) -> TeamMember:
    """A live member of this community's team. Raises MemberNotFound."""
    member = db.session.get(TeamMember, member_id)
    if member is None or member.community_id != community_id or member.ended_at is not None:
        raise MemberNotFound
    return member


def list_mates(wish_id: int, community_id: int, *, skill: Skill | None) -> list[Mate]:
    """Members who can do it and were not asked about this wish, with when they were asked last."""
    last = select(QuickTurn.user_id, func.max(QuickTurn.asked_at).label("at")).group_by(
        QuickTurn.user_id
    )
    lasts = last.subquery()
    asked = select(QuickTurn.user_id).where(QuickTurn.wish_id == wish_id)
    query = (
        select(TeamMember, lasts.c.at)
        .outerjoin(lasts, lasts.c.user_id == TeamMember.user_id)
        .where(
            TeamMember.community_id == community_id,
            TeamMember.ended_at.is_(None),
            TeamMember.user_id.not_in(asked),
        )
    )
    if skill is not None:
        able = select(PersonSkill.user_id).where(PersonSkill.code == skill)
        query = query.where(TeamMember.user_id.in_(able))
    return [Mate(row.user_id, row.duty, at) for row, at in db.session.execute(query)]


def get_turn(turn_id: int, user_id: int) -> QuickTurn:
    """The person's own turn. Raises TurnNotFound."""
    turn = db.session.get(QuickTurn, turn_id, populate_existing=True)
    if turn is None or turn.user_id != user_id:
        raise TurnNotFound
    return turn


def list_open_turns(user_id: int) -> list[QuickTurn]:
    """What the person is asked to do at once."""
    query = select(QuickTurn).where(QuickTurn.user_id == user_id, QuickTurn.answer.is_(None))
    return list(db.session.scalars(query.order_by(QuickTurn.accept_until)))


def list_calls(desk: Area, *, since: datetime) -> list[QuickCall]:
    """Calls below a desk since a moment, newest first, each with its turns."""
    query = (
        select(QuickCall)
        .join(Wish, Wish.id == QuickCall.wish_id)
        .join(Area, Area.id == Wish.community_id)
        .where(Area.path.startswith(desk.path, autoescape=True), QuickCall.asked_at >= since)
        .options(selectinload(QuickCall.turns))
        .order_by(QuickCall.asked_at.desc(), QuickCall.wish_id.desc())
    )
    return list(db.session.scalars(query))


def list_lapsed_turns(at: datetime) -> list[int]:
    """Turns whose minutes are over."""
    query = select(QuickTurn.id).where(QuickTurn.answer.is_(None), QuickTurn.accept_until <= at)
    return list(db.session.scalars(query.order_by(QuickTurn.id)))


def list_not_arrived(at: datetime) -> list[int]:
    """Wishes whose member should be there by now, and nobody has been told yet."""
    here = select(Attendance.id).where(
        Attendance.wish_id == QuickCall.wish_id, Attendance.arrived_at.is_not(None)
    )
    query = (
        select(QuickCall.wish_id)
        .join(Wish, Wish.id == QuickCall.wish_id)
        .where(
            QuickCall.state == CallState.TAKEN,
            QuickCall.arrive_until <= at,
            QuickCall.late_at.is_(None),
            Wish.state.in_(CLAIMABLE),
            ~here.exists(),
        )
    )
    return list(db.session.scalars(query.order_by(QuickCall.wish_id)))
