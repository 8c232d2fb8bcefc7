"""A lamp that a community cannot mend: up, over, returned once, pressed, mended, confirmed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from foundation import clock
from tests.journeys.conftest import MovableClock, carry_mail
from tests.journeys.phone import Phone
from tests.journeys.post_office import PostOffice
from tests.journeys.ways import two_ways
from tests.wishes.levels import make_ask, make_levels
from wishes.services.stepping_up import run_levels

PhoneOf = Callable[..., Phone]
MONDAY = datetime(2026, 11, 23, 2, tzinfo=UTC)


def unfold(phone: Phone, words: str) -> Phone:
    """Open the fold with these words."""
    phone.page.locator("summary.fold-head", has_text=words).click()
    return phone


@pytest.mark.journey
@two_ways
def test_a_lamp_through_three_levels(
    app: Flask, phone_of: PhoneOf, moved: MovableClock, post_office: PostOffice
) -> None:
    moved.move_to(MONDAY)
    levels = make_levels()
    ask_id = make_ask(levels.community)
    area, street, unit = levels.community.id, levels.street.id, levels.department.id
    second = levels.second.name

    # Given an ask that the community sends up
    desk = phone_of("worker", levels.worker)
    desk.open(f"/desk/{area}/asks/{ask_id}").tap("上报和计时")
    desk.type("请上级协调什么", "社区没有维修经费").tap("上报", within="main form", exact=True)
    desk.sees("梨园社区 → 梨园街道").sees("待承接")

    # When the street takes it on and passes it to a department that returns it with a reason
    boss = phone_of("street", levels.boss)
    boss.open(f"/oversight/{street}/referrals").tap("楼前路灯不亮").tap("承接", exact=True)
    unfold(boss, "转办、交办或再上报")
    boss.choose("交给谁", f"转办：{second}").type("交代什么", "请看现场").tap("转出去")
    boss.sees(second)
    other = phone_of("second", levels.colleague)
    other.open(f"/unit/{levels.second.id}/referrals").tap("楼前路灯不亮")
    unfold(other, "退回").tap("退回", within="details[open]", exact=True)
    other.sees("退回要写明原因").type("原因", "灯不归我们管").tap(
        "退回", within="details[open]", exact=True
    )
    other.sees("灯不归我们管")

    # And the next one leaves it lying until the street presses it
    boss.open(f"/oversight/{street}/referrals").tap("楼前路灯不亮").sees("灯不归我们管")
    unfold(boss, "转办、交办或再上报")
    boss.choose("交给谁", f"转办：{levels.department.name}").type("交代什么", "请修").tap("转出去")
    moved.move_to(MONDAY + timedelta(days=2))
    carry_mail(app)
    boss.open(f"/oversight/{street}/overdue").sees("超期 1 个工作日").tap("督办", within=".todos")
    boss.type("督办要求", "三天内修好").type("签发领导", "王立").type("职务", "副主任").tap(
        "发出督办"
    )
    boss.sees("待签收")

    # Then it signs for it, does it, and each hand confirms
    officer = phone_of("officer", levels.officer)
    officer.open(f"/unit/{unit}/referrals").tap("楼前路灯不亮")
    officer.type("打算怎么办", "明天换灯头").type("哪天办好", "2026-11-27").tap("签收", exact=True)
    officer.sees("已签收").tap("打开这件事").tap("承接", exact=True)
    officer.type("办得怎么样", "换了三个灯头，试灯正常").tap("回报结果").sees("待确认")
    boss.open(f"/oversight/{street}/referrals").tap("楼前路灯不亮").tap("确认办结")
    boss.open(f"/oversight/{street}/presses").tap("楼前路灯不亮")
    boss.type("通报内容", "已修好，请各社区对照检查。").tap("发出通报").sees("已通报")
    desk.open(f"/desk/{area}").sees("待确认").open(f"/desk/{area}/referrals").tap("楼前路灯不亮")
    desk.tap("确认办结").sees("已办结").sees("换了三个灯头").sees("灯不归我们管").sees("督办")
    neighbour = phone_of("neighbour", levels.neighbour)
    neighbour.open(f"/areas/{street}/bulletins").sees("请各社区对照检查")
    carry_mail(app)
    assert any("督办" in each for each in post_office.subjects_to(levels.officer.email or ""))
    assert run_levels(clock.now()).stepped_up == 0
