"""The street's table: each number is its list, days are working days, people are masked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from accounts.models import Area, User
from foundation import clock
from foundation.masks import mask_name, mask_person
from oversight.queries.columns import count_columns, list_column, rows_of_late
from oversight.rules.columns import Column, Tally, late_until, sum_at
from tests.makers import (
    make_area,
    make_community,
    make_grid,
    make_street,
    make_supervisor,
    make_volunteer,
    make_wish,
)
from tests.pages import PageClient
from tests.served import make_reported_wish
from tests.statements import counted
from tests.wishes.asked import ask_in
from tests.wishes.looked_after import OLD, Place, make_place, make_resident, make_rule
from wishes.queries.overdue import list_overdue
from wishes.rules.rounds import Outcome
from wishes.services.referring import refer_wish
from wishes.services.visiting import record_visit

SignIn = Callable[[User], PageClient]
FRIDAY = datetime(2026, 11, 13, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("today", "allowed", "last"),
    [
        (date(2026, 11, 18), 1, date(2026, 11, 16)),  # a Wednesday: since Monday two days
        (date(2026, 11, 16), 1, date(2026, 11, 12)),  # a Monday: the weekend does not count
        (date(2026, 11, 18), 3, date(2026, 11, 12)),
        (date(2026, 10, 9), 1, date(2026, 10, 7)),  # the holiday itself has no working day
        (date(2026, 10, 8), 1, date(2026, 9, 29)),
    ],
)
def test_late_is_more_than_the_allowed_working_days(today: date, allowed: int, last: date) -> None:
    assert late_until(today, allowed) == last


def test_a_place_sums_what_lies_in_it() -> None:
    tallies = [Tally(1, 10, 2), Tally(1, None, 3), Tally(2, 20, 4)]
    assert sum_at(tallies, {1}) == 5
    assert sum_at(tallies, {1, 2}) == 9
    assert sum_at(tallies, {1}, 10) == 2
    assert sum_at(tallies, set()) == 0


def test_people_are_masked() -> None:
    assert mask_name("王小明") == "王**"
    assert mask_person("王小明", "+8613812345678") == "王** 138****5678"
    assert mask_person(None, None) == ""


def make_busy_street() -> tuple[Area, Place]:
    """Since a Friday: one of each column in the first community."""
    place = make_place()
    street = place.community.parent
    assert street is not None
    with time_machine.travel(FRIDAY, tick=False):
        ask_in(place.community, by=make_volunteer(name="司马青云", phone="+8613812345678"))
        make_wish(community=place.community, title="没人来", grid_id=place.grid.id)
        make_reported_wish(community=place.community, title="等核实")
        raised = make_wish(community=place.community, created_by=place.worker, title="要协调")
        make_supervisor(street=street)
        refer_wish(raised.id, actor_id=place.worker.id, words="办不了")
        make_rule(place)
        make_resident(place)
    return street, place


@pytest.mark.usefixtures("app")
def test_each_number_is_its_list() -> None:
    street, place = make_busy_street()
    with time_machine.travel(FRIDAY + timedelta(days=10), tick=False):
        late = list_overdue(street, at=clock.now())
        tallies = count_columns(street, late, at=clock.now())
        for column in Column:
            for spot, grid in ((place.community, None), (place.grid, place.grid.id)):
                if column is Column.OVERDUE:
                    rows = rows_of_late(late, spot)
                else:
                    rows = list_column(column, spot, at=clock.now())
                number = sum_at(tallies[column], {place.community.id}, grid)
                assert number == len(rows), column
        expected = {Column.WAITING: 1, Column.UNVERIFIED: 1, Column.UNVISITED: 1,
                    Column.TO_COORDINATE: 1}  # fmt: skip
        found = {each: sum_at(tallies[each], {place.community.id}) for each in expected}
        assert found == expected
        assert sum_at(tallies[Column.UNCLAIMED], {place.community.id}, place.grid.id) == 1


@pytest.mark.usefixtures("app")
def test_over_a_weekend_nothing_gets_late() -> None:
    street, place = make_busy_street()
    with time_machine.travel(FRIDAY + timedelta(days=3), tick=False):  # Monday
        tallies = count_columns(street, [], at=clock.now())
        assert sum_at(tallies[Column.WAITING], {place.community.id}) == 0
        assert sum_at(tallies[Column.UNCLAIMED], {place.community.id}) == 0


@pytest.mark.usefixtures("app")
def test_who_was_met_this_month_is_on_no_list() -> None:
    place = make_place()
    make_rule(place)
    resident = make_resident(place)
    at = clock.now()
    assert len(list_column(Column.UNVISITED, place.community, at=at)) == 1
    record_visit(resident, actor_id=place.carer.id, outcome=Outcome.MET)
    assert list_column(Column.UNVISITED, place.community, at=at) == []
    assert OLD == "独居老人"


@pytest.mark.usefixtures("app")
def test_more_communities_cost_no_more_statements() -> None:
    street, at = make_street(), clock.now()
    costs = []
    for _round in range(2):
        make_grid(community=make_community(street=street))
        with counted() as seen:
            count_columns(street, [], at=at)
        costs.append(len(seen))
    assert costs[0] == costs[1] <= 8  # seven columns, and the area itself


def test_the_desk_links_each_number_and_masks_people(sign_in: SignIn) -> None:
    street, place = make_busy_street()
    with time_machine.travel(FRIDAY + timedelta(days=10), tick=False):
        client = sign_in(make_supervisor(street=street))
        page = client.get(f"/oversight/{street.id}").text
        link = f"/oversight/{street.id}/columns/waiting?place={place.community.id}"
        assert link in page
        listed = client.get(link).text
        assert "司** 138****5678" in listed
        assert "司马青云" not in listed
        cards = client.get(f"/oversight/{street.id}/columns/unvisited").text
        assert "张奶奶" not in cards
        assert "一网格" in cards


def test_down_the_tree_to_the_grid_and_not_beside_it(sign_in: SignIn) -> None:
    street, place = make_busy_street()
    client = sign_in(make_supervisor(street=street))
    for step in (street, place.community, place.grid):
        assert step.name in client.get(f"/oversight/{street.id}/tree/{step.id}").text
    elsewhere = make_area(name="外头")
    client.get(f"/oversight/{street.id}/tree/{elsewhere.id}", status=404)
    client.get(f"/oversight/{street.id}/columns/waiting?place={elsewhere.id}", status=404)
    client.get(f"/oversight/{street.id}/columns/nonsense", status=404)
