"""Journey 2: a lecture in the centre; codes at the door, a roll call, a batch of verifications."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import select

from accounts.models import Area, Organisation, User
from foundation.db import db
from tests.journeys import day, volunteer, worker
from tests.journeys.conftest import MovableClock
from tests.journeys.phone import Phone
from tests.journeys.ways import two_ways
from tests.makers import (
    make_colleague,
    make_community,
    make_coordinator,
    make_unit,
    make_volunteer,
    make_worker,
    tomorrow,
)
from tests.pictures import jpeg
from tests.served import make_attendance, make_served_wish, served_minutes, state_of
from wishes.models import Report, Wish
from wishes.rules import batching
from wishes.rules.life import WishState
from wishes.services.claiming import claim_for_unit, claim_wish
from wishes.services.reporting import hand_in_report

PhoneOf = Callable[..., Phone]
TITLE = "防诈骗讲座"
FORGOT = "没签退，记 0 分钟"


class Cast(NamedTuple):
    """Who takes part in the lecture, and how each of them is proved there."""

    area: Area
    worker: User
    verifier: User
    unit: Organisation
    coordinator: User
    types: User
    scans: User
    forgets: User
    without_phone: User
    colleague: User
    stays_away: User


def make_cast() -> Cast:
    """A community with two workers, four volunteers, a unit with two colleagues."""
    area, unit = make_community(name="梨园社区"), make_unit(name="梨园街道卫生院")
    return Cast(
        area=area,
        worker=make_worker(community=area, name="周敏"),
        verifier=make_worker(community=area, name="吴佳"),
        unit=unit,
        coordinator=make_coordinator(unit=unit, name="孙悦"),
        types=make_volunteer(name="王喆"),
        scans=make_volunteer(name="李想"),
        forgets=make_volunteer(name="赵忘签"),
        without_phone=make_volunteer(name="钱大妈"),
        colleague=make_colleague(unit=unit, name="韩冰"),
        stays_away=make_colleague(unit=unit, name="何未到"),
    )


def make_waiting(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> list[Wish]:
    """Three small services of yesterday, reported; the dice open the last of them."""
    wishes = []
    for title in ("读报半小时", "理旧书", "擦健身器材"):
        wish = make_served_wish(community=cast.area, title=title, headcount=1, minutes=60)
        make_attendance(wish, cast.types if title == "读报半小时" else None)
        hand_in_report(wish.id, actor_id=cast.worker.id, text="做好了。")
        wishes.append(wish)
    drawn = db.session.scalars(select(Report.id).where(Report.wish_id == wishes[-1].id)).one()
    monkeypatch.setattr(batching, "must_open", lambda _secret, report_id: report_id == drawn)
    return wishes


def fill_places(cast: Cast, wish_id: int) -> None:
    """All but the first place (claiming in the browser is another journey's)."""
    for person in (cast.scans, cast.forgets, cast.without_phone):
        claim_wish(wish_id, actor_id=person.id)
    claim_for_unit(
        wish_id, actor_id=cast.coordinator.id, organisation_id=cast.unit.id, places=2,
        named=[cast.colleague.id, cast.stays_away.id],
    )  # fmt: skip


def publish_lecture(desk: Phone, area_id: int, starts: datetime) -> int:
    """The worker writes the lecture; returns its id."""
    desk.open(f"/desk/{area_id}/wishes/new").type("心愿标题", TITLE)
    worker.publishes(
        desk, venue="社区", place="党群服务中心二楼", starts=starts,
        ends=starts + timedelta(hours=2), people=6, tools=[],
    )  # fmt: skip
    db.session.rollback()
    return db.session.scalars(select(Wish.id).where(Wish.title == TITLE)).one()


@two_ways
@pytest.mark.journey
def test_a_lecture_in_the_centre(
    phone_of: PhoneOf, moved: MovableClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = make_cast()
    area, starts = cast.area.id, tomorrow(9)
    small, also_small, drawn = make_waiting(cast, monkeypatch)
    desk, screen = phone_of("worker", cast.worker), phone_of("screen", cast.worker)
    typing, scanning = phone_of("types", cast.types), phone_of("scans", cast.scans)
    forgetting, colleague = phone_of("forgets", cast.forgets), phone_of("unit", cast.colleague)

    # Given a lecture for six that is full
    lecture = publish_lecture(desk, area, starts)
    volunteer.claims(typing, lecture)
    fill_places(cast, lecture)
    typing.open(f"/wishes/{lecture}").sees("进行中").sees("6/6")

    # When the screen shows its code: an old one is refused, the new one typed or scanned
    moved.move_to(starts - timedelta(minutes=12))
    old = day.shows_code(screen, area, lecture)
    moved.move_to(starts - timedelta(minutes=10))
    volunteer.keys_in(typing, old.digits, "到达").sees("这个码已经过期")
    for person in (typing, forgetting, colleague):
        code = day.shows_code(screen, area, lecture)
        volunteer.keys_in(person, code.digits, "到达").sees("还没签退")
    volunteer.scans(scanning, day.shows_code(screen, area, lecture).address, "到达")
    scanning.sees("已签到")
    day.marks(desk, area, lecture, names=[cast.without_phone.name], what="到了").sees("点名")
    screen.open(f"/desk/{area}/wishes/{lecture}/gate").sees("已到 5 / 6")

    # And all but one check out, one never came
    moved.move_to(starts + timedelta(minutes=118))
    for person in (typing, colleague):
        code = day.shows_code(screen, area, lecture)
        volunteer.keys_in(person, code.digits, "离开").sees("已签退")
    volunteer.scans(scanning, day.shows_code(screen, area, lecture).address, "离开")
    scanning.sees("已签退")
    day.marks(desk, area, lecture, names=[cast.without_phone.name], what="走了")
    day.marks(desk, area, lecture, names=[cast.stays_away.name], what="没来").sees("没来")

    # Then a forgotten check-out is worth nothing until a worker enters the time
    moved.move_to(starts + timedelta(hours=6))
    desk.open(f"/desk/{area}/wishes/{lecture}/report").sees("没有签退，记 0 分钟")
    desk.open(f"/desk/{area}/wishes/{lecture}/attendance").sees(FORGOT)
    day.enters_leaving(desk, area, lecture, name=cast.forgets.name, clock="10:30")
    desk.does_not_see(FORGOT).sees("补的签退")

    # The report waits for another worker, too large for a batch; small ones go together
    after = tmp_path / "after.jpg"
    after.write_bytes(jpeg().read())
    worker.reports(desk, area, lecture, text="讲了三种常见骗局。", after=after)
    desk.open(f"/desk/{area}/verification").sees("要请别人核实").does_not_see("可以一起核实")
    second = phone_of("verifier", cast.verifier)
    second.open(f"/desk/{area}/verification").sees("人多或时间长").sees("抽到了细看")
    assert second.page.locator("input[name=wishes]").count() == 2
    second.tick(small.title).tick(also_small.title)
    second.tap("勾选的都核实通过").sees("核实通过 2 个")
    second.open(f"/desk/{area}/wishes/{lecture}/verify").sees("没有到场")
    worker.verifies(second, area, lecture)
    db.session.rollback()
    assert state_of(drawn) == WishState.REPORTED

    # The passbooks tell how long, and how it was proved
    typing.open("/passbook").sees(TITLE).sees("＋2:00").sees("扫码").sees(small.title)
    forgetting.open("/passbook").sees(re.compile(r"＋1:3\d|＋1:40")).sees("点名")
    unit = phone_of("coordinator", cast.coordinator).open(f"/unit/{cast.unit.id}/record")
    record = unit.read("main table")
    assert cast.colleague.name in record
    assert cast.stays_away.name not in record
    typing.open(f"/wishes/{lecture}").sees("已办结")
    db.session.rollback()
    assert served_minutes(cast.types) == 120 + 60
    for person in (cast.scans, cast.without_phone, cast.colleague):
        assert served_minutes(person) == 120
    assert 90 <= served_minutes(cast.forgets) <= 100  # from ten to nine to half past ten
    assert served_minutes(cast.stays_away) == 0
