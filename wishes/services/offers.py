"""A unit or a volunteer writes the service menu."""

from __future__ import annotations

from sqlalchemy import delete, insert, select

from accounts.models import Area
from accounts.policies import ensure_coordinates
from accounts.queries.people import ensure_person
from accounts.refusals import AreaNotFound
from accounts.rules import AreaKind
from accounts.rules.skills import sort_slots
from foundation import clock
from foundation.db import db
from foundation.errands import errand
from wishes.models import Offer, OfferArea, OfferSlot
from wishes.policies.dispatch import ensure_owns
from wishes.queries.offers import words_of_offer
from wishes.refusals.dispatch import OfferNotFound
from wishes.rules.offers import OfferState, OfferWords, ensure_orderable_words
from wishes.rules.wording import ensure_wording


@errand
def add_offer(
    *, actor_id: int, organisation_id: int | None = None, words: OfferWords, active: bool = False
) -> int:
    """Write a new offer, of a unit one coordinates or of oneself. Returns its id.

    `active` puts it on the menu. Raises UnitNotFound, AreaNotFound, OfferIncomplete.
    """
    if organisation_id is not None:
        ensure_coordinates(actor_id, organisation_id)
    else:
        ensure_person(actor_id)
    offer = Offer(
        organisation_id=organisation_id, user_id=None if organisation_id else actor_id,
        state=OfferState.DRAFT, created_by_id=actor_id, created_at=clock.now(),
        category=words.category, title=words.title,
    )  # fmt: skip
    db.session.add(offer)
    _write(offer, words)
    if active:
        _open(offer, words)
    return offer.id


@errand
def change_offer(offer_id: int, *, actor_id: int, words: OfferWords, active: bool = False) -> int:
    """Change an offer; orders that wait keep their own words. Returns its id.

    Raises OfferNotFound, AreaNotFound, OfferIncomplete when it stands on the menu.
    """
    offer = _lock(offer_id, actor_id)
    _write(offer, words)
    if active or offer.state == OfferState.ACTIVE:
        _open(offer, words)
    return offer.id


@errand
def set_offer_state(offer_id: int, *, actor_id: int, state: OfferState) -> int:
    """Put an offer on the menu or pause it. Returns its id.

    Raises OfferNotFound, OfferIncomplete.
    """
    offer = _lock(offer_id, actor_id)
    if state == OfferState.ACTIVE:
        _open(offer, words_of_offer(offer))
    else:
        offer.state = state
    return offer.id


def _lock(offer_id: int, actor_id: int) -> Offer:
    query = select(Offer).where(Offer.id == offer_id).with_for_update(key_share=True)
    offer = db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if offer is None:
        raise OfferNotFound
    ensure_owns(actor_id, offer)
    return offer


def _open(offer: Offer, words: OfferWords) -> None:
    ensure_orderable_words(words)
    ensure_wording(words.title, words.text, "", at_home=False)
    offer.state = OfferState.ACTIVE


def _write(offer: Offer, words: OfferWords) -> None:
    offer.category, offer.title, offer.text = words.category, words.title, words.text
    offer.when_words, offer.people, offer.minutes = words.when_words, words.people, words.minutes
    offer.per_month, offer.serves = words.per_month, words.serves
    db.session.flush()
    db.session.execute(delete(OfferArea).where(OfferArea.offer_id == offer.id))
    db.session.execute(delete(OfferSlot).where(OfferSlot.offer_id == offer.id))
    _ensure_areas(words)
    if words.area_ids:
        areas = [{"offer_id": offer.id, "area_id": each} for each in sorted(words.area_ids)]
        db.session.execute(insert(OfferArea), areas)
    if words.slots:
        slots = [
            {"offer_id": offer.id, "weekday": day, "slot": slot}
            for day, slot in sort_slots(words.slots)
        ]
        db.session.execute(insert(OfferSlot), slots)


def _ensure_areas(words: OfferWords) -> None:
    known = select(Area.id).where(
        Area.id.in_(words.area_ids), Area.kind.in_([AreaKind.COMMUNITY, AreaKind.STREET])
    )
    if set(db.session.scalars(known)) != set(words.area_ids):
        raise AreaNotFound
