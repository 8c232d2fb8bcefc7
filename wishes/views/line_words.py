"""What the page of a wish says of its line, its terms and the question of the day before."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from flask_babel import gettext as _

from foundation.forms import say
from foundation.labels import when
from foundation.refusal import Refusal
from wishes.models import Waiting, Wish, WishTerms
from wishes.policies.opening import ensure_open_to
from wishes.queries.reconfirming import find_question
from wishes.queries.waiting import count_before, find_turn
from wishes.queries.wish_page import Mine
from wishes.refusals import WishIsFull
from wishes.rules.claiming import why_not_claimable
from wishes.rules.reconfirming import Answer, ask_from
from wishes.rules.terms import CIRCLE_LABELS, BelowLeast, FirstCircle
from wishes.rules.waiting import LineState


class MyPlaceInLine(NamedTuple):
    """The viewer's turn: how many stand before, and the offer when there is one."""

    id: int
    before: int
    offer_until: str | None


def line_of(wish: Wish, mine: Mine | None, user_id: int | None, *, at: datetime) -> dict[str, Any]:
    """Whether one may wait, and where one stands."""
    ahead = wish.starts_at is not None and wish.starts_at > at
    turn = None
    if user_id and wish.in_line and ahead:
        turn = find_turn(wish.id, user_id=user_id)
    full = isinstance(why_not_claimable(wish, 1, at=at), WishIsFull)
    return {
        "turn": my_place_in_line(turn) if turn else None,
        "may_wait": full and mine is None and turn is None,
    }


def my_place_in_line(turn: Waiting) -> MyPlaceInLine:
    """A live turn in words."""
    offered = turn.state == LineState.OFFERED
    return MyPlaceInLine(
        turn.id,
        count_before(turn) if not offered else 0,
        when(turn.offer_until) if offered else None,
    )


def question_of(
    wish: Wish, mine: Mine | None, user_id: int | None, *, at: datetime
) -> dict[str, Any]:
    """The question of the day before: open until when, or already answered with yes."""
    nothing = {"answer_until": None, "has_confirmed": False}
    if mine is None or mine.place_id is None or user_id is None or wish.starts_at is None:
        return nothing
    if not ask_from(wish.starts_at) <= at < wish.starts_at:
        return nothing
    question = find_question(wish.id, user_id)
    if question is None or question.place_id != mine.place_id:
        return nothing
    is_open = question.answer is None and question.answer_until > at
    return {
        "answer_until": when(question.answer_until) if is_open else None,
        "has_confirmed": question.answer == Answer.COMING,
    }


def terms_notes(wish: Wish, terms: WishTerms | None, *, at: datetime) -> list[str]:
    """What a reader decides by: the least number, and to whom it is open first."""
    if terms is None or wish.starts_at is None or wish.starts_at <= at:
        return []
    notes = []
    if terms.least is not None:
        thin = {
            BelowLeast.ASK: _("最少要 %(n)s 人，不够由社区决定办不办", n=terms.least),
            BelowLeast.GO: _("最好有 %(n)s 人，少了也照常办", n=terms.least),
            BelowLeast.CANCEL: _("最少要 %(n)s 人，不够就取消，会通知您", n=terms.least),
        }
        notes.append(thin[BelowLeast(terms.below)])
    if terms.first_to is not None and wish.first_until is not None and wish.first_until > at:
        who = _(CIRCLE_LABELS[FirstCircle(terms.first_to)])
        opens = when(wish.first_until)
        notes.append(_("先开放给%(who)s，%(opens)s起人人可认领", who=who, opens=opens))
    return notes


def why_not_yet(wish: Wish, user_id: int | None, *, at: datetime) -> str | None:
    """Why a person has to wait until the wish opens to everybody, in words."""
    if user_id is None or wish.first_until is None:
        return None
    try:
        ensure_open_to(wish, actor_id=user_id, organisation_id=None, at=at)
    except Refusal as refusal:
        return say(refusal)
    return None
