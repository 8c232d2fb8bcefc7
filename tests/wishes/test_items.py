"""Items on their way: each step once and in order, pieces instead of minutes."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from foundation.db import db
from love_bank.models import Entry
from tests.makers import make_coordinator, make_unit, make_volunteer, make_wish, make_worker
from tests.served import kept_photo, kinds_told, state_of
from wishes.models import ItemDelivery, Wish
from wishes.refusals import CannotVerifyOwn, WishNotFound
from wishes.refusals.completion import (
    BadPieces,
    DeliveryStep,
    NotAnItem,
    ReasonMissing,
    ReceiptMissing,
)
from wishes.rules.kinds import WishKind
from wishes.rules.life import WishState
from wishes.rules.proof import Decision
from wishes.services.claiming import claim_for_unit, claim_wish
from wishes.services.completing import verify
from wishes.services.items import check_item, hand_over, receive_item


def make_coat(pieces: int = 1) -> Wish:
    return make_wish(kind=WishKind.ITEM, title="羽绒服", headcount=pieces)


def deliver(wish: Wish, claim_id: int, worker_id: int, *, pieces: int = 1) -> int:
    delivery_id = receive_item(claim_id, actor_id=worker_id, pieces=pieces)
    check_item(delivery_id, actor_id=worker_id, is_good=True)
    hand_over(delivery_id, actor_id=worker_id, receipt=[kept_photo()])
    return delivery_id


@pytest.mark.usefixtures("app")
class TestItems:
    def test_a_units_coat_arrives_and_counts_pieces_not_minutes(self) -> None:
        unit, wish = make_unit(), make_coat()
        boss = make_coordinator(unit=unit)
        claim_id = claim_for_unit(wish.id, actor_id=boss.id, organisation_id=unit.id, places=1)
        worker = make_worker(community=wish.community)
        deliver(wish, claim_id, worker.id)
        assert state_of(wish) == WishState.REPORTED
        verify(
            wish.id, actor_id=make_worker(community=wish.community).id, decision=Decision.ACCEPTED
        )
        assert state_of(wish) == WishState.VERIFIED
        assert db.session.scalars(select(Entry)).all() == []
        assert {"item_received", "verified"} <= kinds_told(boss)

    def test_a_neighbour_gives_an_item_too(self) -> None:
        wish = make_coat()
        claim_id = claim_wish(wish.id, actor_id=make_volunteer().id)
        deliver(wish, claim_id, make_worker(community=wish.community).id)
        assert state_of(wish) == WishState.REPORTED

    def test_the_last_piece_reports_the_wish(self) -> None:
        wish = make_coat(2)
        worker_id = make_worker(community=wish.community).id
        first = claim_wish(wish.id, actor_id=make_volunteer().id)
        second = claim_wish(wish.id, actor_id=make_volunteer().id)
        deliver(wish, first, worker_id)
        assert state_of(wish) == WishState.FILLED
        deliver(wish, second, worker_id)
        assert state_of(wish) == WishState.REPORTED

    def test_whoever_moved_the_item_does_not_verify_it(self) -> None:
        wish = make_coat()
        receiver = make_worker(community=wish.community)
        claim_id = claim_wish(wish.id, actor_id=make_volunteer().id)
        delivery_id = receive_item(claim_id, actor_id=receiver.id, pieces=1)
        other_id = make_worker(community=wish.community).id
        check_item(delivery_id, actor_id=other_id, is_good=True)
        hand_over(delivery_id, actor_id=other_id, receipt=[kept_photo()])
        with pytest.raises(CannotVerifyOwn):
            verify(wish.id, actor_id=receiver.id, decision=Decision.ACCEPTED)

    def test_a_step_is_done_once_and_in_order(self) -> None:
        wish = make_coat()
        worker_id = make_worker(community=wish.community).id
        claim_id = claim_wish(wish.id, actor_id=make_volunteer().id)
        delivery_id = receive_item(claim_id, actor_id=worker_id, pieces=1)
        with pytest.raises(DeliveryStep):
            receive_item(claim_id, actor_id=worker_id, pieces=1)
        with pytest.raises(DeliveryStep):
            hand_over(delivery_id, actor_id=worker_id, receipt=[kept_photo()])
        check_item(delivery_id, actor_id=worker_id, is_good=True)
        with pytest.raises(DeliveryStep):
            check_item(delivery_id, actor_id=worker_id, is_good=True)

    def test_an_item_that_is_not_as_wished_goes_back_with_a_reason(self) -> None:
        wish, giver = make_coat(), make_volunteer()
        worker_id = make_worker(community=wish.community).id
        claim_id = claim_wish(wish.id, actor_id=giver.id)
        delivery_id = receive_item(claim_id, actor_id=worker_id, pieces=1)
        with pytest.raises(ReasonMissing):
            check_item(delivery_id, actor_id=worker_id, is_good=False)
        check_item(delivery_id, actor_id=worker_id, is_good=False, reason="尺码小了")
        assert db.session.get_one(ItemDelivery, delivery_id).received_at is None
        assert "item_not_as_wished" in kinds_told(giver)
        assert receive_item(claim_id, actor_id=worker_id, pieces=1) == delivery_id

    def test_handing_over_needs_a_receipt(self) -> None:
        wish = make_coat()
        worker_id = make_worker(community=wish.community).id
        claim_id = claim_wish(wish.id, actor_id=make_volunteer().id)
        delivery_id = receive_item(claim_id, actor_id=worker_id, pieces=1)
        check_item(delivery_id, actor_id=worker_id, is_good=True)
        with pytest.raises(ReceiptMissing):
            hand_over(delivery_id, actor_id=worker_id, receipt=[])

    @pytest.mark.parametrize("pieces", [0, 2])
    def test_no_more_pieces_arrive_than_were_pledged(self, pieces: int) -> None:
        wish = make_coat()
        claim_id = claim_wish(wish.id, actor_id=make_volunteer().id)
        worker_id = make_worker(community=wish.community).id
        with pytest.raises(BadPieces, match="1"):
            receive_item(claim_id, actor_id=worker_id, pieces=pieces)

    def test_a_service_is_no_item(self) -> None:
        wish = make_wish()
        claim_id = claim_wish(wish.id, actor_id=make_volunteer().id)
        with pytest.raises(NotAnItem):
            receive_item(claim_id, actor_id=make_worker(community=wish.community).id, pieces=1)

    def test_another_community_finds_nothing(self) -> None:
        claim_id = claim_wish(make_coat().id, actor_id=make_volunteer().id)
        with pytest.raises(WishNotFound):
            receive_item(
                claim_id, actor_id=make_worker(community=make_wish().community).id, pieces=1
            )

    def test_doing_it_again_asks_for_a_new_hand_over(self) -> None:
        wish = make_coat()
        worker_id = make_worker(community=wish.community).id
        delivery_id = deliver(wish, claim_wish(wish.id, actor_id=make_volunteer().id), worker_id)
        verify(
            wish.id, actor_id=make_worker(community=wish.community).id,
            decision=Decision.AGAIN, reason="签收单看不清",
        )  # fmt: skip
        hand_over(delivery_id, actor_id=worker_id, receipt=[kept_photo()])
        assert state_of(wish) == WishState.REPORTED
