"""受益人: a seat is kept for a resident once, and nothing of them stays."""

from __future__ import annotations

from functools import partial

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from foundation.db import db
from foundation.outbox import Message
from foundation.phones import NotAPhone
from foundation.refusal import NotYours
from love_bank.models import Entry
from tests.makers import (
    make_community,
    make_grid,
    make_grid_worker,
    make_supervisor,
    make_volunteer,
    make_wish,
    make_worker,
)
from tests.races import at_once
from tests.stored import count
from tests.wishes.coming import coming, guest, make_lecture, stands
from tests.wishes.on_the_day import START, go, now
from wishes.models import Guest, GuestLook, Wish
from wishes.queries.guests import attended, list_guests, list_joinable
from wishes.refusals import WishNotFound
from wishes.refusals.guests import (
    AlreadySignedUp,
    CountIsFixed,
    FewerThanSigned,
    GuestNotFound,
    GuestsClosed,
    GuestSeatsFull,
    GuestsStopped,
    NoGuestsHere,
    NotBegunYet,
    ServesHere,
    TooFewSeats,
    TooManySignUps,
)
from wishes.rules.changes import Plan
from wishes.rules.guests import GuestWords
from wishes.rules.kinds import Venue
from wishes.services.cancelling import cancel_wish
from wishes.services.claiming import claim_wish
from wishes.services.clocks import run_due
from wishes.services.flood import Source
from wishes.services.guest_seats import count_guests, note_guest_look, open_seats
from wishes.services.guests import cancel_sign_up, enter_guest, remove_guest, sign_up
from wishes.services.rescheduling import reschedule

__all__ = ["now"]


def told(kind: str) -> list[int | None]:
    return list(db.session.scalars(select(Message.user_id).where(Message.kind == kind)))


@pytest.mark.usefixtures("app")
class TestSigningUp:
    def test_a_seat_is_kept_and_the_name_is_sealed(self) -> None:
        lecture = make_lecture()
        code = sign_up(lecture.wish_id, words=guest(people=2))
        assert stands(lecture.wish_id) == (3, 2, True, None)
        (kept,) = list_guests(lecture.wish_id)
        assert (kept.name, kept.phone, kept.code) == ("孙奶奶", "+8613800000777", code)
        raw = db.session.execute(text("SELECT name, phone FROM guest")).one()
        assert all("孙奶奶".encode() not in bytes(each) for each in raw)
        assert all(b"13800000777" not in bytes(each) for each in raw)

    def test_no_place_of_a_volunteer_is_taken(self) -> None:
        lecture = make_lecture(headcount=1)
        coming(lecture.wish_id, 1, 2, 3)
        assert db.session.get_one(Wish, lecture.wish_id).places_taken == 0
        claim_wish(lecture.wish_id, actor_id=make_volunteer().id)

    def test_a_number_and_an_account_count_once(self) -> None:
        lecture, person = make_lecture(), make_volunteer().id
        sign_up(lecture.wish_id, words=guest(1), actor_id=person)
        assert told("guest_signed_up") == [person]
        with pytest.raises(AlreadySignedUp):
            sign_up(lecture.wish_id, words=guest(2), actor_id=person)
        with pytest.raises(AlreadySignedUp):
            sign_up(lecture.wish_id, words=GuestWords("孙奶奶", "138 0000 0001"))
        assert stands(lecture.wish_id)[1] == 1

    def test_seats_run_out(self) -> None:
        lecture = make_lecture(seats=2)
        coming(lecture.wish_id, 1)
        with pytest.raises(TooFewSeats):
            sign_up(lecture.wish_id, words=guest(2, people=2))
        coming(lecture.wish_id, 2)
        with pytest.raises(GuestSeatsFull):
            sign_up(lecture.wish_id, words=guest(3))
        assert stands(lecture.wish_id)[1] == 2

    def test_it_closes_at_the_start_and_when_the_community_stops(
        self, now: time_machine.Traveller
    ) -> None:
        lecture = make_lecture(starts_at=START)
        open_seats(lecture.wish_id, actor_id=lecture.worker.id, capacity=3, is_open=False)
        with pytest.raises(GuestsStopped):
            sign_up(lecture.wish_id, words=guest())
        open_seats(lecture.wish_id, actor_id=lecture.worker.id, capacity=3)
        (code,) = coming(lecture.wish_id, 1)
        go(now, 0)
        with pytest.raises(GuestsClosed):
            sign_up(lecture.wish_id, words=guest())
        with pytest.raises(GuestsClosed):
            cancel_sign_up(code)

    def test_a_volunteer_of_the_wish_and_a_wrong_number_are_refused(self) -> None:
        lecture, person = make_lecture(), make_volunteer().id
        claim_wish(lecture.wish_id, actor_id=person)
        with pytest.raises(ServesHere):
            sign_up(lecture.wish_id, words=guest(), actor_id=person)
        with pytest.raises(NotAPhone):
            sign_up(lecture.wish_id, words=GuestWords("孙奶奶", "12"))
        assert count(Guest) == 0

    def test_a_browser_is_slowed(self) -> None:
        lecture, source = make_lecture(), [Source("a browser", 1)]
        sign_up(lecture.wish_id, words=guest(1), sources=source)
        with pytest.raises(TooManySignUps):
            sign_up(lecture.wish_id, words=guest(2), sources=source)
        assert stands(lecture.wish_id)[1] == 1

    def test_a_cancelled_sign_up_leaves_nothing_and_its_seat_is_free(self) -> None:
        lecture, person = make_lecture(seats=2), make_volunteer().id
        code = sign_up(lecture.wish_id, words=guest(people=2), actor_id=person)
        cancel_sign_up(code)
        kept = db.session.scalars(select(Guest)).one()
        assert (kept.name, kept.phone, kept.phone_mark, kept.user_id) == (None, None, None, None)
        assert stands(lecture.wish_id)[1] == 0
        with pytest.raises(GuestNotFound):
            cancel_sign_up(code)
        sign_up(lecture.wish_id, words=guest(people=2), actor_id=person)


@pytest.mark.usefixtures("app")
class TestKeepingTheList:
    def test_staff_enter_and_remove_for_whoever_calls(self) -> None:
        lecture, person = make_lecture(), make_volunteer().id
        enter_guest(lecture.wish_id, actor_id=lecture.worker.id, words=guest(1))
        sign_up(lecture.wish_id, words=guest(2), actor_id=person)
        for each in list_guests(lecture.wish_id):
            remove_guest(lecture.wish_id, each.id, actor_id=lecture.worker.id)
        assert stands(lecture.wish_id)[1] == 0
        assert told("guest_removed") == [person]

    def test_only_staff_of_the_place_keep_it(self) -> None:
        community = make_community()
        grid = make_grid(community=community)
        lecture = make_lecture(community=community, grid_id=grid.id)
        carer = make_grid_worker(grid=grid)
        enter_guest(lecture.wish_id, actor_id=carer.id, words=guest(1))
        assert community.parent is not None
        above = make_supervisor(street=community.parent)
        with pytest.raises(NotYours):
            enter_guest(lecture.wish_id, actor_id=above.id, words=guest(2))
        stranger = make_worker(community=make_community())
        with pytest.raises(WishNotFound):
            enter_guest(lecture.wish_id, actor_id=stranger.id, words=guest(2))

    def test_seats_are_not_fewer_than_people_and_not_at_home(self) -> None:
        lecture = make_lecture()
        coming(lecture.wish_id, 1, 2)
        with pytest.raises(FewerThanSigned):
            open_seats(lecture.wish_id, actor_id=lecture.worker.id, capacity=1)
        open_seats(lecture.wish_id, actor_id=lecture.worker.id, capacity=2)
        home = make_wish(venue=Venue.HOME)
        with pytest.raises(NoGuestsHere):
            open_seats(home.id, actor_id=home.created_by_id, capacity=2)

    def test_a_guest_of_another_wish_is_not_there(self) -> None:
        one = make_lecture()
        other = make_lecture(community=one.community, created_by=one.worker)
        coming(other.wish_id, 1)
        (foreign,) = list_guests(other.wish_id)
        with pytest.raises(GuestNotFound):
            remove_guest(one.wish_id, foreign.id, actor_id=one.worker.id)

    def test_a_day_of_looks_is_one_line_and_paper_is_another(self) -> None:
        lecture = make_lecture()
        note_guest_look(lecture.wish_id, actor_id=lecture.worker.id)
        assert count(GuestLook) == 0  # nobody is on the list
        coming(lecture.wish_id, 1)
        for paper in (False, False, True):
            note_guest_look(lecture.wish_id, actor_id=lecture.worker.id, on_paper=paper)
        assert count(GuestLook) == 2
        db.session.rollback()
        with pytest.raises(DBAPIError), db.engine.begin() as connection:
            connection.execute(text("DELETE FROM guest_look"))

    def test_what_a_resident_can_join_is_listed_soonest_first(
        self, now: time_machine.Traveller
    ) -> None:
        lecture = make_lecture(starts_at=START)
        make_lecture(community=lecture.community, seats=1, starts_at=START)
        full = make_lecture(community=lecture.community, seats=1, starts_at=START)
        coming(full.wish_id, 1)
        listed = list_joinable(lecture.community.id, at=START, limit=9)
        assert listed == []
        before = list_joinable(lecture.community.id, at=START.replace(hour=8), limit=9)
        assert [each.capacity for each in before] == [3, 1]


@pytest.mark.usefixtures("app")
class TestCounting:
    def test_ticked_people_and_others_make_the_number_and_no_minute(
        self, now: time_machine.Traveller
    ) -> None:
        lecture = make_lecture(seats=9, starts_at=START)
        coming(lecture.wish_id, 1, 2, people=2)
        first, _second = list_guests(lecture.wish_id)
        keep = partial(count_guests, lecture.wish_id, actor_id=lecture.worker.id)
        with pytest.raises(NotBegunYet):
            keep(others=0, came=[])
        first_id = first.id
        go(now, 30)
        assert keep(others=5, came=[first_id]) == 7
        assert keep(others=6) == 8  # the ticks stay
        with pytest.raises(GuestNotFound):
            keep(others=0, came=[first_id, 999_999])
        assert stands(lecture.wish_id) == (9, 4, True, 8)
        assert count(Entry) == 0

    def test_a_count_without_any_sign_up(self, now: time_machine.Traveller) -> None:
        wish = make_wish(starts_at=START)
        wish_id, actor = wish.id, wish.created_by_id
        go(now, 30)
        assert count_guests(wish_id, actor_id=actor, others=40, came=[]) == 40
        assert stands(wish_id) == (None, 0, False, 40)

    def test_the_figures_are_of_what_was_verified_and_then_stand(
        self, now: time_machine.Traveller
    ) -> None:
        lecture = make_lecture(starts_at=START)
        area, actor = lecture.community.id, lecture.worker.id
        go(now, 30)
        count_guests(lecture.wish_id, actor_id=actor, others=12)
        month = {"since": START.replace(day=1), "until": START.replace(month=12, day=1)}
        assert db.session.execute(attended([area], **month)).scalar_one() == 0
        verified = db.session.get_one(Wish, lecture.wish_id)
        verified.state, verified.closed_at = "verified", START  # type: ignore[assignment]
        db.session.commit()
        assert db.session.execute(attended([area], **month)).scalar_one() == 12
        with pytest.raises(CountIsFixed):
            count_guests(lecture.wish_id, actor_id=actor, others=99)


@pytest.mark.usefixtures("app")
class TestChanges:
    def test_calling_off_closes_the_seats_and_tells_the_accounts(self) -> None:
        lecture, person = make_lecture(), make_volunteer().id
        sign_up(lecture.wish_id, words=guest(1), actor_id=person)
        coming(lecture.wish_id, 2)
        cancel_wish(lecture.wish_id, actor_id=lecture.worker.id, why="老师病了")
        assert told("guest_off") == [person]
        assert stands(lecture.wish_id)[2] is False
        with pytest.raises(GuestsClosed):
            sign_up(lecture.wish_id, words=guest(3))

    def test_a_new_time_keeps_the_seats_and_tells_the_accounts(self) -> None:
        lecture, person = make_lecture(), make_volunteer().id
        sign_up(lecture.wish_id, words=guest(1), actor_id=person)
        wish = db.session.get_one(Wish, lecture.wish_id)
        assert wish.starts_at is not None
        assert wish.ends_at is not None
        plan = Plan(wish.starts_at.replace(minute=30), wish.ends_at.replace(minute=30), "二楼")
        reschedule(
            lecture.wish_id, actor_id=lecture.worker.id, version=wish.version, plan=plan,
            why="换教室",
        )  # fmt: skip
        assert told("guest_moved") == [person]
        assert stands(lecture.wish_id)[1] == 1

    def test_a_week_after_the_end_the_names_are_forgotten_once(
        self, now: time_machine.Traveller
    ) -> None:
        lecture = make_lecture(starts_at=START)
        coming(lecture.wish_id, 1, 2)
        go(now, 60 + 7 * 24 * 60 - 1)
        assert run_due().guests_forgotten == 0
        go(now, 60 + 7 * 24 * 60)
        assert run_due().guests_forgotten == 2
        assert run_due().guests_forgotten == 0
        kept = list_guests(lecture.wish_id)
        assert [(each.name, each.phone, each.people) for each in kept] == [(None, None, 1)] * 2


@pytest.mark.race
def test_five_residents_press_for_the_last_two_seats(app: Flask) -> None:
    wish_id = make_lecture(seats=2).wish_id
    answers = at_once(
        app, [partial(sign_up, wish_id, words=guest(number)) for number in range(1, 6)]
    )
    assert sorted(answers, key=str) == sorted([GuestSeatsFull] * 3 + [None] * 2, key=str)
    assert stands(wish_id)[1] == 2
    assert count(Guest) == 2


@pytest.mark.race
def test_one_number_on_three_devices_is_one_seat(app: Flask) -> None:
    wish_id = make_lecture(seats=9).wish_id
    answers = at_once(app, [lambda: sign_up(wish_id, words=guest(people=2))] * 3)
    assert sorted(answers, key=str) == sorted([AlreadySignedUp] * 2 + [None], key=str)
    assert stands(wish_id)[1] == 2


@pytest.mark.race
def test_calling_off_while_people_sign_up_leaves_nobody_untold(app: Flask) -> None:
    lecture = make_lecture(seats=9)
    wish_id, worker, person = lecture.wish_id, lecture.worker.id, make_volunteer().id
    _off, signed = at_once(
        app,
        [
            lambda: cancel_wish(wish_id, actor_id=worker, why="停电"),
            lambda: sign_up(wish_id, words=guest(), actor_id=person),
        ],
    )
    assert told("guest_off") == ([person] if signed is None else [])
