"""The pages of a campaign, each without scripts: claimed, received, changed, comfortable at 350."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from accounts.models import Area, User
from foundation import clock
from foundation.db import db
from tests.makers import (
    make_community,
    make_coordinator,
    make_street,
    make_supervisor,
    make_unit,
    make_volunteer,
    make_worker,
)
from tests.pages import PageClient
from tests.statements import counted
from tests.wishes.campaigning import bring, fill, make_campaign, words
from wishes.models import Claim, Substitute
from wishes.services.campaigning import propose_campaign
from wishes.services.claiming import claim_wish
from wishes.services.giving import give_these

SignIn = Callable[[User], PageClient]
A_PAGE = 22  # statements at most, whoever looks, however many things there are


class Ground:
    """A street with a running campaign and things of one community."""

    def __init__(self, count: int = 3) -> None:
        self.street: Area = make_street()
        self.home = make_community(street=self.street)
        self.boss = make_supervisor(street=self.street)
        self.campaign_id = make_campaign(self.street, boss=self.boss)
        self.ids = fill(self.campaign_id, self.home, count, boss=self.boss)
        self.page = f"/campaigns/{self.campaign_id}"


@pytest.fixture
def ground(app: object) -> Ground:
    """Three things in a running campaign."""
    return Ground()


def claims() -> int:
    db.session.rollback()
    return db.session.execute(select(func.count(Claim.id)).where(Claim.live)).scalar_one()


def test_everybody_sees_the_campaign_and_signs_in_to_claim(
    client: PageClient, ground: Ground
) -> None:
    assert "新年微心愿" in client.get("/campaigns").text
    page = client.get(ground.page).text
    assert "登录后认领" in page
    assert "街道文化站一楼" in page
    assert "<svg" in client.get(f"{ground.page}/poster").text
    client.get(f"{ground.page}9", status=404)


def test_ticks_are_claimed_together_and_listed_as_mine(sign_in: SignIn, ground: Ground) -> None:
    client = sign_in(make_volunteer())
    client.get(ground.page)
    said = client.submit({"wishes": ground.ids[:2]}, action="give").text
    assert "认领了 2 个心愿" in said
    assert "街道文化站一楼" in said
    assert "还没有认领" in sign_in(make_volunteer()).get(f"{ground.page}/mine").text


def test_one_was_taken_and_the_rest_stays_ticked(sign_in: SignIn, ground: Ground) -> None:
    client = sign_in(make_volunteer())
    client.get(ground.page)
    claim_wish(ground.ids[0], actor_id=make_volunteer().id)
    said = client.submit({"wishes": ground.ids}, action="give", status=409).text
    assert "新年礼物1号" in said
    assert said.count(" checked") >= 2
    assert claims() == 1
    client.submit({"wishes": ground.ids[1:]}, action="give")
    assert claims() == 3


def test_a_unit_takes_a_number_without_its_name(sign_in: SignIn, ground: Ground) -> None:
    unit = make_unit(name="供电公司")
    boss = make_coordinator(unit=unit)
    client = sign_in(boss)
    client.get(ground.page)
    said = client.submit(
        {"some": "1", "number": "2", "who": str(unit.id), "anonymous": "y"}, action="give"
    ).text
    assert "不公开名字" in said
    every = PageClient(client.app).get(f"{ground.page}?show=all").text
    assert "供电公司" not in every


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"some": "1", "number": "9"}, "只剩 3 个"),
        ({"some": "1", "number": ""}, "请先勾选"),
        ({"some": "1", "number": "0"}, "1 到 500"),
        ({"some": "1", "number": "十个"}, "请"),
        ({}, "请先勾选"),
    ],
)
def test_wrong_numbers_say_what_to_do(
    sign_in: SignIn, ground: Ground, typed: dict[str, str], sentence: str
) -> None:
    client = sign_in(make_volunteer())
    client.get(ground.page)
    status = 409 if "只剩" in sentence else 422
    assert sentence in client.submit(typed, action="give", status=status).text
    assert claims() == 0


def test_another_units_name_is_not_lent(sign_in: SignIn, ground: Ground) -> None:
    client = sign_in(make_volunteer())
    client.get(ground.page)
    client.submit({"wishes": ground.ids[:1], "who": str(make_unit().id)}, action="give", status=422)
    assert claims() == 0


def test_350_things_are_paged_and_cost_no_more_statements_than_three(
    app: object, sign_in: SignIn
) -> None:
    many = Ground(350)
    client = sign_in(make_volunteer())
    client.get(many.page)
    with counted() as seen:
        page = client.get(many.page).text
    assert len(seen) <= A_PAGE, len(seen)
    assert page.count('name="wishes"') == 40
    assert "350" in page
    assert "新年礼物41号" in client.get(f"{many.page}?after={many.ids[39]}").text
    give_these(many.campaign_id, actor_id=make_volunteer().id, wish_ids=many.ids)
    boss = sign_in(many.boss)
    boss.get(f"{many.page}/receiving")
    with counted() as seen:
        page = boss.get(f"{many.page}/receiving").text
    assert len(seen) <= A_PAGE, len(seen)
    assert page.count('name="claims"') == 100
    assert page.count('name="claims"') == boss.get(f"{many.page}/receiving?start=100").text.count(
        'name="claims"'
    )


def test_the_receiving_list_takes_many_and_then_checks_them(
    sign_in: SignIn, ground: Ground
) -> None:
    giver = make_volunteer(name="送礼的人")
    made = give_these(ground.campaign_id, actor_id=giver.id, wish_ids=ground.ids)
    sign_in(make_volunteer()).get(f"{ground.page}/receiving", status=404)
    client = sign_in(make_worker(community=ground.home))
    assert "送礼的人" in client.get(f"{ground.page}/receiving").text
    assert "请先勾选" in client.submit(action="receive", status=422).text
    assert "收到 2 个" in client.submit({"claims": made[:2]}, action="receive").text
    client.get(f"{ground.page}/receiving?step=received")
    assert "2 个心愿的东西验收合格" in client.submit({"claims": made[:2]}, action="check").text
    assert "送达" in client.get(f"{ground.page}/receiving?step=checked&q=送礼").text
    assert "没有找到" in client.get(f"{ground.page}/receiving?q=别人").text


def test_another_thing_is_offered_and_the_residents_yes_written_down(
    sign_in: SignIn, ground: Ground
) -> None:
    giver = make_volunteer()
    (claim_id,) = give_these(
        ground.campaign_id, actor_id=giver.id, wish_ids=ground.ids[:1]
    )  # fmt: skip
    client = sign_in(giver)
    client.get(f"/claims/{claim_id}/substitute")
    assert "请写想换成什么" in client.submit({"offered": " "}, status=422).text
    assert "社区正在问" in client.submit({"offered": "加厚棉袄"}).text
    sign_in(make_volunteer()).get(f"/claims/{claim_id}/substitute", status=404)
    desk = sign_in(make_worker(community=ground.home))
    assert "等居民答复" in desk.get(f"{ground.page}/receiving").text
    desk.get(f"/desk/{ground.home.id}/wishes/{ground.ids[0]}/items")
    assert "请选居民的答复" in desk.submit(action="substitute", status=422).text
    said = desk.submit({"answer": "yes", "how": "打电话问的"}, action="substitute").text
    assert "居民同意" in said
    assert db.session.scalars(select(Substitute.answer)).one() == "yes"
    assert "同意，请送来" in client.get(f"/claims/{claim_id}/substitute").text


def test_before_the_first_day_and_after_the_last_nothing_is_claimed(
    app: object, client: PageClient
) -> None:
    street = make_street()
    soon = make_campaign(street, opens_at=clock.now() + timedelta(days=2))
    assert "开始认领" in client.get(f"/campaigns/{soon}").text
    home = make_community(street=street)
    worker = make_worker(community=home)
    hidden = propose_campaign(home.id, actor_id=worker.id, words=words())
    bring(hidden, home, worker=worker)
    client.get(f"/campaigns/{hidden}", status=404)
