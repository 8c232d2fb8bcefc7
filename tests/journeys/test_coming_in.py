"""Coming in: an account of one's own, a lost password, a worker's look at the card, a new post."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from accounts.models import Area, User
from foundation.db import db
from tests.journeys import newcomer
from tests.journeys.conftest import carry_mail
from tests.journeys.phone import Phone
from tests.journeys.post_office import PostOffice
from tests.journeys.ways import two_ways
from tests.makers import make_community, make_coordinator, make_unit, make_volunteer, make_worker

PhoneOf = Callable[..., Phone]
PHONE, MAIL = "139 0000 7777", "wangzhe@example.test"
FIRST, SECOND = "梨园的灯泡 亮了七盏", "龙井的河水 流过八桥"


@pytest.fixture
def community(app: Flask) -> Area:
    """Where the newcomer lives."""
    area = make_community(name="梨园社区")
    assert area.parent is not None
    return area


def find_newcomer() -> User:
    """The account that was opened in the browser."""
    db.session.rollback()
    return db.session.scalars(select(User).where(User.phone == "+8613900007777")).one()


@two_ways
@pytest.mark.journey
def test_a_newcomer_registers_and_loses_the_password(
    app: Flask, phone_of: PhoneOf, community: Area, post_office: PostOffice
) -> None:
    home = f"{community.parent.name} · {community.name}" if community.parent else ""
    phone = phone_of("newcomer")

    # Given somebody who forgot to agree: what they typed stays
    phone.open("/mine").sees("登录").tap("还没有账号，去注册")
    newcomer.fills_in(phone, name="王喆", contact=PHONE, password=FIRST, home=home)
    phone.tap("注册", within="main", exact=True).sees("请先阅读并同意")
    assert phone.field("姓名").input_value() == "王喆"
    newcomer.agrees(phone).type("设一个密码", FIRST)
    phone.tap("注册", within="main", exact=True).sees("我的心愿")
    assert find_newcomer().is_party_member is False

    # And who tells in a form of its own that they are a party member
    phone.open("/me").sees("未核对").tap("我是中共党员，同意这样使用").sees("已填写：中共党员")
    newcomer.adds_address(phone, email=MAIL, password=FIRST).sees(MAIL)
    phone.tap("退出登录", within="main").sees("已退出登录")

    # When the password is wrong, one sentence says so; the right one opens
    newcomer.signs_in(phone, contact=PHONE, password="全都忘了").sees("账号或密码不对")
    newcomer.signs_in(phone, contact=PHONE, password=FIRST).sees("心愿墙")
    phone.open("/me").tap("退出登录", within="main")

    # Then a letter through the real post brings a link to a new one, once
    phone.open("/sign-in").tap("忘了密码").type("手机号或邮箱", MAIL)
    phone.tap("寄链接给我").sees("看看邮箱")
    carry_mail(app)
    link = newcomer.link_in_letter(post_office, MAIL, "/reset/")
    phone.open(link).type("新密码", SECOND).tap("就用这个").sees("新密码设好了")
    newcomer.signs_in(phone, contact=MAIL, password=SECOND).sees("心愿墙")
    phone.open(link).sees("这个重设链接已经用过或过期了")


@two_ways
@pytest.mark.journey
def test_a_neighbour_is_confirmed_and_becomes_a_coordinator(
    app: Flask, phone_of: PhoneOf, community: Area, post_office: PostOffice
) -> None:
    unit = make_unit(name="梨园街道卫生院", home=community)
    make_coordinator(unit=unit)
    neighbour = make_volunteer(
        name="王喆", phone="+8613900007777", email=MAIL, confirmed=False, home=community
    )
    desk = phone_of("worker", make_worker(community=community, name="周敏"))
    phone = phone_of("neighbour", neighbour)

    # Given a neighbour at the counter with an identity card
    phone.open("/mine").sees("您的身份还没核过")
    desk.open(f"/desk/{community.id}/people").sees("王喆")
    desk.type("志愿者编号或手机号", PHONE).tap("搜", within="main", exact=True)
    desk.tap("身份已核对").sees("王喆 的身份已核对")
    phone.open("/mine").does_not_see("您的身份还没核过")

    # When the worker invites them as a coordinator, the letter's link leads to the post
    desk.tap("邀请同事").choose("请他担任", "梨园街道卫生院 · 单位联络员")
    desk.type("姓名", "王喆").type("邮箱", MAIL).tap("写邀请").sees("信也寄到了")
    carry_mail(app)
    phone.open(newcomer.link_in_letter(post_office, MAIL, "/invitations/"))
    phone.sees("梨园街道卫生院").tap("接受邀请").sees("您已加入")

    # Then the unit's desk is theirs
    phone.open(f"/unit/{unit.id}").sees("梨园街道卫生院")
    phone.open(f"/unit/{unit.id}/coordinators").sees("王喆")


@two_ways
@pytest.mark.journey
def test_the_language_and_the_large_type_switch_and_switch_back(
    phone_of: PhoneOf, community: Area
) -> None:
    phone = phone_of("neighbour", make_volunteer(name="王喆", home=community))
    root = phone.page.locator("html")

    phone.open("/passbook").sees("爱心存折").tap("长辈模式")
    assert root.get_attribute("data-elder") is not None
    assert phone.page.url.endswith("/passbook")
    phone.open("/").tap("标准模式", within="header")
    assert root.get_attribute("data-elder") is None

    phone.page.locator("summary.menu-button").click()
    phone.tap("English").sees("Wishes")
    assert root.get_attribute("lang") == "en"
    phone.open("/passbook").does_not_see("爱心存折")
    phone.page.locator("summary.menu-button").click()
    phone.tap("中文").sees("爱心存折")
    assert root.get_attribute("lang") == "zh-Hans"
