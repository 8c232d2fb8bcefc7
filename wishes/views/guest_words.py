"""What pages say of the seats for participants."""

from __future__ import annotations

from typing import NamedTuple

from flask_login import current_user

from foundation import clock
from wishes.models import GuestSeats, Wish
from wishes.queries.guests import find_guest_of
from wishes.rules.guests import why_no_seat
from wishes.rules.life import WishState
from wishes.views.blueprint import bp


class GuestNote(NamedTuple):
    """The seats as a reader of the wish meets them; `attended` once it is verified."""

    left: int
    note: str
    may_join: bool
    is_full: bool
    my_code: str | None
    attended: int | None


@bp.app_template_global()
def guest_note(wish: Wish, seats: GuestSeats | None) -> GuestNote | None:
    """The seats of a wish for its public page; None when nobody signs up or was counted."""
    verified = wish.state == WishState.VERIFIED
    attended = seats.attended if seats is not None and verified else None
    if seats is None or (seats.capacity is None and not attended):
        return None
    left = (seats.capacity or 0) - seats.taken
    ahead = wish.starts_at is not None and wish.starts_at > clock.now()
    mine = None
    if current_user.is_authenticated:
        mine = find_guest_of(wish.id, current_user.id)
    return GuestNote(
        left=left,
        note=seats.note,
        may_join=mine is None and why_no_seat(wish, seats, 1, at=clock.now()) is None,
        is_full=ahead and left <= 0,
        my_code=mine.code if mine else None,
        attended=attended,
    )
