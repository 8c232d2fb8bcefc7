"""The least number, the first circle and the quota."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask

from accounts.queries.areas import get_area
from foundation import clock
from foundation.db import db
from tests.makers import (
    make_community,
    make_coordinator,
    make_grid,
    make_unit,
    make_volunteer,
    make_wish,
    make_worker,
)
from tests.races import at_once
from tests.wishes.in_line import give_terms, stands, told
from tests.wishes.on_the_day import START, go, now
from wishes.models import Wish
from wishes.queries.least import find_terms, list_thin
from wishes.refusals import WishNotFound
from wishes.refusals.publishing import ClaimedAlready, TimeIsFixed
from wishes.refusals.terms import (
    LeastTooLarge,
    NothingToDecide,
    OpensLater,
    QuotaReached,
    WeekQuotaReached,
)
from wishes.rules.kinds import Category, Venue, WishKind
from wishes.rules.publishing import WishWords
from wishes.rules.terms import BelowLeast, FirstCircle, Outcome, Terms
from wishes.services.claiming import claim_for_unit, claim_wish, withdraw
from wishes.services.clocks import run_due
from wishes.services.drafting import draft_wish, edit_wish
from wishes.services.least import go_ahead, judge_least
from wishes.services.waiting import join_line
from wishes.services.writing import words_of

__all__ = ["now"]
pytestmark = pytest.mark.usefixtures("app", "now")
DEADLINE = START.replace(day=27, hour=18)


def lacking(below: BelowLeast, *, people: int = 1, **more: Any) -> int:
    """A wish for five that needs three and has this many."""
    wish_id = make_wish(headcount=5, starts_at=START, **more).id
    for _person in range(people):
        claim_wish(wish_id, actor_id=make_volunteer().id)
    return give_terms(wish_id, least=3, below=below)


class TestTheLeastNumber:
    def test_it_is_looked_at_once_at_the_deadline(self, now: time_machine.Traveller) -> None:
        wish_id = lacking(BelowLeast.GO)
        now.move_to(DEADLINE - timedelta(minutes=1))
        assert run_due().judged == 0
        now.move_to(DEADLINE)
        assert (run_due().judged, run_due().judged) == (1, 0)
        assert stands(wish_id) == ("open", 1, 0)
        assert len(told("below_least")) == 1  # the wish's author, a worker there

    def test_enough_people_are_no_news(self, now: time_machine.Traveller) -> None:
        wish_id = lacking(BelowLeast.CANCEL, people=3)
        now.move_to(DEADLINE)
        run_due()
        terms = find_terms(wish_id)
        assert terms is not None
        assert (terms.outcome, stands(wish_id)[0]) == (Outcome.ENOUGH, "open")
        assert not told("below_least")

    def test_too_few_and_it_is_cancelled_with_notice(self, now: time_machine.Traveller) -> None:
        wish_id = lacking(BelowLeast.CANCEL)
        now.move_to(DEADLINE)
        run_due()
        assert stands(wish_id) == ("cancelled", 0, 0)
        assert len(told("cancelled")) == 1

    def test_too_few_and_the_worker_is_asked(self, now: time_machine.Traveller) -> None:
        community = make_community()
        worker_id, community_id = make_worker(community=community).id, community.id
        wish_id = lacking(BelowLeast.ASK, community=community)
        now.move_to(DEADLINE)
        run_due()
        assert worker_id in told("below_least")
        desk = get_area(community_id)
        assert [thin.wish_id for thin in list_thin(desk, at=clock.now())] == [wish_id]
        with pytest.raises(WishNotFound):
            go_ahead(wish_id, actor_id=make_volunteer().id)
        go_ahead(wish_id, actor_id=worker_id)
        assert not list_thin(desk, at=clock.now())
        with pytest.raises(NothingToDecide):
            go_ahead(wish_id, actor_id=worker_id)

    def test_it_waits_for_an_offer_that_is_not_answered(self, now: time_machine.Traveller) -> None:
        wish_id = make_wish(headcount=3, starts_at=START).id
        people = [make_volunteer().id for _place in range(3)]
        claims = [claim_wish(wish_id, actor_id=person) for person in people]
        give_terms(wish_id, least=3, below=BelowLeast.CANCEL)
        join_line(wish_id, actor_id=make_volunteer().id)
        now.move_to(DEADLINE)
        withdraw(claims[0], actor_id=people[0])
        assert run_due().judged == 0
        go(now, -60)
        run_due()
        assert stands(wish_id)[0] == "cancelled"

    @pytest.mark.race
    def test_two_workers_cancel_once(self, app: Flask, now: time_machine.Traveller) -> None:
        wish_id = lacking(BelowLeast.CANCEL)
        now.move_to(DEADLINE)
        at_once(app, [lambda: judge_least(wish_id)] * 2)
        assert stands(wish_id) == ("cancelled", 0, 0)
        assert len(told("cancelled")) == len(told("below_least")) == 1


class TestTheFirstCircle:
    def circle(self, first: FirstCircle, **more: Any) -> int:
        until = clock.now() + timedelta(hours=5)
        wish = make_wish(headcount=9, starts_at=START, first_until=until, **more)
        return give_terms(wish.id, first_to=first, first_hours=5)

    def test_neighbours_first(self, now: time_machine.Traveller) -> None:
        community = make_community()
        near = make_volunteer(home=make_grid(community=community)).id
        far = make_volunteer(home=make_community()).id
        wish_id = self.circle(FirstCircle.HOME, community=community)
        claim_wish(wish_id, actor_id=near)
        with pytest.raises(OpensLater):
            claim_wish(wish_id, actor_id=far)
        assert stands(wish_id)[1] == 1
        now.shift(timedelta(hours=5))
        claim_wish(wish_id, actor_id=far)

    def test_party_members_of_this_community(self) -> None:
        community = make_community()
        wish_id = self.circle(FirstCircle.PARTY, community=community)
        claim_wish(wish_id, actor_id=make_volunteer(home=community, is_party_member=True).id)
        for person in (
            make_volunteer(home=community),
            make_volunteer(home=make_community(), is_party_member=True),
        ):
            with pytest.raises(OpensLater):
                claim_wish(wish_id, actor_id=person.id)

    def test_units_first(self) -> None:
        wish_id, unit = self.circle(FirstCircle.UNITS), make_unit()
        boss_id, unit_id = make_coordinator(unit=unit).id, unit.id
        with pytest.raises(OpensLater):
            claim_wish(wish_id, actor_id=make_volunteer().id)
        claim_for_unit(wish_id, actor_id=boss_id, organisation_id=unit_id, places=2)


class TestWritingThem:
    def words(self) -> WishWords:
        return WishWords(
            kind=WishKind.SERVICE, category=Category.REPAIR, title="换灯泡", venue=Venue.CENTRE,
            public_place="一网格", starts_at=START, ends_at=START + timedelta(hours=1),
            headcount=4, tools_answered=True,
        )  # fmt: skip

    def test_publishing_starts_the_first_hours(self) -> None:
        community = make_community()
        worker_id, area_id = make_worker(community=community).id, community.id
        terms = Terms(first_to=FirstCircle.HOME, first_hours=6)
        wish_id = draft_wish(
            area_id, actor_id=worker_id, words=self.words(), terms=terms, publish=True
        )
        wish = db.session.get_one(Wish, wish_id)
        assert wish.first_until == clock.now() + timedelta(hours=6)
        with pytest.raises(TimeIsFixed):
            edit_wish(
                wish_id, actor_id=worker_id, version=wish.version, words=words_of(wish),
                terms=Terms(),
            )  # fmt: skip

    def test_an_ordinary_wish_gets_no_row(self) -> None:
        community = make_community()
        worker_id, area_id = make_worker(community=community).id, community.id
        wish_id = draft_wish(area_id, actor_id=worker_id, words=self.words(), terms=Terms())
        assert find_terms(wish_id) is None

    def test_the_least_number_is_checked_and_stays_when_people_came(self) -> None:
        community = make_community()
        worker_id, area_id = make_worker(community=community).id, community.id
        with pytest.raises(LeastTooLarge):
            draft_wish(area_id, actor_id=worker_id, words=self.words(), terms=Terms(least=5))
        wish_id = draft_wish(
            area_id, actor_id=worker_id, words=self.words(), terms=Terms(least=2), publish=True
        )
        claim_wish(wish_id, actor_id=make_volunteer().id)
        wish = db.session.get_one(Wish, wish_id)
        with pytest.raises(ClaimedAlready):
            edit_wish(
                wish_id, actor_id=worker_id, version=wish.version, words=words_of(wish),
                terms=Terms(least=3),
            )  # fmt: skip


class TestTheQuota:
    @pytest.fixture
    def _one_a_day_two_a_week(self, app: Flask) -> Iterator[None]:
        app.config.update(QUOTA_DAY=1, QUOTA_WEEK=2, QUOTA_CATEGORIES="study, repair")
        yield
        app.config.update(QUOTA_DAY=0, QUOTA_WEEK=0, QUOTA_CATEGORIES="")

    @pytest.mark.usefixtures("_one_a_day_two_a_week")
    def test_one_a_day_two_a_week_of_these_categories(self, now: time_machine.Traveller) -> None:
        person = make_volunteer().id
        now.move_to(START.replace(day=23))  # a Monday
        claim_id = claim_wish(make_wish().id, actor_id=person)
        with pytest.raises(QuotaReached):
            claim_wish(make_wish().id, actor_id=person)
        claim_wish(make_wish(category=Category.HEALTH, starts_at=START).id, actor_id=person)
        withdraw(claim_id, actor_id=person)
        claim_wish(make_wish().id, actor_id=person)
        now.shift(timedelta(days=1))
        claim_wish(make_wish().id, actor_id=person)
        now.shift(timedelta(days=1))
        with pytest.raises(WeekQuotaReached):
            claim_wish(make_wish().id, actor_id=person)
        now.shift(timedelta(days=5))
        claim_wish(make_wish().id, actor_id=person)

    @pytest.mark.usefixtures("_one_a_day_two_a_week")
    def test_a_unit_has_no_quota(self) -> None:
        unit = make_unit()
        boss_id, unit_id = make_coordinator(unit=unit).id, unit.id
        for _wish in range(2):
            claim_for_unit(make_wish().id, actor_id=boss_id, organisation_id=unit_id, places=1)
