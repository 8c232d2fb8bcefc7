"""换一样: the giver offers another thing; it goes on once the resident's yes is recorded."""

from __future__ import annotations

from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError

from accounts.queries.people import list_coordinator_ids, list_staff_ids
from accounts.rules import Role
from foundation import clock
from foundation.db import db
from foundation.errands import errand
from foundation.violations import broke
from wishes.models import Substitute
from wishes.notices.campaigns import tell_offer, tell_offer_answered
from wishes.policies.giving import ensure_gives
from wishes.policies.verifying import ensure_works_on
from wishes.queries.completion import lock_wish
from wishes.queries.items import find_delivery_of
from wishes.queries.places import lock_claim
from wishes.refusals.campaigns import NoOfferNow, OfferNotOpen, OfferTwice
from wishes.refusals.completion import NotAnItem
from wishes.rules.kinds import WishKind
from wishes.rules.wording import ensure_no_medicine
from wishes.services.placing import note_event


@errand
def offer_substitute(claim_id: int, *, actor_id: int, offered: str) -> int:
    """The giver would rather bring something else. Returns the offer's id.

    Raises ClaimNotFound for a stranger, NotAnItem, NoOfferNow, OfferTwice, MedicineRefused.
    """
    at = clock.now()
    claim = lock_claim(claim_id)
    ensure_gives(actor_id, claim)
    wish = lock_wish(claim.wish_id)
    if wish.kind != WishKind.ITEM:
        raise NotAnItem
    ensure_no_medicine(offered, "")
    delivery = find_delivery_of(claim.id)
    if delivery is not None and delivery.received_at is not None:
        raise NoOfferNow
    row = {
        "claim_id": claim.id, "offered": offered, "offered_by_id": actor_id, "offered_at": at
    }  # fmt: skip
    try:
        offer_id: int = db.session.execute(
            insert(Substitute).values(**row).returning(Substitute.id)
        ).scalar_one()
    except IntegrityError as error:
        if broke(error, "uq_substitute_open", "substitute.claim_id"):
            raise OfferTwice from error
        raise
    note_event(wish.id, "offer", wish.state, wish.state, actor_id=actor_id, at=at, why=offered)
    staff = list_staff_ids(wish.community_id, [Role.COMMUNITY_WORKER])
    tell_offer(
        staff, title=wish.title, offered=offered, wish_id=wish.id, community_id=wish.community_id
    )
    return offer_id


@errand
def answer_substitute(claim_id: int, *, actor_id: int, agreed: bool, how: str) -> int:
    """Staff record what the resident said: who asked, when, how. Returns the wish's id.

    A yes lets the other thing come, a no keeps the wish as it is. Raises ClaimNotFound,
    WishNotFound, OfferNotOpen.
    """
    at = clock.now()
    claim = lock_claim(claim_id)
    wish = lock_wish(claim.wish_id)
    ensure_works_on(actor_id, wish)
    offered = db.session.execute(
        update(Substitute)
        .where(Substitute.claim_id == claim.id, Substitute.answer.is_(None))
        .values(
            answer="yes" if agreed else "no", asked_by_id=actor_id, asked_at=at, how=how or None
        )
        .returning(Substitute.offered)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()
    if offered is None:
        raise OfferNotOpen
    what = "offer_taken" if agreed else "offer_refused"
    note_event(wish.id, what, wish.state, wish.state, actor_id=actor_id, at=at, why=offered)
    unit = claim.organisation_id
    told = list_coordinator_ids(unit) if unit is not None else [claim.claimed_by_id]
    tell_offer_answered(told, title=wish.title, offered=offered, wish_id=wish.id, agreed=agreed)
    return wish.id
