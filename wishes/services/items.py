"""物品: pledged → received → checked → handed over with a receipt; pieces count, never minutes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, update

from accounts.queries.people import list_coordinator_ids
from foundation import clock
from foundation.db import db
from foundation.errands import errand
from wishes.models import Claim, ItemDelivery, Wish
from wishes.notices.completion import tell_not_as_wished, tell_received
from wishes.policies.verifying import ensure_works_on
from wishes.queries.completion import lock_wish
from wishes.queries.items import find_delivery_of, get_delivery, is_all_handed_over
from wishes.queries.places import get_claim_facts, lock_claim
from wishes.refusals import WishCannotMove
from wishes.refusals.completion import (
    BadPieces,
    DeliveryStep,
    NotAnItem,
    ReasonMissing,
    ReceiptMissing,
)
from wishes.rules.kinds import PhotoPurpose, WishKind
from wishes.rules.life import STATE_LABELS, WishState
from wishes.services.photos import KeptPhoto, attach_photos
from wishes.services.placing import note_event
from wishes.services.receiving import ensure_no_open_offer
from wishes.services.reporting import file_report

UNDER_WAY = frozenset({WishState.OPEN, WishState.FILLED, WishState.IN_SERVICE})
COMPLETE = frozenset({WishState.FILLED, WishState.IN_SERVICE})


@errand
def receive_item(claim_id: int, *, actor_id: int, pieces: int) -> int:
    """The community holds what was pledged. Returns the delivery's id.

    Raises ClaimNotFound, WishNotFound, NotAnItem, BadPieces, OfferOpen, DeliveryStep (already
    received).
    """
    at = clock.now()
    claim = lock_claim(claim_id)
    wish = _lock_item(claim.wish_id, actor_id)
    if not 1 <= pieces <= claim.places:
        raise BadPieces(most=claim.places)
    ensure_no_open_offer([claim_id])
    delivery = find_delivery_of(claim_id)
    if delivery is None:
        delivery = ItemDelivery(wish_id=wish.id, claim_id=claim_id, pieces=pieces)
        db.session.add(delivery)
    elif delivery.received_at is not None:
        raise DeliveryStep
    delivery.pieces = pieces
    delivery.received_at, delivery.received_by_id = at, actor_id
    delivery.check_note = None
    db.session.flush()
    _note(wish, "receive", actor_id=actor_id, at=at)
    tell_received(get_claim_facts(wish.id), _givers(claim))
    return delivery.id


@errand
def check_item(delivery_id: int, *, actor_id: int, is_good: bool, reason: str = "") -> int:
    """验收: as wished, or back to the giver with a reason. Returns the wish's id.

    Raises DeliveryNotFound, DeliveryStep, ReasonMissing.
    """
    at = clock.now()
    delivery = get_delivery(delivery_id)
    claim = lock_claim(delivery.claim_id)
    wish = _lock_item(delivery.wish_id, actor_id)
    is_next = ItemDelivery.received_at.is_not(None) & ItemDelivery.checked_at.is_(None)
    if is_good:
        _advance(delivery_id, is_next, checked_at=at, checked_by_id=actor_id)
        _note(wish, "check", actor_id=actor_id, at=at)
        return wish.id
    if not reason.strip():
        raise ReasonMissing
    _advance(delivery_id, is_next, received_at=None, received_by_id=None, check_note=reason.strip())
    _note(wish, "not_as_wished", actor_id=actor_id, at=at, why=reason.strip())
    tell_not_as_wished(get_claim_facts(wish.id), _givers(claim), reason.strip())
    return wish.id


@errand
def hand_over(
    delivery_id: int, *, actor_id: int, receipt: Sequence[KeptPhoto], text: str = ""
) -> int:
    """送达: with a picture of the receipt; the last piece reports the wish. Returns its id.

    Raises DeliveryNotFound, DeliveryStep, ReceiptMissing.
    """
    at = clock.now()
    if not receipt:
        raise ReceiptMissing
    delivery = get_delivery(delivery_id)
    lock_claim(delivery.claim_id)
    wish = _lock_item(delivery.wish_id, actor_id)
    photo_ids = attach_photos(
        receipt, wish_id=wish.id, purpose=PhotoPurpose.RECEIPT, uploaded_by_id=actor_id
    )
    is_next = ItemDelivery.checked_at.is_not(None) & ItemDelivery.handed_over_at.is_(None)
    _advance(
        delivery_id, is_next,
        handed_over_at=at, handed_over_by_id=actor_id, receipt_id=photo_ids[0],
    )  # fmt: skip
    _note(wish, "hand_over", actor_id=actor_id, at=at)
    if wish.state in COMPLETE and is_all_handed_over(wish.id):
        file_report(wish, actor_id=actor_id, text=text, at=at)
    return wish.id


def _lock_item(wish_id: int, actor_id: int) -> Wish:
    wish = lock_wish(wish_id)
    ensure_works_on(actor_id, wish)
    if wish.kind != WishKind.ITEM:
        raise NotAnItem
    if wish.state not in UNDER_WAY:
        raise WishCannotMove(state=STATE_LABELS[WishState(wish.state)])
    return wish


def _advance(delivery_id: int, is_next: ColumnElement[bool], **values: Any) -> None:
    """One step of the delivery, if it still stands before it."""
    moved = db.session.execute(
        update(ItemDelivery)
        .where(ItemDelivery.id == delivery_id, is_next)
        .values(**values)
        .returning(ItemDelivery.id)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()
    if moved is None:
        raise DeliveryStep


def _note(wish: Wish, what: str, *, actor_id: int, at: datetime, why: str | None = None) -> None:
    note_event(wish.id, what, wish.state, wish.state, actor_id=actor_id, at=at, why=why)


def _givers(claim: Claim) -> list[int]:
    coordinators = list_coordinator_ids(claim.organisation_id) if claim.organisation_id else []
    return [claim.claimed_by_id, *coordinators]
