"""双报到: a member reports, the community confirms, the quarter ends, the unit reads the card."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time, timedelta

import pytest
from sqlalchemy import update

from accounts.models import PartyReport
from foundation import clock
from foundation.db import transaction
from tests.journeys.phone import Phone
from tests.journeys.ways import two_ways
from tests.makers import make_community, make_coordinator, make_unit, make_worker
from tests.wishes.reported import ended_quarter, member_of, served_then, then
from wishes.services.feedback import run_feedback

PhoneOf = Callable[..., Phone]


@pytest.mark.journey
@two_ways
def test_a_member_reports_and_the_unit_reads_the_card(phone_of: PhoneOf) -> None:
    community, unit = make_community(name="梨园社区"), make_unit(name="市水务局")
    person, worker = member_of(unit, "王秀英"), make_worker(community=community, name="李社工")
    boss = make_coordinator(unit=unit)

    # Given a member who reports at home and lets their unit see it
    mine = phone_of("member", person).open("/me").tap("向居住社区报到")
    place = f"{community.parent.name if community.parent else ''} · 梨园社区"
    mine.choose("居住社区", place).choose("也让单位看到", "市水务局")
    mine.tap("去报到").sees("请先勾选同意")
    mine.tick("我是中共党员").tap("去报到").sees("等社区确认")

    # And the community's worker confirms in one tap
    desk = phone_of("worker", worker).open(f"/desk/{community.id}/reporting").sees("王秀英")
    desk.tap("确认", exact=True).sees("已经告诉对方").sees("本季度还没有服务")
    mine.open("/mine/reporting").sees("已报到")

    # When they serve, and the quarter ends
    with transaction() as session:  # the report is made a quarter older: nobody waits that long
        session.execute(update(PartyReport).values(made_at=then(1), answered_at=then(2)))
    served_then(community, person, minutes=90)
    midnight = clock.from_local(ended_quarter().next.first, time())
    with clock.at(midnight - timedelta(minutes=1)):
        assert run_feedback(clock.now()) == 0
    with clock.at(midnight):
        assert run_feedback(clock.now()) == 1

    # Then the community looks, adds a sentence and signs
    desk.open(f"/desk/{community.id}/reporting").sees("反馈卡待签发").tap("王秀英")
    desk.sees("1 小时 30 分").type("社区的话", "灯泡换得仔细").tap("签发", exact=True)
    desk.sees("签发了，已经告诉对方")

    # And the member and their unit read it, on paper too
    mine.open("/mine/reporting").tap("梨园社区", within=".link-list").sees("灯泡换得仔细")
    ours = phone_of("boss", boss).open(f"/unit/{unit.id}").open(f"/unit/{unit.id}/reporting")
    ours.sees("1 件心愿 · 1 人次 · 1 小时 30 分").tap("王秀英").sees("签发人 李社工")

    # And taking the membership back hides it at once
    mine.open("/me").tap("撤回，不再显示")
    ours.open(f"/unit/{unit.id}/reporting").does_not_see("王秀英")
    desk.open(f"/desk/{community.id}/reporting").does_not_see("王秀英")
