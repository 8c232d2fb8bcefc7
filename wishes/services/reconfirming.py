"""明天还来吗: asked the day before; who does not answer gives the place up."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from accounts.queries.people import get_person
from foundation import clock
from foundation.db import db, run, table_of
from foundation.errands import errand
from foundation.refusal import N_
from foundation.settings import setting
from foundation.violations import broke
from wishes.models import Claim, Place, Reconfirmation
from wishes.notices.attendance import tell_cannot_come
from wishes.notices.reconfirming import tell_asked, tell_released_unanswered, tell_unanswered
from wishes.queries.places import ClaimFacts, get_claim_facts, lock_claim
from wishes.queries.reconfirming import find_question, list_to_ask, set_answer
from wishes.refusals import ClaimNotFound
from wishes.refusals.terms import AnsweredTooLate, NothingAsked
from wishes.rules.life import CLAIMABLE
from wishes.rules.reconfirming import Answer, answer_until, may_ask
from wishes.services.absence import list_concerned
from wishes.services.leaving import leave_place
from wishes.services.placing import note_event

NO_ANSWER = N_("没有确认会来，名额已让给别人")
_NEW = insert(table_of(Reconfirmation))


class _AskedAlready(Exception):
    """Another worker asked in the same moment: its question stands."""


def list_askable(at: datetime) -> list[int]:
    """Ids of the places to be asked now, by the wishes' choice or the settings."""
    people, homes = setting("RECONFIRM_PEOPLE"), bool(setting("RECONFIRM_HOMES"))
    return list_to_ask(at, people=people, homes=homes)


def ask_again(place_id: int) -> bool:
    """Ask the person on a place whether they will come. Returns whether it was asked now."""
    try:
        return _ask(place_id)
    except _AskedAlready:
        return False


@errand
def _ask(place_id: int) -> bool:
    at = clock.now()
    found = _lock_seat(place_id)
    if found is None:
        return False
    wish, _claim, place = found
    if wish.state not in CLAIMABLE or not may_ask(wish.starts_at, at):
        return False
    until = answer_until(wish.starts_at)
    try:
        run(_NEW, place_id=place.id, starts_at=wish.starts_at, asked_at=at, answer_until=until)
    except IntegrityError as error:
        columns = ("reconfirmation.place_id", "reconfirmation.starts_at")
        if broke(error, "uq_reconfirmation_place_id_starts_at", *columns):
            raise _AskedAlready from error
        raise
    tell_asked(wish, place.user_id, until=until)
    return True


@errand
def answer_coming(wish_id: int, *, actor_id: int, is_coming: bool) -> int:
    """Say whether one comes tomorrow; a no frees the place. Returns the wish's id.

    Raises NothingAsked, AnsweredTooLate.
    """
    at = clock.now()
    question = find_question(wish_id, actor_id)
    if question is None:
        raise NothingAsked
    found = _lock_seat(question.place_id)
    if found is None or question.answer_until <= at:
        raise AnsweredTooLate
    if not set_answer(question.id, Answer.COMING if is_coming else Answer.NOT_COMING, at=at):
        return _after_answer(wish_id, actor_id, is_coming=is_coming)
    wish, claim, place = found
    if is_coming:
        note_event(wish.id, "reconfirm", wish.state, wish.state, actor_id=actor_id, at=at)
        return wish.id
    place.cannot_come_at = at
    concerned = list_concerned(wish, claim, actor_id)
    leave_place(wish, claim, place, actor_id=actor_id, why=None, at=at)
    note_event(wish.id, "cannot_come", wish.state, wish.state, actor_id=actor_id, at=at)
    tell_cannot_come(wish, concerned, name=get_person(actor_id).name, why="")
    return wish.id


def _after_answer(wish_id: int, actor_id: int, *, is_coming: bool) -> int:
    """The same answer twice is fine; another one than before comes too late."""
    kept = find_question(wish_id, actor_id)
    if kept is None or not is_coming or kept.answer != Answer.COMING:
        raise AnsweredTooLate
    return wish_id


@errand
def release_unanswered(question_id: int) -> bool:
    """Free the place of somebody who did not answer in time. Returns whether it did."""
    at = clock.now()
    question = db.session.get(Reconfirmation, question_id)
    found = _lock_seat(question.place_id) if question is not None else None
    if question is None or found is None:
        return False
    wish, claim, place = found
    moved = wish.starts_at != question.starts_at or wish.state not in CLAIMABLE
    if moved or question.answer_until > at or wish.starts_at <= at:
        return False
    if not set_answer(question_id, Answer.NONE, at=at):
        return False
    _take_off(wish, claim, place, at=at)
    return True


def _take_off(wish: ClaimFacts, claim: Claim, place: Place, *, at: datetime) -> None:
    user_id = place.user_id
    concerned = list_concerned(wish, claim, user_id)
    leave_place(wish, claim, place, actor_id=None, why=NO_ANSWER, at=at)
    note_event(
        wish.id, "not_reconfirmed", wish.state, wish.state, actor_id=None, at=at, why=NO_ANSWER
    )
    tell_released_unanswered(wish, user_id)
    tell_unanswered(wish, concerned, name=get_person(user_id).name)


def _lock_seat(place_id: int) -> tuple[ClaimFacts, Claim, Place] | None:
    """A live place with its claim (locked) and wish; None when it is over."""
    place = db.session.get(Place, place_id)
    if place is None:
        return None
    try:
        claim = lock_claim(place.claim_id)
    except ClaimNotFound:
        return None
    place = db.session.get(Place, place_id, populate_existing=True)
    if place is None or not place.live:
        return None
    return get_claim_facts(place.wish_id), claim, place
