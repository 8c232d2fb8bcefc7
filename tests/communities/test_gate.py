"""The community's screen: the code, who has come, and who may show it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
import time_machine

from accounts.models import User
from tests.makers import (
    make_community,
    make_grid,
    make_grid_worker,
    make_supervisor,
    make_volunteer,
    make_worker,
)
from tests.pages import PageClient
from tests.wishes.on_the_day import code_of, go, kept, now, seated
from wishes.rules.kinds import Venue
from wishes.services.attending import arrive

__all__ = ["now"]
pytestmark = pytest.mark.usefixtures("app", "now")
SignIn = Callable[[User], PageClient]


def test_the_screen_shows_the_code_and_who_has_come(
    now: time_machine.Traveller, sign_in: SignIn
) -> None:
    community = make_community()
    wish_id, person = seated(community=community, title="反诈知识讲座")
    go(now, 0)
    client = sign_in(make_worker(community=community))
    page = client.get(f"/desk/{community.id}/wishes/{wish_id}/gate").text
    code = code_of(wish_id)
    assert f"{code[:3]} {code[3:]}" in page
    assert "<svg" in page
    assert "已到 0 / 1" in page
    assert person.name not in page  # the screen is public: a number, no name
    arrive(wish_id, actor_id=person.id, code=code)
    page = client.get(f"/desk/{community.id}/wishes/{wish_id}/gate").text
    assert "已到 1 / 1" in page
    assert "9:00 签到" in page


def test_the_screen_refreshes_itself_without_scripts_and_is_never_kept(
    now: time_machine.Traveller, sign_in: SignIn
) -> None:
    community = make_community()
    wish_id, _person = seated(community=community)
    go(now, 4 / 60)
    answer = sign_in(make_worker(community=community)).get(
        f"/desk/{community.id}/wishes/{wish_id}/gate"
    )
    assert re.search(r'<noscript><meta http-equiv="refresh" content="11"', answer.text)
    assert answer.headers["Cache-Control"] == "no-store"


def test_what_the_screen_shows_takes_a_volunteer_in(
    now: time_machine.Traveller, sign_in: SignIn
) -> None:
    community = make_community()
    grid = make_grid(community=community)
    wish_id, person = seated(Venue.HOME, community=community, grid_id=grid.id)
    go(now, 0)
    grid_worker = sign_in(make_grid_worker(grid=grid))
    page = grid_worker.get(f"/desk/{grid.id}/wishes/{wish_id}/gate/phone").text
    digits = re.search(r"<b>(\d{3} \d{3})</b>", page)
    assert digits is not None
    client = sign_in(person)
    client.get("/check-in")
    client.submit({"side": "arrive", "code": digits[1]}, action="/check-in")
    assert kept(wish_id).arrived_proof == "code"


def test_only_staff_of_the_place_see_the_code(now: time_machine.Traveller, sign_in: SignIn) -> None:
    community, other = make_community(), make_community()
    street = community.parent
    assert street is not None
    wish_id, person = seated(community=community)
    supervisor = make_supervisor(street=street)
    strangers = [person, make_volunteer(), make_worker(community=other)]
    gate = f"/desk/{community.id}/wishes/{wish_id}/gate"
    foreign = f"/desk/{other.id}/wishes/{wish_id}/gate"
    sign_in(supervisor).get(gate)
    for stranger in strangers:
        sign_in(stranger).get(gate, status=404)
    sign_in(strangers[2]).get(foreign, status=404)


def test_a_grid_worker_shows_no_code_of_another_grid(
    now: time_machine.Traveller, sign_in: SignIn
) -> None:
    community = make_community()
    own, other = make_grid(community=community), make_grid(community=community)
    wish_id, _person = seated(community=community, grid_id=other.id)
    worker = make_grid_worker(grid=own)
    sign_in(worker).get(f"/desk/{own.id}/wishes/{wish_id}/gate", status=404)


def test_online_there_is_no_screen(now: time_machine.Traveller, sign_in: SignIn) -> None:
    community = make_community()
    wish_id, _person = seated(Venue.ONLINE, community=community)
    page = sign_in(make_worker(community=community)).get(
        f"/desk/{community.id}/wishes/{wish_id}/gate", status=409
    )
    assert "没有签到屏" in page.text
