"""接单: who was asked takes the wish, or says why not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from foundation import clock
from foundation.db import db
from foundation.errands import errand
from foundation.labels import when
from wishes import notices
from wishes.models import Claim, Dispatch, Wish
from wishes.notices.dispatch import (
    list_readers,
    tell_accepted,
    tell_closed,
    tell_declined,
    tell_lapsed,
)
from wishes.notices.units import tell_unit_claimed
from wishes.policies.dispatch import ensure_answers
from wishes.queries.completion import lock_wish
from wishes.queries.dispatches import find_wish_id, list_waiting, lock_dispatch
from wishes.queries.places import get_claim_facts
from wishes.refusals import BadPlaces
from wishes.refusals.dispatch import (
    DeclineReasonMissing,
    DispatchLapsed,
    DispatchNotFound,
    OrderChanged,
    OrderNotReady,
    WishNotAskable,
)
from wishes.refusals.publishing import InThePast, WishIncomplete
from wishes.rules.dispatch import (
    ASKABLE,
    REASON_LENGTH,
    DispatchMove,
    DispatchState,
    move_dispatch,
)
from wishes.rules.kinds import WishKind
from wishes.rules.life import STATE_LABELS, WishState
from wishes.services import placing
from wishes.services.claiming import add_claim
from wishes.services.dispatching import dispatch_draft
from wishes.services.inviting import end_dispatch
from wishes.services.naming import name_colleagues


@errand
def accept(
    dispatch_id: int,
    *,
    actor_id: int,
    version: int,
    places: int | None = None,
    named: Sequence[int] = (),
) -> int:
    """Take the wish one was asked for. Returns the claim's id.

    `version` is the wish as the page showed it. A draft is taken whole (draft → filled), of an
    open wish `places` (as many as asked for by default). The last place closes the other
    invitations. Raises DispatchNotFound, DispatchOver, DispatchLapsed, OrderChanged,
    OrderNotReady, WishNotAskable, and what claiming and naming raise.
    """
    at = clock.now()
    wish = lock_wish(find_wish_id(dispatch_id))
    asked = lock_dispatch(dispatch_id)
    ensure_answers(actor_id, asked)
    after = move_dispatch(DispatchState(asked.state), DispatchMove.ACCEPT)
    _ensure_stands(asked, wish, version=version, at=at)
    claim_id = _claim(asked, wish, actor_id=actor_id, places=places, at=at)
    asked.state, asked.answered_at, asked.answered_by_id = after, at, actor_id
    asked.claim_id = claim_id
    _tell(asked, claim_id)
    if asked.organisation_id is not None:
        name_colleagues(
            get_claim_facts(wish.id), claim_id, named,
            organisation_id=asked.organisation_id, actor_id=actor_id, at=at,
        )  # fmt: skip
    _close_others(wish, at=at)
    return claim_id


@errand
def decline(dispatch_id: int, *, actor_id: int, reason: str) -> int:
    """Say no with a reason; the community looks for others. Returns the wish.

    Raises DispatchNotFound, DispatchOver, DeclineReasonMissing.
    """
    at = clock.now()
    wish = lock_wish(find_wish_id(dispatch_id))
    asked = lock_dispatch(dispatch_id)
    ensure_answers(actor_id, asked)
    said = reason.strip()[:REASON_LENGTH]
    if not said:
        raise DeclineReasonMissing
    end_dispatch(asked, DispatchMove.DECLINE, actor_id=actor_id, at=at)
    asked.reason = said
    placing.note_event(
        wish.id, "decline", wish.state, wish.state, actor_id=actor_id, at=at, why=said
    )
    tell_declined(asked, wish)
    return wish.id


@errand
def end_unanswered(dispatch_id: int) -> bool:
    """The clock: close an invitation whose time or whose wish is over. False the second time."""
    at = clock.now()
    try:
        wish = lock_wish(find_wish_id(dispatch_id))
        asked = lock_dispatch(dispatch_id)
    except DispatchNotFound:
        return False
    if asked.state != DispatchState.WAITING:
        return False
    if wish.state not in ASKABLE:
        end_dispatch(asked, DispatchMove.CLOSE, actor_id=None, at=at)
        tell_closed(asked, wish)
    elif asked.lapses_at <= at:
        end_dispatch(asked, DispatchMove.LAPSE, actor_id=None, at=at)
        tell_lapsed(asked, wish)
    else:
        return False
    return True


def _ensure_stands(asked: Dispatch, wish: Wish, *, version: int, at: datetime) -> None:
    if asked.lapses_at <= at:
        raise DispatchLapsed(until=when(asked.lapses_at))
    if wish.state not in ASKABLE:
        raise WishNotAskable(state=STATE_LABELS[WishState(wish.state)])
    if wish.version != version:
        raise OrderChanged


def _claim(asked: Dispatch, wish: Wish, *, actor_id: int, places: int | None, at: datetime) -> int:
    if wish.state == WishState.DRAFT:
        try:
            return dispatch_draft(
                wish.id, claimed_by_id=actor_id, organisation_id=asked.organisation_id,
                actor_id=actor_id, at=at,
            )  # fmt: skip
        except (WishIncomplete, InThePast) as refusal:
            raise OrderNotReady from refusal
    facts = get_claim_facts(wish.id)
    wanted = asked.places if places is None else places
    if wanted < 1:
        raise BadPlaces
    claim_id = add_claim(
        facts, actor_id=actor_id, organisation_id=asked.organisation_id, places=wanted, at=at
    )
    if asked.organisation_id is None and facts.kind == WishKind.SERVICE:
        placing.seat(facts, claim_id, actor_id, named_by_id=actor_id, at=at)
    return claim_id


def _tell(asked: Dispatch, claim_id: int) -> None:
    facts = get_claim_facts(asked.wish_id)
    if asked.organisation_id is not None:
        tell_unit_claimed(
            facts, list_readers(asked), organisation_id=asked.organisation_id,
            claim_id=claim_id, places=db.session.get_one(Claim, claim_id).places,
        )  # fmt: skip
    else:
        notices.tell_claimed(facts, list_readers(asked))
    tell_accepted(asked, asked.wish)


def _close_others(wish: Wish, *, at: datetime) -> None:
    """Everybody else who was asked about a wish that is full now."""
    if get_claim_facts(wish.id).state in ASKABLE:
        return
    for other in list_waiting(wish.id):
        end_dispatch(other, DispatchMove.CLOSE, actor_id=None, at=at)
        tell_closed(other, wish)
