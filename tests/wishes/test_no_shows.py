"""没来: on record, excused, appealed before another worker, faded; what it does is small."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from foundation.db import db
from foundation.outbox import Message
from tests.makers import make_community, make_volunteer, make_wish, make_worker
from tests.wishes.on_the_day import START, at, go, now
from wishes.models import Attendance, NoShow
from wishes.refusals import WishNotFound
from wishes.refusals.asks import ReasonMissing
from wishes.refusals.attendance import CannotMarkSelf
from wishes.refusals.changes import (
    AppealedAlready,
    NeedsAnother,
    NeedsNod,
    NoShowNotFound,
    NoShowSettled,
)
from wishes.rules.no_shows import NoShowState, is_faded, needs_a_nod
from wishes.rules.proof import Absence
from wishes.rules.roll_call import Mark
from wishes.services.appeals import answer_appeal, appeal, excuse, let_go_on
from wishes.services.claiming import claim_wish
from wishes.services.roll_call import call_roll

__all__ = ["now"]


class TestTheRules:
    @pytest.mark.parametrize(("days", "faded"), [(0, False), (89, False), (90, False), (91, True)])
    def test_it_fades(self, days: int, faded: bool) -> None:
        happened: datetime = START - timedelta(days=days)
        assert is_faded(happened, at=START, days=90) is faded

    @pytest.mark.parametrize(
        ("counted", "limit", "needed"),
        [(0, 0, False), (9, 0, False), (2, 3, False), (3, 3, True), (4, 3, True)],
    )
    def test_a_limit_of_zero_never_asks_for_a_nod(
        self, counted: int, limit: int, needed: bool
    ) -> None:
        assert needs_a_nod(counted, limit=limit) is needed


class Missed(NamedTuple):
    """A wish that somebody missed, noted by one worker, with another beside."""

    wish_id: int
    person: int
    noted_by: int
    other: int


@pytest.fixture
def missed(app: Flask, now: time_machine.Traveller) -> Missed:
    community = make_community()
    workers = [make_worker(community=community).id for _n in range(2)]
    person = make_volunteer().id
    wish_id = make_wish(community=community, headcount=2, starts_at=START).id
    claim_wish(wish_id, actor_id=person)
    go(now, 30)
    call_roll(wish_id, actor_id=workers[0], mark=Mark.NO_SHOW, user_ids=[person])
    return Missed(wish_id, person, workers[0], workers[1])


def row() -> NoShow:
    db.session.expire_all()
    return db.session.scalars(select(NoShow)).one()


def absence() -> str | None:
    return db.session.scalars(select(Attendance.absence)).one()


def told(kind: str) -> set[int]:
    return set(db.session.scalars(select(Message.user_id).where(Message.kind == kind)))


class TestOnRecord:
    def test_the_person_is_told_and_may_read_it(self, missed: Missed) -> None:
        assert (row().state, row().happened_at) == (NoShowState.COUNTS, START)
        assert told("no_show") == {missed.person}

    def test_who_came_after_all_has_none(self, missed: Missed) -> None:
        call_roll(
            missed.wish_id, actor_id=missed.noted_by, mark=Mark.HERE, user_ids=[missed.person]
        )
        assert row().state == NoShowState.UNDONE

    def test_an_excuse_on_the_sheet_is_no_no_show(self, missed: Missed) -> None:
        late = make_volunteer().id
        with time_machine.travel(at(-60), tick=False):
            claim_wish(missed.wish_id, actor_id=late)
        call_roll(missed.wish_id, actor_id=missed.noted_by, mark=Mark.EXCUSED, user_ids=[late])
        assert row().user_id == missed.person


class TestExcuse:
    def test_a_reason_takes_it_off_the_sheet_too(self, missed: Missed) -> None:
        excuse(row().id, actor_id=missed.noted_by, words="孩子住院")
        assert (row().state, absence()) == (NoShowState.EXCUSED, Absence.EXCUSED)
        assert told("no_show_answer") == {missed.person}
        with pytest.raises(NoShowSettled):
            excuse(row().id, actor_id=missed.noted_by, words="孩子住院")

    def test_not_without_a_reason_not_by_a_stranger_not_by_oneself(self, missed: Missed) -> None:
        number = row().id
        with pytest.raises(ReasonMissing):
            excuse(number, actor_id=missed.noted_by, words=" ")
        stranger = make_worker(community=make_community()).id
        with pytest.raises(WishNotFound):
            excuse(number, actor_id=stranger, words="孩子住院")
        with pytest.raises(WishNotFound):
            excuse(number, actor_id=missed.person, words="孩子住院")


class TestAppeal:
    def test_another_worker_is_asked_and_says_yes(self, missed: Missed) -> None:
        number = appeal(row().id, actor_id=missed.person, words="我到了，没人点名")
        assert missed.other in told("no_show_appeal")
        assert missed.noted_by not in told("no_show_appeal")
        with pytest.raises(NeedsAnother):
            answer_appeal(number, actor_id=missed.noted_by, accept=True, words="是的")
        answer_appeal(number, actor_id=missed.other, accept=True, words="看了照片，到了")
        assert (row().state, absence()) == (NoShowState.EXCUSED, Absence.EXCUSED)

    def test_a_no_stands_with_its_reason(self, missed: Missed) -> None:
        number = appeal(row().id, actor_id=missed.person, words="我到了")
        answer_appeal(number, actor_id=missed.other, accept=False, words="登记表上没有")
        assert (row().state, row().answer) == (NoShowState.COUNTS, "登记表上没有")
        with pytest.raises(AppealedAlready):
            appeal(number, actor_id=missed.person, words="真的到了")
        with pytest.raises(NoShowSettled):
            answer_appeal(number, actor_id=missed.other, accept=True, words="算了")

    def test_with_an_appeal_open_an_excuse_is_no_way_round(self, missed: Missed) -> None:
        number = appeal(row().id, actor_id=missed.person, words="我到了")
        with pytest.raises(NeedsAnother):
            excuse(number, actor_id=missed.noted_by, words="算了")

    def test_only_the_person_and_only_in_time(
        self, missed: Missed, now: time_machine.Traveller
    ) -> None:
        number = row().id
        with pytest.raises(NoShowNotFound):
            appeal(number, actor_id=missed.other, words="他到了")
        with pytest.raises(ReasonMissing):
            appeal(number, actor_id=missed.person, words=" ")
        now.move_to(at(91 * 24 * 60))
        with pytest.raises(NoShowSettled):
            appeal(number, actor_id=missed.person, words="我到了")

    def test_a_worker_who_missed_it_does_not_judge_themselves(self, missed: Missed) -> None:
        worker = missed.other
        wish_id = make_wish(
            community=db.session.scalars(select(NoShow)).one().wish.community,
            starts_at=START + timedelta(hours=2),
        ).id
        claim_wish(wish_id, actor_id=worker)
        with time_machine.travel(at(150), tick=False):
            call_roll(wish_id, actor_id=missed.noted_by, mark=Mark.NO_SHOW, user_ids=[worker])
        number = db.session.scalars(select(NoShow.id).where(NoShow.user_id == worker)).one()
        with pytest.raises(CannotMarkSelf):
            excuse(number, actor_id=worker, words="忙")


class TestWhatItDoes:
    def test_nothing_by_default(self, missed: Missed) -> None:
        claim_wish(make_wish().id, actor_id=missed.person)

    def test_with_a_limit_a_worker_nods_first(
        self, missed: Missed, app: Flask, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(app.config, "NO_SHOW_LIMIT", 1)
        wish_id = make_wish(starts_at=START + timedelta(days=3)).id
        with pytest.raises(NeedsNod):
            claim_wish(wish_id, actor_id=missed.person)
        assert let_go_on(row().id, actor_id=missed.noted_by) == 1
        claim_wish(wish_id, actor_id=missed.person)
        assert row().state == NoShowState.LET_PASS
        assert let_go_on(row().id, actor_id=missed.noted_by) == 0

    def test_what_has_faded_holds_nobody_back(
        self, missed: Missed, app: Flask, monkeypatch: pytest.MonkeyPatch,
        now: time_machine.Traveller,
    ) -> None:  # fmt: skip
        monkeypatch.setitem(app.config, "NO_SHOW_LIMIT", 1)
        now.move_to(at(91 * 24 * 60))
        claim_wish(make_wish().id, actor_id=missed.person)
