"""Signing up to come: a resident with or without an account, or staff for whoever called."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite

from foundation import clock
from foundation.db import db
from foundation.errands import errand
from foundation.phones import normal_phone
from foundation.sealed import phone_marks
from wishes.models import Guest, GuestSeats, Wish
from wishes.notices.guests import tell_guest_removed, tell_signed_up
from wishes.policies.guests import get_guest_wish
from wishes.queries.guests import (
    find_seats,
    get_guest,
    get_guest_by_code,
    has_signed_up,
    lock_seats,
)
from wishes.queries.places import find_place
from wishes.refusals import WishNotFound
from wishes.refusals.guests import (
    AlreadySignedUp,
    GuestNotFound,
    GuestsClosed,
    GuestSeatsFull,
    ServesHere,
    TooManySignUps,
)
from wishes.rules.codes import new_ask_code, show_ask_code
from wishes.rules.guests import GuestWords, why_no_seat
from wishes.rules.life import CLAIMABLE
from wishes.services.flood import Source, count_in_window


@errand
def sign_up(
    wish_id: int,
    *,
    words: GuestWords,
    actor_id: int | None = None,
    sources: Sequence[Source] = (),
) -> str:
    """Keep a seat for a resident. Returns the code that cancels it.

    Raises WishNotFound, NotAPhone, NoGuestSeats, GuestsClosed, GuestsStopped, GuestSeatsFull,
    TooFewSeats, AlreadySignedUp, ServesHere, TooManySignUps. 受益人次, no minutes.
    """
    at = clock.now()
    wish = db.session.get(Wish, wish_id)
    if wish is None:
        raise WishNotFound
    if actor_id is not None and find_place(wish_id, actor_id) is not None:
        raise ServesHere
    count_in_window(sources, at=at, full=TooManySignUps)
    code = _keep_seat(wish, words, user_id=actor_id, entered_by_id=None, at=at)
    if actor_id is not None:
        tell_signed_up(wish, actor_id, code=code, shown=show_ask_code(code))
    return code


@errand
def enter_guest(wish_id: int, *, actor_id: int, words: GuestWords) -> str:
    """Staff write down who called. Returns the code.

    Raises WishNotFound, NotYours and what `sign_up` raises of the seats.
    """
    wish = get_guest_wish(wish_id, actor_id=actor_id)
    return _keep_seat(wish, words, user_id=None, entered_by_id=actor_id, at=clock.now())


@errand
def cancel_sign_up(code: str) -> int:
    """Whoever holds the code gives the seat back. Returns the wish's id.

    Raises GuestNotFound, GuestsClosed.
    """
    at = clock.now()
    guest = get_guest_by_code(code)
    _give_back(guest.seats.wish, guest.id, at=at)
    return guest.wish_id


@errand
def remove_guest(wish_id: int, guest_id: int, *, actor_id: int) -> int:
    """Staff take somebody off the list, who is told. Returns the wish's id.

    Raises WishNotFound, NotYours, GuestNotFound, GuestsClosed.
    """
    wish = get_guest_wish(wish_id, actor_id=actor_id)
    user_id = get_guest(wish_id, guest_id).user_id
    _give_back(wish, guest_id, at=clock.now())
    if user_id is not None:
        tell_guest_removed(wish, user_id)
    return wish_id


def _keep_seat(
    wish: Wish, words: GuestWords, *, user_id: int | None, entered_by_id: int | None, at: datetime
) -> str:
    """Seats first, then the name: every errand takes the two in this order."""
    phone = normal_phone(words.phone)
    marks = phone_marks(phone)
    refusal = why_no_seat(wish, find_seats(wish.id), words.people, at=at)
    if has_signed_up(wish.id, user_id=user_id, phone_marks=marks):
        raise AlreadySignedUp
    if refusal is not None:
        raise refusal
    if not _take(wish.id, words.people):
        raise why_no_seat(wish, find_seats(wish.id), words.people, at=at) or GuestSeatsFull()
    guest = {
        "wish_id": wish.id, "code": new_ask_code(), "user_id": user_id, "name": words.name,
        "phone": phone, "phone_mark": marks[0], "people": words.people, "live": True,
        "came": False, "signed_at": at, "entered_by_id": entered_by_id,
    }  # fmt: skip
    if not _insert(guest):
        raise AlreadySignedUp
    return str(guest["code"])


def _take(wish_id: int, people: int) -> bool:
    """The row count is the answer; `is_open` is in it, for calling a wish off closes the seats."""
    taken = GuestSeats.taken + people
    statement = (
        update(GuestSeats)
        .where(GuestSeats.wish_id == wish_id, GuestSeats.is_open, taken <= GuestSeats.capacity)
        .values(taken=taken)
        .execution_options(synchronize_session=False)
    )
    return bool(db.session.execute(statement).rowcount)  # type: ignore[attr-defined]  # CursorResult


def _insert(guest: dict[str, object]) -> bool:
    """The table decides between two devices that press at the same moment."""
    session = db.session()
    dialect = session.get_bind().dialect.name
    make = postgresql.insert if dialect == "postgresql" else sqlite.insert
    row = make(Guest).values(**guest)
    made = session.execute(row.on_conflict_do_nothing().returning(Guest.id))
    return made.scalar_one_or_none() is not None


def _give_back(wish: Wish, guest_id: int, *, at: datetime) -> None:
    """Free the seats and forget the name. Only before the start."""
    seats = lock_seats(wish.id)
    guest = db.session.get_one(Guest, guest_id, populate_existing=True)
    if seats is None or not guest.live:
        raise GuestNotFound
    if wish.state not in CLAIMABLE or wish.starts_at is None or wish.starts_at <= at:
        raise GuestsClosed
    seats.taken -= guest.people
    end_guest(guest, at=at)


def end_guest(guest: Guest, *, at: datetime) -> None:
    """End a sign-up: a step. Nothing of the person stays."""
    guest.live, guest.came, guest.ended_at, guest.erased_at = False, False, at, at
    guest.name = guest.phone = guest.phone_mark = guest.user_id = None
