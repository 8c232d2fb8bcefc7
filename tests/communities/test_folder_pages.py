"""The pages of inspection folders: ask, look again, fetch; the street's page too."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask

from accounts.models import Area, User
from app.jobs import sweep_folders
from foundation import clock
from foundation.db import db
from tests.makers import (
    make_community,
    make_grid,
    make_grid_worker,
    make_street,
    make_supervisor,
    make_worker,
)
from tests.pages import PageClient
from tests.served import make_served_wish, yesterday
from tests.stored import count
from wishes.models import FolderLook, InspectionFolder

SignIn = Callable[[User], PageClient]


class Place:
    """A community with a served wish, its folders' page open at a worker's desk."""

    def __init__(self, sign_in: SignIn) -> None:
        self.street = make_street()
        self.community: Area = make_community(street=self.street)
        self.worker = make_worker(community=self.community)
        make_served_wish(community=self.community)
        self.url = f"/desk/{self.community.id}/folders"
        self.client = sign_in(self.worker)
        self.day = clock.local_day(yesterday())

    def ask(self, first: date, last: date, *, status: int = 200, names: str = "masked") -> str:
        self.client.get(self.url)
        words = {"first": first.isoformat(), "last": last.isoformat(), "names": names}
        return self.client.submit(words, status=status).text


@pytest.fixture
def place(app: Flask, sign_in: SignIn) -> Place:
    return Place(sign_in)


def test_a_folder_is_asked_for_made_and_fetched(app: Flask, place: Place) -> None:
    assert "还没有做过" in place.client.get(place.url).text
    text = place.ask(place.day, place.day)
    for words in ("后台开始做", "排队中", "刷新看进度", "隐去姓名和电话"):
        assert words in text
    sweep_folders(app)
    text = place.client.get(place.url).text
    assert "做好了" in text
    assert "刷新看进度" not in text
    assert place.client.page is not None
    link = next(each for each in place.client.page.links if each.endswith(".zip"))
    answer = place.client.get(link)
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "%E8%BF%8E%E6%A3%80%E5%8C%85" in answer.headers["Content-Disposition"]
    assert len(zipfile.ZipFile(io.BytesIO(answer.data)).namelist()) == 4
    assert count(FolderLook) == 1


def test_a_period_that_cannot_be_is_said_and_kept(place: Place) -> None:
    today, on = clock.local_day(clock.now()), place.day
    tries = [
        (on, on - timedelta(days=1), "请对调一下"),
        (on, today + timedelta(days=1), "请选到今天为止"),
        (on - timedelta(days=400), on, "请分几次做"),
        (on - timedelta(days=40), on - timedelta(days=35), "没有发布过的心愿"),
        (date.min, date(1, 1, 2), "没有发布过的心愿"),
    ]
    for first, last, words in tries:
        text = place.ask(first, last, status=422)
        assert words in text
        assert f'value="{first.isoformat()}"' in text
    assert "看不懂" in place.client.submit({"first": "上个月", "last": ""}, status=422).text
    assert (
        "请选结束日期" in place.client.submit({"first": "2026-01-01", "last": ""}, status=422).text
    )
    assert count(InspectionFolder) == 0


def test_names_in_full_are_for_the_communitys_own_staff(
    app: Flask, place: Place, sign_in: SignIn
) -> None:
    place.ask(place.day, place.day, names="full")
    sweep_folders(app)
    folder_id = db.session.query(InspectionFolder.id).scalar()
    place.client.get(f"{place.url}/{folder_id}.zip")
    above = sign_in(make_supervisor(street=place.street))
    assert "完整姓名" not in above.get(place.url).text
    above.get(f"{place.url}/{folder_id}.zip", status=404)
    above.get(place.url)
    day = place.day.isoformat()
    refused = above.submit({"first": day, "last": day, "names": "full"}, status=403)
    assert "只给本社区自己的工作人员" in refused.text


def test_a_folder_that_is_not_ready_or_gone_says_so(app: Flask, place: Place) -> None:
    place.ask(place.day, place.day)
    folder_id = db.session.query(InspectionFolder.id).scalar()
    path = f"{place.url}/{folder_id}.zip"
    assert "还没做好" in place.client.get(path, status=409).text
    sweep_folders(app)
    with clock.at(clock.now() + timedelta(days=8)):
        sweep_folders(app)
        assert "重新做一份" in place.client.get(path, status=410).text
        assert "已过期删除" in place.client.get(place.url).text


def test_strangers_and_grid_workers_find_nothing(place: Place, sign_in: SignIn) -> None:
    place.ask(place.day, place.day)
    folder_id = db.session.query(InspectionFolder.id).scalar()
    grid_worker = make_grid_worker(grid=make_grid(community=place.community))
    for stranger in (grid_worker, make_worker(community=make_community())):
        client = sign_in(stranger)
        client.get(place.url, status=404)
        client.get(f"{place.url}/{folder_id}.zip", status=404)
    other = make_community()
    elsewhere = sign_in(make_worker(community=other))
    elsewhere.get(f"/desk/{other.id}/folders/{folder_id}.zip", status=404)


def test_a_street_gets_one_of_each_community(app: Flask, place: Place, sign_in: SignIn) -> None:
    quiet = make_community(street=place.street)
    client = sign_in(make_supervisor(street=place.street))
    client.get(f"/oversight/{place.street.id}/folders")
    day = place.day.isoformat()
    text = client.submit({"first": day, "last": day}).text
    assert "1 个社区各做一份" in text
    assert place.community.name in text
    assert f"{quiet.name} ·" not in text
    sweep_folders(app)
    client.get(f"/oversight/{place.street.id}/folders")
    assert client.page is not None
    link = next(each for each in client.page.links if each.endswith(".zip"))
    client.get(link)
    refused = client.get(f"/oversight/{place.street.id}/folders")
    assert refused.status_code == 200
    old = (place.day - timedelta(days=60)).isoformat()
    assert "没有发布过" in client.submit({"first": old, "last": old}, status=422).text
