"""What went up through the levels in the demo: done, returned once, on its way, pressed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from accounts.models import Area
from accounts.services.departments import mark_department
from foundation import clock
from foundation.db import db
from wishes.models import Ask
from wishes.rules.asking import AskWords, PrivateWords
from wishes.rules.kinds import Category
from wishes.rules.lateness import Kind, PauseReason
from wishes.services.asking import submit_ask
from wishes.services.legs import accept_leg, confirm_leg, pass_on_leg, report_leg, return_leg
from wishes.services.pausing import pause_clock
from wishes.services.pressing import PressWords, acknowledge, end_press, press
from wishes.services.referring import refer_ask
from wishes.services.replying import answer_ask

if TYPE_CHECKING:
    from app.demo.month import Month


def drop(_answer: object) -> None:
    """A step of the timeline answers nothing."""


POWER, LAW = 0, 5  # units of the first community that the street marks as departments


class _Rise:
    """One ask of the first community on its way up, by days before today."""

    def __init__(self, month: Month, title: str, text: str, days: int) -> None:
        self.month, self.title, self.text = month, title, text
        self.home = month.town.communities[0]
        self.days, self.ask_id, self.referral_id, self.press_id = days, 0, 0, 0
        self.step(0, 9, self.ask)

    def step(self, later: int, hour: int, do: Callable[[], object]) -> None:
        """Let something happen so many days after it was asked."""
        moment = self.month.days.at(-self.days + later, hour, 20)
        self.month.timeline.add(moment, lambda: drop(do()))

    def ask(self) -> None:
        """A resident asks online."""
        words = AskWords(
            title=self.title, text=self.text, category=Category.FACILITIES, is_public=True
        )
        code = submit_ask(self.home.id, words=words, private=PrivateWords())
        self.ask_id = db.session.scalars(db.select(Ask.id).where(Ask.code == code)).one()

    def send_up(self) -> None:
        """The community cannot do it itself."""
        self.referral_id = refer_ask(
            self.ask_id, actor_id=self.home.reporter(), words="社区没有这笔经费，请街道协调。"
        )

    def take_on(self) -> None:
        """The street takes it."""
        accept_leg(self.referral_id, actor_id=self.home.supervisor_id)

    def pass_to(self, unit: int) -> None:
        """The street passes it to one of its departments."""
        key = f"unit:{self.month.town.units[unit].id}"
        accept_leg(self.referral_id, actor_id=self.home.supervisor_id)
        pass_on_leg(
            self.referral_id, actor_id=self.home.supervisor_id, to=key, words="请派人看现场。"
        )


def tell_levels(month: Month) -> None:
    """Put every story of the levels on the timeline."""
    month.timeline.add(month.days.at(-30, 8), lambda: _mark(month))
    _tell_done(month)
    _tell_waiting(month)
    _tell_pressed(month)


def _mark(month: Month) -> None:
    for at in (POWER, LAW):
        unit = month.town.units[at]
        boss = month.town.communities[at % 6].supervisor_id
        mark_department(unit.id, actor_id=boss, yes=True)


def _tell_done(month: Month) -> None:
    """Returned once with a reason, then done and confirmed by every hand."""
    lamp = _Rise(month, "楼前路灯不亮", "三盏灯灭了半个月，晚上看不清台阶。", 22)
    officer = month.town.units[POWER].coordinator_id
    lamp.step(0, 15, lamp.send_up)
    lamp.step(1, 10, lambda: lamp.pass_to(POWER))
    lamp.step(2, 9, lambda: _return(lamp, officer))
    lamp.step(2, 14, lambda: _again(lamp))
    lamp.step(3, 9, lambda: accept_leg(lamp.referral_id, actor_id=officer))
    lamp.step(5, 16, lambda: _report(lamp, officer, "换了三个灯头，试灯正常。"))
    lamp.step(6, 10, lambda: confirm_leg(lamp.referral_id, actor_id=lamp.home.supervisor_id))
    lamp.step(6, 15, lambda: confirm_leg(lamp.referral_id, actor_id=lamp.home.reporter()))


def _return(rise: _Rise, actor_id: int) -> None:
    return_leg(rise.referral_id, actor_id=actor_id, reason="请写明是哪几根灯杆，再转过来。")


def _again(rise: _Rise) -> None:
    unit = f"unit:{rise.month.town.units[POWER].id}"
    boss = rise.home.supervisor_id
    words = "灯杆编号 L-07 到 L-09，请尽快。"
    pass_on_leg(rise.referral_id, actor_id=boss, to=unit, words=words)


def _report(rise: _Rise, actor_id: int, result: str) -> None:
    report_leg(rise.referral_id, actor_id=actor_id, result=result)


def _tell_waiting(month: Month) -> None:
    """One in a department's hands with its clock standing still, one just sent up."""
    cover = _Rise(month, "小区门口井盖翘起来了", "推轮椅过不去。", 9)
    officer = month.town.units[POWER].coordinator_id
    cover.step(0, 14, cover.send_up)
    cover.step(1, 9, lambda: cover.pass_to(POWER))
    cover.step(1, 15, lambda: accept_leg(cover.referral_id, actor_id=officer))
    cover.step(2, 9, lambda: _pause(cover, officer))
    stairs = _Rise(month, "楼梯扶手松动", "一单元一楼到二楼。", 1)
    stairs.step(0, 16, stairs.send_up)


def _pause(rise: _Rise, actor_id: int) -> None:
    pause_clock(
        Kind.REFERRAL, rise.referral_id, actor_id=actor_id, reason=PauseReason.MATERIAL,
        words="新井盖在路上，到货就装。",
    )  # fmt: skip


def _tell_pressed(month: Month) -> None:
    """The street presses the community, which acts; everybody reads the notice."""
    bins = _Rise(month, "楼道里堆了旧家具", "堵着消防通道。", 16)
    bins.step(4, 9, lambda: _press(bins))
    bins.step(4, 11, lambda: _acknowledge(bins))
    bins.step(4, 16, lambda: _answer(bins))
    bins.step(7, 16, lambda: _end(bins))


def _press(rise: _Rise) -> None:
    today = clock.local_day(clock.now())
    told = PressWords("消防通道一天也不能堵。", "陈海", "街道副主任", today + timedelta(days=3))
    area = db.session.get_one(Area, rise.home.id)
    rise.press_id = press(
        Kind.ASK, rise.ask_id, area_id=area.parent_id or 0, actor_id=rise.home.supervisor_id,
        told=told,
    )  # fmt: skip


def _acknowledge(rise: _Rise) -> None:
    until = clock.local_day(clock.now()) + timedelta(days=2)
    acknowledge(
        rise.press_id, actor_id=rise.home.reporter(), plan="后天组织清运，请物业出车。", until=until
    )


def _answer(rise: _Rise) -> None:
    answer_ask(rise.ask_id, actor_id=rise.home.reporter(), reply="已约物业，后天清走旧家具。")


def _end(rise: _Rise) -> None:
    end_press(
        rise.press_id, actor_id=rise.home.supervisor_id,
        ending="旧家具已清走，通道畅通。请各社区对照检查。",
    )  # fmt: skip
