"""Bad codes: each has its sentence, and guessing ends."""

from __future__ import annotations

import pytest
import time_machine

from foundation.db import db
from tests.makers import make_volunteer, make_wish
from tests.stored import count
from tests.wishes.on_the_day import at, code_of, go, make_slip, now, seated
from wishes.models import Attendance, CodeTry, SlipUse
from wishes.refusals.attendance import (
    CodeOfAnotherWish,
    SlipCodeUsed,
    SlipReplaced,
    SlipSideWrong,
    StaleCode,
    TooManyTries,
    WrongCode,
)
from wishes.rules.kinds import Venue
from wishes.rules.proof import SlipSide
from wishes.services.attending import arrive, leave
from wishes.services.claiming import claim_wish

__all__ = ["now"]
pytestmark = pytest.mark.usefixtures("app", "now")


def test_a_stale_code_is_told_from_a_wrong_one(now: time_machine.Traveller) -> None:
    wish_id, person = seated()
    go(now, 0)
    old = code_of(wish_id)
    now.shift(46)
    with pytest.raises(StaleCode):
        arrive(wish_id, actor_id=person.id, code=old)
    wrong = "000000" if code_of(wish_id) != "000000" else "000001"
    with pytest.raises(WrongCode):
        arrive(wish_id, actor_id=person.id, code=wrong)
    assert count(Attendance) == 0


def test_the_code_of_another_of_my_wishes_names_it(now: time_machine.Traveller) -> None:
    wish_id, person = seated()
    other = make_wish(title="反诈讲座", starts_at=at(60)).id
    claim_wish(other, actor_id=person.id)
    go(now, 10)
    with pytest.raises(CodeOfAnotherWish, match="反诈讲座"):
        arrive(wish_id, actor_id=person.id, code=code_of(other))


def test_the_code_of_a_stranger_s_wish_is_simply_wrong(now: time_machine.Traveller) -> None:
    wish_id, person = seated()
    stranger, _other = seated()
    go(now, 10)
    with pytest.raises(WrongCode) as refused:
        arrive(wish_id, actor_id=person.id, code=code_of(stranger))
    assert refused.type is WrongCode


def test_each_fold_of_the_slip_has_its_side(now: time_machine.Traveller) -> None:
    wish_id, person = seated(Venue.HOME)
    make_slip(wish_id)
    go(now, 0)
    with pytest.raises(SlipSideWrong):
        arrive(wish_id, actor_id=person.id, code="333444")
    arrive(wish_id, actor_id=person.id, code="111222")
    with pytest.raises(SlipSideWrong):
        leave(wish_id, actor_id=person.id, code="111222")


def test_both_people_at_the_flat_use_the_same_slip(now: time_machine.Traveller) -> None:
    wish_id, person = seated(Venue.HOME, headcount=2)
    other = make_volunteer()
    claim_wish(wish_id, actor_id=other.id)
    make_slip(wish_id)
    go(now, 0)
    for each in (person, other):
        arrive(wish_id, actor_id=each.id, code="111222")
    assert count(SlipUse) == 2


def test_a_slip_s_code_serves_a_person_once(now: time_machine.Traveller) -> None:
    wish_id, person = seated(Venue.HOME)
    slip_id = make_slip(wish_id)
    db.session.add(SlipUse(slip_id=slip_id, user_id=person.id, side=SlipSide.ARRIVE, at=at(0)))
    db.session.commit()
    go(now, 0)
    with pytest.raises(SlipCodeUsed):
        arrive(wish_id, actor_id=person.id, code="111222")


def test_a_new_print_ends_the_old_slip(now: time_machine.Traveller) -> None:
    wish_id, person = seated(Venue.HOME)
    make_slip(wish_id)
    make_slip(wish_id, arrive="555666", leave="777888")
    go(now, 0)
    with pytest.raises(SlipReplaced):
        arrive(wish_id, actor_id=person.id, code="111222")


def fail(wish_id: int, user_id: int, times: int) -> None:
    for _time in range(times):
        with pytest.raises(WrongCode):
            arrive(wish_id, actor_id=user_id, code="12")


def test_the_fifth_wrong_code_locks_for_ten_minutes(now: time_machine.Traveller) -> None:
    wish_id, person = seated()
    go(now, 0)
    fail(wish_id, person.id, 5)
    with pytest.raises(TooManyTries, match="9:10"):
        arrive(wish_id, actor_id=person.id, code=code_of(wish_id))
    go(now, 10)
    arrive(wish_id, actor_id=person.id, code=code_of(wish_id))


def test_a_right_code_forgets_the_wrong_ones(now: time_machine.Traveller) -> None:
    wish_id, person = seated()
    go(now, 0)
    fail(wish_id, person.id, 4)
    arrive(wish_id, actor_id=person.id, code=code_of(wish_id))
    assert count(CodeTry) == 0


def test_one_person_s_guesses_lock_nobody_else(now: time_machine.Traveller) -> None:
    wish_id, person = seated(headcount=2)
    other = make_volunteer()
    claim_wish(wish_id, actor_id=other.id)
    go(now, 0)
    fail(wish_id, person.id, 5)
    arrive(wish_id, actor_id=other.id, code=code_of(wish_id))
