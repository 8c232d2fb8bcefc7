"""Asking for an inspection folder, taking it up, finishing it, forgetting it."""

from __future__ import annotations

import secrets
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from accounts.models import Area, User
from accounts.refusals import AreaNotFound
from foundation import clock, media
from foundation.db import db
from tests.makers import make_community, make_street, make_supervisor, make_wish, make_worker
from tests.races import at_once
from tests.served import kinds_told, make_served_wish, yesterday
from tests.stored import count
from wishes.models import FolderLook, InspectionFolder
from wishes.refusals.folders import (
    FolderGone,
    FolderNotFound,
    FolderNotReady,
    FullNotYours,
    NothingThen,
)
from wishes.rules.folders import FolderState
from wishes.rules.life import WishState
from wishes.services.folders import (
    LEASE,
    ask_folder,
    ask_street_folders,
    finish_folder,
    forget_old_folders,
    give_back,
    note_download,
    note_progress,
    take_folder,
)


def day() -> date:
    """The day of the served wishes."""
    return clock.local_day(yesterday())


def ask(community: Area, worker: User, *, masked: bool = True) -> int:
    return ask_folder(
        community.id, actor_id=worker.id, first=day(), last=day(), masked=masked, language="en"
    )


def served(app: Flask) -> tuple[Area, User, int]:
    """A community with a served wish, its worker, a folder that waits."""
    community = make_community()
    worker = make_worker(community=community)
    make_served_wish(community=community)
    return community, worker, ask(community, worker)


def state_of(folder_id: int) -> FolderState:
    db.session.expire_all()
    return FolderState(db.session.get_one(InspectionFolder, folder_id).state)


def test_asking_again_while_it_is_made_gives_the_same_folder(app: Flask) -> None:
    community, worker, folder_id = served(app)
    assert ask(community, worker) == folder_id
    take_folder(at=clock.now())
    assert ask(community, worker) == folder_id
    assert ask(community, worker, masked=False) != folder_id
    finish_folder(folder_id, attempt=1, size=1)
    assert ask(community, worker) != folder_id  # what changed since may be in it


@pytest.mark.race
def test_five_workers_asking_at_once_make_one_folder(app: Flask) -> None:
    community = make_community()
    worker_id, area_id = make_worker(community=community).id, community.id
    make_served_wish(community=community)
    on = day()

    def one() -> int:
        return ask_folder(
            area_id, actor_id=worker_id, first=on, last=on, masked=True, language="en"
        )

    assert at_once(app, [one] * 5) == [None] * 5
    assert count(InspectionFolder) == 1


@pytest.mark.race
def test_two_takers_never_make_the_same_folder(app: Flask) -> None:
    _community, _worker, folder_id = served(app)
    took: list[list[int]] = []
    assert at_once(app, [lambda: took.append(take_folder(at=clock.now()))] * 4) == [None] * 4
    assert [each for each in took if each] == [[folder_id, 1]]


def test_drafts_and_other_days_are_nothing(app: Flask) -> None:
    community = make_community()
    worker = make_worker(community=community)
    make_served_wish(community=community, state=WishState.DRAFT)
    make_wish(community=community, starts_at=yesterday() - timedelta(days=3))
    with pytest.raises(NothingThen):
        ask(community, worker)
    assert count(InspectionFolder) == 0


def test_a_stranger_finds_no_desk_and_the_street_gets_no_names(app: Flask) -> None:
    street = make_street()
    community = make_community(street=street)
    make_served_wish(community=community)
    boss = make_supervisor(street=street)
    with pytest.raises(AreaNotFound):
        ask(community, make_worker(community=make_community()))
    with pytest.raises(FullNotYours):
        ask(community, boss, masked=False)
    full = ask(community, make_worker(community=community), masked=False)
    with pytest.raises(FolderNotFound):
        note_download(full, actor_id=boss.id, area_id=community.id)


def test_a_street_asks_for_each_community_with_wishes(app: Flask) -> None:
    street = make_street()
    busy, busy_too = make_community(street=street), make_community(street=street)
    make_community(street=street)
    boss = make_supervisor(street=street)
    for community in (busy, busy_too, make_community()):
        make_served_wish(community=community)
    made = ask_street_folders(street.id, actor_id=boss.id, first=day(), last=day(), language="en")
    rows = db.session.scalars(select(InspectionFolder).where(InspectionFolder.id.in_(made)))
    assert {row.area_id for row in rows} == {busy.id, busy_too.id}


def test_one_at_a_time_and_a_silent_worker_loses_it(app: Flask) -> None:
    _community, _worker, folder_id = served(app)
    now = clock.now()
    assert take_folder(at=now) == [folder_id, 1]
    assert take_folder(at=now + timedelta(minutes=1)) == []
    later = now + LEASE + timedelta(minutes=1)
    assert take_folder(at=later) == [folder_id, 2]
    assert not note_progress(folder_id, attempt=1, done=1, total=1)
    assert not finish_folder(folder_id, attempt=1, size=9)
    assert note_progress(folder_id, attempt=2, done=1, total=1)


def test_three_attempts_are_enough_and_the_asker_is_told(app: Flask) -> None:
    _community, worker, folder_id = served(app)
    for attempt in (1, 2, 3):
        assert take_folder(at=clock.now()) == [folder_id, attempt]
        give_back(folder_id, attempt=attempt)
    assert state_of(folder_id) == FolderState.FAILED
    assert take_folder(at=clock.now()) == []
    assert kinds_told(worker) == {"folder_failed"}


def test_three_deaths_are_enough_too(app: Flask) -> None:
    _community, _worker, folder_id = served(app)
    at = clock.now()
    for _attempt in range(3):
        assert take_folder(at=at)
        at += LEASE + timedelta(minutes=1)
    assert take_folder(at=at) == []
    assert state_of(folder_id) == FolderState.FAILED


def test_each_download_is_noted_and_only_of_a_folder_that_is_there(app: Flask) -> None:
    community, worker, folder_id = served(app)
    ids = {"actor_id": worker.id, "area_id": community.id}
    with pytest.raises(FolderNotReady):
        note_download(folder_id, **ids)
    take_folder(at=clock.now())
    finish_folder(folder_id, attempt=1, size=1)
    note_download(folder_id, **ids)
    note_download(folder_id, **ids)
    assert count(FolderLook) == 2
    assert kinds_told(worker) == {"folder_ready"}
    with pytest.raises(FolderNotFound):
        note_download(folder_id + 1, **ids)


def test_after_its_days_the_file_goes_and_the_row_says_so(app: Flask, tmp_path: Path) -> None:
    community, worker, folder_id = served(app)
    take_folder(at=clock.now())
    key = db.session.get_one(InspectionFolder, folder_id).storage_key
    (tmp_path / "a.zip").write_bytes(b"folder")
    media.save_file(tmp_path / "a.zip", key)
    finish_folder(folder_id, attempt=1, size=6)
    assert forget_old_folders(clock.now() + timedelta(days=6)) == 0
    with media.open_file(key) as file:
        assert file.read() == b"folder"
    after = clock.now() + timedelta(days=8)
    assert forget_old_folders(after) == 1
    assert forget_old_folders(after) == 0
    with pytest.raises(media.FileMissing):
        media.open_file(key)
    with pytest.raises(FolderGone):
        note_download(folder_id, actor_id=worker.id, area_id=community.id)


def test_a_key_that_is_none_opens_nothing(app: Flask) -> None:
    for key in ("", "../../secrets.env", "x" * 32, secrets.token_hex(16)):
        with pytest.raises(media.FileMissing):
            media.open_file(key)
    media.delete_file(secrets.token_hex(16))
