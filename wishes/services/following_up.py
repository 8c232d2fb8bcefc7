"""After the first reply: 办结 of what was passed on, the second answer, and the resident's yes."""

from __future__ import annotations

from datetime import datetime

from foundation import clock
from foundation.db import db
from foundation.errands import errand
from wishes.models import Ask, LaterReply
from wishes.notices import ratings as notices
from wishes.policies.asks import ensure_may_decide
from wishes.policies.ratings import ensure_rates_as_resident
from wishes.queries.asks import find_by_wish, get_by_code, lock_ask
from wishes.queries.ratings import get_wish_by_rating_code
from wishes.refusals.asks import AskNotFound, EndsWithItsWish, ReasonMissing
from wishes.rules.life import AskMove, AskState, move_ask
from wishes.services.asking import note_ask_event


@errand
def finish_passed_on(ask_id: int, *, actor_id: int, done: str) -> int:
    """办结: whoever it was passed on to has acted; the asker reads what was done.

    Returns the ask's id. Raises AskNotFound, NotYourAsk, AskCannotMove, EndsWithItsWish,
    ReasonMissing.
    """
    ask = lock_ask(ask_id)
    ensure_may_decide(actor_id, ask)
    if ask.state == AskState.ACCEPTED:
        raise EndsWithItsWish
    _reply_later(ask, AskMove.FINISH, done, actor_id)
    notices.tell_finished(ask, done.strip())
    notices.tell_supporters(ask, done.strip())
    return ask.id


@errand
def answer_again(ask_id: int, *, actor_id: int, reply: str) -> int:
    """二次答复: after a bad rating the community says what it did now.

    Returns the ask's id. Raises AskNotFound, NotYourAsk, AskCannotMove, ReasonMissing.
    """
    ask = lock_ask(ask_id)
    ensure_may_decide(actor_id, ask)
    _reply_later(ask, AskMove.ANSWER_AGAIN, reply, actor_id)
    notices.tell_answered_again(ask, reply.strip())
    return ask.id


@errand
def close_by_code(code: str, *, actor_id: int | None = None) -> int:
    """The resident is content now. Returns the ask's id. Raises AskNotFound, AskCannotMove."""
    return _close_as_resident(lock_ask(get_by_code(code).id), actor_id)


@errand
def close_by_slip(code: str, *, actor_id: int | None = None) -> int:
    """The same by the slip's code. Raises RatingCodeNotFound, AskNotFound, AskCannotMove."""
    found = find_by_wish(get_wish_by_rating_code(code).id)
    if found is None:
        raise AskNotFound
    return _close_as_resident(lock_ask(found.id), actor_id)


@errand
def close_for_resident(ask_id: int, *, actor_id: int, heard: str) -> int:
    """Staff note that the resident is content now, and how they heard it. Returns the ask's id.

    Raises AskNotFound, NotYourAsk, AskCannotMove, ReasonMissing.
    """
    ask = lock_ask(ask_id)
    ensure_may_decide(actor_id, ask)
    if not heard.strip():
        raise ReasonMissing
    _close(ask, actor_id, why=heard.strip()[:300])
    return ask.id


def _close_as_resident(ask: Ask, actor_id: int | None) -> int:
    ensure_rates_as_resident(actor_id, ask.community_id, ask.wish_id)
    _close(ask, actor_id)
    return ask.id


def _close(ask: Ask, actor_id: int | None, why: str | None = None) -> None:
    before, ask.state = ask.state, move_ask(ask.state, AskMove.CLOSE)
    note_ask_event(ask, AskMove.CLOSE, before=before, actor_id=actor_id, at=clock.now(), why=why)


def _reply_later(ask: Ask, what: AskMove, words: str, actor_id: int) -> None:
    at: datetime = clock.now()
    text = words.strip()
    if not text:
        raise ReasonMissing
    before, ask.state = ask.state, move_ask(ask.state, what)
    db.session.add(LaterReply(ask_id=ask.id, what=what, text=text, replied_by_id=actor_id, at=at))
    note_ask_event(ask, what, before=before, actor_id=actor_id, at=at, why=text[:300])
