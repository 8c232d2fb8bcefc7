"""Who runs the day of a wish: the screen, the roll call, the sheet."""

from __future__ import annotations

from sqlalchemy import select

from accounts.models import Area, Membership
from accounts.rules import AreaKind, Role, is_under
from foundation.db import db
from wishes.models import Wish
from wishes.policies.verifying import works_on
from wishes.queries.places import find_place
from wishes.refusals import WishNotFound
from wishes.refusals.attendance import (
    CannotMarkSelf,
    NoGateOnline,
    ShowsOwnCode,
    WishClosedForAttendance,
)
from wishes.rules.kinds import Venue, WishKind
from wishes.rules.life import STATE_LABELS, WishState
from wishes.rules.roll_call import TAKES_ATTENDANCE


def get_day_wish(user_id: int, area: Area, wish_id: int) -> Wish:
    """A published service at this desk, for whoever runs its day. Raises WishNotFound (404)."""
    wish = db.session.get(Wish, wish_id)
    if wish is None or wish.kind != WishKind.SERVICE or wish.state == WishState.DRAFT:
        raise WishNotFound
    if area.kind == AreaKind.GRID:
        under = wish.community_id == area.parent_id and wish.grid_id in (None, area.id)
    else:
        under = is_under(wish.community.path, area.path)
    if not under:
        raise WishNotFound
    ensure_may_run_the_day(user_id, wish)
    return wish


def may_run_the_day(user_id: int, wish: Wish) -> bool:
    """Staff of the community or above, or a grid worker: of the wish's grid, or any of them
    when the wish belongs to no grid."""
    if works_on(user_id, wish):
        return True
    return wish.grid_id is None and _works_in_a_grid_of(user_id, wish.community_id)


def _works_in_a_grid_of(user_id: int, community_id: int) -> bool:
    query = (
        select(Membership.id)
        .join(Area, Area.id == Membership.area_id)
        .where(
            Membership.user_id == user_id,
            Membership.role == Role.GRID_WORKER,
            Membership.ended_at.is_(None),
            Area.parent_id == community_id,
        )
    )
    return db.session.execute(query.limit(1)).first() is not None


def ensure_may_run_the_day(user_id: int, wish: Wish) -> None:
    """Raises WishNotFound (404) for anybody else."""
    if not may_run_the_day(user_id, wish):
        raise WishNotFound


def ensure_not_self(actor_id: int, user_ids: set[int]) -> None:
    """Raises CannotMarkSelf: nobody calls their own name."""
    if actor_id in user_ids:
        raise CannotMarkSelf


def ensure_shows_to_others(user_id: int, wish: Wish) -> None:
    """Raises ShowsOwnCode for somebody with a place who would show themselves a flat's code."""
    if wish.venue == Venue.HOME and find_place(wish.id, user_id) is not None:
        raise ShowsOwnCode


def ensure_has_gate(wish: Wish) -> None:
    """Raises NoGateOnline, WishClosedForAttendance where no code is shown."""
    if wish.state not in TAKES_ATTENDANCE:
        raise WishClosedForAttendance(state=STATE_LABELS[WishState(wish.state)])
    if wish.venue == Venue.ONLINE:
        raise NoGateOnline
