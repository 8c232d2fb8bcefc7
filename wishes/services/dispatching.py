"""派单: a complete draft goes straight to whoever takes it, draft → filled, without the wall.

A step of other errands: an invitation that is accepted, a duty that comes round, an agreed plan.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update

from foundation.db import db
from wishes.models import Wish
from wishes.notices.asks import tell_asker_published
from wishes.policies.campaigns import ensure_campaign_lets
from wishes.queries.asks import find_by_wish
from wishes.queries.campaigns import find_membership
from wishes.queries.completion import lock_wish
from wishes.queries.places import get_claim_facts
from wishes.refusals import WishCannotMove
from wishes.rules.kinds import WishKind
from wishes.rules.life import STATE_LABELS, WishMove, WishState, move
from wishes.rules.publishing import ensure_publishable
from wishes.services import placing
from wishes.services.indexing import index_wish
from wishes.services.writing import words_of


def dispatch_draft(
    wish_id: int,
    *,
    claimed_by_id: int,
    organisation_id: int | None = None,
    actor_id: int,
    at: datetime,
) -> int:
    """Give every place of a draft to one person, or to a unit (by its coordinator), at once.

    Inside the errand that is open; `actor_id` is who does it, named in the history. A person sits
    on the first place of a service; a unit names its people later. Only
    the resident who asked is told; the caller tells the others.
    Returns the claim's id. Raises WishNotFound, WishCannotMove, BusyThen, and what `publish_wish`
    raises.
    """
    wish = lock_wish(wish_id)
    before, after = WishState(wish.state), move(WishState(wish.state), WishMove.DISPATCH)
    ensure_campaign_lets(find_membership(wish.id), at=at)
    ensure_publishable(words_of(wish), at=at)
    _fill(wish, after, contact_id=wish.contact_id or wish.created_by_id, at=at)
    facts = get_claim_facts(wish_id)
    claim_id = placing.write_claim(
        wish_id, claimed_by_id=claimed_by_id, organisation_id=organisation_id,
        places=facts.headcount, at=at,
    )  # fmt: skip
    if organisation_id is None and facts.kind == WishKind.SERVICE:
        placing.seat(facts, claim_id, claimed_by_id, named_by_id=actor_id, at=at)
    index_wish(wish)
    placing.note_event(wish_id, WishMove.DISPATCH, before, after, actor_id=actor_id, at=at)
    ask = find_by_wish(wish_id)
    if ask is not None:
        tell_asker_published(ask)
    return claim_id


def _fill(wish: Wish, after: WishState, *, contact_id: int, at: datetime) -> None:
    """One guarded UPDATE: a draft that somebody moved meanwhile is not filled again."""
    statement = (
        update(Wish)
        .where(Wish.id == wish.id, Wish.state == WishState.DRAFT, Wish.places_taken == 0)
        .values(
            state=after, places_taken=Wish.headcount, published_at=at, contact_id=contact_id
        )
        .returning(Wish.id)
        .execution_options(synchronize_session=False)
    )  # fmt: skip
    if db.session.execute(statement).first() is None:
        raise WishCannotMove(state=STATE_LABELS[WishState(wish.state)])
    db.session.refresh(wish)
