"""Drafts, publishing and cancelling through the services; numbers, slips and looks."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text

from foundation import clock
from foundation.db import db
from foundation.outbox import Message
from foundation.refusal import NotYours
from tests.makers import (
    make_community,
    make_grid,
    make_grid_worker,
    make_volunteer,
    make_wish,
    make_worker,
    tomorrow,
)
from wishes.models import Ask, Claim, Commitment, Place, Wish, WishEvent
from wishes.refusals import WishCannotMove, WishNotFound
from wishes.refusals.asks import ReasonMissing
from wishes.refusals.publishing import (
    InThePast,
    StaleForm,
    WishIncomplete,
)
from wishes.rules.asking import AskWords, PrivateWords
from wishes.rules.kinds import Category, Provision, Venue, WishKind
from wishes.rules.life import WishState
from wishes.rules.publishing import ToolWords, WishWords
from wishes.services.asking import submit_ask
from wishes.services.cancelling import cancel_wish
from wishes.services.claiming import claim_wish, withdraw
from wishes.services.drafting import draft_wish, edit_wish
from wishes.services.publishing import publish_wish
from wishes.services.replying import accept_ask
from wishes.services.writing import words_of

DOOR = PrivateWords(name="张奶奶", phone="+8613800000142", door="3号楼2单元501")


def bulb(**different: object) -> WishWords:
    usual = WishWords(
        kind=WishKind.SERVICE, category=Category.REPAIR, title="换灯泡", venue=Venue.HOME,
        public_place="一网格", starts_at=tomorrow(9), ends_at=tomorrow(10), headcount=2,
        tools=(ToolWords("梯子"), ToolWords("螺丝刀", 1, Provision.BRING)), tools_answered=True,
    )  # fmt: skip
    return replace(usual, **different)  # type: ignore[arg-type]  # a test names fields freely


def get(wish_id: int) -> Wish:
    return db.session.get_one(Wish, wish_id)


@pytest.mark.usefixtures("app")
class TestPublishing:
    def test_numbers_of_a_community_follow_each_other(self) -> None:
        community, other = make_community(), make_community()
        worker, elsewhere = make_worker(community=community), make_worker(community=other)
        ids = [draft_wish(community.id, actor_id=worker.id, words=bulb()) for _wish in range(2)]
        ids.append(draft_wish(other.id, actor_id=elsewhere.id, words=bulb()))
        assert [get(wish_id).number for wish_id in ids] == [1, 2, 1]

    def test_a_published_wish_has_its_tools_on_the_card_and_can_be_found(self) -> None:
        community = make_community()
        worker = make_worker(community=community)
        wish_id = draft_wish(community.id, actor_id=worker.id, words=bulb(), publish=True)
        assert [tool["name"] for tool in get(wish_id).card_tools] == ["梯子", "螺丝刀"]
        found = db.session.execute(text("select folded from wish_search_text")).scalar_one()
        assert "换灯泡" in found

    @pytest.mark.parametrize("field", ["starts_at", "ends_at", "headcount"])
    def test_nothing_may_be_missing(self, field: str) -> None:
        community = make_community()
        worker = make_worker(community=community)
        wish_id = draft_wish(community.id, actor_id=worker.id, words=bulb(**{field: None}))
        with pytest.raises(WishIncomplete):
            publish_wish(wish_id, actor_id=worker.id)
        assert get(wish_id).state == WishState.DRAFT

    def test_a_past_time_is_refused(self) -> None:
        community = make_community()
        worker = make_worker(community=community)
        gone = clock.now() - timedelta(hours=3)
        words = bulb(starts_at=gone, ends_at=gone + timedelta(hours=1))
        with pytest.raises(InThePast):
            draft_wish(community.id, actor_id=worker.id, words=words, publish=True)

    def test_publishing_twice_is_an_illegal_move(self) -> None:
        community = make_community()
        worker = make_worker(community=community)
        wish_id = draft_wish(community.id, actor_id=worker.id, words=bulb(), publish=True)
        with pytest.raises(WishCannotMove):
            publish_wish(wish_id, actor_id=worker.id)

    def test_a_grid_worker_may_look_but_not_write(self) -> None:
        community = make_community()
        grid = make_grid(community=community)
        wish = make_wish(community=community, grid_id=grid.id, state=WishState.DRAFT)
        with pytest.raises(NotYours):
            publish_wish(wish.id, actor_id=make_grid_worker(grid=grid).id)
        with pytest.raises(WishNotFound):
            publish_wish(wish.id, actor_id=make_volunteer().id)

    def test_an_old_version_is_refused_and_changes_nothing(self) -> None:
        community = make_community()
        worker = make_worker(community=community)
        wish_id = draft_wish(community.id, actor_id=worker.id, words=bulb())
        edit_wish(wish_id, actor_id=worker.id, version=1, words=bulb(title="换两个灯泡"))
        with pytest.raises(StaleForm):
            edit_wish(wish_id, actor_id=worker.id, version=1, words=bulb(title="别的"))
        assert (get(wish_id).title, get(wish_id).version) == ("换两个灯泡", 2)

    def test_tools_of_a_claim_that_was_given_back_do_not_stand_in_the_way(self) -> None:
        wish = make_wish(tools=[("螺丝刀", Provision.BRING)])
        worker_id, person = wish.created_by_id, make_volunteer()
        tool_id = wish.tools[0].id
        claim_id = claim_wish(wish.id, actor_id=person.id, tools=[tool_id])
        withdraw(claim_id, actor_id=person.id)
        words = replace(words_of(get(wish.id)), tools=(ToolWords("电钻"),))
        edit_wish(wish.id, actor_id=worker_id, version=1, words=words)
        assert [tool.name for tool in get(wish.id).tools] == ["电钻"]


@pytest.mark.race
def test_many_drafts_at_once_have_different_numbers(app: Flask) -> None:
    community = make_community()
    worker_id, area_id = make_worker(community=community).id, community.id
    db.session.remove()

    def write() -> None:
        with app.app_context():
            draft_wish(area_id, actor_id=worker_id, words=bulb())
            db.session.remove()

    threads = [threading.Thread(target=write) for _thread in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(db.session.scalars(select(Wish.number))) == [1, 2, 3, 4, 5, 6]


@pytest.mark.usefixtures("app")
class TestCancelling:
    def test_everybody_who_planned_to_come_is_told_and_free_again(self) -> None:
        community, person, asker = make_community(), make_volunteer(), make_volunteer()
        worker = make_worker(community=community)
        words = AskWords(title="换灯泡")
        submit_ask(community.id, words=words, private=DOOR, actor_id=asker.id)
        wish_id = accept_ask(db.session.scalars(select(Ask.id)).one(), actor_id=worker.id)
        edit_wish(wish_id, actor_id=worker.id, version=1, words=bulb(), publish=True)
        claim_wish(wish_id, actor_id=person.id)
        cancel_wish(wish_id, actor_id=worker.id, why="老人住院了")
        assert (get(wish_id).state, get(wish_id).places_taken) == (WishState.CANCELLED, 0)
        for model in (Claim, Place, Commitment):
            assert list(db.session.scalars(select(model.live))) == [False]
        told = db.session.execute(
            select(Message.user_id, Message.kind).where(Message.kind.like("%cancelled"))
        ).all()
        assert {(person.id, "cancelled"), (asker.id, "ask_wish_cancelled")} == set(told)
        claim_wish(make_wish(starts_at=tomorrow(9)).id, actor_id=person.id)

    def test_a_published_wish_is_not_cancelled_without_a_reason(self) -> None:
        wish = make_wish()
        with pytest.raises(ReasonMissing):
            cancel_wish(wish.id, actor_id=wish.created_by_id, why="  ")
        events = db.session.scalars(select(WishEvent.what).where(WishEvent.wish_id == wish.id))
        assert "cancel" not in list(events)
