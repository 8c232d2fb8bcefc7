"""A lecture with seats, and people who sign up for it."""

from __future__ import annotations

from typing import Any, NamedTuple

from accounts.models import Area, User
from foundation.db import db
from tests.makers import make_community, make_wish, make_worker
from wishes.models import GuestSeats
from wishes.rules.guests import GuestWords
from wishes.services.guest_seats import open_seats
from wishes.services.guests import sign_up

PHONE = "13800000777"


class Lecture(NamedTuple):
    """Ids of a wish that takes participants, and who keeps its list."""

    wish_id: int
    community: Area
    worker: User


def make_lecture(*, seats: int = 3, note: str = "", **more: Any) -> Lecture:
    """A health lecture in the centre, open for sign-up."""
    community = more.pop("community", None) or make_community()
    worker = more.pop("created_by", None) or make_worker(community=community)
    wish = make_wish(
        community=community, created_by=worker, title=more.pop("title", "血压健康讲座"), **more
    )
    wish_id = wish.id
    make_lecture_of(wish_id, worker, seats=seats, note=note)
    return Lecture(wish_id, community, worker)


def make_lecture_of(wish_id: int, worker: User, *, seats: int = 3, note: str = "") -> int:
    """Open the sign-up of a wish that stands; its id."""
    return open_seats(wish_id, actor_id=worker.id, capacity=seats, note=note)


def guest(number: int = 777, *, people: int = 1, name: str = "孙奶奶") -> GuestWords:
    """What somebody writes; another number is another person."""
    return GuestWords(name=name, phone=f"13800{number:06d}", people=people)


def coming(wish_id: int, *numbers: int, people: int = 1) -> list[str]:
    """So many sign-ups; their codes."""
    return [sign_up(wish_id, words=guest(number, people=people)) for number in numbers]


def stands(wish_id: int) -> tuple[int | None, int, bool, int | None]:
    """Capacity, taken, open, 受益人次."""
    seats = db.session.get_one(GuestSeats, wish_id, populate_existing=True)
    return seats.capacity, seats.taken, seats.is_open, seats.attended
