"""Talks and clinics that residents sign up for: invented people only."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select

from foundation import clock
from foundation.db import db
from wishes.models import Guest, Wish
from wishes.rules.guests import GuestWords
from wishes.rules.kinds import Category, Venue, WishKind
from wishes.rules.life import WishState
from wishes.services.guest_seats import count_guests, open_seats
from wishes.services.guests import enter_guest, sign_up

if TYPE_CHECKING:
    from app.demo.month import Month

OPENED, COUNTED = -3, 0  # days from today
TALKS = 3
TALKED_OF = (Category.LECTURE, Category.HEALTH, Category.STUDY, Category.TRAINING)
SEATS = (20, 30, 12)
NOTES = ("量血压、测血糖，请空腹来", "带上手机和老花镜", "")
FAMILIES = "孙周吴郑王冯陈褚卫蒋沈韩"
CALLED = ("奶奶", "爷爷", "阿姨", "大叔")
COMING = (12, 7, 9)
UNASKED = 6  # who comes to a talk without a word before


def tell_guests(month: Month) -> None:
    """Some talks ahead take names; at those whose report waits, people were counted."""
    month.timeline.add(month.days.at(OPENED, 11), partial(_open_talks, month))
    month.timeline.add(month.days.at(COUNTED, 8, 10), partial(_count, month))


def _open_talks(month: Month) -> None:
    for at, wish in enumerate(_list_talks(month)):
        wish_id, actor = wish.id, _keeper(month, wish)
        open_seats(wish_id, actor_id=actor, capacity=SEATS[at], note=NOTES[at])
        for turn in range(COMING[at]):
            words = _resident(at, turn)
            if turn % 4 == 3:
                enter_guest(wish_id, actor_id=actor, words=words)
            else:
                sign_up(wish_id, words=words)


def _list_talks(month: Month) -> list[Wish]:
    """The first open ones of a kind that people come to, at no one's home."""
    query = select(Wish).where(
        Wish.state.in_([WishState.OPEN, WishState.FILLED]), Wish.kind == WishKind.SERVICE,
        Wish.venue == Venue.CENTRE, Wish.starts_at > month.days.at(1, 0),
        Wish.category.in_(TALKED_OF),
    )  # fmt: skip
    return list(db.session.scalars(query.order_by(Wish.starts_at, Wish.id).limit(TALKS)))


def _resident(at: int, turn: int) -> GuestWords:
    name = FAMILIES[turn % len(FAMILIES)] + CALLED[(turn + at) % len(CALLED)]
    return GuestWords(name, f"1389998{at}{turn:03d}", people=2 if turn % 3 == 1 else 1)


def _keeper(month: Month, wish: Wish) -> int:
    return next(each.reporter() for each in month.town.communities if each.id == wish.community_id)


def _count(month: Month) -> None:
    """Reports that wait for a second look say how many people came."""
    query = select(Wish).where(
        Wish.state == WishState.REPORTED, Wish.kind == WishKind.SERVICE,
        Wish.venue == Venue.CENTRE, Wish.starts_at <= clock.now(),
        Wish.category.in_(TALKED_OF),
    )  # fmt: skip
    for wish in db.session.scalars(query.order_by(Wish.id).limit(TALKS)):
        came = list(db.session.scalars(select(Guest.id).where(Guest.wish_id == wish.id)))
        count_guests(
            wish.id, actor_id=_keeper(month, wish), others=UNASKED + wish.id % 9, came=came
        )
