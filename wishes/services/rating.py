"""评单: by account, by code, or entered by staff; a bad rating reopens the question.

Minutes are never touched: what was served stays served.
"""

from __future__ import annotations

from datetime import datetime

from foundation import clock
from foundation.db import db
from foundation.errands import errand
from wishes.models import Ask, Rating, Wish
from wishes.notices import ratings as notices
from wishes.policies.ratings import ensure_may_enter_rating, ensure_rates_as_resident
from wishes.queries.asks import find_by_wish, get_by_code, lock_ask
from wishes.queries.completion import lock_wish
from wishes.queries.private import find_details
from wishes.queries.ratings import find_rating, get_wish_by_rating_code
from wishes.refusals.rating import AlreadyRated, WishNotVerified
from wishes.rules.codes import new_ask_code
from wishes.rules.kinds import Channel
from wishes.rules.life import AskMove, AskState, WishState, move_ask
from wishes.rules.rating import ENTERED, Grade, RatedBy, RatingWords, rating_move
from wishes.services.asking import note_ask_event

CAME_BY = {RatedBy.CALL_BACK: Channel.PHONE, RatedBy.PAPER: Channel.PAPER}


@errand
def rate_by_code(code: str, *, words: RatingWords, actor_id: int | None = None) -> int:
    """The asker rates, signed in or by the follow code. Returns the rating's id.

    Raises AskNotFound, AlreadyRated, TooEarlyToRate, RateAtTheDesk.
    """
    ask = lock_ask(get_by_code(code).id)
    ensure_rates_as_resident(actor_id, ask.community_id, ask.wish_id)
    own = actor_id is not None and ask.asked_by_id == actor_id
    channel = RatedBy.ACCOUNT if own else RatedBy.FOLLOW_CODE
    return _rate(ask, ask.wish, words, channel, actor_id=actor_id)


@errand
def rate_by_slip(code: str, *, words: RatingWords, actor_id: int | None = None) -> int:
    """The resident rates by the code on the printed slip. Returns the rating's id.

    Raises RatingCodeNotFound, AlreadyRated, WishNotVerified, TooEarlyToRate, RateAtTheDesk.
    """
    ask, wish = _lock_subject(get_wish_by_rating_code(code).id)
    ensure_rates_as_resident(actor_id, wish.community_id, wish.id)
    return _rate(ask, wish, words, RatedBy.SLIP_CODE, actor_id=actor_id)


@errand
def enter_ask_rating(ask_id: int, *, actor_id: int, channel: RatedBy, words: RatingWords) -> int:
    """Staff write down what the resident said on the phone or on paper; it stays marked so.

    Returns the rating's id. Raises AskNotFound, RateAtTheDesk, AlreadyRated, TooEarlyToRate.
    """
    ask = lock_ask(ask_id)
    ensure_may_enter_rating(actor_id, ask, ask.wish)
    return _rate(ask, ask.wish, words, channel, actor_id=actor_id)


@errand
def enter_wish_rating(wish_id: int, *, actor_id: int, channel: RatedBy, words: RatingWords) -> int:
    """The same for a wish, with or without an ask behind it. Returns the rating's id.

    Raises WishNotFound, RateAtTheDesk, AlreadyRated, WishNotVerified.
    """
    ask, wish = _lock_subject(wish_id)
    ensure_may_enter_rating(actor_id, None, wish)
    return _rate(ask, wish, words, channel, actor_id=actor_id)


def _lock_subject(wish_id: int) -> tuple[Ask | None, Wish]:
    """The ask first, as every errand of asks does; a wish without one is locked itself."""
    found = find_by_wish(wish_id)
    if found is not None:
        ask = lock_ask(found.id)
        return ask, db.session.get_one(Wish, wish_id)
    wish = lock_wish(wish_id)
    return find_by_wish(wish_id), wish  # a bad rating may have made one meanwhile


def _rate(
    ask: Ask | None, wish: Wish | None, words: RatingWords, channel: RatedBy, *,
    actor_id: int | None,
) -> int:  # fmt: skip
    at = clock.now()
    _ensure_first(ask, wish)
    if wish is not None and wish.state != WishState.VERIFIED:
        raise WishNotVerified
    entered = channel in ENTERED
    if ask is None and wish is not None and words.grade is Grade.BAD:
        ask = _ask_behind(wish, channel, entered_by_id=actor_id if entered else None, at=at)
    rating = Rating(
        ask_id=ask.id if ask else None, wish_id=wish.id if wish else None, grade=words.grade,
        words=words.words.strip(), channel=channel, at=at,
        rated_by_id=actor_id if channel is RatedBy.ACCOUNT else None,
        entered_by_id=actor_id if entered else None,
    )  # fmt: skip
    db.session.add(rating)
    db.session.flush()
    if ask is not None:
        _move(ask, rating, at)
    return rating.id


def _ensure_first(ask: Ask | None, wish: Wish | None) -> None:
    if ask is not None and find_rating(ask_id=ask.id) is not None:
        raise AlreadyRated
    if wish is not None and find_rating(wish_id=wish.id) is not None:
        raise AlreadyRated


def _move(ask: Ask, rating: Rating, at: datetime) -> None:
    before = ask.state
    what = rating_move(AskState(before), Grade(rating.grade))
    ask.state = move_ask(before, what)
    note_ask_event(
        ask, what, before=before, actor_id=rating.entered_by_id or rating.rated_by_id, at=at,
        why=rating.words[:300] or None,
    )  # fmt: skip
    if what is AskMove.RATE_BAD:
        notices.tell_unhappy(ask, rating)


def _ask_behind(wish: Wish, channel: RatedBy, *, entered_by_id: int | None, at: datetime) -> Ask:
    """A wish nobody asked for gets an ask of its own, so that the question goes the same way."""
    ask = Ask(
        code=new_ask_code(), community_id=wish.community_id, grid_id=wish.grid_id,
        channel=CAME_BY.get(channel, Channel.ONLINE), category=wish.category, title=wish.title,
        text="", is_public=False, state=AskState.DONE, entered_by_id=entered_by_id, asked_at=at,
        wish_id=wish.id,
    )  # fmt: skip
    db.session.add(ask)
    db.session.flush()
    details = find_details(wish_id=wish.id)
    if details is not None and details.ask_id is None:
        details.ask_id = ask.id
    note_ask_event(ask, "submit", before=AskState.DONE, actor_id=entered_by_id, at=at)
    return ask
