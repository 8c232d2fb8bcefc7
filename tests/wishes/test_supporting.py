"""附议: once a person, once a household, on whatever device."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from accounts.models import Area
from foundation.db import db
from foundation.phones import NotAPhone
from tests.makers import make_community, make_volunteer, make_worker
from tests.races import at_once
from tests.stored import count
from tests.wishes.asked import BENCH, ask_as, ask_in
from wishes.models import AskSupport
from wishes.queries.supports import count_supports, list_wanted, list_wanted_at_desk
from wishes.refusals.asks import AskNotFound
from wishes.refusals.supporting import (
    AlreadySupported,
    HouseholdSupported,
    OwnAsk,
    PhoneNeeded,
    SupportClosed,
    TooManySupports,
)
from wishes.rules.asking import AskWords, PrivateWords
from wishes.rules.life import AskState
from wishes.services.flood import Source
from wishes.services.replying import return_ask
from wishes.services.supporting import support_ask

PHONE = "13800000777"


def home_of(community: Area, door: str) -> int:
    """Somebody whose door is known from an own ask."""
    person = make_volunteer()
    ask_in(community, private=PrivateWords(door=door), by=person)
    return person.id


@pytest.mark.usefixtures("app")
class TestOnce:
    def test_neighbours_are_counted_and_the_most_wanted_comes_first(self) -> None:
        community = make_community()
        quiet, wanted = ask_in(community).id, ask_in(community).id
        support_ask(community.id, wanted, actor_id=make_volunteer().id)
        support_ask(community.id, wanted, phone=PHONE)
        assert count_supports([quiet, wanted]) == {quiet: 0, wanted: 2}
        ranked = [(each.ask.id, each.supports) for each in list_wanted(community.id, limit=9)]
        assert ranked == [(wanted, 2), (quiet, 0)]
        at_desk = list_wanted_at_desk(community, [AskState.SUBMITTED], limit=9)
        assert [each.ask.id for each in at_desk] == [wanted, quiet]

    def test_an_account_twice(self) -> None:
        community, person = make_community(), make_volunteer().id
        ask_id = ask_in(community).id
        support_ask(community.id, ask_id, actor_id=person)
        with pytest.raises(AlreadySupported):
            support_ask(community.id, ask_id, actor_id=person)
        assert count(AskSupport) == 1

    def test_the_same_person_signed_in_on_one_device_and_by_phone_on_another(self) -> None:
        community = make_community()
        person = make_volunteer(phone=f"+86{PHONE}").id
        first, second = ask_in(community).id, ask_in(community).id
        support_ask(community.id, first, actor_id=person)
        with pytest.raises(AlreadySupported):
            support_ask(community.id, first, phone="138 0000 0777")
        support_ask(community.id, second, phone=PHONE)
        with pytest.raises(AlreadySupported):
            support_ask(community.id, second, actor_id=person)

    def test_one_household_once(self) -> None:
        community = make_community()
        ask_id = ask_in(community).id
        support_ask(community.id, ask_id, actor_id=home_of(community, "3号楼2单元501"))
        with pytest.raises(HouseholdSupported):
            support_ask(community.id, ask_id, actor_id=home_of(community, "3-2-501"))
        support_ask(community.id, ask_id, actor_id=home_of(community, "3-2-502"))
        support_ask(community.id, ask_id, actor_id=make_volunteer().id)  # no door is asked for

    def test_a_door_of_another_community_is_another_home(self) -> None:
        here, there = make_community(), make_community()
        ask_id = ask_in(here).id
        support_ask(here.id, ask_id, actor_id=home_of(here, "3-2-501"))
        support_ask(here.id, ask_id, actor_id=home_of(there, "3-2-501"))
        assert count(AskSupport) == 2

    def test_nobody_backs_the_own_ask(self) -> None:
        community, asker = make_community(), make_volunteer()
        private = PrivateWords(phone=PHONE, door="3-2-501")
        ask_id = ask_in(community, private=private, by=asker).id
        with pytest.raises(OwnAsk):
            support_ask(community.id, ask_id, actor_id=asker.id)
        with pytest.raises(OwnAsk):
            support_ask(community.id, ask_id, phone=PHONE)
        with pytest.raises(OwnAsk):
            support_ask(community.id, ask_id, actor_id=home_of(community, "3号楼2单元501"))

    def test_the_number_itself_is_not_kept(self) -> None:
        community = make_community()
        support_ask(community.id, ask_in(community).id, phone=PHONE)
        mark = db.session.scalars(select(AskSupport.phone_mark)).one()
        assert mark is not None
        assert PHONE.encode() not in mark
        assert len(mark) == 32


@pytest.mark.usefixtures("app")
class TestRefused:
    @pytest.mark.parametrize(("phone", "refusal"), [(" ", PhoneNeeded), ("12", NotAPhone)])
    def test_without_an_account_a_number_is_needed(
        self, phone: str, refusal: type[Exception]
    ) -> None:
        community = make_community()
        with pytest.raises(refusal):
            support_ask(community.id, ask_in(community).id, phone=phone)

    def test_private_returned_and_foreign_asks_are_not_there(self) -> None:
        community = make_community()
        private = ask_in(community, words=AskWords(title="私下的事")).id
        returned = ask_in(community).id
        return_ask(returned, actor_id=make_worker(community=community).id, reason="写清楚")
        for ask_id in (private, returned, 999_999):
            with pytest.raises(AskNotFound):
                support_ask(community.id, ask_id, phone=PHONE)
        with pytest.raises(AskNotFound):
            support_ask(make_community().id, ask_in(community).id, phone=PHONE)

    def test_what_is_done_needs_no_support(self) -> None:
        community = make_community()
        done = ask_as(community, AskState.DONE).id
        with pytest.raises(SupportClosed):
            support_ask(community.id, done, phone=PHONE)
        assert list_wanted(community.id, limit=9) == []

    def test_a_browser_is_slowed(self) -> None:
        community = make_community()
        source = [Source("a browser", 2)]
        asks = [ask_in(community).id for _ in range(3)]
        for ask_id in asks[:2]:
            support_ask(community.id, ask_id, phone=PHONE, sources=source)
        with pytest.raises(TooManySupports):
            support_ask(community.id, asks[2], phone=PHONE, sources=source)
        assert count(AskSupport) == 2


def test_the_table_decides_between_two_devices_at_once(app: Flask) -> None:
    community = make_community()
    person = make_volunteer(phone=f"+86{PHONE}").id
    area, ask_id = community.id, ask_in(community, words=BENCH).id
    answers = at_once(
        app,
        [
            lambda: support_ask(area, ask_id, actor_id=person),
            lambda: support_ask(area, ask_id, phone=PHONE),
            lambda: support_ask(area, ask_id, actor_id=person),
        ],
    )
    assert sorted(answers, key=str) == sorted([None, AlreadySupported, AlreadySupported], key=str)
    assert count(AskSupport) == 1
