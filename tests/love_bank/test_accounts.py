"""Accounts of the book open themselves on their first credit, also under two at once."""

from __future__ import annotations

import uuid
from datetime import timedelta
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select

from foundation import clock
from foundation.db import db, transaction
from love_bank.models import BookAccount, Entry, Head
from love_bank.queries import get_sums
from love_bank.rules import AccountKind, Grade, ServiceFacts
from love_bank.services.crediting import OutsideErrand, credit, ensure_account
from tests.races import at_once
from tests.stored import count


def new_id() -> str:
    return str(uuid.uuid4())


def facts(attendance_id: int, *, holder: str, issuer: str, minutes: int = 60) -> ServiceFacts:
    ends = clock.now()
    return ServiceFacts(
        attendance_id=attendance_id, holder=holder, issuer=issuer, organisation_id=None,
        wish_id=1, starts_at=ends - timedelta(minutes=minutes), ends_at=ends, minutes=minutes,
        grade=Grade.A, evidence_hash="0" * 64,
    )  # fmt: skip


@pytest.mark.usefixtures("app")
class TestFirstCredit:
    def test_the_first_credit_opens_both_accounts(self) -> None:
        holder, issuer = new_id(), new_id()
        with transaction():
            credit(facts(1, holder=holder, issuer=issuer), at=clock.now(), notice_days=0)
        kinds = {row.id: row.kind for row in db.session.scalars(select(BookAccount))}
        assert kinds == {holder: AccountKind.PERSON, issuer: AccountKind.ISSUING}
        assert get_sums(holder, at=clock.now()).served == 60

    def test_an_issuer_has_no_head(self) -> None:
        with transaction():
            ensure_account(new_id(), AccountKind.ISSUING, at=clock.now())
        assert count(Head) == 0

    def test_a_second_opening_changes_nothing(self) -> None:
        holder, issuer = new_id(), new_id()
        with transaction():
            credit(facts(1, holder=holder, issuer=issuer), at=clock.now(), notice_days=0)
        with transaction():
            ensure_account(holder, AccountKind.PERSON, at=clock.now())
        assert get_sums(holder, at=clock.now()).served == 60

    def test_a_person_without_credits_has_empty_sums(self) -> None:
        assert get_sums(new_id(), at=clock.now()).served == 0

    def test_an_account_is_opened_inside_an_errand_only(self) -> None:
        with pytest.raises(OutsideErrand):
            ensure_account(new_id(), AccountKind.PERSON, at=clock.now())


@pytest.mark.race
def test_two_first_credits_of_one_account_land_both(app: Flask) -> None:
    holder, issuer = new_id(), new_id()

    def first_credit(attendance_id: int) -> None:
        words = facts(attendance_id, holder=holder, issuer=issuer)
        with transaction():
            credit(words, at=clock.now(), notice_days=0)

    assert at_once(app, [partial(first_credit, 1), partial(first_credit, 2)]) == [None, None]
    assert (count(BookAccount), count(Head), count(Entry)) == (2, 1, 2)
    assert get_sums(holder, at=clock.now()).served == 120
    assert sorted(db.session.scalars(select(Entry.seq))) == [1, 2]
