"""What the community does with an ask: accept, answer, return, pass on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from foundation import clock
from foundation.errands import errand
from wishes.models import Ask, PrivateDetails
from wishes.notices import asks as notices
from wishes.notices.ratings import tell_supporters
from wishes.policies.asks import ensure_may_decide
from wishes.queries.asks import lock_ask
from wishes.queries.private import find_details
from wishes.refusals.asks import ReasonMissing, WhomMissing
from wishes.rules.kinds import Venue, WishKind
from wishes.rules.life import AskMove, move_ask
from wishes.rules.publishing import WishWords
from wishes.services.asking import note_ask_event
from wishes.services.drafting import start_draft


@errand
def accept_ask(ask_id: int, *, actor_id: int) -> int:
    """受理: the ask becomes a draft, with its private details. Returns the wish's id.

    Raises AskNotFound, NotYourAsk, AskCannotMove.
    """
    at = clock.now()
    ask = lock_ask(ask_id)
    ensure_may_decide(actor_id, ask)
    before, after = ask.state, move_ask(ask.state, AskMove.ACCEPT)
    details = find_details(ask_id=ask.id)
    wish = start_draft(
        ask.community_id, _as_draft(ask, details, actor_id), actor_id=actor_id, at=at
    )
    ask.wish_id, ask.state = wish.id, after
    if details is not None:
        details.wish_id = wish.id
    note_ask_event(ask, AskMove.ACCEPT, before=before, actor_id=actor_id, at=at)
    notices.tell_accepted(ask)
    return wish.id


def _as_draft(ask: Ask, details: PrivateDetails | None, actor_id: int) -> WishWords:
    at_home = details is not None and bool(details.door)
    return WishWords(
        kind=WishKind.SERVICE,
        category=ask.category,
        title=ask.title,
        text=ask.text,
        venue=Venue.HOME if at_home else Venue.CENTRE,
        grid_id=ask.grid_id,
        public_place=ask.grid.name if ask.grid is not None else "",
        contact_id=actor_id,
    )


@errand
def answer_ask(ask_id: int, *, actor_id: int, reply: str) -> int:
    """答复: the community answers, for all to read when the ask is public. Returns its id.

    Raises AskNotFound, NotYourAsk, AskCannotMove, ReasonMissing.
    """
    return _reply(ask_id, AskMove.ANSWER, reply, actor_id=actor_id, say=notices.tell_answered)


@errand
def return_ask(ask_id: int, *, actor_id: int, reason: str) -> int:
    """退回: the asker adds something and sends it again. Returns the ask's id."""
    return _reply(ask_id, AskMove.RETURN, reason, actor_id=actor_id, say=notices.tell_returned)


@errand
def pass_on_ask(ask_id: int, *, actor_id: int, to: str, reason: str) -> int:
    """转办: somebody else looks after it, by name. Returns the ask's id. Raises WhomMissing."""
    if not to.strip():
        raise WhomMissing
    return _reply(
        ask_id, AskMove.PASS_ON, reason, actor_id=actor_id, say=notices.tell_passed_on, to=to
    )


def _reply(
    ask_id: int,
    what: AskMove,
    words: str,
    *,
    actor_id: int,
    say: Callable[[Ask], None],
    to: str | None = None,
) -> int:
    at = clock.now()
    ask = lock_ask(ask_id)
    ensure_may_decide(actor_id, ask)
    if not words.strip():
        raise ReasonMissing
    before, ask.state = ask.state, move_ask(ask.state, what)
    _keep_reply(ask, words.strip(), actor_id, at)
    ask.passed_to = to
    note_ask_event(ask, what, before=before, actor_id=actor_id, at=at, why=words.strip()[:300])
    say(ask)
    if what is not AskMove.RETURN:
        tell_supporters(ask, words.strip())
    return ask.id


def _keep_reply(ask: Ask, words: str, actor_id: int, at: datetime) -> None:
    ask.reply, ask.replied_at, ask.replied_by_id = words, at, actor_id
