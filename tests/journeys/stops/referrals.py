"""The pages of the levels: sent up, passed on, late, pressed, made known."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from accounts.services.departments import mark_department
from foundation import clock
from foundation.db import db
from tests.journeys.neighbourhood import LONG, Neighbourhood
from tests.journeys.stops.stop import Ids, Stop
from wishes.models import Ask
from wishes.rules.asking import AskWords, PrivateWords
from wishes.rules.lateness import Kind, PauseReason
from wishes.services.asking import submit_ask
from wishes.services.legs import accept_leg, pass_on_leg, report_leg, return_leg
from wishes.services.pausing import pause_clock
from wishes.services.pressing import PressWords, acknowledge, end_press, press
from wishes.services.referring import refer_ask

LEFT_OUT: dict[str, str] = {}
REASON = "灯杆归供电公司管，我们只管路面，请转供电公司"


def list_stops(town: Neighbourhood) -> list[Stop]:
    """All of them."""
    at_desk: Ids = {"area_id": town.community.id}
    at_street: Ids = {"area_id": town.street.id}
    _mark_department(town)
    late, referral, returned = _ask(town, LONG), _refer(town, back=False), _refer(town, back=True)
    pressed, ended = _press(town, end=False), _press(town, end=True)
    pages: list[tuple[str, str, Ids]] = [
        ("worker", "communities.referrals", at_desk),
        ("worker", "communities.ask_levels", {**at_desk, "ask_id": late}),
        ("worker", "communities.wish_levels", {**at_desk, "wish_id": town.ids["open"]}),
        ("worker", "wishes.referral", {"referral_id": referral}),
        ("worker", "wishes.referral", {"referral_id": returned}),
        ("worker", "wishes.press_page", {"press_id": pressed}),
        ("worker", "wishes.bulletins", at_street),
        ("supervisor", "wishes.referral", {"referral_id": referral}),
        ("supervisor", "wishes.referral", {"referral_id": returned}),
        ("supervisor", "wishes.press_page", {"press_id": ended}),
        ("supervisor", "wishes.bulletins", at_street),
        ("supervisor", "oversight.overdue", at_street),
        ("supervisor", "oversight.overdue", {**at_street, "light": "blue"}),
        ("supervisor", "oversight.press_matter", {**at_street, "kind": "ask", "matter_id": late}),
        ("supervisor", "oversight.presses", at_street),
        ("supervisor", "oversight.referrals", at_street),
        ("supervisor", "oversight.departments", at_street),
        ("coordinator", "partner_units.referrals", {"unit_id": town.unit.id}),
        ("coordinator", "wishes.referral", {"referral_id": referral}),
    ]
    hidden = Stop("volunteer", "wishes.referral", {"referral_id": referral}, 404)
    return [hidden, *(Stop(who, name, ids) for who, name, ids in pages)]


def _mark_department(town: Neighbourhood) -> None:
    mark_department(town.unit.id, actor_id=town.people["supervisor"].id, yes=True)


def _ask(town: Neighbourhood, title: str) -> int:
    """An ask that nobody has accepted for a fortnight."""
    with clock.at(clock.now() - timedelta(days=14)):
        words = AskWords(
            title=title, text="楼前三盏路灯都不亮，老人晚上看不见台阶。", is_public=True
        )
        code = submit_ask(town.community.id, words=words, private=PrivateWords())
    return db.session.scalars(select(Ask.id).where(Ask.code == code)).one()


def _refer(town: Neighbourhood, *, back: bool) -> int:
    who, unit = town.people, f"unit:{town.unit.id}"
    ask_id = _ask(town, "楼前路灯不亮" if back else "小区门口井盖响")
    with clock.at(clock.now() - timedelta(days=12)):
        referral_id = refer_ask(ask_id, actor_id=who["worker"].id, words="社区没有维修经费")
        accept_leg(referral_id, actor_id=who["supervisor"].id)
        pass_on_leg(referral_id, actor_id=who["supervisor"].id, to=unit, words="请派人看现场")
    if back:
        return_leg(referral_id, actor_id=who["coordinator"].id, reason=REASON)
        report_leg(referral_id, actor_id=who["supervisor"].id, result="供电公司已换灯头")
        return referral_id
    with clock.at(clock.now() - timedelta(days=11)):
        accept_leg(referral_id, actor_id=who["coordinator"].id)
        pause_clock(
            Kind.REFERRAL, referral_id, actor_id=who["coordinator"].id,
            reason=PauseReason.MATERIAL, words="新井盖在路上",
        )  # fmt: skip
    return referral_id


def _press(town: Neighbourhood, *, end: bool) -> int:
    who, today = town.people, clock.local_day(clock.now())
    ask_id = _ask(town, "楼道堆物" if end else "电梯常停")
    told = PressWords("请三天内拿出办法", "王立", "街道副主任", today + timedelta(days=3))
    press_id = press(
        Kind.ASK, ask_id, area_id=town.street.id, actor_id=who["supervisor"].id, told=told
    )
    if end:
        until = today + timedelta(days=2)
        acknowledge(press_id, actor_id=who["worker"].id, plan="周三联合清理", until=until)
        end_press(press_id, actor_id=who["supervisor"].id, ending="已清理，请各社区对照检查。")
    return press_id
