"""Pages of the levels: each step from the desk it belongs to, 404 for strangers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from accounts.models import Organisation, User
from foundation.db import db
from tests.makers import make_volunteer, make_wish
from tests.pages import PageClient
from tests.wishes.levels import Levels, make_ask, make_levels
from wishes.models import Ask, Pause, Press, Referral
from wishes.rules.life import AskState
from wishes.rules.referrals import LegState
from wishes.services.legs import accept_leg, pass_on_leg
from wishes.services.referring import refer_ask

SignIn = Callable[[User], PageClient]
MONDAY = datetime(2026, 11, 23, 2, tzinfo=UTC)


@pytest.fixture
def now() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY, tick=False) as moved:
        yield moved


@pytest.fixture
def levels(app: Flask, now: time_machine.Traveller) -> Levels:
    return make_levels()


def the_referral() -> int:
    return db.session.scalars(select(Referral.id)).one()


def test_an_ask_goes_up_from_its_desk_and_keeps_its_state(levels: Levels, sign_in: SignIn) -> None:
    ask_id = make_ask(levels.community)
    desk, client = f"/desk/{levels.community.id}/asks/{ask_id}", sign_in(levels.worker)
    assert "上报和计时" in client.get(desk).text
    client.get(f"{desk}/levels")
    assert "请写一句话" in client.submit({"words": " "}, action="/levels", status=422).text
    page = client.submit({"words": "没有修灯的经费"}, action="/levels").text
    assert "梨园社区 → 梨园街道" in page
    assert "已上报" in client.get(desk).text
    assert db.session.get_one(Ask, ask_id).state == AskState.SUBMITTED
    assert "已经上报" in client.post(f"{desk}/levels", {"words": "再来"}).text


def test_a_wish_goes_up_from_its_desk(levels: Levels, sign_in: SignIn) -> None:
    wish = make_wish(community=levels.community, created_by=levels.worker)
    client = sign_in(levels.worker)
    client.get(f"/desk/{levels.community.id}/wishes/{wish.id}/levels")
    assert "待承接" in client.submit({"words": "没有人接"}, action="/levels").text


def test_the_street_takes_it_on_and_passes_it_to_a_department(
    levels: Levels, sign_in: SignIn
) -> None:
    refer_ask(make_ask(levels.community), actor_id=levels.worker.id, words="办不了")
    page = f"/referrals/{the_referral()}"
    client = sign_in(levels.boss)
    assert "楼前路灯不亮" in client.get(f"/oversight/{levels.street.id}/referrals").text
    client.get(page)
    client.submit(action="/accept")
    client.submit({"to": f"unit:{levels.department.id}", "words": "请去看看"}, action="/pass-on")
    officer = sign_in(levels.officer)
    unit = f"/unit/{levels.department.id}/referrals"
    assert "楼前路灯不亮" in officer.get(unit).text
    assert "还剩 1 个工作日" in officer.get(page).text
    assert "退回要写明原因" in officer.submit({"reason": ""}, action="/return", status=422).text
    assert "还剩 5 个工作日" in officer.submit(action="/accept").text
    officer.submit({"result": "换了灯头"}, action="/report")
    client.get(page)
    client.submit(action="/confirm")
    worker = sign_in(levels.worker)
    assert "待确认" in worker.get(f"/desk/{levels.community.id}").text
    worker.get(page)
    closed = worker.submit(action="/confirm").text
    assert "已办结" in closed
    assert "换了灯头" in closed
    assert db.session.get_one(Referral, the_referral()).outcome == LegState.CONFIRMED


def test_those_who_took_part_read_the_record_and_others_find_no_page(
    levels: Levels, sign_in: SignIn
) -> None:
    refer_ask(make_ask(levels.community), actor_id=levels.worker.id, words="办不了")
    referral_id = the_referral()
    accept_leg(referral_id, actor_id=levels.boss.id)
    key = f"unit:{levels.department.id}"
    pass_on_leg(referral_id, actor_id=levels.boss.id, to=key, words="请办")
    page = f"/referrals/{referral_id}"
    for reader in (levels.worker, levels.boss, levels.officer, levels.mayor):
        assert "请办" in sign_in(reader).get(page).text
    for stranger in (levels.neighbour, levels.colleague, make_volunteer()):
        sign_in(stranger).get(page, status=404)
    not_yours = sign_in(levels.worker)
    not_yours.get(page)
    assert not_yours.post(f"{page}/accept").status_code == 403


def test_a_circle_is_refused_in_a_sentence_on_the_form(levels: Levels, sign_in: SignIn) -> None:
    refer_ask(make_ask(levels.community), actor_id=levels.worker.id, words="办不了")
    client = sign_in(levels.boss)
    client.get(f"/referrals/{the_referral()}")
    client.submit(action="/accept")
    words = {"to": f"area:{levels.community.id}", "words": "还给你们"}
    assert "不能再转回去" in client.submit(words, action="/pass-on", status=409).text
    words["to"] = "unit:99999"
    client.submit(words, action="/pass-on", status=404)


def test_a_clock_is_paused_and_runs_again(levels: Levels, sign_in: SignIn) -> None:
    ask_id = make_ask(levels.community)
    page = f"/desk/{levels.community.id}/asks/{ask_id}/levels"
    client = sign_in(levels.worker)
    client.get(page)
    client.submit(action="/pause", status=422)
    assert "等居民" in client.submit({"why": "resident", "note": "出远门"}, action="/pause").text
    assert "暂停计时中" in client.get(f"/desk/{levels.community.id}/asks/{ask_id}").text
    client.get(page)
    client.submit(action="/pause")
    assert db.session.scalars(select(Pause)).one().resumed_at is not None


def test_what_is_late_is_pressed_signed_for_and_ended(
    levels: Levels, sign_in: SignIn, now: time_machine.Traveller
) -> None:
    make_ask(levels.community)
    now.move_to(MONDAY + timedelta(days=2))
    street = sign_in(levels.boss)
    overdue = f"/oversight/{levels.street.id}/overdue"
    assert "超期 1 个工作日" in street.get(f"{overdue}?light=red&kind=ask").text
    assert "没有超期的" in street.get(f"{overdue}?light=yellow").text
    ask_id = db.session.scalars(select(Ask.id)).one()
    street.get(f"/oversight/{levels.street.id}/press/ask/{ask_id}")
    unsigned = {"words": "三天内办好", "leader_name": "", "leader_post": "副主任"}
    assert "要有人签发" in street.submit(unsigned, status=422).text
    street.submit({**unsigned, "leader_name": "王立"})
    press_id = db.session.scalars(select(Press.id)).one()
    page = f"/presses/{press_id}"
    worker = sign_in(levels.worker)
    assert "督办待签收" in worker.get(f"/desk/{levels.community.id}").text
    worker.get(page)
    worker.submit({"words": "明天去修", "until": "2026-11-20"}, status=422)
    worker.submit({"words": "明天去修", "until": "2026-11-27"})
    sign_in(levels.neighbour).get(page, status=404)
    assert "已签收" in street.get(f"/oversight/{levels.street.id}/presses").text
    street.get(page)
    street.submit({"words": "已修好，请各社区举一反三。"})
    neighbour = sign_in(levels.neighbour)
    assert "举一反三" in neighbour.get(f"/areas/{levels.street.id}/bulletins").text
    assert "举一反三" in neighbour.get(page).text
    sign_in(make_volunteer()).get(f"/areas/{levels.street.id}/bulletins", status=404)


def test_the_street_says_which_units_are_departments(levels: Levels, sign_in: SignIn) -> None:
    client = sign_in(levels.boss)
    page = f"/oversight/{levels.street.id}/departments"
    unit_id = levels.department.id
    client.get(page)
    client.submit(action=f"/{unit_id}/close/1")
    client.submit(action=f"/{levels.second.id}/mark/0")
    assert db.session.get_one(Organisation, unit_id).closed_at is not None
    assert not db.session.get_one(Organisation, levels.second.id).is_department
    other = sign_in(make_levels("外面").boss)
    other.get(f"/oversight/{levels.street.id}/departments", status=404)
