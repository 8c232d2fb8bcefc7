"""The power fails in the middle of verifying: what was said to be done is in the book, whole."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import select

from app import create_app
from foundation.db import db
from love_bank.models import Entry
from love_bank.services.auditing import audit_book
from tests.conftest import DATABASES, SETTINGS
from tests.harness.claim_race import database
from tests.makers import make_community, make_worker
from tests.served import make_attendance, make_served_wish
from wishes.models import Attendance, Verification, Wish
from wishes.rules.life import WishState
from wishes.services.reporting import hand_in_report

pytestmark = pytest.mark.race
SERVICES, PEOPLE = 16, 2
ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def opened(url: str, home: str) -> Iterator[Flask]:
    """An application on this database, its connections closed at the end."""
    app = create_app({**SETTINGS, "SQLALCHEMY_DATABASE_URI": url, "INSTANCE_PATH": home})
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def make_reports(url: str, home: str) -> list[str]:
    """Reported services with a verifier each, as arguments of the process."""
    pairs = []
    with opened(url, home):
        upgrade()
        community = make_community()
        reporter, verifier = (make_worker(community=community).id for _n in range(2))
        for _n in range(SERVICES):
            wish = make_served_wish(community=community, headcount=PEOPLE)
            for _m in range(PEOPLE):
                make_attendance(wish)
            hand_in_report(wish.id, actor_id=reporter, text="做了")
            pairs.append(f"{wish.id}:{verifier}")
    return pairs


def kill_in_the_middle(url: str, home: str, pairs: list[str], *, said: int) -> list[int]:
    """Start verifying, kill -9 right after so many are said to be done; which were."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.harness.verifier", url, home, *pairs],
        stdout=subprocess.PIPE, text=True, cwd=ROOT,
    ) as child:  # fmt: skip
        assert child.stdout is not None
        assert child.stdout.readline().strip() == "ready"
        done = [int(child.stdout.readline()) for _n in range(said)]
        time.sleep(0.004)  # into the next one
        child.kill()
        rest = child.stdout.read().split()
    return done + [int(line) for line in rest]


def ensure_whole(said: list[int]) -> int:
    """The book is sound; a service is verified with all its minutes or not at all."""
    assert audit_book() == []
    states = dict(db.session.execute(select(Wish.id, Wish.state)).all())
    assert [wish for wish in said if states[wish] != WishState.VERIFIED] == []
    decided = set(db.session.scalars(select(Verification.wish_id)))
    for wish_id, state in states.items():
        due = set(db.session.scalars(select(Attendance.id).where(Attendance.wish_id == wish_id)))
        entries = select(Entry.attendance_id).where(Entry.wish_id == wish_id)
        got = [each or 0 for each in db.session.scalars(entries)]
        whole = sorted(got) == sorted(due) and wish_id in decided
        assert whole if state == WishState.VERIFIED else (got == [] and wish_id not in decided)
    return len(decided)


@pytest.mark.parametrize("kind", DATABASES)
def test_a_killed_verifier_leaves_whole_services(kind: str) -> None:
    with database(kind) as (url, home):
        pairs = make_reports(url, home)
        for said in (3, 1):
            with opened(url, home):
                verified = ensure_whole([])
            done = kill_in_the_middle(url, home, pairs[verified:], said=said)
            with opened(url, home):
                assert ensure_whole(done) >= verified + said


def test_a_copy_without_its_checkpoint_holds_all_that_was_said(tmp_path: Path) -> None:
    """The disk as a power cut leaves it: the file and its log, the shared index lost."""
    with database("sqlite") as (url, home):
        done = kill_in_the_middle(url, home, make_reports(url, home), said=5)
        for tail in ("", "-wal"):
            shutil.copy(Path(home) / f"race.sqlite3{tail}", tmp_path / f"race.sqlite3{tail}")
        assert (tmp_path / "race.sqlite3-wal").stat().st_size > 0
    with opened(f"sqlite:///{tmp_path / 'race.sqlite3'}", str(tmp_path)):
        assert ensure_whole(done) >= 5


def test_half_a_last_page_in_the_log_loses_only_what_was_not_said(tmp_path: Path) -> None:
    """A torn write at the log's end: everything before it stands."""
    with database("sqlite") as (url, home):
        done = kill_in_the_middle(url, home, make_reports(url, home), said=4)
        for tail in ("", "-wal"):
            shutil.copy(Path(home) / f"race.sqlite3{tail}", tmp_path / f"race.sqlite3{tail}")
    with (tmp_path / "race.sqlite3-wal").open("ab") as log:
        log.write(b"\x37" * 2000)
    with opened(f"sqlite:///{tmp_path / 'race.sqlite3'}", str(tmp_path)):
        assert ensure_whole(done) >= 4
