"""The seats themselves: opened by staff, counted on the day, closed with their wish, forgotten."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from sqlalchemy import exists, insert, select, update

from foundation import clock
from foundation.db import db
from foundation.errands import errand
from foundation.settings import setting
from wishes.models import Guest, GuestLook, GuestSeats, Wish
from wishes.notices.guests import tell_guests_moved, tell_guests_off
from wishes.policies.guests import are_names_open, ensure_keeps_guests, get_guest_wish
from wishes.queries.completion import lock_wish
from wishes.queries.guests import (
    has_looked_since,
    list_account_ids,
    list_guests,
    lock_seats,
)
from wishes.refusals.guests import (
    CountIsFixed,
    FewerThanSigned,
    GuestNotFound,
    GuestsClosed,
    NoGuestsHere,
    NotBegunYet,
)
from wishes.rules.guests import COUNTABLE, is_countable, may_have_guests
from wishes.rules.life import CLAIMABLE, WishState


@errand
def open_seats(
    wish_id: int, *, actor_id: int, capacity: int, note: str = "", is_open: bool = True
) -> int:
    """Say how many residents may sign up, and whether they still may. Returns the wish's id.

    Raises WishNotFound, NotYours, NoGuestsHere, GuestsClosed, FewerThanSigned.
    """
    wish, seats = _open(wish_id, actor_id)
    begun = wish.starts_at is not None and wish.starts_at <= clock.now()
    if begun or wish.state not in (WishState.DRAFT, *CLAIMABLE):
        raise GuestsClosed
    if capacity < seats.taken:
        raise FewerThanSigned(taken=seats.taken)
    seats.capacity, seats.note, seats.is_open = capacity, note, is_open
    db.session.add(seats)
    return wish.id


@errand
def count_guests(wish_id: int, *, actor_id: int, others: int, came: list[int] | None = None) -> int:
    """Write down who came: sign-ups that were ticked, and people without a name.

    `came` None leaves the ticks as they are (the names are forgotten). Returns 受益人次. Raises
    WishNotFound, NotYours, NoGuestsHere, NotBegunYet, CountIsFixed, GuestNotFound.
    """
    at = clock.now()
    wish, seats = _open(wish_id, actor_id)
    if not is_countable(wish, at=at):
        raise NotBegunYet if wish.state in COUNTABLE or _is_draft(wish) else CountIsFixed
    guests = list_guests(wish_id)
    if came is not None:
        _tick(guests, set(came))
    seats.others = others
    seats.attended = others + sum(guest.people for guest in guests if guest.came)
    seats.counted_at, seats.counted_by_id = at, actor_id
    db.session.add(seats)
    return seats.attended


def _is_draft(wish: Wish) -> bool:
    return wish.state == WishState.DRAFT


def _open(wish_id: int, actor_id: int) -> tuple[Wish, GuestSeats]:
    """The wish, locked, and its seats; the first time they are made."""
    wish = lock_wish(wish_id)
    ensure_keeps_guests(actor_id, wish)
    if not may_have_guests(wish):
        raise NoGuestsHere
    seats = lock_seats(wish_id)
    return wish, seats or GuestSeats(wish_id=wish_id, taken=0, is_open=False, note="")


def _tick(guests: list[Guest], came: set[int]) -> None:
    if not came <= {guest.id for guest in guests}:
        raise GuestNotFound
    for guest in guests:
        guest.came = guest.id in came


def close_seats(wish: Wish, *, why: str) -> None:
    """The wish is called off: nobody signs up any more, accounts are told. A step."""
    if _shut(wish.id):
        tell_guests_off(wish, list_account_ids(wish.id), why=why)


def move_seats(wish: Wish, *, before: datetime, why: str) -> None:
    """The wish has another time or place: the seats stay, accounts are told. A step."""
    tell_guests_moved(wish, list_account_ids(wish.id), before=before, why=why)


def clear_seats(wish_id: int, *, at: datetime) -> None:
    """A new round begins with empty seats, closed until somebody opens them. A step."""
    if not _shut(wish_id):
        return
    values = {
        "live": False, "came": False, "ended_at": at, "erased_at": at, "name": None,
        "phone": None, "phone_mark": None, "user_id": None,
    }  # fmt: skip
    old = update(Guest).where(Guest.wish_id == wish_id, Guest.live)
    db.session.execute(old.values(values), execution_options={"synchronize_session": False})
    none: dict[str, object] = {
        "taken": 0, "others": None, "attended": None, "counted_at": None, "counted_by_id": None,
    }  # fmt: skip
    seats = update(GuestSeats).where(GuestSeats.wish_id == wish_id).values(none)
    db.session.execute(seats, execution_options={"synchronize_session": False})


def _shut(wish_id: int) -> bool:
    statement = (
        update(GuestSeats)
        .where(GuestSeats.wish_id == wish_id)
        .values(is_open=False)
        .execution_options(synchronize_session=False)
    )
    return bool(db.session.execute(statement).rowcount)  # type: ignore[attr-defined]  # CursorResult


def note_guest_look(wish_id: int, *, actor_id: int, on_paper: bool = False) -> None:
    """Write down that somebody sees the names: one look a day on the screen, each on paper.

    Call it outside any errand. Raises WishNotFound, NotYours.
    """
    midnight = clock.from_local(clock.local_day(clock.now()), time.min)
    if on_paper or not has_looked_since(wish_id, actor_id, midnight):
        _note_look(wish_id, actor_id=actor_id, on_paper=on_paper)


@errand
def _note_look(wish_id: int, *, actor_id: int, on_paper: bool) -> None:
    at = clock.now()
    wish = get_guest_wish(wish_id, actor_id=actor_id)
    if are_names_open(wish, at=at) and list_guests(wish_id):
        look = insert(GuestLook)
        db.session.execute(look.values(wish_id=wish_id, user_id=actor_id, at=at, on_paper=on_paper))


@errand
def forget_guests(wish_id: int) -> int:
    """The clock: names and numbers of an old list go, the counts stay. Returns how many."""
    at = clock.now()
    over = exists(
        select(Wish.id).where(
            Wish.id == Guest.wish_id, Wish.ends_at <= at - timedelta(days=setting("GUEST_DAYS"))
        )
    )
    old = update(Guest).where(Guest.wish_id == wish_id, Guest.erased_at.is_(None), over)
    nothing = {"name": None, "phone": None, "phone_mark": None, "user_id": None, "erased_at": at}
    statement = old.values(nothing).execution_options(synchronize_session=False)
    return int(db.session.execute(statement).rowcount)  # type: ignore[attr-defined]  # CursorResult
