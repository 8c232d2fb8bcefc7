"""A community with one worker: what they report, the street verifies."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from accounts.models import Area
from foundation.db import db
from tests.journeys.phone import Phone
from tests.journeys.ways import two_ways
from tests.makers import make_community, make_supervisor, make_volunteer, make_worker
from tests.served import make_attendance, make_served_wish


@two_ways
@pytest.mark.journey
def test_the_street_verifies_for_a_lone_worker(phone_of: Callable[..., Phone]) -> None:
    community = make_community(name="一人社区")
    street = db.session.get_one(Area, community.parent_id)
    alone = make_worker(community=community, name="刘一")
    supervisor, helper = make_supervisor(street=street), make_volunteer()
    wish = make_served_wish(community=community, created_by=alone, title="整理花坛")
    make_attendance(wish, helper)
    area_id, wish_id, street_id = community.id, wish.id, street.id
    desk = phone_of("worker", alone)
    desk.open(f"/desk/{area_id}/wishes/{wish_id}").tap("提交完成").type(
        "做了什么", "花坛整理好了。"
    )
    desk.tap("提交，等核实").open(f"/desk/{area_id}/wishes/{wish_id}/verify").sees("由街道核实")
    second = phone_of("street", supervisor)
    second.open(f"/oversight/{street_id}").sees("整理花坛").tap("整理花坛").tap("核实通过")
    phone_of("helper", helper).open("/passbook").sees("整理花坛").sees("＋1:00")
