"""Asks: handed in with or without an account, completed, accepted, answered, returned."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, text

from accounts.models import Area
from accounts.refusals import AreaNotFound
from foundation import clock
from foundation.db import db, transaction
from foundation.errands import Once, under_key
from foundation.outbox import Message
from tests.makers import (
    make_community,
    make_grid,
    make_grid_worker,
    make_volunteer,
    make_worker,
)
from tests.stored import count
from wishes.models import Ask, AskEvent, PrivateDetails, Wish
from wishes.refusals import AskCannotMove
from wishes.refusals.asks import (
    AskNotFound,
    GridNotHere,
    NotYourAsk,
    ReasonMissing,
    TooManyAsks,
    WhomMissing,
)
from wishes.rules.asking import AskWords, PrivateWords
from wishes.rules.codes import ASK_LETTERS, read_ask_code
from wishes.rules.kinds import Channel, Venue
from wishes.rules.life import AskState, WishState
from wishes.services.asking import complete_ask, enter_ask, finish_ask, submit_again, submit_ask
from wishes.services.flood import Source
from wishes.services.replying import accept_ask, answer_ask, pass_on_ask, return_ask

BULB = AskWords(title="换灯泡", text="卧室的灯不亮了", when="周末上午")
DOOR = PrivateWords(name="张奶奶", phone="+8613800000142", door="3号楼2单元501")
NOTHING = PrivateWords()


def the_ask() -> Ask:
    return db.session.scalars(select(Ask).order_by(Ask.id.desc()).limit(1)).one()


def ask_in(community: Area, words: AskWords = BULB, private: PrivateWords = NOTHING) -> int:
    code = submit_ask(community.id, words=words, private=private)
    return db.session.scalars(select(Ask.id).where(Ask.code == code)).one()


@pytest.mark.usefixtures("app")
class TestSubmit:
    def test_the_code_has_no_letters_that_look_alike(self) -> None:
        code = submit_ask(make_community().id, words=BULB, private=NOTHING)
        assert len(code) == 8
        assert set(code) <= set(ASK_LETTERS)
        assert read_ask_code(f" {code[:4].lower()} {code[4:]}") == code

    def test_the_same_press_five_times_is_one_ask(self) -> None:
        community = make_community()
        codes = set()
        for _press in range(5):
            with under_key(Once("visitor:a", "communities.ask", "key", "body")):
                codes.add(submit_ask(community.id, words=BULB, private=NOTHING))
        assert (len(codes), count(Ask)) == (1, 1)

    def test_door_and_phone_are_sealed_at_rest(self) -> None:
        ask_in(make_community(), private=DOOR)
        row = db.session.execute(text("select name, phone, door from private_details")).one()
        assert all(b"138" not in bytes(cell) for cell in row)
        assert db.session.scalars(select(PrivateDetails)).one().door == "3号楼2单元501"

    def test_rare_characters_and_emoji_are_kept(self) -> None:
        ask_in(make_community(), AskWords(title="𠮷先生和喆喆修门🔧"))
        assert the_ask().title == "𠮷先生和喆喆修门🔧"

    def test_the_sixth_ask_of_a_visitor_in_an_hour_waits(self) -> None:
        community, source = make_community(), [Source("visitor", 5)]
        for _ask in range(5):
            submit_ask(community.id, words=BULB, private=NOTHING, sources=source)
        with pytest.raises(TooManyAsks):
            submit_ask(community.id, words=BULB, private=NOTHING, sources=source)
        with time_machine.travel(clock.now() + timedelta(hours=1, minutes=1), tick=False):
            submit_ask(community.id, words=BULB, private=NOTHING, sources=source)
        assert count(Ask) == 6

    def test_a_grid_of_another_community_is_refused(self) -> None:
        elsewhere = make_grid(community=make_community())
        with pytest.raises(GridNotHere):
            submit_ask(make_community().id, words=BULB, private=NOTHING, grid_id=elsewhere.id)

    def test_the_workers_and_the_grids_worker_are_told(self) -> None:
        community = make_community()
        grid = make_grid(community=community)
        people = {make_worker(community=community).id, make_grid_worker(grid=grid).id}
        submit_ask(community.id, words=BULB, private=NOTHING, grid_id=grid.id)
        assert set(db.session.scalars(select(Message.user_id))) == people


@pytest.mark.usefixtures("app")
class TestStaff:
    def test_a_grid_worker_enters_for_the_own_grid(self) -> None:
        grid = make_grid(community=make_community())
        worker = make_grid_worker(grid=grid)
        enter_ask(grid.id, actor_id=worker.id, channel=Channel.VISIT, words=BULB, private=DOOR)
        assert (the_ask().grid_id, the_ask().channel) == (grid.id, Channel.VISIT)

    def test_a_stranger_enters_nothing(self) -> None:
        with pytest.raises(AreaNotFound):
            enter_ask(
                make_community().id, actor_id=make_volunteer().id, channel=Channel.PHONE,
                words=BULB, private=DOOR,
            )  # fmt: skip

    def test_completing_keeps_what_was_left_empty(self) -> None:
        community = make_community()
        grid = make_grid(community=community)
        ask_id, worker = ask_in(community, private=DOOR), make_grid_worker(grid=grid)
        complete_ask(
            ask_id, actor_id=worker.id, words=BULB, grid_id=grid.id,
            private=PrivateWords(note="狗很凶"),
        )  # fmt: skip
        kept = db.session.scalars(select(PrivateDetails)).one()
        assert (kept.door, kept.note, the_ask().grid_id) == (DOOR.door, "狗很凶", grid.id)

    def test_another_grids_worker_does_not_know_the_ask(self) -> None:
        community = make_community()
        other = make_grid_worker(grid=make_grid(community=make_community()))
        with pytest.raises(AskNotFound):
            complete_ask(ask_in(community), actor_id=other.id, words=BULB, private=NOTHING)

    def test_a_grid_worker_does_not_accept(self) -> None:
        grid = make_grid(community=make_community())
        worker = make_grid_worker(grid=grid)
        ask_id = enter_ask(
            grid.id, actor_id=worker.id, channel=Channel.VISIT, words=BULB, private=DOOR
        )
        with pytest.raises(NotYourAsk):
            accept_ask(ask_id, actor_id=worker.id)

    def test_an_accepted_ask_is_a_draft_with_its_details(self) -> None:
        community = make_community()
        ask_id, worker = ask_in(community, private=DOOR), make_worker(community=community)
        wish = db.session.get_one(Wish, accept_ask(ask_id, actor_id=worker.id))
        assert (wish.state, wish.title, wish.venue) == (WishState.DRAFT, "换灯泡", Venue.HOME)
        assert db.session.scalars(select(PrivateDetails)).one().wish_id == wish.id
        assert the_ask().state == AskState.ACCEPTED

    def test_an_ask_is_accepted_once(self) -> None:
        community = make_community()
        ask_id, worker = ask_in(community), make_worker(community=community)
        accept_ask(ask_id, actor_id=worker.id)
        with pytest.raises(AskCannotMove):
            accept_ask(ask_id, actor_id=worker.id)
        assert count(Wish) == 1

    def test_a_no_says_why(self) -> None:
        community = make_community()
        ask_id, worker = ask_in(community), make_worker(community=community)
        with pytest.raises(ReasonMissing):
            return_ask(ask_id, actor_id=worker.id, reason="  ")
        with pytest.raises(WhomMissing):
            pass_on_ask(ask_id, actor_id=worker.id, to=" ", reason="归他们管")
        assert the_ask().state == AskState.SUBMITTED

    def test_a_returned_ask_comes_again_by_its_code(self) -> None:
        community, asker = make_community(), make_volunteer()
        code = submit_ask(community.id, words=BULB, private=NOTHING, actor_id=asker.id)
        return_ask(
            the_ask().id, actor_id=make_worker(community=community).id, reason="请写清楚几楼"
        )
        told = db.session.scalars(select(Message).where(Message.user_id == asker.id)).one()
        assert told.params["reply"] == "请写清楚几楼"
        submit_again(code, words=AskWords(title="换三楼的灯泡"), private=DOOR)
        assert (the_ask().state, the_ask().title) == (AskState.SUBMITTED, "换三楼的灯泡")

    def test_answering_and_finishing_are_written_down(self) -> None:
        community = make_community()
        worker = make_worker(community=community)
        answer_ask(ask_in(community), actor_id=worker.id, reply="物业下周统一换。")
        assert (the_ask().state, the_ask().reply) == (AskState.ANSWERED, "物业下周统一换。")
        wish_id = accept_ask(ask_in(community), actor_id=worker.id)
        with transaction():
            finish_ask(wish_id, at=clock.now())
        assert the_ask().state == AskState.DONE
        whats = list(db.session.scalars(select(AskEvent.what).order_by(AskEvent.id)))
        assert whats == ["submit", "answer", "submit", "accept", "finish"]
