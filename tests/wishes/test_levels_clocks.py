"""Clocks of the levels: late in working days, paused, stepped up once, pressed and ended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from foundation import clock
from foundation.db import db
from foundation.outbox import Message
from tests.makers import make_volunteer, make_wish
from tests.races import at_once
from tests.stored import count
from tests.wishes.levels import Levels, make_ask, make_levels
from wishes.models import Leg, Pause, Press, Referral
from wishes.policies.presses import may_read_press
from wishes.queries.overdue import Late, list_overdue
from wishes.queries.presses import get_press, list_bulletins
from wishes.refusals.asks import AskNotFound
from wishes.refusals.referrals import (
    AlreadyPaused,
    AlreadyPressed,
    DayHasPassed,
    LeaderMissing,
    NotOverdue,
    NotPaused,
    NotYourStep,
    PressCannotMove,
    PressNotFound,
)
from wishes.rules.lateness import Kind, PauseReason
from wishes.rules.life import Light
from wishes.rules.referrals import LegState
from wishes.services.legs import accept_leg, return_leg
from wishes.services.pausing import pause_clock, resume_clock
from wishes.services.pressing import PressWords, acknowledge, end_press, press
from wishes.services.referring import refer_ask
from wishes.services.replying import accept_ask
from wishes.services.stepping_up import Risen, run_levels

MONDAY = datetime(2026, 11, 23, 2, tzinfo=UTC)
TOLD = PressWords("三天内办好", "王立", "街道副主任", date(2026, 12, 31))
Moved = time_machine.Traveller


@pytest.fixture
def now() -> Iterator[Moved]:
    with time_machine.travel(MONDAY, tick=False) as moved:
        yield moved


@pytest.fixture
def levels(app: Flask, now: Moved) -> Levels:
    return make_levels()


def go(now: Moved, days: int) -> None:
    now.move_to(MONDAY + timedelta(days=days))
    db.session.expire_all()


def late(levels: Levels, light: Light | None = None) -> list[Late]:
    return list_overdue(levels.street, at=clock.now(), light=light)


def days_late(levels: Levels) -> list[tuple[Kind, int]]:
    return [(row.kind, row.days) for row in late(levels)]


class TestLate:
    def test_an_ask_is_late_after_one_working_day(self, levels: Levels, now: Moved) -> None:
        make_ask(levels.community)
        go(now, 1)
        assert days_late(levels) == []
        go(now, 2)
        assert days_late(levels) == [(Kind.ASK, 1)]
        assert [row.light for row in late(levels, Light.RED)] == [Light.RED]
        assert late(levels, Light.YELLOW) == []

    def test_in_work_it_has_three_days(self, levels: Levels, now: Moved) -> None:
        accept_ask(make_ask(levels.community), actor_id=levels.worker.id)
        go(now, 3)
        assert days_late(levels) == []
        go(now, 4)
        assert [(row.days, row.light) for row in late(levels)] == [(1, Light.YELLOW)]

    def test_a_wish_is_late_three_days_after_its_planned_end(
        self, levels: Levels, now: Moved
    ) -> None:
        make_wish(community=levels.community, created_by=levels.worker, starts_at=MONDAY)
        go(now, 3)
        assert days_late(levels) == []
        go(now, 7)
        assert days_late(levels) == [(Kind.WISH, 2)]

    def test_a_referred_ask_is_late_as_its_referral_only(self, levels: Levels, now: Moved) -> None:
        ask_id = make_ask(levels.community)
        refer_ask(ask_id, actor_id=levels.worker.id, words="办不了")
        go(now, 2)
        rows = late(levels)
        assert [(row.kind, row.days, row.holder) for row in rows] == [
            (Kind.REFERRAL, 1, "梨园街道")
        ]
        accept_leg(rows[0].id, actor_id=levels.boss.id)
        go(now, 8)  # Tuesday a week later: four working days in work
        assert days_late(levels) == []
        go(now, 10)
        assert days_late(levels) == [(Kind.REFERRAL, 1)]

    def test_another_streets_things_are_not_seen(self, levels: Levels, now: Moved) -> None:
        make_ask(make_levels("别的").community)
        go(now, 3)
        assert days_late(levels) == []


class TestPause:
    def test_paused_days_do_not_count(self, levels: Levels, now: Moved) -> None:
        ask_id = make_ask(levels.community)
        paused = partial(pause_clock, Kind.ASK, ask_id, reason=PauseReason.RESIDENT)
        paused(actor_id=levels.worker.id)
        go(now, 2)
        assert days_late(levels) == []
        resume_clock(Kind.ASK, ask_id, actor_id=levels.worker.id)
        go(now, 4)  # Friday: two working days ran
        assert days_late(levels) == [(Kind.ASK, 1)]

    def test_one_pause_at_a_time_and_only_by_its_desk(self, levels: Levels) -> None:
        ask_id = make_ask(levels.community)
        paused = partial(pause_clock, Kind.ASK, ask_id, reason=PauseReason.MATERIAL)
        with pytest.raises(AskNotFound):
            paused(actor_id=levels.neighbour.id)
        with pytest.raises(NotPaused):
            resume_clock(Kind.ASK, ask_id, actor_id=levels.worker.id)
        paused(actor_id=levels.worker.id)
        with pytest.raises(AlreadyPaused):
            paused(actor_id=levels.worker.id)
        assert count(Pause) == 1

    def test_a_wish_and_a_referral_pause_too(self, levels: Levels, now: Moved) -> None:
        wish_id = make_wish(
            community=levels.community, created_by=levels.worker, starts_at=MONDAY
        ).id
        pause_clock(Kind.WISH, wish_id, actor_id=levels.worker.id, reason=PauseReason.WEATHER)
        ask_id = make_ask(levels.community)
        referral_id = refer_ask(ask_id, actor_id=levels.worker.id, words="办不了")
        paused = partial(pause_clock, Kind.REFERRAL, referral_id, reason=PauseReason.OTHERS)
        with pytest.raises(NotYourStep):
            paused(actor_id=levels.worker.id)
        paused(actor_id=levels.boss.id, words="等供电公司")
        go(now, 9)
        assert days_late(levels) == []


class TestStepUp:
    def test_an_ask_left_lying_goes_to_the_street_once(self, levels: Levels, now: Moved) -> None:
        ask_id = make_ask(levels.community)
        go(now, 3)  # two working days late
        assert run_levels() == Risen(0, 0)
        go(now, 4)
        assert run_levels().stepped_up == 1
        assert run_levels().stepped_up == 0
        referral = db.session.scalars(select(Referral)).one()
        assert (referral.by_clock, referral.ask_id) == (True, ask_id)
        kinds = select(Message.kind).where(Message.user_id == levels.boss.id)
        assert "referral_stepped_up" in set(db.session.scalars(kinds))

    def test_what_the_street_returned_does_not_step_up_again(
        self, levels: Levels, now: Moved
    ) -> None:
        make_ask(levels.community)
        go(now, 4)
        run_levels()
        referral_id = db.session.scalars(select(Referral.id)).one()
        return_leg(referral_id, actor_id=levels.boss.id, reason="请社区先看现场")
        go(now, 14)
        assert run_levels().stepped_up == 0
        assert count(Referral) == 1

    def test_a_paused_ask_stays(self, levels: Levels, now: Moved) -> None:
        ask_id = make_ask(levels.community)
        pause_clock(Kind.ASK, ask_id, actor_id=levels.worker.id, reason=PauseReason.RESIDENT)
        go(now, 8)
        assert run_levels() == Risen(0, 0)

    def test_a_late_referral_is_said_once_per_clock(self, levels: Levels, now: Moved) -> None:
        ask_id = make_ask(levels.community)
        referral_id = refer_ask(ask_id, actor_id=levels.worker.id, words="办不了")
        go(now, 2)
        assert (run_levels().told_late, run_levels().told_late) == (1, 0)
        accept_leg(referral_id, actor_id=levels.boss.id)
        go(now, 10)
        assert (run_levels().told_late, run_levels().told_late) == (1, 0)

    @pytest.mark.race
    def test_two_workers_in_one_minute_step_up_once(
        self, app: Flask, levels: Levels, now: Moved
    ) -> None:
        make_ask(levels.community)
        go(now, 4)
        assert at_once(app, [run_levels, run_levels]) == [None, None]
        assert (count(Referral), count(Leg)) == (1, 1)


def pressed(levels: Levels, now: Moved, *, public: bool = True) -> int:
    ask_id = make_ask(levels.community, public=public)
    go(now, 2)
    return press(Kind.ASK, ask_id, area_id=levels.street.id, actor_id=levels.boss.id, told=TOLD)


class TestPress:
    def test_pressed_acknowledged_and_ended_with_a_notice_to_all(
        self, levels: Levels, now: Moved
    ) -> None:
        press_id = pressed(levels, now)
        until = date(2026, 11, 27)
        acknowledge(press_id, actor_id=levels.worker.id, plan="明天去看现场", until=until)
        end_press(press_id, actor_id=levels.boss.id, ending="灯已修好，请各社区举一反三。")
        row = db.session.get_one(Press, press_id)
        assert (row.days_late, row.plan_until, row.ended_by_id) == (1, until, levels.boss.id)
        readers = select(Message.user_id).where(Message.kind == "press_ended")
        assert set(db.session.scalars(readers)) >= {levels.worker.id, levels.neighbour.id}
        assert [each.id for each in list_bulletins(levels.other)] == [press_id]

    def test_the_bulletin_does_not_name_a_private_ask(self, levels: Levels, now: Moved) -> None:
        press_id = pressed(levels, now, public=False)
        acknowledge(press_id, actor_id=levels.worker.id, plan="去看", until=date(2026, 11, 27))
        end_press(press_id, actor_id=levels.boss.id, ending="办好了")
        query = select(Message).where(Message.kind == "press_ended")
        titles = {str(each.params["title"]) for each in db.session.scalars(query)}
        assert all("路灯" not in title for title in titles)

    def test_only_what_is_late_is_pressed_and_only_once(self, levels: Levels, now: Moved) -> None:
        ask_id = make_ask(levels.community)
        again = partial(
            press, Kind.ASK, ask_id, area_id=levels.street.id, actor_id=levels.boss.id, told=TOLD
        )
        with pytest.raises(NotOverdue):
            again()
        go(now, 2)
        again()
        with pytest.raises(AlreadyPressed):
            again()
        assert count(Press) == 1

    @pytest.mark.parametrize(
        ("told", "refused"),
        [
            (PressWords("快办", " ", "副主任", date(2026, 12, 1)), LeaderMissing),
            (PressWords("快办", "王立", "", date(2026, 12, 1)), LeaderMissing),
            (PressWords("快办", "王立", "副主任", date(2026, 11, 1)), DayHasPassed),
        ],
    )
    def test_a_press_is_signed_and_looks_ahead(
        self, levels: Levels, now: Moved, told: PressWords, refused: type[Exception]
    ) -> None:
        ask_id = make_ask(levels.community)
        go(now, 2)
        with pytest.raises(refused):
            press(Kind.ASK, ask_id, area_id=levels.street.id, actor_id=levels.boss.id, told=told)

    def test_each_side_does_its_own(self, levels: Levels, now: Moved) -> None:
        press_id = pressed(levels, now)
        until = date(2026, 11, 27)
        with pytest.raises(NotYourStep):
            acknowledge(press_id, actor_id=levels.boss.id, plan="我签", until=until)
        with pytest.raises(PressNotFound):
            acknowledge(press_id, actor_id=make_volunteer().id, plan="我签", until=until)
        with pytest.raises(PressCannotMove):
            end_press(press_id, actor_id=levels.boss.id, ending="算了")
        with pytest.raises(DayHasPassed):
            acknowledge(press_id, actor_id=levels.worker.id, plan="去", until=date(2026, 1, 1))
        acknowledge(press_id, actor_id=levels.worker.id, plan="去看", until=until)
        with pytest.raises(NotYourStep):
            end_press(press_id, actor_id=levels.worker.id, ending="好了")
        assert not may_read_press(levels.neighbour.id, get_press(press_id))

    def test_a_pressed_referral_goes_to_its_holder(self, levels: Levels, now: Moved) -> None:
        ask_id = make_ask(levels.community)
        referral_id = refer_ask(ask_id, actor_id=levels.worker.id, words="办不了")
        go(now, 2)
        press_id = press(
            Kind.REFERRAL, referral_id, area_id=levels.city.id, actor_id=levels.mayor.id, told=TOLD
        )
        assert db.session.get_one(Press, press_id).to_area_id == levels.street.id
        assert db.session.scalars(select(Leg.state)).one() == LegState.SENT
