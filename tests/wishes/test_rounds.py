"""The rounds: rules, volunteers with so many doors, visits, counts for the street."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from accounts.models import User
from accounts.refusals import AreaNotFound
from foundation import clock
from foundation.db import db, transaction
from foundation.outbox import Message
from tests.makers import make_community, make_volunteer
from tests.races import at_once
from tests.statements import counted
from tests.wishes.looked_after import OLD, Place, card, make_place, make_resident, make_rule
from wishes.models import Resident, RoundHelper, Visit
from wishes.queries.residents import list_mine
from wishes.queries.rounds import (
    count_by_grid,
    count_unvisited,
    list_my_standings,
    list_standings,
)
from wishes.refusals.residents import (
    FewerThanTaken,
    HelperFull,
    HelperNotConfirmed,
    HelperNotFound,
    NobodyFound,
    ResidentNotFound,
    TagUnknown,
)
from wishes.rules.rounds import Outcome, is_due
from wishes.services.residents import change_resident
from wishes.services.round_plan import add_helper, assign_resident, end_helper, set_rule
from wishes.services.visiting import record_visit

pytestmark = pytest.mark.usefixtures("app")


def wanted() -> list[int]:
    return list(db.session.scalars(select(Resident.visits_wanted).order_by(Resident.id)))


class TestRules:
    def test_cards_follow_a_rule_and_its_end(self) -> None:
        place = make_place()
        resident_id = make_resident(place)
        make_resident(place, name="李爷爷", tags=())
        make_rule(place, 2)
        assert wanted() == [2, 0]
        make_rule(place, 4)
        assert wanted() == [4, 0]
        change_resident(
            resident_id, actor_id=place.carer.id, words=card(tags=(), grid_id=place.grid.id)
        )
        assert wanted() == [0, 0]
        change_resident(resident_id, actor_id=place.carer.id, words=card(grid_id=place.grid.id))
        make_rule(place, 0)
        assert wanted() == [0, 0]

    def test_only_tags_of_the_list_and_only_the_community_decides(self) -> None:
        place = make_place()
        with pytest.raises(TagUnknown):
            set_rule(
                place.community.id, actor_id=place.worker.id, tag="富人", times=2
            )  # fmt: skip
        with pytest.raises(AreaNotFound):
            set_rule(place.community.id, actor_id=place.carer.id, tag=OLD, times=2)


def helper(place: Place, places: int = 1) -> tuple[User, int]:
    person = make_volunteer(name="王喆")
    helper_id = add_helper(
        place.community.id, actor_id=place.worker.id, person=person.phone or "", places=places
    )
    return person, helper_id


class TestHelpers:
    def test_a_volunteer_takes_doors_until_the_places_are_full(self) -> None:
        place = make_place()
        first, second = make_resident(place), make_resident(place, name="李爷爷")
        person, helper_id = helper(place)
        assign_resident(first, actor_id=place.carer.id, helper_id=helper_id)
        assign_resident(first, actor_id=place.carer.id, helper_id=helper_id)  # twice is once
        with pytest.raises(HelperFull):
            assign_resident(second, actor_id=place.carer.id, helper_id=helper_id)
        assert list_mine(person.id) == [first]
        assign_resident(first, actor_id=place.carer.id, helper_id=None)
        assign_resident(second, actor_id=place.carer.id, helper_id=helper_id)
        assert db.session.get_one(RoundHelper, helper_id).taken == 1

    def test_the_last_door_goes_to_one_of_two(self, app: Flask) -> None:
        place = make_place()
        ids = [make_resident(place), make_resident(place, name="李爷爷")]
        _person, helper_id = helper(place)
        actor = place.carer.id

        def take(resident_id: int) -> None:
            assign_resident(resident_id, actor_id=actor, helper_id=helper_id)

        answers = at_once(app, [lambda: take(ids[0]), lambda: take(ids[1])])
        assert sorted(map(str, answers)) == sorted(map(str, [None, HelperFull]))

    def test_the_table_refuses_one_door_too_many(self) -> None:
        helper(make_place())
        with pytest.raises(IntegrityError), transaction() as session:
            session.execute(text("update round_helper set taken = 2"))

    def test_who_is_not_confirmed_or_not_there_is_refused(self) -> None:
        place = make_place()
        newcomer = make_volunteer(confirmed=False)
        for person, refusal in ((newcomer.phone, HelperNotConfirmed), ("13800009999", NobodyFound)):
            with pytest.raises(refusal):
                add_helper(
                    place.community.id, actor_id=place.worker.id, person=person or "", places=1
                )

    def test_fewer_doors_than_taken_is_refused(self) -> None:
        place = make_place()
        person, helper_id = helper(place, 2)
        for name in ("张奶奶", "李爷爷"):
            assign_resident(
                make_resident(place, name=name), actor_id=place.carer.id, helper_id=helper_id
            )
        with pytest.raises(FewerThanTaken):
            add_helper(
                place.community.id, actor_id=place.worker.id, person=person.phone or "", places=1
            )

    def test_leaving_gives_the_doors_back_and_coming_back_begins_anew(self) -> None:
        place = make_place()
        resident_id = make_resident(place)
        person, helper_id = helper(place)
        assign_resident(resident_id, actor_id=place.carer.id, helper_id=helper_id)
        left = end_helper(place.community.id, actor_id=place.worker.id, helper_id=helper_id)
        assert (left, list_mine(person.id)) == (1, [])
        with pytest.raises(ResidentNotFound):
            record_visit(resident_id, actor_id=person.id, outcome=Outcome.MET)
        with pytest.raises(HelperNotFound):
            assign_resident(resident_id, actor_id=place.carer.id, helper_id=helper_id)
        again = add_helper(
            place.community.id, actor_id=place.worker.id, person=person.phone or "", places=3
        )
        assert again == helper_id

    def test_the_letter_names_nobody(self) -> None:
        place = make_place()
        make_resident(place)
        person, _helper_id = helper(place)
        letter = db.session.scalars(select(Message).where(Message.user_id == person.id)).one()
        assert letter.params == {"community": "梨园社区", "places": 1}


class TestVisits:
    def test_one_a_day_said_again_is_put_right(self) -> None:
        place = make_place()
        resident_id, actor = make_resident(place), place.carer.id
        record_visit(resident_id, actor_id=actor, outcome=Outcome.NOT_HOME, words="贴了条")
        record_visit(resident_id, actor_id=actor, outcome=Outcome.MET)
        visit = db.session.scalars(select(Visit)).one()
        assert (visit.outcome, visit.words) == (Outcome.MET, "贴了条")

    def test_two_taps_at_once_are_one_visit(self, app: Flask) -> None:
        place = make_place()
        resident_id, actor = make_resident(place), place.carer.id

        def tap() -> None:
            record_visit(resident_id, actor_id=actor, outcome=Outcome.MET)

        assert at_once(app, [tap, tap]) == [None, None]
        assert len(list(db.session.scalars(select(Visit)))) == 1

    def test_a_helper_records_and_a_volunteer_does_not(self) -> None:
        place = make_place()
        make_rule(place)
        resident_id = make_resident(place)
        person, helper_id = helper(place)
        with pytest.raises(ResidentNotFound):
            record_visit(resident_id, actor_id=person.id, outcome=Outcome.MET)
        assign_resident(resident_id, actor_id=place.carer.id, helper_id=helper_id)
        record_visit(resident_id, actor_id=person.id, outcome=Outcome.MET)
        (mine,) = list_my_standings(person.id, today=clock.local_day(clock.now()))
        assert (mine.resident_id, mine.met) == (resident_id, 1)

    def test_two_visitors_on_one_day_are_one_day(self) -> None:
        place = make_place()
        make_rule(place, 2)
        resident_id = make_resident(place)
        for person in (place.carer, place.worker):
            record_visit(resident_id, actor_id=person.id, outcome=Outcome.MET)
        (found,) = list_standings(place.grid, today=clock.local_day(clock.now()))
        assert found.met == 1


class TestStandings:
    def test_a_month_begins_at_local_midnight(self) -> None:
        place = make_place()
        make_rule(place, 1)
        with time_machine.travel("2026-10-31T15:50:00+00:00", tick=False):  # 23:50 here
            resident_id = make_resident(place)
            record_visit(resident_id, actor_id=place.carer.id, outcome=Outcome.MET)
            today = clock.local_day(clock.now())
            assert not is_due(list_standings(place.grid, today=today)[0], today)
        with time_machine.travel("2026-10-31T16:10:00+00:00", tick=False):  # 0:10 of November
            today = clock.local_day(clock.now())
            assert is_due(list_standings(place.grid, today=today)[0], today)

    def test_a_hundred_cards_cost_one_statement(self) -> None:
        place = make_place()
        make_rule(place)
        for at in range(5):
            make_resident(place, name=f"王{at}")
        grid = db.session.get_one(type(place.grid), place.grid.id)
        assert grid.kind == "grid"
        with counted() as statements:
            list_standings(grid, today=clock.local_day(clock.now()))
        assert len(statements) == 1


class TestCounts:
    def test_who_was_met_by_nobody_this_month(self) -> None:
        place = make_place()
        make_rule(place)
        make_community(name="别处", street=place.community.parent)
        met, *_rest = (make_resident(place, name=name) for name in ("张奶奶", "李爷爷", "吴奶奶"))
        make_resident(place, name="不走访", tags=())
        record_visit(met, actor_id=place.carer.id, outcome=Outcome.MET)
        today = clock.local_day(clock.now())
        street = place.community.parent
        assert street is not None
        found = {each.name: each for each in count_unvisited(street, today=today)}
        assert found["梨园社区"][2:] == (4, 3, 2)
        assert found["别处"][2:] == (0, 0, 0)
        assert [each[1:] for each in count_by_grid(place.community, today=today)] == [
            ("一网格", 4, 3, 2)
        ]
        later = today + timedelta(days=40)
        assert next(iter(count_unvisited(place.community, today=later)))[4] == 3

    def test_not_at_home_is_no_visit(self) -> None:
        place = make_place()
        make_rule(place)
        resident_id = make_resident(place)
        record_visit(resident_id, actor_id=place.carer.id, outcome=Outcome.NOT_HOME)
        today = clock.local_day(clock.now())
        assert count_unvisited(place.community, today=today)[0].unvisited == 1
        (found,) = list_standings(place.grid, today=today)
        assert found.missed_today
