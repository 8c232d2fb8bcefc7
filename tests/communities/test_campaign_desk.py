"""A campaign at the desks: proposed, decided, filled by hand and from a register."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts.models import Area, User
from communities.services.register import import_rows, take_in
from foundation import clock
from foundation.db import db
from tests.makers import (
    make_community,
    make_street,
    make_supervisor,
    make_unit,
    make_volunteer,
    make_worker,
)
from tests.pages import PageClient
from tests.wishes.campaigning import bring, make_campaign
from wishes.models import Campaign, Wish

SignIn = Callable[[User], PageClient]
SHEET = (
    "心愿内容,类型,件数,姓名,电话,住址\n"
    "双肩书包,物品,1,李小明,13800001111,3-2-501\n"
    "台灯,物品,1,李小明,13800001111,3-2-501\n"
    "字典,物品,1,王小红,13800002222,1-1-101\n"
)


class Ground:
    """A street, a community in it, their people."""

    def __init__(self) -> None:
        self.street: Area = make_street()
        self.home = make_community(street=self.street)
        self.boss = make_supervisor(street=self.street)
        self.worker = make_worker(community=self.home)
        self.desk = f"/desk/{self.home.id}/campaigns"
        self.above = f"/desk/{self.street.id}/campaigns"


@pytest.fixture
def ground(app: object) -> Ground:
    """A street with one community."""
    return Ground()


def only_campaign() -> Campaign:
    db.session.rollback()
    return db.session.scalars(select(Campaign)).one()


def test_a_community_proposes_and_the_street_returns_then_approves(
    sign_in: SignIn, ground: Ground
) -> None:
    worker, boss = sign_in(ground.worker), sign_in(ground.boss)
    assert "还没有专场" in worker.get(ground.desk).text
    worker.get(f"{ground.desk}/new")
    assert "请写专场名称" in worker.submit({"title": ""}, status=422).text
    assert "交给街道了" in worker.submit({"title": "开学季", "price_cap": "200"}).text
    found = only_campaign().id
    assert "等街道同意" in boss.get(ground.above).text
    boss.get(f"{ground.above}/{found}")
    assert "请写一句原因" in boss.submit({"reason": ""}, action="return", status=422).text
    boss.submit({"reason": "日子太长"}, action="return")
    assert "日子太长" in worker.get(f"{ground.desk}/{found}").text
    worker.get(f"{ground.desk}/{found}/edit")
    worker.submit({"place": "街道文化站"})
    boss.get(f"{ground.above}/{found}")
    assert "同意了" in boss.submit(action="approve").text
    assert only_campaign().state == "open"


@pytest.mark.parametrize(
    ("since", "until", "cap", "sentence"),
    [
        (0, -1, "100", "截止日要在开始日之后"),
        (0, 500, "100", "最长一年"),
        (0, 9, "0", "至少填 1"),
        (0, 9, "一百", "请填整数"),
    ],
)
def test_wrong_words_say_what_to_do(
    sign_in: SignIn, ground: Ground, since: int, until: int, cap: str, sentence: str
) -> None:
    client, today = sign_in(ground.worker), clock.local_day(clock.now())
    client.get(f"{ground.desk}/new")
    typed = {
        "title": "开学季", "price_cap": cap, "since": str(today + timedelta(days=since)),
        "until": str(today + timedelta(days=until)),
    }  # fmt: skip
    assert sentence in client.submit(typed, status=422).text
    assert db.session.scalars(select(Campaign)).all() == []


def test_a_thing_is_written_in_four_fields_and_a_second_of_the_household_refused(
    sign_in: SignIn, ground: Ground
) -> None:
    found = make_campaign(ground.street, boss=ground.boss)
    page = f"{ground.desk}/{found}/wishes"
    client = sign_in(ground.worker)
    client.get(page)
    thing = {"title": "一个书包", "name": "李小明", "phone": "13800001111"}
    assert "加上了" in client.submit(thing, action="/wishes").text
    assert "这一户在本专场已有心愿" in client.submit(thing, action="/wishes", status=409).text
    assert "药品" in client.submit({**thing, "title": "感冒药"}, action="/wishes", status=422).text
    client.get(page)
    assert "退出专场了" in client.submit(action="/out").text
    assert "加上了" in client.submit(thing, action="/wishes").text


def test_a_register_comes_in_and_says_which_rows_stay_behind(
    sign_in: SignIn, ground: Ground
) -> None:
    found = make_campaign(ground.street, boss=ground.boss)
    batch, _seen = take_in(
        ground.home.id, actor_id=ground.worker.id, data=SHEET.encode(), filename="新年.csv"
    )
    import_rows(batch, actor_id=ground.worker.id, area_id=ground.home.id, lines=[2, 3, 4])
    client = sign_in(ground.worker)
    page = client.get(f"{ground.desk}/{found}/wishes/drafts").text
    assert page.count('name="wishes"') == 3
    ids = list(db.session.scalars(select(Wish.id).order_by(Wish.id)))
    said = client.submit({"wishes": ids}).text
    assert "2 个心愿进了专场" in said
    assert "1 个没能加进来" in said
    assert "一户一愿" in said


def test_the_street_lets_a_communitys_later_wishes_in_or_gives_them_back(
    sign_in: SignIn, ground: Ground
) -> None:
    found = make_campaign(ground.street, boss=ground.boss)
    bring(found, ground.home, worker=ground.worker)
    client = sign_in(ground.boss)
    assert "1 个等街道同意" in client.get(f"{ground.above}/{found}").text
    client.submit({"reason": "请写件数"}, action="return")
    bring(found, ground.home, worker=ground.worker, title="一盏台灯")
    client.get(f"{ground.above}/{found}")
    assert "同意了 1 个心愿" in client.submit(action="approve").text
    states = db.session.scalars(select(Wish.state).order_by(Wish.id)).all()
    assert states == ["draft", "open"]


def test_backup_units_and_keepers_are_named(sign_in: SignIn, ground: Ground) -> None:
    found = make_campaign(ground.street, boss=ground.boss)
    unit, helper = make_unit(name="供电公司"), make_volunteer(name="吴帮忙")
    client = sign_in(ground.boss)
    client.get(f"{ground.above}/{found}/people")
    client.submit({"units": [unit.id]}, action="backups")
    assert "请核对" in client.submit({"number": "123"}, action="keepers", status=422).text
    assert "吴帮忙" in client.submit({"number": helper.volunteer_number}, action="keepers").text
    assert "供电公司" in client.get(f"/campaigns/{found}").text
    assert "收货清单" in sign_in(helper).get(f"/campaigns/{found}/receiving").text
    client.get(f"{ground.above}/{found}/people")
    client.submit(action="remove")
    sign_in(helper).get(f"/campaigns/{found}/receiving", status=404)


def test_strangers_find_no_campaign_at_this_desk(sign_in: SignIn, ground: Ground) -> None:
    found = make_campaign(ground.street, boss=ground.boss)
    stranger = make_worker(community=make_community())
    client = sign_in(stranger)
    for page in ("", "/new", f"/{found}", f"/{found}/people", f"/{found}/wishes"):
        client.get(f"{ground.desk}{page}", status=404)
    worker = sign_in(ground.worker)
    worker.get(f"{ground.desk}/{found}/people", status=404)
    worker.get(f"{ground.desk}/{found}/edit", status=404)
