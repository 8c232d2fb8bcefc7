"""公告: told once to those who follow, gone by itself, taken down, with a picture or without."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from accounts.models import Area, User
from accounts.refusals import AreaNotFound
from communities.models import Announcement
from communities.queries.announcements import list_for_follower, list_shown
from communities.refusals.announcements import AnnouncementNotFound, DaysBackwards, TakenDown
from communities.services.announcing import (
    AnnouncementWords,
    announce,
    announce_due,
    change_announcement,
    keep_picture,
    take_down,
    tell_followers,
)
from foundation import clock, media
from foundation.db import db
from foundation.media.refusals import PhotoMissing
from foundation.outbox import MailState, Message, lease_due
from tests.journeys.neighbourhood import Chosen
from tests.makers import make_community, make_grid, make_grid_worker, make_volunteer, make_worker
from tests.races import at_once
from wishes.services.following import choose_mail, follow_community, unfollow_community

DAY = timedelta(days=1)


def today() -> date:
    return clock.local_day(clock.now())


def words(*, first: int = 0, last: int = 7, title: str = "周三停水") -> AnnouncementWords:
    return AnnouncementWords(
        title, "八点到十二点，请先存水。", today() + first * DAY, today() + last * DAY
    )


def told(person_id: int) -> list[tuple[str, MailState]]:
    query = select(Message.kind, Message.mail_state).where(Message.user_id == person_id)
    return [(kind, state) for kind, state in db.session.execute(query)]


@pytest.fixture
def home(app: Flask) -> Area:
    return make_community()


@pytest.fixture
def worker(home: Area) -> User:
    return make_worker(community=home)


def test_followers_are_told_in_the_app_and_by_mail_only_who_asked(home: Area, worker: User) -> None:
    quiet, mailed, other = (make_volunteer().id for _ in range(3))
    for person in (quiet, mailed):
        follow_community(home.id, actor_id=person)
    choose_mail(home.id, actor_id=mailed, by_mail=True)
    announce(home.id, actor_id=worker.id, words=words())
    assert told(quiet) == [("announced", MailState.IN_APP)]
    assert told(mailed) == [("announced", MailState.WAITING)]
    assert told(other) == []
    assert len(lease_due()) == 1


def test_what_begins_later_is_told_on_its_morning_and_once(home: Area, worker: User) -> None:
    person = make_volunteer().id
    follow_community(home.id, actor_id=person)
    announce(home.id, actor_id=worker.id, words=words(first=2))
    assert announce_due(clock.now()) == 0
    assert told(person) == []
    with time_machine.travel(clock.now() + 2 * DAY, tick=False):
        assert [announce_due(clock.now()), announce_due(clock.now())] == [1, 0]
    assert len(told(person)) == 1


def test_it_is_shown_from_its_first_to_its_last_day(home: Area, worker: User) -> None:
    person = make_volunteer().id
    follow_community(home.id, actor_id=person)
    announce(home.id, actor_id=worker.id, words=words(first=1, last=2))
    seen = [len(list_shown(home.id, today=today() + n * DAY)) for n in range(4)]
    assert seen == [0, 1, 1, 0]
    assert len(list_for_follower(person, today=today() + DAY)) == 1
    unfollow_community(home.id, actor_id=person)
    assert list_for_follower(person, today=today() + DAY) == []


def test_what_was_taken_down_is_gone_and_cannot_be_changed(home: Area, worker: User) -> None:
    made = announce(home.id, actor_id=worker.id, words=words())
    take_down(home.id, made, actor_id=worker.id)
    take_down(home.id, made, actor_id=worker.id)
    assert list_shown(home.id, today=today()) == []
    with pytest.raises(TakenDown):
        change_announcement(home.id, made, actor_id=worker.id, words=words(title="不停水了"))


def test_a_change_is_read_and_not_told_again(home: Area, worker: User) -> None:
    person = make_volunteer().id
    follow_community(home.id, actor_id=person)
    made = announce(home.id, actor_id=worker.id, words=words())
    change_announcement(home.id, made, actor_id=worker.id, words=words(title="改到周四"))
    assert [row.title for row in list_shown(home.id, today=today())] == ["改到周四"]
    assert len(told(person)) == 1


def test_only_the_own_workers_announce(home: Area, worker: User) -> None:
    made = announce(home.id, actor_id=worker.id, words=words())
    strangers = (
        make_worker(community=make_community()).id,
        make_grid_worker(grid=make_grid(community=home)).id,
        make_volunteer().id,
    )
    for person in strangers:
        with pytest.raises(AreaNotFound):
            announce(home.id, actor_id=person, words=words())
        with pytest.raises(AreaNotFound):
            take_down(home.id, made, actor_id=person)
    other = make_community()
    with pytest.raises(AnnouncementNotFound):
        take_down(other.id, made, actor_id=make_worker(community=other).id)


class TestPicture:
    def test_a_new_picture_takes_the_place_of_the_old(self, home: Area, worker: User) -> None:
        with keep_picture([Chosen(5)]) as picture:
            made = announce(home.id, actor_id=worker.id, words=words(), picture=picture)
        old = _key(made)
        with keep_picture([Chosen(50)]) as picture:
            change_announcement(home.id, made, actor_id=worker.id, words=words(), picture=picture)
        assert _is_there(_key(made))
        assert not _is_there(old)
        last = _key(made)
        change_announcement(home.id, made, actor_id=worker.id, words=words(), drop_picture=True)
        assert _key(made) == ""
        assert not _is_there(last)

    def test_a_refusal_leaves_no_file(self, home: Area, worker: User) -> None:
        with keep_picture([Chosen(5)]) as picture:
            assert picture is not None
            backwards = words(first=3, last=1)
            with pytest.raises(DaysBackwards):
                announce(home.id, actor_id=worker.id, words=backwards, picture=picture)
        key = picture.key
        assert not _is_there(key)
        assert db.session.scalar(select(func.count()).select_from(Announcement)) == 0


def _key(made: int) -> str:
    db.session.expire_all()
    return db.session.get_one(Announcement, made).photo_key or ""


def _is_there(key: str) -> bool:
    try:
        media.open_photo(key, media.SMALL).close()
    except PhotoMissing:
        return False
    return True


@pytest.mark.race
class TestAtOnce:
    def test_two_workers_of_one_minute_tell_once(
        self, app: Flask, home: Area, worker: User
    ) -> None:
        person, home_id = make_volunteer().id, home.id
        follow_community(home_id, actor_id=person)
        made = announce(home_id, actor_id=worker.id, words=words(first=1))
        with time_machine.travel(clock.now() + DAY, tick=False):
            answers = at_once(app, [lambda: tell_followers(made)] * 4)
        assert answers == [None] * 4
        assert len(told(person)) == 1

    def test_five_taps_follow_once(self, app: Flask, home: Area) -> None:
        person, home_id = make_volunteer().id, home.id
        taps: list[Any] = [lambda: follow_community(home_id, actor_id=person)] * 5
        assert at_once(app, taps) == [None] * 5
        unfollow_community(home_id, actor_id=person)
        with pytest.raises(AreaNotFound):
            choose_mail(home_id, actor_id=person, by_mail=True)


def test_a_street_cannot_be_followed(home: Area) -> None:
    assert home.parent is not None
    with pytest.raises(AreaNotFound):
        follow_community(home.parent.id, actor_id=make_volunteer().id)
