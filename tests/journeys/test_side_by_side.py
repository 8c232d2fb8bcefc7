"""Following a community, reading what it announces, and the screen in its hall."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.phone import Phone
from tests.journeys.ways import two_ways
from tests.makers import make_community, make_street, make_volunteer, make_wish, make_worker

PhoneOf = Callable[..., Phone]
TITLE = "周三上午停水"


@two_ways
@pytest.mark.journey
def test_a_follower_reads_the_announcement_and_the_hall_shows_it(phone_of: PhoneOf) -> None:
    community = make_community(name="梨园社区", street=make_street(name="梨园街道"))
    make_community(name="望江社区", street=make_street(name="柳湾街道"))
    worker = make_worker(community=community)
    make_wish(community=community, created_by=worker, title="清扫楼道", headcount=3)

    # Given a neighbour finds the community in the directory and follows it
    neighbour = phone_of("neighbour", make_volunteer(name="王喆")).open("/communities")
    neighbour.type("找社区", "梨园").tap("搜").does_not_see("望江社区")
    neighbour.tap("梨园社区").tap("关注", exact=True).sees("关注了梨园社区")

    # When the worker announces something for the next days
    desk = phone_of("worker", worker).open(f"/desk/{community.id}/announcements")
    desk.tap("写公告").type("标题", TITLE).type("内容", "八点到十二点，请先存水。").tap("发布")
    desk.sees("公告发了").sees(TITLE)

    # Then the neighbour is told, and reads it beside the wishes of what they follow
    neighbour.open("/notices").tap(f"梨园社区公告：{TITLE}").sees("请先存水")
    neighbour.open("/communities/mine").sees(TITLE).sees("清扫楼道")

    # And the screen in the hall turns to it by itself, until somebody holds it
    hall = phone_of("hall").open(f"/communities/{community.id}/wall").sees("清扫楼道")
    hall.tap("下一屏").sees(TITLE).tap("停在这一屏").sees(TITLE)
    expect(hall.page).to_have_url(re.compile("hold=1"))
