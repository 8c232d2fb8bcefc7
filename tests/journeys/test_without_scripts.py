"""A volunteer whose browser runs no scripts: every errand is a link or a form."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from foundation.db import db, transaction
from foundation.passwords import hash_password
from tests.journeys import newcomer
from tests.journeys.conftest import MovableClock
from tests.journeys.phone import Phone
from tests.makers import make_community, make_volunteer, make_wish, make_worker, tomorrow
from tests.pictures import jpeg
from tests.served import make_attendance, make_served_wish
from wishes.models import Attendance, Photo, Wish
from wishes.rules.kinds import Category, Provision
from wishes.rules.proof import Decision, rotating_code
from wishes.services.claiming import claim_wish
from wishes.services.completing import verify
from wishes.services.indexing import index_wish
from wishes.services.reporting import hand_in_report

PhoneOf = Callable[..., Phone]
PASSWORD = "梨园的灯泡 亮了七盏"


def code_now(wish_id: int, moved: MovableClock) -> str:
    """What the site shows at this moment."""
    db.session.rollback()
    return rotating_code(db.session.get_one(Wish, wish_id).gate_secret, moved.now())


@pytest.mark.journey
def test_a_volunteers_errands_without_scripts(
    phone_of: PhoneOf, moved: MovableClock, tmp_path: Path
) -> None:
    community = make_community(name="梨园社区")
    worker, verifier = make_worker(community=community), make_worker(community=community)
    volunteer = make_volunteer(
        name="王喆", home=community, password_hash=hash_password(PASSWORD), email="w@example.test"
    )
    home: dict[str, Any] = {"community": community, "created_by": worker}
    tools = [("螺丝刀", Provision.BRING)]
    bulb = make_wish(title="换卧室灯泡", tools=tools, headcount=2, **home).id
    dumplings = make_wish(
        title="包粽子", category=Category.CULTURE, starts_at=tomorrow(15), **home
    ).id
    with transaction() as session:
        index_wish(session.get_one(Wish, dumplings))
    soon = make_wish(title="读报", starts_at=tomorrow(18), headcount=2, **home).id
    claim_wish(soon, actor_id=volunteer.id)
    done = make_served_wish(title="修水管", **home).id
    make_attendance(db.session.get_one(Wish, done), volunteer)
    hand_in_report(done, actor_id=worker.id, text="换了接头。")
    verify(done, actor_id=verifier.id, decision=Decision.ACCEPTED)
    phone = phone_of("volunteer", scripts=False)

    # Given somebody who signs in and looks for something to do
    newcomer.signs_in(phone, contact="w@example.test", password=PASSWORD).sees("换卧室灯泡")
    phone.page.get_by_role("searchbox").fill("粽子")
    phone.tap("搜", within="main", exact=True).sees("包粽子").does_not_see("换卧室灯泡")
    phone.open("/").tap("家政维修", within="main .chips").does_not_see("包粽子").tap("换卧室灯泡")

    # When they take a place and a tool, give both back, and take them again
    phone.tick("螺丝刀").tap("我来，占 1 个名额").sees("您占了 1 个名额")
    phone.tap("退出", within="main", exact=True).sees("已退出")
    phone.tick("螺丝刀").tap("我来，占 1 个名额").sees("认领好了")
    moved.move_to(tomorrow(8))
    phone.open(f"/wishes/{soon}").tap("我来不了").sees("社区已经知道您来不了")

    # Then the digits let them in and out, and a picture goes to the community
    starts = db.session.get_one(Wish, bulb).starts_at
    assert starts is not None
    moved.move_to(starts + timedelta(minutes=1))
    phone.open("/check-in").type("六位数字", code_now(bulb, moved)).tap("到达", exact=True)
    phone.sees("还没签退")
    picture = tmp_path / "bulb.jpg"
    picture.write_bytes(jpeg().read())
    phone.open(f"/wishes/{bulb}").tap("交照片").hand("照片", [picture]).tap("交给社区")
    phone.sees("我交过的")
    moved.move_to(starts + timedelta(minutes=58))
    phone.open("/check-in").type("六位数字", code_now(bulb, moved)).tap("离开", exact=True)
    phone.open("/passbook").sees("修水管").sees("＋1:00")

    # And the page speaks English and Chinese again
    phone.page.locator("summary.menu-button").click()
    phone.tap("English").does_not_see("爱心存折")
    phone.page.locator("summary.menu-button").click()
    phone.tap("中文").sees("爱心存折")
    db.session.rollback()
    here = select(Attendance.left_at).where(Attendance.wish_id == bulb)
    assert db.session.execute(here).scalar_one() is not None
    assert db.session.execute(select(func.count()).select_from(Photo)).scalar_one() == 1
