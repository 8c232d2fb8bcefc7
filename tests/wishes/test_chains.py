"""A pasted 接龙 becomes claims: all of them, or nobody."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from sqlalchemy import select

from accounts.models import Area, User
from foundation.db import db
from foundation.outbox import Message
from tests.makers import make_community, make_street, make_volunteer, make_wish, make_worker
from tests.statements import counted
from wishes.models import Claim, Wish, WishEvent
from wishes.queries.chains import match_chain
from wishes.refusals import BusyThen, WishIsFull, WishNotFound
from wishes.refusals.chains import (
    ChainMeets,
    ChainNamesNobody,
    ChainNamesTwice,
    ChainTooLong,
    ChainTooMany,
    NotInThisStreet,
)
from wishes.services.chains import enter_chain
from wishes.services.claiming import claim_wish

pytestmark = pytest.mark.usefixtures("app")


class Group(NamedTuple):
    community: Area
    worker: User
    wish: Wish
    zhang: User
    li: User


@pytest.fixture
def group(app: object) -> Group:
    community = make_community(street=make_street())
    worker = make_worker(community=community)
    wish = make_wish(community=community, headcount=3, created_by=worker)
    zhang = make_volunteer(name="张喆", home=community)
    return Group(community, worker, wish, zhang, make_volunteer(name="李想", home=community))


def claims_on(wish: Wish) -> dict[int, int]:
    rows = db.session.execute(select(Claim.claimed_by_id, Claim.places).where(Claim.live))
    assert db.session.get_one(Wish, wish.id).places_taken == sum(row.places for row in rows)
    rows = db.session.execute(select(Claim.claimed_by_id, Claim.places).where(Claim.live))
    return {row.claimed_by_id: row.places for row in rows}


def enter(group: Group, text: str, chosen: dict[int, int]) -> int:
    return enter_chain(group.wish.id, actor_id=group.worker.id, text=text, chosen=chosen)


class TestMatchChain:
    def test_a_name_is_looked_for_in_the_street_and_a_number_everywhere(self, group: Group) -> None:
        make_volunteer(name="张喆", home=make_community(street=make_street()))
        far = make_volunteer(name="周远", phone="+8613900000003")
        found = match_chain(group.wish, "1. 张喆\n2. 周远 13900000003\n3. 周远")
        ids = [[each.user_id for each in line.candidates] for line in found]
        assert ids == [[group.zhang.id], [far.id], []]

    def test_two_of_one_name_are_both_offered(self, group: Group) -> None:
        other = make_volunteer(name="张喆", home=group.community)
        (line,) = match_chain(group.wish, "1. 张喆")
        assert {each.user_id for each in line.candidates} == {group.zhang.id, other.id}

    def test_whoever_claimed_here_before_is_known(self, group: Group) -> None:
        guest = make_volunteer(name="周远")
        claim_wish(make_wish(community=group.community).id, actor_id=guest.id)
        (line,) = match_chain(group.wish, "1. 周远")
        assert [each.user_id for each in line.candidates] == [guest.id]

    def test_five_hundred_lines_are_one_statement(self, group: Group) -> None:
        text = "\n".join(f"{n}. 张喆" for n in range(1, 501))
        match_chain(group.wish, "1. 张喆")
        with counted() as statements:
            assert len(match_chain(group.wish, text)) == 500
        assert len(statements) == 1, statements


class TestEnterChain:
    def test_each_gets_a_claim_of_their_own_and_is_told(self, group: Group) -> None:
        text = "#接龙\n1. 张喆\n2. 李想+1"
        assert enter(group, text, {2: group.zhang.id, 3: group.li.id}) == 2
        assert claims_on(group.wish) == {group.zhang.id: 1, group.li.id: 2}
        told = db.session.scalars(select(Message.user_id).where(Message.kind == "entered"))
        assert set(told) == {group.zhang.id, group.li.id}
        events = db.session.scalars(select(WishEvent.actor_id).where(WishEvent.what == "chain"))
        assert list(events) == [group.worker.id]

    def test_too_many_for_the_places_enters_nobody(self, group: Group) -> None:
        text = "1. 张喆+1\n2. 李想+1"
        with pytest.raises(ChainTooMany):
            enter(group, text, {1: group.zhang.id, 2: group.li.id})
        assert claims_on(group.wish) == {}

    def test_somebody_with_a_claim_is_named_and_nobody_is_entered(self, group: Group) -> None:
        claim_wish(group.wish.id, actor_id=group.li.id)
        with pytest.raises(ChainMeets, match="李想"):
            enter(group, "1. 张喆\n2. 李想", {1: group.zhang.id, 2: group.li.id})
        assert claims_on(group.wish) == {group.li.id: 1}

    def test_somebody_who_is_busy_then_is_named(self, group: Group) -> None:
        claim_wish(make_wish(community=group.community).id, actor_id=group.li.id)
        with pytest.raises(BusyThen, match="李想"):
            enter(group, "1. 张喆\n2. 李想", {1: group.zhang.id, 2: group.li.id})

    def test_a_full_wish_says_so(self, group: Group) -> None:
        claim_wish(group.wish.id, actor_id=make_volunteer().id, places=3)
        with pytest.raises(WishIsFull):
            enter(group, "1. 张喆", {1: group.zhang.id})

    def test_an_account_that_the_line_does_not_mean_is_refused(self, group: Group) -> None:
        with pytest.raises(NotInThisStreet):
            enter(group, "1. 张喆", {1: group.li.id})

    def test_one_account_for_two_lines_is_refused(self, group: Group) -> None:
        with pytest.raises(ChainNamesTwice, match="张喆"):
            enter(group, "1. 张喆\n2. 张喆", {1: group.zhang.id, 2: group.zhang.id})

    def test_nobody_chosen_is_said(self, group: Group) -> None:
        with pytest.raises(ChainNamesNobody):
            enter(group, "1. 张喆", {})

    def test_a_list_without_end_is_refused(self, group: Group) -> None:
        with pytest.raises(ChainTooLong):
            enter(group, "\n".join(f"{n}. 张喆" for n in range(600)), {1: group.zhang.id})

    def test_a_worker_of_another_community_finds_nothing(self, group: Group) -> None:
        stranger = make_worker(community=make_community(street=make_street()))
        with pytest.raises(WishNotFound):
            enter_chain(
                group.wish.id, actor_id=stranger.id, text="1. 张喆", chosen={1: group.zhang.id}
            )
