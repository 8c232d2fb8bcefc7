"""上报、承接、转办、落实、追踪: each step stored once, by whoever it belongs to."""

from __future__ import annotations

from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select

from accounts.models import Organisation
from accounts.services.departments import close_unit, mark_department
from foundation.db import db
from foundation.outbox import Message
from tests.makers import (
    make_community,
    make_coordinator,
    make_supervisor,
    make_unit,
    make_volunteer,
    make_wish,
    make_worker,
)
from tests.races import at_once
from tests.stored import count
from tests.wishes.levels import Levels, make_ask, make_levels
from wishes.models import Ask, AskEvent, Leg, Referral, ReferralEvent
from wishes.policies.referrals import list_moves, may_read
from wishes.queries.referrals import Place, count_to_do, get_current, get_referral, list_targets
from wishes.refusals.asks import AskNotFound
from wishes.refusals.referrals import (
    AlreadyReferred,
    InACircle,
    LegCannotMove,
    NobodyThere,
    NotToRefer,
    NotYourStep,
    ReasonOfReturnMissing,
    ReferralNotFound,
    SkipsALevel,
    ToOneself,
    UnitIsClosed,
    WordsMissing,
)
from wishes.rules.life import AskState, WishState
from wishes.rules.referrals import LegMove, LegState
from wishes.services.legs import (
    accept_leg,
    ask_again,
    confirm_leg,
    pass_on_leg,
    report_leg,
    return_leg,
)
from wishes.services.referring import refer_ask, refer_wish
from wishes.services.replying import answer_ask


@pytest.fixture
def levels(app: Flask) -> Levels:
    return make_levels()


def sent_up(levels: Levels) -> int:
    ask_id = make_ask(levels.community)
    return refer_ask(ask_id, actor_id=levels.worker.id, words="社区没有修灯的经费")


def at_department(levels: Levels) -> int:
    referral_id = sent_up(levels)
    accept_leg(referral_id, actor_id=levels.boss.id)
    key = f"unit:{levels.department.id}"
    pass_on_leg(referral_id, actor_id=levels.boss.id, to=key, words="请去看看")
    return referral_id


def states(referral_id: int) -> list[LegState]:
    query = select(Leg.state).where(Leg.referral_id == referral_id).order_by(Leg.number)
    return [LegState(state) for state in db.session.scalars(query)]


def told(person_id: int) -> list[str]:
    query = select(Message.kind).where(Message.user_id == person_id).order_by(Message.id)
    return list(db.session.scalars(query))


def test_up_over_done_and_confirmed_through_three_levels(levels: Levels) -> None:
    referral_id = at_department(levels)
    accept_leg(referral_id, actor_id=levels.officer.id)
    report_leg(referral_id, actor_id=levels.officer.id, result="换了灯头")
    confirm_leg(referral_id, actor_id=levels.boss.id)
    assert states(referral_id) == [LegState.REPORTED, LegState.CONFIRMED]
    confirm_leg(referral_id, actor_id=levels.worker.id)
    referral = db.session.get_one(Referral, referral_id)
    assert (referral.outcome, states(referral_id)) == (LegState.CONFIRMED, [LegState.CONFIRMED] * 2)
    whats = list(db.session.scalars(select(ReferralEvent.what).order_by(ReferralEvent.id)))
    assert whats == ["up", "accept", "over", "accept", "report", "confirm", "relay", "confirm"]
    assert db.session.get_one(Ask, referral.ask_id).state == AskState.SUBMITTED
    assert told(levels.officer.id) == ["referral_sent", "referral_closed"]
    assert "referral_reported" in told(levels.worker.id)


def test_the_ask_tells_in_its_own_history_that_it_went_up(levels: Levels) -> None:
    sent_up(levels)
    event = db.session.scalars(select(AskEvent).order_by(AskEvent.id.desc()).limit(1)).one()
    assert (event.what, event.why) == ("refer", None)  # the words are not for the public page


def test_a_wish_goes_up_too_and_keeps_its_state(levels: Levels) -> None:
    wish = make_wish(community=levels.community, created_by=levels.worker)
    wish_id = wish.id
    referral_id = refer_wish(wish_id, actor_id=levels.worker.id, words="没有人接")
    accept_leg(referral_id, actor_id=levels.boss.id)
    db.session.refresh(wish)
    assert wish.state == WishState.OPEN
    done = make_wish(community=levels.community, created_by=levels.worker, state=WishState.VERIFIED)
    with pytest.raises(NotToRefer):
        refer_wish(done.id, actor_id=levels.worker.id, words="再办")


def test_what_is_on_its_way_does_not_go_up_twice(levels: Levels) -> None:
    referral_id = sent_up(levels)
    ask_id = db.session.get_one(Referral, referral_id).ask_id or 0
    with pytest.raises(AlreadyReferred):
        refer_ask(ask_id, actor_id=levels.worker.id, words="再报一次")
    assert count(Leg) == 1


def test_an_answered_ask_and_a_strangers_ask_do_not_go_up(levels: Levels) -> None:
    ask_id = make_ask(levels.community)
    with pytest.raises(AskNotFound):
        refer_ask(ask_id, actor_id=levels.neighbour.id, words="我来报")
    with pytest.raises(WordsMissing):
        refer_ask(ask_id, actor_id=levels.worker.id, words="  ")
    answer_ask(ask_id, actor_id=levels.worker.id, reply="下周换")
    with pytest.raises(NotToRefer):
        refer_ask(ask_id, actor_id=levels.worker.id, words="还是报吧")
    assert count(Referral) == 0


@pytest.mark.usefixtures("app")
def test_nobody_above_is_said() -> None:
    lonely = make_community()
    worker = make_worker(community=lonely)
    with pytest.raises(NobodyThere):
        refer_ask(make_ask(lonely), actor_id=worker.id, words="报上去")


def test_a_return_says_why_and_comes_back_to_the_sender(levels: Levels) -> None:
    referral_id = at_department(levels)
    with pytest.raises(ReasonOfReturnMissing):
        return_leg(referral_id, actor_id=levels.officer.id, reason=" ")
    return_leg(referral_id, actor_id=levels.officer.id, reason="灯归供电公司管")
    assert states(referral_id) == [LegState.ACCEPTED, LegState.RETURNED]
    key = f"unit:{levels.second.id}"
    pass_on_leg(referral_id, actor_id=levels.boss.id, to=key, words="换一家")
    assert states(referral_id) == [LegState.PASSED_ON, LegState.RETURNED, LegState.SENT]


def test_returned_to_the_community_it_is_over_and_may_go_up_anew(levels: Levels) -> None:
    referral_id = sent_up(levels)
    return_leg(referral_id, actor_id=levels.boss.id, reason="社区可以先问物业")
    referral = db.session.get_one(Referral, referral_id)
    assert referral.outcome == LegState.RETURNED
    again = refer_ask(referral.ask_id or 0, actor_id=levels.worker.id, words="物业说不归他们")
    assert again != referral_id


def test_a_result_that_is_not_enough_goes_back_into_hand(levels: Levels) -> None:
    referral_id = at_department(levels)
    accept_leg(referral_id, actor_id=levels.officer.id)
    report_leg(referral_id, actor_id=levels.officer.id, result="看过了")
    with pytest.raises(ReasonOfReturnMissing):
        ask_again(referral_id, actor_id=levels.boss.id, reason="")
    ask_again(referral_id, actor_id=levels.boss.id, reason="灯还是不亮")
    assert states(referral_id)[-1] is LegState.ACCEPTED
    assert "referral_again" in told(levels.officer.id)


@pytest.mark.parametrize(
    ("key", "refused"),
    [
        ("street", ToOneself), ("community", InACircle), ("nowhere", SkipsALevel),
        ("closed", UnitIsClosed), ("plain", SkipsALevel), ("empty", NobodyThere),
    ],
)  # fmt: skip
def test_where_the_street_may_not_pass_it(
    levels: Levels, key: str, refused: type[Exception]
) -> None:
    referral_id = sent_up(levels)
    accept_leg(referral_id, actor_id=levels.boss.id)
    closed, empty = (
        make_unit(name="旧所", home=levels.community),
        make_unit(name="没人的所", home=levels.community),
    )
    make_coordinator(unit=closed)
    for unit in (closed, empty):
        mark_department(unit.id, actor_id=levels.boss.id, yes=True)
    close_unit(closed.id, actor_id=levels.boss.id, closed=True)
    plain = make_unit(name="果园", home=levels.community)
    keys = {
        "street": f"area:{levels.street.id}", "community": f"area:{levels.community.id}",
        "nowhere": f"area:{make_community().id}", "closed": f"unit:{closed.id}",
        "plain": f"unit:{plain.id}", "empty": f"unit:{empty.id}",
    }  # fmt: skip
    with pytest.raises(refused):
        pass_on_leg(referral_id, actor_id=levels.boss.id, to=keys[key], words="请办")
    assert states(referral_id) == [LegState.ACCEPTED]


def test_it_must_be_taken_before_it_is_passed_on(levels: Levels) -> None:
    referral_id = sent_up(levels)
    key = f"unit:{levels.department.id}"
    with pytest.raises(LegCannotMove):
        pass_on_leg(referral_id, actor_id=levels.boss.id, to=key, words="请办")


def test_a_department_passes_nothing_on(levels: Levels) -> None:
    referral_id = at_department(levels)
    accept_leg(referral_id, actor_id=levels.officer.id)
    key = f"unit:{levels.second.id}"
    with pytest.raises(SkipsALevel):
        pass_on_leg(referral_id, actor_id=levels.officer.id, to=key, words="你们办")
    leg = get_current(get_referral(referral_id))
    assert list_moves(levels.officer.id, leg) == {LegMove.RETURN, LegMove.REPORT}


def test_each_step_belongs_to_one_place(levels: Levels) -> None:
    referral_id = at_department(levels)
    for other in (levels.boss, levels.worker, levels.mayor):
        with pytest.raises(NotYourStep):
            accept_leg(referral_id, actor_id=other.id)
    for stranger in (levels.neighbour, levels.colleague, make_volunteer()):
        with pytest.raises(ReferralNotFound):
            accept_leg(referral_id, actor_id=stranger.id)
    referral = get_referral(referral_id)
    readers = (levels.officer, levels.boss, levels.worker, levels.mayor)
    assert all(may_read(reader.id, referral) for reader in readers)
    assert not may_read(levels.neighbour.id, referral)


def test_each_desk_knows_what_waits_for_it(levels: Levels) -> None:
    referral_id = at_department(levels)
    assert count_to_do(Place(unit_id=levels.department.id)) == 1
    assert count_to_do(Place(area_id=levels.street.id)) == 0
    accept_leg(referral_id, actor_id=levels.officer.id)
    report_leg(referral_id, actor_id=levels.officer.id, result="换好了")
    assert count_to_do(Place(area_id=levels.street.id)) == 1


def test_only_open_departments_are_offered(levels: Levels) -> None:
    close_unit(levels.second.id, actor_id=levels.boss.id, closed=True)
    offered = {way: [spot.name for spot in spots] for way, spots in list_targets(levels.street)}
    assert offered["over"] == ["街道城管办"]
    assert offered["down"] == ["双桥社区", "梨园社区"]
    assert db.session.get_one(Organisation, levels.second.id).closed_at is not None


@pytest.mark.race
def test_two_people_accept_at_once_and_one_does(app: Flask, levels: Levels) -> None:
    second = make_supervisor(street=levels.street)
    referral_id = sent_up(levels)
    people = (levels.boss.id, second.id)
    answers = at_once(app, [partial(accept_leg, referral_id, actor_id=who) for who in people])
    assert sorted(map(str, answers)) == sorted(map(str, [None, LegCannotMove]))
    whats = list(db.session.scalars(select(ReferralEvent.what)))
    assert whats.count("accept") == 1


@pytest.mark.race
def test_two_workers_send_it_up_at_once_and_one_does(app: Flask, levels: Levels) -> None:
    ask_id = make_ask(levels.community)
    once = partial(refer_ask, ask_id, actor_id=levels.worker.id, words="报上去")
    assert sorted(map(str, at_once(app, [once, once]))) == sorted(map(str, [None, AlreadyReferred]))
    assert (count(Referral), count(Leg)) == (1, 1)
