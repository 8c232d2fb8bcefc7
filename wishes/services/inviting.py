"""派单: a community orders from the menu, or asks somebody about one of its wishes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from accounts.models import Organisation, User, Willingness
from accounts.policies import get_desk
from accounts.queries.areas import get_community_of
from accounts.queries.people import get_person, get_unit
from accounts.rules import is_under
from foundation import clock
from foundation.db import db
from foundation.errands import errand
from foundation.settings import setting
from foundation.violations import broke
from wishes.models import Dispatch, Offer, Wish
from wishes.notices.dispatch import tell_asked, tell_closed
from wishes.policies.dispatch import ensure_sent
from wishes.policies.wishes import ensure_may_write
from wishes.queries.completion import lock_wish
from wishes.queries.dispatches import find_wish_id, is_on_wish, lock_dispatch
from wishes.queries.offers import get_orderable, give_back_month, take_month
from wishes.refusals.dispatch import (
    AskedAlready,
    HoldsPlacesAlready,
    NotAskable,
    OfferIsFull,
    OfferPaused,
    OfferTooSmall,
    WishNotAskable,
)
from wishes.rules.asking import PrivateWords
from wishes.rules.caring import Care
from wishes.rules.dispatch import ASKABLE, DispatchMove, DispatchState, lapses_at, move_dispatch
from wishes.rules.kinds import WishKind
from wishes.rules.life import STATE_LABELS, WishState
from wishes.rules.offers import OfferState, month_of
from wishes.rules.publishing import WishWords, ensure_publishable
from wishes.services.caring import ensure_careful, keep_care
from wishes.services.drafting import start_draft
from wishes.services.handing_in import ensure_needs_no_review
from wishes.services.placing import note_event
from wishes.services.private import keep_private
from wishes.services.writing import words_of


@errand
def order_from(
    offer_id: int,
    *,
    area_id: int,
    actor_id: int,
    words: WishWords,
    private: PrivateWords | None = None,
    care: Care | None = None,
) -> int:
    """Order from the service menu: a complete draft, and its owner is asked. Returns the wish.

    Raises AreaNotFound, OfferNotFound, OfferPaused, OfferTooSmall, OfferIsFull, and what
    publishing raises: what is ordered must be said whole.
    """
    at = clock.now()
    community = get_community_of(get_desk(actor_id, area_id))
    offer = get_orderable(offer_id, community.id)
    if offer.state != OfferState.ACTIVE:
        raise OfferPaused
    ensure_publishable(words, at=at)
    if (words.headcount or 0) > offer.people:
        raise OfferTooSmall(most=offer.people)
    wish = start_draft(community.id, words, actor_id=actor_id, at=at)
    keep_private(private or PrivateWords(), wish_id=wish.id)
    keep_care(wish, care or Care())
    ensure_careful(wish)
    asked = Dispatch(
        offer_id=offer.id, organisation_id=offer.organisation_id, user_id=offer.user_id,
        month=_count_in_month(offer, words),
    )  # fmt: skip
    _ask(wish, asked, actor_id=actor_id, at=at)
    return wish.id


@errand
def invite(
    wish_id: int,
    *,
    actor_id: int,
    organisation_id: int | None = None,
    user_id: int | None = None,
) -> int:
    """Ask one unit or one volunteer of the own street about a wish. Returns the invitation.

    A draft is asked for as a whole; of an open wish a unit is asked for the free places, a
    person for one. Raises WishNotFound, WishNotAskable, AskedAlready, HoldsPlacesAlready,
    NotAskable, PersonNotFound, UnitNotFound, PublishFirst, and what publishing raises for an
    unfinished draft.
    """
    at = clock.now()
    wish = lock_wish(wish_id)
    ensure_may_write(actor_id, wish)
    if wish.state == WishState.DRAFT:
        ensure_careful(wish)
        ensure_needs_no_review(wish)
    if organisation_id is not None:
        get_unit(organisation_id)
    else:
        _ensure_askable(get_person(user_id or 0), wish)
    asked = Dispatch(organisation_id=organisation_id, user_id=user_id)
    _ask(wish, asked, actor_id=actor_id, at=at)
    return asked.id


@errand
def call_off(dispatch_id: int, *, actor_id: int) -> int:
    """Take a waiting invitation back. Returns its wish. Raises DispatchNotFound, DispatchOver."""
    at = clock.now()
    wish = lock_wish(find_wish_id(dispatch_id))
    asked = lock_dispatch(dispatch_id)
    ensure_sent(actor_id, asked)
    end_dispatch(asked, DispatchMove.CALL_OFF, actor_id=actor_id, at=at)
    tell_closed(asked, wish)
    return wish.id


def end_dispatch(
    asked: Dispatch, what: DispatchMove, *, actor_id: int | None, at: datetime
) -> None:
    """Note how an invitation ended; what came to nothing leaves room in the offer's month."""
    asked.state = move_dispatch(DispatchState(asked.state), what)
    asked.answered_at, asked.answered_by_id = at, actor_id
    if asked.offer_id is not None and asked.month is not None:
        give_back_month(asked.offer_id, asked.month)


def _ask(wish: Wish, asked: Dispatch, *, actor_id: int, at: datetime) -> None:
    state = WishState(wish.state)
    if state not in ASKABLE:
        raise WishNotAskable(state=STATE_LABELS[state])
    ensure_publishable(words_of(wish), at=at)
    if is_on_wish(wish.id, organisation_id=asked.organisation_id, user_id=asked.user_id):
        raise HoldsPlacesAlready(name=_name_of(asked))
    free = (wish.headcount or 0) - wish.places_taken
    alone = asked.user_id is not None and state == WishState.OPEN
    asked.wish_id, asked.places = wish.id, 1 if alone else max(1, free)
    asked.state, asked.asked_by_id, asked.asked_at = DispatchState.WAITING, actor_id, at
    asked.lapses_at = lapses_at(at, wish.starts_at, days=setting("DISPATCH_DAYS"))
    _keep(asked)
    note_event(wish.id, "ask", state, state, actor_id=actor_id, at=at, why=_name_of(asked))
    tell_asked(asked, wish)


def _keep(asked: Dispatch) -> None:
    name = _name_of(asked)
    db.session.add(asked)
    try:
        db.session.flush()
    except IntegrityError as error:
        if broke(error, "uq_dispatch_waiting_unit", "dispatch.wish_id", "dispatch.organisation_id"):
            raise AskedAlready(name=name) from error
        if broke(error, "uq_dispatch_waiting_person", "dispatch.wish_id", "dispatch.user_id"):
            raise AskedAlready(name=name) from error
        raise


def _name_of(asked: Dispatch) -> str:
    if asked.organisation_id is not None:
        return db.session.get_one(Organisation, asked.organisation_id).short_name
    return db.session.get_one(User, asked.user_id).name


def _ensure_askable(person: User, wish: Wish) -> None:
    told = db.session.get(Willingness, person.id)
    street = wish.community.parent or wish.community
    lives_here = person.home_area is not None and is_under(person.home_area.path, street.path)
    if not lives_here or (told is not None and not told.asks_welcome):
        raise NotAskable


def _count_in_month(offer: Offer, words: WishWords) -> str | None:
    if words.starts_at is None or words.kind != WishKind.SERVICE:
        return None
    month = month_of(clock.local_day(words.starts_at))
    if not take_month(offer.id, month, most=offer.per_month):
        raise OfferIsFull(month=month, most=offer.per_month)
    return month
