"""A series by rule: its days become ordinary wishes, once each; single days and the rule change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from foundation import clock
from foundation.db import db, transaction
from tests.makers import make_volunteer, make_wish
from tests.races import at_once
from tests.wishes.recurring_days import (
    MONDAY,
    NOON,
    WEDNESDAYS,
    WEEKLY,
    dates,
    monday,
    rows,
    start,
    told,
    wishes_of,
    words,
)
from wishes.models import PrivateDetails, Series, Wish
from wishes.queries.board import list_cards
from wishes.refusals.publishing import WishIncomplete
from wishes.refusals.series import (
    DayIsFixed,
    DayIsOver,
    NeverEnds,
    NothingLeftToClaim,
    SeriesNotFound,
    TooManyDays,
)
from wishes.rules.asking import PrivateWords
from wishes.rules.board import Filter, Show
from wishes.rules.life import WishState
from wishes.rules.recurring import Freq, Rule
from wishes.rules.series_life import DayState, SeriesState
from wishes.services.claiming import claim_wish
from wishes.services.series_changing import cancel_day, change_day, change_rule, end_series
from wishes.services.series_claiming import claim_series
from wishes.services.series_starting import Hours, make_all_due

__all__ = ["monday"]
pytestmark = pytest.mark.usefixtures("app", "monday")


class TestStarting:
    def test_each_day_is_an_ordinary_wish_at_the_same_hour(self) -> None:
        series_id, _worker = start()
        assert tuple(dates(series_id)) == WEDNESDAYS
        found = wishes_of(series_id)
        assert {wish.state for wish in found} == {WishState.OPEN}
        assert [clock.local(wish.starts_at).hour for wish in found if wish.starts_at] == [11] * 3
        assert len({wish.number for wish in found}) == 3

    def test_days_far_ahead_are_published_by_the_sweep_once(
        self, monday: time_machine.Traveller
    ) -> None:
        series_id, _worker = start(ahead_days=7)
        assert len(wishes_of(series_id)) == 1
        monday.move_to(MONDAY + timedelta(days=3))
        assert (make_all_due(clock.now()), make_all_due(clock.now())) == (1, 0)
        assert len(wishes_of(series_id)) == 2

    def test_a_wall_clock_stays_the_same_across_a_time_change(
        self, app: Flask, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(app.config, "TIMEZONE", "Europe/Berlin")
        rule = replace(WEEKLY, first=date(2027, 3, 24), times=2)  # summer time begins on the 28th
        series_id, _worker = start(rule=rule)
        starts = [wish.starts_at for wish in wishes_of(series_id) if wish.starts_at]
        assert [clock.local(each).strftime("%H:%M") for each in starts] == ["11:30", "11:30"]
        assert starts[1] - starts[0] == timedelta(days=7) - timedelta(hours=1)

    def test_a_door_goes_sealed_to_each_day(self) -> None:
        start(private=PrivateWords(name="王奶奶", door="3号楼501"))
        found = db.session.scalars(select(PrivateDetails)).all()
        assert [row.door for row in found] == ["3号楼501"] * 3
        raw = db.session.connection().exec_driver_sql("select private from series").scalar_one()
        assert b"501" not in bytes(raw)

    def test_what_could_not_be_published_is_not_planned(self) -> None:
        with pytest.raises(WishIncomplete):
            start(words=words(public_place=""), ahead_days=0)
        assert db.session.scalars(select(Series)).all() == []

    @pytest.mark.parametrize(
        ("rule", "refusal"),
        [
            (replace(WEEKLY, times=None), NeverEnds),
            (replace(WEEKLY, times=10_000), TooManyDays),
        ],
    )
    def test_no_end_or_too_many_is_refused(self, rule: Rule, refusal: type[Exception]) -> None:
        with pytest.raises(refusal):
            start(rule=rule)
        assert db.session.scalars(select(Wish)).all() == []

    def test_the_table_refuses_a_rule_without_end_too(self) -> None:
        series_id, _worker = start()
        with pytest.raises(IntegrityError, match="ck_series_ends"), transaction() as session:
            session.get_one(Series, series_id).times = None


class TestOneDay:
    def test_other_times_on_one_day_leave_the_others(self) -> None:
        series_id, worker = start()
        late = Hours(time(17, 0), time(18, 0))
        change_day(series_id, rows(series_id)[1].id, actor_id=worker, hours=late, headcount=3)
        found = wishes_of(series_id)
        hours = [clock.local(wish.starts_at).hour for wish in found if wish.starts_at]
        assert (hours, [wish.headcount for wish in found]) == ([11, 17, 11], [1, 3, 1])

    def test_a_day_to_come_keeps_its_change_until_it_is_made(
        self, monday: time_machine.Traveller
    ) -> None:
        series_id, worker = start(ahead_days=1)
        late = Hours(time(17, 0), time(18, 0))
        change_day(series_id, rows(series_id)[0].id, actor_id=worker, hours=late, headcount=2)
        monday.move_to(MONDAY + timedelta(days=1))
        make_all_due(clock.now())
        assert [wish.headcount for wish in wishes_of(series_id)] == [2]

    def test_a_claimed_day_is_not_changed_behind_somebody_s_back(self) -> None:
        series_id, worker = start()
        claim_wish(wishes_of(series_id)[0].id, actor_id=make_volunteer().id)
        with pytest.raises(DayIsFixed):
            change_day(series_id, rows(series_id)[0].id, actor_id=worker, hours=NOON, headcount=3)

    def test_a_cancelled_day_tells_whoever_planned_to_come(self) -> None:
        series_id, worker = start()
        person = make_volunteer().id
        claim_wish(wishes_of(series_id)[0].id, actor_id=person)
        day = rows(series_id)[0].id
        cancel_day(series_id, day, actor_id=worker, why="停水")
        assert [row.state for row in rows(series_id)] == [DayState.OFF, *[DayState.MADE] * 2]
        assert told("cancelled") == [person]
        with pytest.raises(DayIsOver):
            cancel_day(series_id, day, actor_id=worker, why="再来")

    def test_a_stranger_does_not_know_the_series(self) -> None:
        series_id, _worker = start()
        with pytest.raises(SeriesNotFound):
            end_series(series_id, actor_id=make_volunteer().id, why="玩")


class TestAnotherRule:
    def test_untouched_days_give_way_from_a_date_on(self) -> None:
        series_id, worker = start()
        rule = Rule(Freq.WEEKLY, date(2026, 11, 16), weekdays=(4,), times=2)
        change_rule(series_id, actor_id=worker, hours=NOON, rule=rule, why="改周五")
        assert dates(series_id) == ["11-11", "11-20", "11-27"]
        states = db.session.scalars(select(Wish.state).order_by(Wish.id)).all()
        assert states.count(WishState.CANCELLED) == 2

    def test_a_claimed_and_a_changed_day_stay(self) -> None:
        series_id, worker = start()
        claim_wish(wishes_of(series_id)[1].id, actor_id=make_volunteer().id)
        change_day(series_id, rows(series_id)[2].id, actor_id=worker, hours=NOON, headcount=4)
        rule = Rule(Freq.WEEKLY, date(2026, 11, 10), weekdays=(4,), times=1)
        change_rule(series_id, actor_id=worker, hours=NOON, rule=rule, why="改周五")
        assert dates(series_id) == ["11-13", "11-18", "11-25"]

    def test_the_end_calls_off_what_has_not_begun_and_tells_once(
        self, monday: time_machine.Traveller
    ) -> None:
        series_id, worker = start()
        person = make_volunteer().id
        claim_series(series_id, actor_id=person)
        monday.move_to(MONDAY + timedelta(days=3))  # the first Wednesday is over
        assert end_series(series_id, actor_id=worker, why="老人搬走了") == 2
        assert told("series_ended") == [person]
        assert db.session.get_one(Series, series_id).state == SeriesState.ENDED


class TestClaimingAll:
    def test_every_wednesday_but_the_one_that_collides(self) -> None:
        series_id, _worker = start()
        person = make_volunteer().id
        second = wishes_of(series_id)[1].starts_at
        claim_wish(make_wish(starts_at=second).id, actor_id=person)
        answer = claim_series(series_id, actor_id=person)
        assert len(answer["taken"]) == 2
        assert [why for _day, why in answer["not_taken"]] == ["busy"]
        states = [wish.state for wish in wishes_of(series_id)]
        assert states == [WishState.FILLED, WishState.OPEN, WishState.FILLED]
        assert told("series_claimed") == [person]
        with pytest.raises(NothingLeftToClaim):
            claim_series(series_id, actor_id=person)

    def test_the_quota_of_a_rush_holds_for_a_series_too(
        self, app: Flask, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(app.config, "QUOTA_DAY", 2)
        series_id, _worker = start()
        answer = claim_series(series_id, actor_id=make_volunteer().id)
        assert (len(answer["taken"]), [why for _day, why in answer["not_taken"]]) == (2, ["rule"])
        assert [wish.places_taken for wish in wishes_of(series_id)] == [1, 1, 0]


class TestTheWall:
    def test_only_the_next_day_of_a_series_hangs_on_the_wall(self) -> None:
        series_id, _worker = start()
        other = make_wish(starts_at=clock.now() + timedelta(days=30)).id
        first = wishes_of(series_id)[0].id
        cards = list_cards(Filter(), at=clock.now())
        assert [card.id for card in cards] == [first, other]
        assert cards[0].waiting == 2

    def test_when_it_is_taken_the_next_one_comes(self, app: Flask) -> None:
        series_id, _worker = start()
        claim_wish(wishes_of(series_id)[0].id, actor_id=make_volunteer().id)
        second = wishes_of(series_id)[1].id
        assert [card.id for card in list_cards(Filter(), at=clock.now())] == [second]

    def test_how_many_is_a_setting(self, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(app.config, "SERIES_ON_BOARD", 2)
        start()
        assert len(list_cards(Filter(), at=clock.now())) == 2

    def test_a_day_looked_for_is_found(self) -> None:
        start()
        assert len(list_cards(Filter(show=Show.NOW), at=clock.now() + timedelta(days=8))) == 1


@pytest.mark.race
def test_two_workers_of_the_sweep_make_a_day_once(
    app: Flask, monday: time_machine.Traveller
) -> None:
    series_id, _worker = start(ahead_days=1)
    monday.move_to(datetime(2026, 11, 10, 12, tzinfo=clock.zone()))
    at_once(app, [lambda: make_all_due(clock.now())] * 2)
    assert len(wishes_of(series_id)) == 1
    assert len(db.session.scalars(select(Wish)).all()) == 1
