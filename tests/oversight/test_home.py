"""The street: lights by community without a ranking, and what only it can verify."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from accounts.models import User
from tests.makers import (
    make_community,
    make_street,
    make_supervisor,
    make_volunteer,
    make_wish,
    make_worker,
)
from tests.pages import PageClient
from tests.served import make_attendance, make_reported_wish, make_served_wish
from wishes.queries.verification import list_for_street, list_waiting
from wishes.rules.workdays import is_working_day
from wishes.services.reporting import hand_in_report

SignIn = Callable[[User], PageClient]


def test_each_number_opens_its_list(sign_in: SignIn) -> None:
    street = make_street()
    community = make_community(street=street, name="天图社区")
    make_wish(community=community, title="换灯泡")
    make_wish(community=make_community(), title="别的街道的事")
    client = sign_in(make_supervisor(street=street))
    assert "天图社区" in client.get(f"/oversight/{street.id}").text
    link = f"/oversight/{street.id}/wishes?community={community.id}&light=red"
    assert client.page is not None
    assert any(link == each.replace("&amp;", "&") for each in client.page.links)
    page = client.get(link).text
    assert "换灯泡" in page
    assert "别的街道的事" not in page


def test_other_people_find_no_such_page(sign_in: SignIn) -> None:
    street = make_street()
    for stranger in (make_volunteer(), make_supervisor(street=make_street())):
        sign_in(stranger).get(f"/oversight/{street.id}", status=404)


def test_a_lone_workers_report_comes_to_the_street(sign_in: SignIn) -> None:
    street = make_street()
    community = make_community(street=street)
    lone = make_worker(community=community)
    wish = make_served_wish(community=community, created_by=lone)
    make_attendance(wish)
    hand_in_report(wish.id, actor_id=lone.id, text="做了")
    supervisor = make_supervisor(street=street)
    assert [each.is_lone for each in list_for_street(street, user_id=supervisor.id)] == [True]
    assert "社区没有第二个人" in sign_in(supervisor).get(f"/oversight/{street.id}").text


@pytest.mark.usefixtures("app")
def test_with_a_second_worker_it_stays_at_home_for_three_working_days() -> None:
    street = make_street()
    community = make_community(street=street)
    make_worker(community=community)
    reported_at = datetime(2026, 11, 20, 2, tzinfo=UTC)  # a Friday
    with time_machine.travel(reported_at, tick=False):
        make_reported_wish(community=community)
    above = make_supervisor(street=street).id
    for days, seen in ((4, 0), (5, 1)):  # Tuesday, Wednesday
        with time_machine.travel(reported_at + timedelta(days=days), tick=False):
            assert len(list_for_street(street, user_id=above)) == seen
            assert len(list_waiting(community, user_id=above)) == 1


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 10, 1), False),  # National Day
        (date(2026, 10, 10), True),  # a Saturday worked to make up
        (date(2026, 11, 21), False),  # a Saturday
        (date(2035, 11, 21), True),  # a Wednesday, no calendar yet
    ],
)
def test_working_days_follow_the_countrys_calendar(day: date, works: bool) -> None:
    assert is_working_day(day) is works
