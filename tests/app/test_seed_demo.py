"""The demo: a believable month, the same from the same seed, every hour with its evidence."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from random import Random
from typing import Any

import dhash
import pytest
import time_machine
from flask import Flask
from PIL import Image
from sqlalchemy import func, select

from accounts.models import User
from app.demo.month import Month, seed_month
from app.demo.motifs import MOTIFS
from app.demo.people import ACCOUNTS, DEMO_WORD
from app.demo.pictures import draw
from app.demo.wishes import REAL
from foundation import clock
from foundation.db import db
from foundation.outbox import MailState, Message
from foundation.passwords import is_password
from love_bank.models import Entry, Head
from tests.makers import make_community, make_volunteer
from wishes.models import Ask, AskSupport, Attendance, Rating, Waiting, Wish, WishTerms
from wishes.queries.photos import SAME_PICTURE
from wishes.rules.life import AskState, Light, WishState, light_of
from wishes.rules.rating import Grade

MORNING = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)  # a Tuesday, 11:00 here
_written: list[list[Any]] = []
pytestmark = pytest.mark.timeout(300)  # a whole month; two minutes are short on a busy machine


def write_down() -> list[Any]:
    """The month in plain values, without random numbers, ids and secrets."""
    wish = select(Wish.title, Wish.state, Wish.starts_at, Wish.places_taken, Wish.number)
    entry = select(Entry.minutes, Entry.grade, Entry.starts_at)
    rows = [
        *map(tuple, db.session.execute(wish.order_by(Wish.id))),
        *sorted(map(tuple, db.session.execute(entry)), key=str),  # heads have random ids
        *map(tuple, db.session.execute(select(Ask.title, Ask.state).order_by(Ask.id))),
        *db.session.scalars(select(User.name).order_by(User.id)),
    ]
    return [str(row) for row in rows]


@pytest.fixture
def month(app: Flask) -> Month:
    with time_machine.travel(MORNING, tick=False):
        return seed_month(people=20, wishes=80, seed=7, pictures=False)


def test_a_month_is_made_through_the_services(month: Month) -> None:
    assert month.timeline.refused == []
    _all_real_rows_are_kept()
    _residents_have_spoken()
    _all_lights_are_on(month)
    _neighbours_wait_and_one_is_offered_a_place()
    _every_minute_has_its_attendance()
    _no_letter_waits()
    _written.append(write_down())
    assert _written[-1] == _written[0], "another database, another month"


def _residents_have_spoken() -> None:
    """附议 on public asks, and every step after a bad rating but the last."""
    assert db.session.scalars(select(func.count(AskSupport.id))).one() > 5
    assert set(db.session.scalars(select(Rating.grade))) == set(Grade)
    after = set(db.session.scalars(select(Ask.state).join(Rating, Rating.ask_id == Ask.id)))
    assert after == {AskState.RATED, AskState.REOPENED, AskState.FOLLOWED_UP}


def _neighbours_wait_and_one_is_offered_a_place() -> None:
    turns = select(Waiting.state).where(Waiting.live).order_by(Waiting.id)
    assert list(db.session.scalars(turns)) == ["offered", "waiting", "waiting"]
    assert db.session.scalars(select(WishTerms.least)).all() == [3]


def _all_real_rows_are_kept() -> None:
    with REAL.open(encoding="utf-8-sig", newline="") as file:
        rows = {row["序号"]: row for row in csv.DictReader(file)}
    found = db.session.scalars(select(Wish.original)).all()
    kept = {words["序号"]: words for words in found if words}
    assert kept == rows


def _all_lights_are_on(month: Month) -> None:
    first = month.town.communities[0].id
    states = db.session.scalars(select(Wish.state).where(Wish.community_id == first)).all()
    assert {light_of(WishState(state)) for state in states} == set(Light)
    with time_machine.travel(MORNING, tick=False):
        day = clock.local_day(clock.now())
    starts = db.session.scalars(
        select(Wish.starts_at).where(Wish.community_id == first, Wish.kind == "service")
    )
    assert [clock.local_day(each) for each in starts if each].count(day) == 3


def _every_minute_has_its_attendance() -> None:
    entries = db.session.scalars(select(Entry)).all()
    assert len(entries) > 20
    for entry in entries:
        kept = db.session.get_one(Attendance, entry.attendance_id)
        wish = db.session.get_one(Wish, kept.wish_id)
        assert wish.state == WishState.VERIFIED
        assert kept.arrived_at is not None
        assert entry.wish_id == wish.id
    served = db.session.execute(select(func.sum(Head.served))).scalar_one()
    assert served == sum(entry.minutes for entry in entries)


def _no_letter_waits() -> None:
    query = select(func.count()).where(Message.mail_state == MailState.WAITING)
    assert db.session.execute(query).scalar_one() == 0


def test_a_database_with_data_is_left_alone(app: Flask) -> None:
    make_volunteer(home=make_community())
    run = app.test_cli_runner().invoke
    before = db.session.execute(select(func.count()).select_from(User)).scalar_one()
    refused, kept = run(args=["seed-demo"]), run(args=["seed-demo", "--if-empty"])
    assert (refused.exit_code, kept.exit_code) == (1, 0)
    assert "都留着" in kept.output
    assert DEMO_WORD not in kept.output
    assert db.session.execute(select(func.count()).select_from(User)).scalar_one() == before


def test_a_second_start_keeps_the_demo_and_says_who_can_sign_in(app: Flask) -> None:
    make_volunteer(email=ACCOUNTS["operator"].email)
    kept = app.test_cli_runner().invoke(args=["seed-demo", "--if-empty"])
    assert all(account.email in kept.output for account in ACCOUNTS.values())


def test_the_password_may_be_chosen(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    from app.demo.people import People

    monkeypatch.setenv("DEMO_PASSWORD", "自己选的一个口令-9")
    stored = People(Random(1)).first.password_hash
    assert is_password(stored, "自己选的一个口令-9")
    assert not is_password(stored, DEMO_WORD)


def fingerprint(data: bytes) -> int:
    """As the archive's own child makes it."""
    grey = Image.open(io.BytesIO(data)).convert("L").resize((9, 9))
    row, column = dhash.dhash_row_col(list(grey.tobytes()), size=8)
    return row << 64 | column


@pytest.mark.parametrize("motif", sorted(MOTIFS))
def test_two_pictures_of_the_same_thing_are_told_apart(motif: str) -> None:
    drawn = [draw(motif, done=True, rng=Random(seed)).data for seed in (1, 2, 3)]
    marks = [fingerprint(data) for data in drawn]
    pairs = [(one, two) for at, one in enumerate(marks) for two in marks[:at]]
    assert min((one ^ two).bit_count() for one, two in pairs) > SAME_PICTURE


def test_the_same_seed_draws_the_same_picture() -> None:
    one, two = (draw("bulb", done=False, rng=Random(3)).data for _ in range(2))
    assert one == two
