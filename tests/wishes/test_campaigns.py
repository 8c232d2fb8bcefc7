"""A campaign's life: proposed, let out or returned; wishes join, one a household; 兜底."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from accounts.models import Area
from accounts.refusals import AreaNotFound
from foundation import clock
from foundation.db import db
from foundation.refusal import NotYours
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
from tests.served import kinds_told
from tests.wishes.campaigning import bring, fill, make_campaign, open_all, thing, words
from wishes.models import Campaign, CampaignEvent, CampaignHousehold, CampaignWish, Claim, Wish
from wishes.queries.campaigns import Progress, count_progress, list_shares
from wishes.refusals.campaigns import (
    CampaignCannotMove,
    CampaignNotFound,
    CampaignOver,
    HouseholdHasOne,
    NotForThisCampaign,
    OverPriceCap,
    WaitsForCampaign,
)
from wishes.refusals.completion import ReasonMissing
from wishes.refusals.publishing import MedicineRefused
from wishes.rules.asking import PrivateWords
from wishes.rules.campaigns import CampaignState
from wishes.rules.kinds import WishKind
from wishes.rules.life import WishState
from wishes.services.backing import back_up, run_campaigns
from wishes.services.campaigning import (
    approve_campaign,
    change_campaign,
    name_backups,
    propose_campaign,
    return_campaign,
)
from wishes.services.cancelling import cancel_wish
from wishes.services.giving import give_these
from wishes.services.letting_in import (
    approve_wishes,
    join_wishes,
    return_wishes,
    take_out,
)
from wishes.services.publishing import publish_wish

DOOR = PrivateWords(name="李桂兰", phone="13800001111", door="梨园小区3号楼2单元501")


def state(wish_id: int) -> str:
    db.session.rollback()
    return db.session.execute(select(Wish.state).where(Wish.id == wish_id)).scalar_one()


@pytest.mark.usefixtures("app")
class TestTheStreetsWord:
    def test_a_community_proposes_and_the_street_lets_it_out_with_its_wishes(self) -> None:
        street = make_street()
        home, boss = make_community(street=street), make_supervisor(street=street)
        worker = make_worker(community=home)
        campaign_id = propose_campaign(home.id, actor_id=worker.id, words=words())
        wish_id = bring(campaign_id, home, worker=worker)
        assert "campaign_proposed" in kinds_told(boss)
        assert open_all(campaign_id) == 0
        assert state(wish_id) == WishState.DRAFT
        approve_campaign(campaign_id, actor_id=boss.id)
        assert open_all(campaign_id) == 1
        assert state(wish_id) == WishState.OPEN
        assert "campaign_approved" in kinds_told(worker)
        wish = db.session.get_one(Wish, wish_id)
        assert (wish.public_place, wish.headcount) == ("街道文化站一楼", 1)

    def test_nobody_goes_round_the_street(self) -> None:
        home = make_community()
        worker = make_worker(community=home)
        campaign_id = propose_campaign(home.id, actor_id=worker.id, words=words())
        wish_id = bring(campaign_id, home, worker=worker)
        with pytest.raises(WaitsForCampaign, match="新年微心愿"):
            publish_wish(wish_id, actor_id=worker.id)
        with pytest.raises(NotYours):
            approve_campaign(campaign_id, actor_id=worker.id)
        stranger = make_supervisor(street=make_street())
        with pytest.raises(CampaignNotFound):
            approve_campaign(campaign_id, actor_id=stranger.id)

    def test_returned_with_a_reason_changed_and_proposed_again(self) -> None:
        street = make_street()
        home, boss = make_community(street=street), make_supervisor(street=street)
        worker = make_worker(community=home)
        campaign_id = propose_campaign(home.id, actor_id=worker.id, words=words())
        with pytest.raises(ReasonMissing):
            return_campaign(campaign_id, actor_id=boss.id, reason=" ")
        return_campaign(campaign_id, actor_id=boss.id, reason="上限写低些")
        assert "campaign_returned" in kinds_told(worker)
        with pytest.raises(CampaignCannotMove):
            approve_campaign(campaign_id, actor_id=boss.id)
        change_campaign(campaign_id, actor_id=worker.id, words=words(price_cap=200))
        approve_campaign(campaign_id, actor_id=boss.id)
        with pytest.raises(CampaignCannotMove):
            change_campaign(campaign_id, actor_id=worker.id, words=words())
        moves = db.session.scalars(select(CampaignEvent.what).order_by(CampaignEvent.id)).all()
        assert moves == ["propose", "return", "propose_again", "approve"]

    def test_what_joins_later_waits_for_the_street_and_may_come_back(self) -> None:
        street = make_street()
        home, boss = make_community(street=street), make_supervisor(street=street)
        campaign_id = make_campaign(street, boss=boss)
        first, second = bring(campaign_id, home), bring(campaign_id, home)
        assert "campaign_wishes_wait" in kinds_told(boss)
        assert [(s.wishes, s.waiting, s.nameless) for s in list_shares(campaign_id)] == [(2, 2, 2)]
        return_wishes(campaign_id, actor_id=boss.id, community_id=home.id, reason="太贵")
        assert db.session.get(CampaignWish, first) is None
        worker = make_worker(community=home)
        kept = join_wishes(campaign_id, actor_id=worker.id, community_id=home.id, wish_ids=[second])
        assert kept == {"joined": 1, "left": []}
        assert approve_wishes(campaign_id, actor_id=boss.id, community_id=home.id) == 1
        assert open_all(campaign_id) == 1
        assert (state(first), state(second)) == (WishState.DRAFT, WishState.OPEN)
        with pytest.raises(NotForThisCampaign):
            take_out(campaign_id, actor_id=worker.id, wish_id=second)

    def test_before_the_first_day_nothing_is_on_the_wall(self) -> None:
        street = make_street()
        home, boss = make_community(street=street), make_supervisor(street=street)
        opens = clock.now() + timedelta(days=2)
        campaign_id = make_campaign(street, boss=boss, opens_at=opens)
        wish_id = bring(campaign_id, home, worker=boss)
        assert run_campaigns() == 0
        assert state(wish_id) == WishState.DRAFT
        with clock.at(opens + timedelta(minutes=1)):
            run_campaigns()
        assert state(wish_id) == WishState.OPEN

    def test_a_grid_or_a_stranger_has_no_campaign(self) -> None:
        home = make_community()
        with pytest.raises(AreaNotFound):
            propose_campaign(home.id, actor_id=make_volunteer().id, words=words())
        other = make_worker(community=make_community())
        campaign_id = make_campaign(area_of(home))
        with pytest.raises(CampaignNotFound):
            bring(campaign_id, home, worker=other)


def area_of(community: Area) -> Area:
    assert community.parent is not None
    return community.parent


@pytest.mark.usefixtures("app")
class TestOneWishAHousehold:
    def test_the_same_household_is_refused_in_another_community_without_a_word_about_it(
        self,
    ) -> None:
        street = make_street()
        one, other = make_community(street=street), make_community(street=street)
        campaign_id = make_campaign(street)
        bring(campaign_id, one, private=DOOR)
        spelled = PrivateWords(name="李 桂兰", phone="+86 138-0000-1111")
        with pytest.raises(HouseholdHasOne) as refused:
            bring(campaign_id, other, private=spelled)
        assert one.name not in str(refused.value)
        assert "李" not in str(refused.value)
        assert db.session.execute(select(func.count(CampaignWish.wish_id))).scalar_one() == 1

    @pytest.mark.parametrize(
        ("door", "is_same"),
        [
            ("梨园小区３幢2单元0501室", True), ("梨园小区3-2-502", False),
        ],
    )  # fmt: skip
    def test_a_door_is_a_door_however_it_is_spelled(self, door: str, *, is_same: bool) -> None:
        street = make_street()
        one, other = make_community(street=street), make_community(street=street)
        campaign_id = make_campaign(street)
        bring(campaign_id, one, private=PrivateWords(door="梨园小区3号楼2单元501"))
        if not is_same:
            bring(campaign_id, other, private=PrivateWords(door=door))
            return
        with pytest.raises(HouseholdHasOne):
            bring(campaign_id, other, private=PrivateWords(door=door))

    def test_a_bare_door_is_one_of_its_community(self) -> None:
        street = make_street()
        one, other = make_community(street=street), make_community(street=street)
        campaign_id, bare = make_campaign(street), PrivateWords(door="3-2-501")
        bring(campaign_id, one, private=bare)
        bring(campaign_id, other, private=bare)
        with pytest.raises(HouseholdHasOne):
            bring(campaign_id, one, private=bare)

    def test_another_campaign_is_another_wish_and_a_cancelled_one_is_none(self) -> None:
        street = make_street()
        home = make_community(street=street)
        first, second = make_campaign(street), make_campaign(street, title="开学季")
        worker = make_worker(community=home)
        wish_id = bring(first, home, worker=worker, private=DOOR)
        bring(second, home, private=DOOR)
        cancel_wish(wish_id, actor_id=worker.id, why="搬走了")
        bring(first, home, private=DOOR)
        kept = db.session.scalars(select(CampaignHousehold.wish_id)).all()
        assert wish_id not in kept

    def test_a_batch_says_which_rows_stay_behind_and_why(self) -> None:
        street = make_street()
        home = make_community(street=street)
        worker, campaign_id = make_worker(community=home), make_campaign(street)
        bring(campaign_id, home, private=DOOR)
        ids = [
            make_wish(
                community=home, kind=WishKind.ITEM, title=title, state=WishState.DRAFT,
                created_by=worker,
            ).id
            for title in ("书包", "感冒药", "400元的鞋")
        ]  # fmt: skip
        ids.append(make_wish(community=home, state=WishState.DRAFT, created_by=worker).id)
        said = join_wishes(campaign_id, actor_id=worker.id, community_id=home.id, wish_ids=ids)
        assert said["joined"] == 1
        assert len(said["left"]) == 3
        assert [str(row[1])[:2] for row in said["left"]] == ["药品", "写了", "只有"]

    @pytest.mark.parametrize(
        ("title", "refusal"), [("降压药两盒", MedicineRefused), ("800元的手机", OverPriceCap)]
    )
    def test_medicines_and_dear_things_are_refused(
        self, title: str, refusal: type[Exception]
    ) -> None:
        street = make_street()
        home, campaign_id = make_community(street=street), make_campaign(street)
        with pytest.raises(refusal):
            bring(campaign_id, home, title=title)
        assert db.session.scalars(select(Wish.id)).all() == []

    def test_after_the_last_day_nothing_joins(self) -> None:
        street = make_street()
        home, campaign_id = make_community(street=street), make_campaign(street, days=1)
        worker = make_worker(community=home)
        with clock.at(clock.now() + timedelta(days=2)), pytest.raises(CampaignOver):
            bring(campaign_id, home, worker=worker)


@pytest.mark.usefixtures("app")
class TestBackup:
    def test_three_days_before_the_end_the_unclaimed_go_round_once(self) -> None:
        street = make_street()
        home, boss = make_community(street=street), make_supervisor(street=street)
        campaign_id = make_campaign(street, boss=boss)
        units = [make_unit() for _n in range(2)]
        bosses = [make_coordinator(unit=unit) for unit in units]
        name_backups(
            campaign_id, actor_id=boss.id, unit_ids=[*(u.id for u in units), make_unit().id]
        )
        ids = fill(campaign_id, home, 6, boss=boss)
        give_these(campaign_id, actor_id=make_volunteer().id, wish_ids=ids[:1])
        assert run_campaigns() == 0
        late = clock.now() + timedelta(days=17, hours=1)
        with clock.at(late):
            assert run_campaigns(late) == 5
            assert run_campaigns(late) == 0
            assert back_up(campaign_id) == 0
        shares = db.session.execute(
            select(Claim.organisation_id, func.count())
            .where(Claim.organisation_id.is_not(None))
            .group_by(Claim.organisation_id)
        )
        assert dict(map(tuple, shares)) == {units[0].id: 3, units[1].id: 2}  # type: ignore[arg-type]  # rows of two
        assert "campaign_backed" in kinds_told(bosses[1])
        assert {state(wish_id) for wish_id in ids} == {WishState.FILLED}

    def test_progress_counts_pieces(self) -> None:
        street = make_street()
        home, boss = make_community(street=street), make_supervisor(street=street)
        campaign_id = make_campaign(street, boss=boss)
        ids = [bring(campaign_id, home, worker=boss, pieces=2), bring(campaign_id, home)]
        open_all(campaign_id)
        give_these(campaign_id, actor_id=make_volunteer().id, wish_ids=ids[:1])
        assert count_progress([campaign_id]) == {campaign_id: Progress(2, 2, 0, 0)}
        assert db.session.get_one(Campaign, campaign_id).state == CampaignState.OPEN
        assert thing().kind == WishKind.ITEM
