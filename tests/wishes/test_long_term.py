"""长期陪伴: claimed by one, agreed by both, its visits dispatched, ended early with a word."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from foundation.db import db
from tests.makers import make_community, make_volunteer, make_wish, make_worker
from tests.races import at_once
from tests.wishes.recurring_days import MONDAY, NOON, WEEKLY, monday, rows, told, wishes_of, words
from wishes.models import Place, Series, WishTemplate
from wishes.refusals.publishing import WishIncomplete
from wishes.refusals.series import (
    AlreadySpokenFor,
    NotYourPlan,
    SeriesCannotMove,
    TemplateNameTaken,
    VisitTooLong,
)
from wishes.rules.kept_words import unpack
from wishes.rules.kinds import Provision
from wishes.rules.life import WishState
from wishes.rules.series_life import DayState, SeriesState
from wishes.services.claiming import claim_wish
from wishes.services.long_term import (
    agree,
    ask_other_time,
    claim_long_term,
    post_long_term,
    propose_plan,
    step_back,
)
from wishes.services.series_changing import end_series
from wishes.services.series_starting import Hours
from wishes.services.templates import remove_template, save_template

__all__ = ["monday"]
pytestmark = pytest.mark.usefixtures("app", "monday")


def wanted() -> tuple[int, int, int]:
    """A long-term wish, the worker, a volunteer."""
    community = make_community()
    worker = make_worker(community=community).id
    said = words(title="陪李奶奶说说话", headcount=None)
    series_id = post_long_term(
        community.id, actor_id=worker, words=said, time_words="周末白天，看双方方便"
    )
    return series_id, worker, make_volunteer(name="王喆").id


def proposed() -> tuple[int, int, int]:
    series_id, worker, person = wanted()
    claim_long_term(series_id, actor_id=person)
    propose_plan(series_id, actor_id=worker, hours=NOON, rule=WEEKLY)
    return series_id, worker, person


def state_of(series_id: int) -> SeriesState:
    db.session.rollback()
    return db.session.get_one(Series, series_id, populate_existing=True).state


def test_an_agreed_plan_gives_the_companion_every_visit() -> None:
    series_id, worker, person = proposed()
    assert told("companion_found") == [worker]
    assert told("plan_proposed") == [person]
    assert agree(series_id, actor_id=person) == 3
    assert {wish.state for wish in wishes_of(series_id)} == {WishState.FILLED}
    assert db.session.scalars(select(Place.user_id)).all() == [person] * 3
    assert state_of(series_id) == SeriesState.RUNNING
    assert told("on_duty") == [person]


def test_another_time_may_be_asked_for_and_nothing_is_made() -> None:
    series_id, worker, person = proposed()
    ask_other_time(series_id, actor_id=person, words="周三要上班，周六行吗")
    assert (state_of(series_id), wishes_of(series_id)) == (SeriesState.CLAIMED, [])
    propose_plan(series_id, actor_id=worker, hours=NOON, rule=replace(WEEKLY, weekdays=(5,)))
    agree(series_id, actor_id=person)
    assert [row.day.weekday() for row in rows(series_id)] == [5, 5, 5]


def test_a_visit_that_collides_is_called_off_and_said() -> None:
    series_id, worker, person = proposed()
    claim_wish(make_wish(starts_at=MONDAY + timedelta(days=2, hours=4)).id, actor_id=person)
    assert agree(series_id, actor_id=person) == 2
    assert rows(series_id)[0].state == DayState.OFF
    assert told("duty_uncovered") == [worker]


def test_a_long_visit_is_refused() -> None:
    series_id, worker, person = wanted()
    claim_long_term(series_id, actor_id=person)
    with pytest.raises(VisitTooLong):
        propose_plan(series_id, actor_id=worker, hours=Hours(time(9), time(11, 1)), rule=WEEKLY)


def test_only_the_companion_answers() -> None:
    series_id, _worker, _person = proposed()
    with pytest.raises(NotYourPlan):
        agree(series_id, actor_id=make_volunteer().id)
    assert state_of(series_id) == SeriesState.PROPOSED


def test_who_steps_back_leaves_it_to_others() -> None:
    series_id, worker, person = proposed()
    step_back(series_id, actor_id=person)
    claim_long_term(series_id, actor_id=make_volunteer().id)
    end_series(series_id, actor_id=worker, why="搬走了")
    with pytest.raises(SeriesCannotMove):
        propose_plan(series_id, actor_id=worker, hours=NOON, rule=WEEKLY)


@pytest.mark.parametrize("ends_it", ["worker", "companion"])
def test_the_plan_ends_early_with_a_word(monday: time_machine.Traveller, ends_it: str) -> None:
    series_id, worker, person = proposed()
    agree(series_id, actor_id=person)
    monday.move_to(MONDAY + timedelta(days=3))
    who = worker if ends_it == "worker" else person
    assert end_series(series_id, actor_id=who, why="老人搬去和女儿住了") == 2
    states = [wish.state for wish in wishes_of(series_id)]
    assert states == [WishState.FILLED, WishState.CANCELLED, WishState.CANCELLED]
    assert told("series_ended") == [person]


def test_what_and_where_are_asked_for_the_day_is_not() -> None:
    community = make_community()
    worker = make_worker(community=community).id
    with pytest.raises(WishIncomplete) as refused:
        post_long_term(
            community.id, actor_id=worker, words=words(title="", headcount=None), time_words=""
        )
    assert [name for name, _sentence in refused.value.missing] == ["title"]


@pytest.mark.race
def test_one_of_two_companions_wins(app: Flask) -> None:
    series_id, _worker, one = wanted()
    two = make_volunteer().id
    answers = at_once(
        app,
        [
            lambda: claim_long_term(series_id, actor_id=one),
            lambda: claim_long_term(series_id, actor_id=two),
        ],
    )
    assert sorted(answers, key=str) == sorted([None, AlreadySpokenFor], key=str)


class TestTemplates:
    def test_a_template_keeps_words_and_tools_but_no_day(self) -> None:
        wish = make_wish(title="换灯泡", text="三楼", tools=[("梯子", Provision.COMMUNITY)])
        wish_id, worker = wish.id, make_worker(community=wish.community).id
        template = db.session.get_one(
            WishTemplate, save_template(wish_id, actor_id=worker, name="")
        )
        kept = unpack(template.words)
        assert (template.name, kept.starts_at, [tool.name for tool in kept.tools]) == (
            "换灯泡", None, ["梯子"],
        )  # fmt: skip
        with pytest.raises(TemplateNameTaken):
            save_template(wish_id, actor_id=worker, name="换灯泡")

    def test_a_removed_name_is_free_again(self) -> None:
        wish = make_wish(title="换灯泡")
        wish_id, area_id = wish.id, wish.community_id
        worker = make_worker(community=wish.community).id
        first = save_template(wish_id, actor_id=worker, name="灯泡")
        remove_template(first, area_id=area_id, actor_id=worker)
        assert save_template(wish_id, actor_id=worker, name="灯泡") != first
