"""Several in one go, all or nothing; hidden givers; the receiving list; another thing instead."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import func, select

from foundation import clock
from foundation.db import db
from foundation.outbox import Message
from love_bank.models import Entry
from tests.makers import (
    make_community,
    make_coordinator,
    make_street,
    make_supervisor,
    make_unit,
    make_volunteer,
    make_wish,
    make_worker,
)
from tests.races import at_once
from tests.served import kinds_told
from tests.wishes.campaigning import fill, make_campaign, thing
from wishes.models import Campaign, Claim, ItemDelivery, Substitute, Wish
from wishes.queries.board import list_cards
from wishes.queries.receiving import Step, count_steps, list_coming
from wishes.queries.wish_page import Taker, list_takers
from wishes.refusals import ClaimNotFound, WishNotFound
from wishes.refusals.campaigns import (
    CampaignNotFound,
    CampaignNotRunning,
    HouseholdHasOne,
    NoOfferNow,
    OfferNotOpen,
    OfferOpen,
    OfferTwice,
    ReceivedMeanwhile,
    SomeTaken,
    TooFewLeft,
)
from wishes.refusals.publishing import MedicineRefused
from wishes.rules.asking import PrivateWords
from wishes.rules.board import Filter, Show
from wishes.services.backing import back_up
from wishes.services.campaigning import add_keeper, name_backups
from wishes.services.claiming import claim_wish
from wishes.services.giving import give_some, give_these
from wishes.services.items import receive_item
from wishes.services.letting_in import add_thing
from wishes.services.receiving import check_many, receive_many
from wishes.services.substituting import answer_substitute, offer_substitute

ITEMS, CLAIMERS = 350, 20


def running(count: int = 3) -> tuple[int, list[int]]:
    """A campaign of a street with open things of one community."""
    street = make_street()
    boss, home = make_supervisor(street=street), make_community(street=street)
    campaign_id = make_campaign(street, boss=boss)
    return campaign_id, fill(campaign_id, home, count, boss=boss)


def claims() -> int:
    db.session.rollback()
    return db.session.execute(select(func.count(Claim.id)).where(Claim.live)).scalar_one()


@pytest.mark.usefixtures("app")
class TestGiving:
    def test_a_unit_takes_the_ones_it_ticks(self) -> None:
        campaign_id, ids = running()
        unit = make_unit()
        boss = make_coordinator(unit=unit)
        made = give_these(campaign_id, actor_id=boss.id, organisation_id=unit.id, wish_ids=ids[:2])
        assert len(made) == 2
        assert db.session.get_one(Wish, ids[0]).state == "filled"
        assert "campaign_given" in kinds_told(boss)
        assert db.session.scalars(select(Entry)).all() == []

    def test_one_taken_meanwhile_and_nothing_is_taken(self) -> None:
        campaign_id, ids = running()
        claim_wish(ids[1], actor_id=make_volunteer().id)
        with pytest.raises(SomeTaken, match=r"新年礼物2号.*剩下的 2 个"):
            give_these(campaign_id, actor_id=make_volunteer().id, wish_ids=ids)
        assert claims() == 1

    def test_a_wish_of_elsewhere_is_not_found(self) -> None:
        campaign_id, ids = running()
        with pytest.raises(WishNotFound):
            give_these(campaign_id, actor_id=make_volunteer().id, wish_ids=[ids[0], make_wish().id])

    def test_a_number_takes_any_that_are_free(self) -> None:
        campaign_id, _ids = running()
        assert len(give_some(campaign_id, actor_id=make_volunteer().id, number=2)) == 2
        with pytest.raises(TooFewLeft, match="只剩 1 个"):
            give_some(campaign_id, actor_id=make_volunteer().id, number=2)
        assert claims() == 2

    def test_a_campaign_that_is_not_out_gives_nothing(self) -> None:
        home = make_community()
        assert home.parent is not None
        campaign_id = make_campaign(home.parent, days=1)
        with pytest.raises(CampaignNotFound):
            give_some(10**6, actor_id=make_volunteer().id, number=1)
        person = make_volunteer().id
        closed = clock.now().replace(year=clock.now().year + 1)
        with clock.at(closed), pytest.raises(CampaignNotRunning):
            give_some(campaign_id, actor_id=person, number=1)

    def test_a_hidden_unit_is_on_no_card_and_no_page(self) -> None:
        campaign_id, ids = running(2)
        unit = make_unit(name="供电公司")
        boss = make_coordinator(unit=unit)
        for wish_id, hides in zip(ids, (True, False), strict=True):
            give_these(
                campaign_id, actor_id=boss.id, organisation_id=unit.id, wish_ids=[wish_id],
                anonymous=hides,
            )  # fmt: skip
        cards = {
            card.id: card.taken_by for card in list_cards(Filter(show=Show.RUNNING), at=clock.now())
        }
        assert cards == {ids[0]: None, ids[1]: "供电公司"}
        assert list_takers(ids[0]) == [Taker(None, 1)]
        coming = list_coming(campaign_id, places=None, step=Step.COMING)
        assert [(row.unit, row.anonymous) for row in coming] == [
            ("供电公司", True), ("供电公司", False)
        ]  # fmt: skip


@pytest.mark.usefixtures("app")
class TestReceiving:
    def test_a_keeper_ticks_many_and_a_giver_gets_one_message(self) -> None:
        campaign_id, ids = running(3)
        giver, keeper = make_volunteer(), make_volunteer()
        made = give_these(campaign_id, actor_id=giver.id, wish_ids=ids)
        with pytest.raises(CampaignNotFound):
            receive_many(campaign_id, actor_id=keeper.id, claim_ids=made)
        wish = db.session.get_one(Wish, ids[0])
        boss = make_supervisor(street=wish.community.parent)  # type: ignore[arg-type]  # it has one
        add_keeper(campaign_id, actor_id=boss.id, number=keeper.volunteer_number)
        assert receive_many(campaign_id, actor_id=keeper.id, claim_ids=made) == 3
        told = select(func.count()).where(Message.kind == "campaign_arrived")
        assert db.session.execute(told).scalar_one() == 1
        with pytest.raises(ReceivedMeanwhile):
            receive_many(campaign_id, actor_id=keeper.id, claim_ids=made[:1])
        assert check_many(campaign_id, actor_id=keeper.id, claim_ids=made[:2]) == 2
        steps = count_steps(campaign_id, places=None)
        assert [steps[step] for step in Step] == [0, 1, 2, 0]

    def test_a_community_ticks_its_own_and_nothing_of_others(self) -> None:
        street = make_street()
        boss = make_supervisor(street=street)
        one, other = make_community(street=street), make_community(street=street)
        campaign_id = make_campaign(street, boss=boss)
        ids = [*fill(campaign_id, one, 1, boss=boss), *fill(campaign_id, other, 1, boss=boss)]
        made = give_these(campaign_id, actor_id=make_volunteer().id, wish_ids=ids)
        worker = make_worker(community=one)
        with pytest.raises(WishNotFound):
            receive_many(campaign_id, actor_id=worker.id, claim_ids=made)
        assert db.session.scalars(select(ItemDelivery.id)).all() == []
        assert receive_many(campaign_id, actor_id=worker.id, claim_ids=made[:1]) == 1


@pytest.mark.usefixtures("app")
class TestAnotherThing:
    def test_it_goes_on_once_the_residents_yes_is_recorded(self) -> None:
        campaign_id, ids = running(1)
        giver = make_volunteer()
        (claim_id,) = give_these(campaign_id, actor_id=giver.id, wish_ids=ids)
        with pytest.raises(MedicineRefused):
            offer_substitute(claim_id, actor_id=giver.id, offered="两盒感冒药")
        with pytest.raises(ClaimNotFound):
            offer_substitute(claim_id, actor_id=make_volunteer().id, offered="棉袄")
        offer_substitute(claim_id, actor_id=giver.id, offered="棉袄")
        with pytest.raises(OfferTwice):
            offer_substitute(claim_id, actor_id=giver.id, offered="棉被")
        worker = make_worker(community=db.session.get_one(Wish, ids[0]).community)
        with pytest.raises(OfferOpen):
            receive_item(claim_id, actor_id=worker.id, pieces=1)
        with pytest.raises(OfferOpen):
            receive_many(campaign_id, actor_id=worker.id, claim_ids=[claim_id])
        answer_substitute(claim_id, actor_id=worker.id, agreed=True, how="打电话问的")
        offer = db.session.scalars(select(Substitute)).one()
        assert (offer.answer, offer.asked_by_id, offer.how) == ("yes", worker.id, "打电话问的")
        assert offer.asked_at is not None
        assert "substitute_answered" in kinds_told(giver)
        with pytest.raises(OfferNotOpen):
            answer_substitute(claim_id, actor_id=worker.id, agreed=False, how="")
        receive_item(claim_id, actor_id=worker.id, pieces=1)
        with pytest.raises(NoOfferNow):
            offer_substitute(claim_id, actor_id=giver.id, offered="棉被")

    def test_a_no_keeps_the_wish_as_it_is_and_another_offer_may_come(self) -> None:
        campaign_id, ids = running(1)
        giver = make_volunteer()
        (claim_id,) = give_these(campaign_id, actor_id=giver.id, wish_ids=ids)
        offer_substitute(claim_id, actor_id=giver.id, offered="棉袄")
        worker = make_worker(community=db.session.get_one(Wish, ids[0]).community)
        answer_substitute(claim_id, actor_id=worker.id, agreed=False, how="")
        assert offer_substitute(claim_id, actor_id=giver.id, offered="围巾")


@pytest.mark.race
class TestAtOnce:
    def test_twenty_claimers_on_350_things_give_nothing_twice(self, app: Flask) -> None:
        campaign_id, ids = running(ITEMS)
        people = [make_volunteer().id for _n in range(CLAIMERS)]
        half = CLAIMERS // 2
        some = [
            partial(give_some, campaign_id, actor_id=who, number=17) for who in people[:half]
        ]  # fmt: skip
        ticked = [
            partial(give_these, campaign_id, actor_id=who, wish_ids=ids[n * 12 : n * 12 + 17])
            for n, who in enumerate(people[half:])
        ]
        answers = at_once(app, [*some, *ticked])
        assert answers[:half] == [None] * half
        assert set(answers[half:]) <= {None, SomeTaken}
        held = db.session.execute(
            select(Claim.claimed_by_id, func.count()).group_by(Claim.claimed_by_id)
        )
        assert {count for _who, count in held} == {17}
        assert claims() == 17 * answers.count(None)
        twice = select(Claim.wish_id).where(Claim.live).group_by(Claim.wish_id)
        assert db.session.execute(twice.having(func.count() > 1)).all() == []

    def test_the_last_ones_go_to_one_of_two(self, app: Flask) -> None:
        campaign_id, _ids = running(30)
        people = [make_volunteer().id for _n in range(2)]
        answers = at_once(
            app, [partial(give_some, campaign_id, actor_id=who, number=16) for who in people]
        )
        assert sorted(answers, key=str) == sorted([None, TooFewLeft], key=str)
        assert claims() == 16

    def test_one_household_brought_by_two_communities_joins_once(self, app: Flask) -> None:
        street = make_street()
        homes = [make_community(street=street) for _n in range(2)]
        campaign_id = make_campaign(street)
        pairs = [(home.id, make_worker(community=home).id) for home in homes]
        door = PrivateWords(name="李桂兰", phone="13800001111")
        answers = at_once(
            app,
            [
                partial(
                    add_thing,
                    campaign_id,
                    actor_id=worker,
                    community_id=home,
                    words=thing(),
                    private=door,
                )
                for home, worker in pairs
            ],
        )
        assert sorted(answers, key=str) == sorted([None, HouseholdHasOne], key=str)

    def test_two_workers_of_the_same_minute_give_the_rest_once(self, app: Flask) -> None:
        campaign_id, ids = running(7)
        boss_id = db.session.get_one(Campaign, campaign_id).created_by_id
        units = [make_unit() for _n in range(2)]
        for unit in units:
            make_coordinator(unit=unit)
        name_backups(campaign_id, actor_id=boss_id, unit_ids=[unit.id for unit in units])
        late = clock.now() + timedelta(days=18)

        def sweep() -> int:
            with clock.at(late):
                return back_up(campaign_id)

        assert at_once(app, [sweep, sweep]) == [None, None]
        assert claims() == len(ids)
        shares = select(func.count()).where(Claim.live).group_by(Claim.organisation_id)
        assert sorted(db.session.scalars(shares)) == [3, 4]
