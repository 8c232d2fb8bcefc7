"""Reads of one wish's attendance, locked where an errand is about to write."""

from __future__ import annotations

from sqlalchemy import select

from accounts.models import User
from foundation.db import db
from wishes.models import Attendance, CodeTry, Place, Slip, SlipUse, ToolLine, ToolPledge, Wish
from wishes.refusals import WishNotFound
from wishes.refusals.attendance import NotOnThisWish
from wishes.rules.kinds import Provision, WishKind
from wishes.rules.proof import SlipSide


def lock_wish(wish_id: int) -> Wish:
    """A service wish, its attendance held until the errand ends. Raises WishNotFound.

    Every errand on attendance takes this lock first, so two never cross each other, nor a
    verification; claims, which only refer to the wish, go on.
    """
    query = select(Wish).where(Wish.id == wish_id, Wish.kind == WishKind.SERVICE)
    wish = db.session.scalars(
        query.with_for_update(key_share=True).execution_options(populate_existing=True)
    ).one_or_none()
    if wish is None:
        raise WishNotFound
    return wish


def get_seat(wish_id: int, user_id: int) -> Place:
    """The person's named place. Raises NotOnThisWish."""
    place = db.session.scalars(
        select(Place).where(Place.wish_id == wish_id, Place.user_id == user_id, Place.live)
    ).one_or_none()
    if place is None:
        raise NotOnThisWish
    return place


def find_attendance(wish_id: int, user_id: int) -> Attendance | None:
    """The person's attendance of a wish."""
    return db.session.scalars(
        select(Attendance)
        .where(Attendance.wish_id == wish_id, Attendance.user_id == user_id)
        .execution_options(populate_existing=True)
    ).one_or_none()


def find_who_came(claim_id: int) -> str | None:
    """The name of one of a claim's people who has arrived, None while nobody has."""
    query = (
        select(User.name)
        .join(Attendance, Attendance.user_id == User.id)
        .join(Place, Place.id == Attendance.place_id)
        .where(Place.claim_id == claim_id, Place.live, Attendance.arrived_at.is_not(None))
    )
    return db.session.execute(query.order_by(Attendance.id).limit(1)).scalar_one_or_none()


def find_tries(wish_id: int, user_id: int) -> CodeTry | None:
    """The person's wrong codes on a wish."""
    return db.session.get(CodeTry, (user_id, wish_id), populate_existing=True)


def list_slips(wish_id: int) -> list[Slip]:
    """The slips printed for a wish, the live one first."""
    query = select(Slip).where(Slip.wish_id == wish_id)
    return list(db.session.scalars(query.order_by(Slip.live.desc(), Slip.id.desc())))


def is_slip_used(slip_id: int, user_id: int, side: SlipSide) -> bool:
    """Whether the person has used this side of the slip."""
    query = select(SlipUse.id).where(
        SlipUse.slip_id == slip_id, SlipUse.user_id == user_id, SlipUse.side == side
    )
    return db.session.execute(query).first() is not None


def list_borrowed(claim_id: int) -> list[tuple[int, str]]:
    """(pledge id, tool) of what a claim borrowed and has not given back."""
    query = (
        select(ToolPledge.id, ToolLine.name)
        .join(ToolLine, ToolLine.id == ToolPledge.tool_line_id)
        .where(
            ToolPledge.claim_id == claim_id,
            ToolPledge.live,
            ToolPledge.returned_at.is_(None),
            ToolLine.provision == Provision.BORROW,
        )
        .order_by(ToolLine.position)
    )
    return [(row.id, row.name) for row in db.session.execute(query)]
