"""Who fits a wish and why, at the desk and the other way round."""

from __future__ import annotations

from datetime import date, time

import pytest
from sqlalchemy import select

from accounts.models import Agreement, Area, User
from accounts.rules.skills import Skill, Slot, slots_between
from foundation import clock
from foundation.db import db, transaction
from tests.makers import (
    make_community,
    make_coordinator,
    make_street,
    make_unit,
    make_volunteer,
    make_wish,
    make_worker,
    tomorrow,
)
from tests.served import make_attendance, make_served_wish
from tests.statements import counted
from tests.wishes.menu import make_offer, tells
from wishes.models import Wish
from wishes.queries.for_you import suggest_wishes
from wishes.queries.suggestions import suggest_people, suggest_units
from wishes.rules.kinds import Category
from wishes.rules.life import WishState
from wishes.rules.matching import (
    Helper,
    Reason,
    WishNeed,
    fits_in_time,
    is_worth_it,
    score,
    why_person,
)
from wishes.services.answering import decline
from wishes.services.claiming import claim_wish
from wishes.services.inviting import invite

SATURDAY = date(2026, 11, 28)
SLOT = (5, Slot.MORNING)
LAMP = WishNeed(Category.REPAIR, "换卧室灯泡", 7, SATURDAY, frozenset({SLOT}))
NOBODY = Helper(None, frozenset(), "", frozenset(), None, None, 0)


def said(reasons: tuple[Reason, ...]) -> list[str]:
    return [each.sentence % each.params if each.params else each.sentence for each in reasons]


class TestRules:
    def test_every_reason_is_said_in_words(self) -> None:
        person = Helper(
            7, frozenset({Skill.ELECTRICS, Skill.LAW}), "磨刀", frozenset({SLOT}),
            None, None, 3,
        )  # fmt: skip
        assert said(why_person(person, LAMP)) == [
            "会电工", "周六上午有空", "住在本社区", "做过 3 次家政维修",
        ]  # fmt: skip

    def test_own_words_count_when_the_wish_says_them(self) -> None:
        person = NOBODY._replace(own_words="灯泡，磨刀")
        assert said(why_person(person, LAMP)) == ["自己写了“灯泡”"]

    def test_living_near_is_no_reason_by_itself(self) -> None:
        near = why_person(NOBODY._replace(home_area_id=7), LAMP)
        assert not is_worth_it(near)
        assert is_worth_it(why_person(NOBODY._replace(done=1), LAMP))
        assert score(near) > 0

    @pytest.mark.parametrize(
        ("person", "fits"),
        [
            (NOBODY, True),
            (NOBODY._replace(slots=frozenset({SLOT, (6, Slot.EVENING)})), True),
            (NOBODY._replace(slots=frozenset({(5, Slot.AFTERNOON)})), False),
            (NOBODY._replace(away_from=date(2026, 11, 20)), False),
            (NOBODY._replace(away_until=date(2026, 11, 27)), True),
            (NOBODY._replace(away_from=SATURDAY, away_until=SATURDAY), False),
        ],
    )
    def test_the_week_and_days_away(self, person: Helper, fits: bool) -> None:
        assert fits_in_time(person, LAMP) is fits

    def test_a_service_over_noon_touches_two_slots(self) -> None:
        starts = clock.local(clock.from_local(SATURDAY, time(11)))
        touched = slots_between(starts, starts.replace(hour=13))
        assert touched == {(5, Slot.MORNING), (5, Slot.AFTERNOON)}


@pytest.mark.usefixtures("app")
class TestPeople:
    def test_each_says_why_and_the_best_stands_first(self) -> None:
        area = make_community()
        wish = make_wish(community=area)
        good = make_volunteer(home=area, name="王会")
        better = make_volunteer(home=area, name="李更会")
        tells(good, Skill.PLUMBING)
        tells(better, Skill.ELECTRICS, Skill.PLUMBING)
        make_volunteer(home=area, name="没说")
        found = suggest_people(wish)
        assert [fit.name for fit in found] == ["李更会", "王会"]
        assert said(found[1].reasons) == ["会修水管", "住在本社区"]

    def test_what_they_did_before_is_counted(self) -> None:
        area = make_community()
        person = make_volunteer(home=area)
        done = make_served_wish(community=area, state=WishState.VERIFIED)
        make_attendance(done, person)
        (fit,) = suggest_people(make_wish(community=area, category=done.category))
        assert fit.user_id == person.id
        assert said(fit.reasons)[-1].startswith("做过 1 次")

    def test_who_cannot_or_need_not_be_asked_is_left_out(self) -> None:
        street = make_street()
        area, other = make_community(street=street), make_community()
        wish = make_wish(community=area, headcount=5)
        people = {
            name: make_volunteer(home=other if name == "far" else area)
            for name in ("busy", "there", "asked", "no", "quiet", "far", "away", "free")
        }
        for name, person in people.items():
            local = clock.local_day(tomorrow())
            tells(
                person, Skill.ELECTRICS, asks_welcome=name != "quiet",
                away_from=local if name == "away" else None,
            )  # fmt: skip
        claim_wish(make_wish(community=area).id, actor_id=people["busy"].id)
        claim_wish(wish.id, actor_id=people["there"].id)
        worker = make_worker(community=area)
        invite(wish.id, actor_id=worker.id, user_id=people["asked"].id)
        declined = invite(wish.id, actor_id=worker.id, user_id=people["no"].id)
        decline(declined, actor_id=people["no"].id, reason="出差")
        found = suggest_people(db.session.get_one(Wish, wish.id))
        assert [fit.user_id for fit in found] == [people["free"].id]

    def test_party_membership_is_never_read(self) -> None:
        area = make_community()
        tells(make_volunteer(home=area, is_party_member=True), Skill.ELECTRICS)
        wish = make_wish(community=area)
        db.session.refresh(wish)
        with counted() as statements:
            suggest_people(wish)
        assert not any("is_party_member" in each for each in statements)

    def test_the_number_of_people_adds_no_statement(self) -> None:
        area = make_community()
        wish = make_wish(community=area)
        seen = []
        for _turn in range(2):
            for _each in range(3):
                tells(make_volunteer(home=area), Skill.ELECTRICS)
            again = db.session.scalars(select(Wish).where(Wish.id == wish.id)).one()
            _street = again.community.parent
            with counted() as statements:
                suggest_people(again)
            seen.append(len(statements))
        assert seen == [4, 4]


@pytest.mark.usefixtures("app")
class TestUnits:
    def test_by_menu_agreement_and_what_they_did(self) -> None:
        area = make_community()
        unit, stranger = make_unit(name="卫生院"), make_unit()
        boss = make_coordinator(unit=unit)
        make_offer(boss, area=area, unit_id=unit.id, title="义诊")
        make_offer(boss, area=area, unit_id=unit.id, title="草稿", active=False)
        ids = (unit.id, area.id)
        with transaction() as session:
            session.add(Agreement(organisation_id=ids[0], area_id=ids[1], since=clock.now()))
        wish = make_wish(community=area, category=Category.HEALTH)
        (fit,) = suggest_units(wish)
        assert said(fit.reasons) == ["服务菜单里有“义诊”", "和本社区共建"]
        assert stranger.id != fit.organisation_id


@pytest.mark.usefixtures("app")
class TestForYou:
    def test_a_wish_of_the_street_that_suits(self) -> None:
        street = make_street()
        home, next_door = make_community(street=street), make_community(street=street)
        person = make_volunteer(home=home)
        tells(person, Skill.ELECTRICS)
        near = make_wish(community=next_door)
        here = make_wish(community=home, starts_at=tomorrow(14))
        make_wish(community=make_community())
        make_wish(community=home, category=Category.LECTURE)
        found = suggest_wishes(person.id, at=clock.now())
        assert [fit.wish_id for fit in found] == [here.id, near.id]
        assert said(found[0].reasons) == ["会电工", "住在本社区"]

    def test_not_what_collides_nor_what_one_has(self) -> None:
        area = make_community()
        person = make_volunteer(home=area)
        tells(person, Skill.ELECTRICS)
        claim_wish(make_wish(community=area, headcount=2).id, actor_id=person.id)
        make_wish(community=area)
        assert suggest_wishes(person.id, at=clock.now()) == []

    def test_without_a_home_or_skills_nothing_is_guessed(self) -> None:
        make_wish()
        lonely: User = make_volunteer()
        settled = make_volunteer(home=db.session.scalars(select(Area)).first())
        for person in (lonely, settled):
            assert suggest_wishes(person.id, at=clock.now()) == []
