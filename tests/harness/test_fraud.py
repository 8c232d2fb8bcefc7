"""Ways to come by minutes that nobody served: each must be stopped, or be seen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from accounts.models import User
from accounts.rules import Role
from foundation.db import db
from love_bank.models import Entry
from love_bank.services.auditing import audit_book
from tests.makers import (
    give_role,
    make_colleague,
    make_community,
    make_coordinator,
    make_unit,
    make_volunteer,
    make_wish,
    make_worker,
)
from tests.pages import PageClient
from tests.served import (
    make_attendance,
    make_reported_wish,
    make_served_wish,
    served_minutes,
    yesterday,
)
from tests.wishes.on_the_day import go, kept, now, seated
from wishes.models import Report, Slip, Wish
from wishes.queries.completion import count_changed_since_report
from wishes.refusals import CannotVerifyOwn
from wishes.refusals.attendance import HereAlready, OwnSlip, ShowsOwnCode
from wishes.refusals.completion import OpenItFirst, ReportChanged, ServedElsewhere
from wishes.rules.kinds import Venue
from wishes.rules.proof import Decision
from wishes.rules.roll_call import Mark, SheetLine, Times
from wishes.services.attending import arrive
from wishes.services.claiming import claim_for_unit
from wishes.services.completing import verify
from wishes.services.naming import name_people, unname
from wishes.services.reporting import hand_in_report
from wishes.services.roll_call import call_roll
from wishes.services.sheet import enter_sheet
from wishes.services.slips import print_slip

SignIn = Callable[[User], PageClient]
__all__ = ["now"]


def accept(wish: Wish, *, by: User | None = None, **more: object) -> int:
    """A second person of the community accepts."""
    verifier = by or make_worker(community=wish.community)
    return verify(wish.id, actor_id=verifier.id, decision=Decision.ACCEPTED, **more)  # type: ignore[arg-type]


def change_times(wish: Wish, actor: User, *, minutes: int) -> None:
    """A colleague corrects the only attendance: it now lasted so long."""
    stands = kept(wish.id)
    seen = Times(stands.arrived_at, stands.left_at, stands.break_minutes)
    assert stands.arrived_at is not None
    typed = Times(stands.arrived_at, stands.arrived_at + timedelta(minutes=minutes), 0)
    line = SheetLine(stands.user_id, seen.to_the_minute(), typed.to_the_minute())
    enter_sheet(wish.id, actor_id=actor.id, lines=[line], why="记错了")


def test_who_wrote_the_names_does_not_verify(app: object) -> None:
    """A worker who coordinates a unit too, on a claim that a second coordinator made."""
    community, unit = make_community(), make_unit()
    boss, both = make_coordinator(unit=unit), make_worker(community=community)
    friend, wish = make_colleague(unit=unit), make_wish(community=community, headcount=2)
    claim_id = claim_for_unit(wish.id, actor_id=boss.id, organisation_id=unit.id, places=1)
    give_role(both, Role.COORDINATOR, unit=unit)
    name_people(claim_id, actor_id=both.id, user_ids=[friend.id])
    assert wish.starts_at is not None
    with time_machine.travel(wish.starts_at + timedelta(minutes=61), tick=False):
        leader = make_worker(community=community)
        for mark, minute in ((Mark.HERE, 0), (Mark.LEFT, 60)):
            moment = wish.starts_at + timedelta(minutes=minute)
            call_roll(wish.id, actor_id=leader.id, mark=mark, user_ids=[friend.id], moment=moment)
        call_roll(wish.id, actor_id=leader.id, mark=Mark.CONFIRMED, user_ids=[friend.id])
        hand_in_report(wish.id, actor_id=leader.id, text="做了")
        with pytest.raises(CannotVerifyOwn):
            accept(wish, by=both)
        assert accept(wish) == 60


@pytest.mark.usefixtures("app")
class TestTheSameHourTwice:
    def two(self, *, apart: int = 0, minutes: int = 60) -> tuple[User, Wish, Wish]:
        """One person's attendance on two services, the second `apart` minutes later."""
        person = make_volunteer()
        wishes = []
        for starts in (yesterday(), yesterday() + timedelta(minutes=apart)):
            wish = make_served_wish(starts_at=starts)
            make_attendance(wish, person, minutes=minutes)
            hand_in_report(wish.id, actor_id=make_worker(community=wish.community).id, text="做了")
            wishes.append(wish)
        first, second = wishes
        return person, first, second

    def test_is_credited_once(self) -> None:
        person, first, second = self.two(apart=30)
        assert accept(first) == 60
        with pytest.raises(ServedElsewhere):
            accept(second)
        assert served_minutes(person) == 60

    def test_counts_after_the_times_are_put_right(self) -> None:
        person, first, second = self.two(apart=-30, minutes=60)
        accept(first)
        change_times(second, make_worker(community=second.community), minutes=30)
        assert accept(second) == 30
        assert served_minutes(person) == 90

    def test_one_after_the_other_is_no_overlap(self) -> None:
        person, first, second = self.two(apart=60)
        assert accept(second) == 60
        assert accept(first) == 60
        assert served_minutes(person) == 120
        assert audit_book() == []

    def test_a_late_check_out_that_was_not_counted_is_no_overlap(self) -> None:
        """Seventy minutes on a plan of sixty: the ten that do not count hinder nobody."""
        person, first, second = self.two(apart=65, minutes=70)
        assert accept(first) == 60
        assert accept(second) == 60
        assert served_minutes(person) == 120


@pytest.mark.usefixtures("app")
class TestChangedAfterTheReport:
    def test_what_the_verifier_did_not_see_is_not_accepted(self, sign_in: SignIn) -> None:
        wish = make_reported_wish(minutes=240)
        page = sign_in(make_worker(community=wish.community))
        path = f"/desk/{wish.community_id}/wishes/{wish.id}/verify"
        page.get(path)
        change_times(wish, make_worker(community=wish.community), minutes=240)
        assert "刚刚改过" in page.submit({"decision": "accepted"}, status=409).text
        assert db.session.scalars(select(Entry)).all() == []
        assert "提交完成之后" in page.get(path).text
        page.submit({"decision": "accepted"})
        assert db.session.scalars(select(Entry.minutes)).all() == [240]

    def test_a_service_rejects_the_mark_of_an_older_page(self) -> None:
        wish = make_reported_wish()
        with pytest.raises(ReportChanged):
            accept(wish, seen="of another page")

    def test_it_is_opened_by_itself(self) -> None:
        wish = make_reported_wish(minutes=120)
        change_times(wish, make_worker(community=wish.community), minutes=90)
        with pytest.raises(OpenItFirst):
            accept(wish, in_batch=True)
        assert count_changed_since_report([wish.id]) == {wish.id: 1}


def test_nobody_keys_in_the_slip_that_they_printed(
    app: object, now: time_machine.Traveller
) -> None:
    wish_id, person = seated(Venue.HOME, headcount=2)
    wish = db.session.get_one(Wish, wish_id)
    give_role(person, Role.COMMUNITY_WORKER, area=wish.community)
    slip_id = print_slip(wish_id, actor_id=person.id)
    go(now, 0)
    code = db.session.get_one(Slip, slip_id).arrive_code
    with pytest.raises(OwnSlip):
        arrive(wish_id, actor_id=person.id, code=code)
    other = print_slip(wish_id, actor_id=make_worker(community=wish.community).id)
    assert arrive(wish_id, actor_id=person.id, code=db.session.get_one(Slip, other).arrive_code)


def test_nobody_shows_their_own_phone_the_code_at_a_flat(
    sign_in: SignIn, now: time_machine.Traveller
) -> None:
    wish_id, person = seated(Venue.HOME, headcount=2)
    wish = db.session.get_one(Wish, wish_id)
    give_role(person, Role.COMMUNITY_WORKER, area=wish.community)
    go(now, 0)
    path = f"/desk/{wish.community_id}/wishes/{wish_id}/gate"
    for tail in ("", "/phone"):
        assert "另一位" in sign_in(person).get(path + tail, status=ShowsOwnCode.status).text
    sign_in(make_worker(community=wish.community)).get(path + "/phone")


def test_a_name_is_not_exchanged_after_its_arrival(
    app: object, now: time_machine.Traveller
) -> None:
    """One place, two people's minutes: come early, go, and make room for the next."""
    unit, wish = make_unit(), make_wish(headcount=1, venue=Venue.HOME)
    boss, one = make_coordinator(unit=unit), make_colleague(unit=unit)
    claim_id = claim_for_unit(
        wish.id, actor_id=boss.id, organisation_id=unit.id, places=1, named=[one.id]
    )
    assert wish.starts_at is not None
    now.move_to(wish.starts_at - timedelta(minutes=20))
    arrive(wish.id, actor_id=one.id)
    place_id = kept(wish.id).place_id
    with pytest.raises(HereAlready):
        unname(place_id, actor_id=boss.id)
    assert claim_id


def test_a_report_is_never_the_verifiers_own(app: object) -> None:
    """Sent back, done again by somebody else: whoever reported once stays out."""
    wish = make_reported_wish()
    first = db.session.get_one(User, db.session.scalars(select(Report.reported_by_id)).one())
    verifier = make_worker(community=wish.community)
    verify(wish.id, actor_id=verifier.id, decision=Decision.AGAIN, reason="重拍")
    hand_in_report(wish.id, actor_id=make_worker(community=wish.community).id, text="再来")
    with pytest.raises(CannotVerifyOwn):
        accept(wish, by=first)
