"""Drafting: a wish is written down, perhaps unfinished, and changed until people decide by it."""

from __future__ import annotations

import secrets
from datetime import datetime

from accounts.policies import get_desk
from accounts.queries.areas import get_community_of
from foundation import clock
from foundation.db import db
from foundation.errands import errand
from wishes.models import Wish
from wishes.policies.wishes import ensure_may_write
from wishes.queries.completion import lock_wish
from wishes.queries.numbers import take_number
from wishes.refusals.publishing import (
    ClaimedAlready,
    NoLongerEditable,
    StaleForm,
    TimeIsFixed,
    WishIncomplete,
)
from wishes.rules.asking import PrivateWords
from wishes.rules.caring import Care
from wishes.rules.doors import DoorWord
from wishes.rules.life import CLAIMABLE, STATE_LABELS, WishState
from wishes.rules.publishing import (
    PLANNED_BY,
    WishWords,
    ensure_public_words,
    ensure_times,
    find_changes,
    find_missing,
)
from wishes.rules.terms import Terms
from wishes.services.caring import care_of, ensure_careful, keep_care
from wishes.services.handing_in import take_back
from wishes.services.households import renew_household
from wishes.services.indexing import index_wish
from wishes.services.placing import note_event
from wishes.services.private import keep_private
from wishes.services.publishing import publish_draft
from wishes.services.terms import keep_terms, terms_of
from wishes.services.writing import words_of, write_words


@errand
def draft_wish(
    area_id: int,
    *,
    actor_id: int,
    words: WishWords,
    private: PrivateWords | None = None,
    terms: Terms | None = None,
    care: Care | None = None,
    publish: bool = False,
    door: DoorWord | None = None,
) -> int:
    """Write a new wish; `publish` puts it on the wall at once. Returns its id.

    A draft may be unfinished. Raises AreaNotFound, EndBeforeStart, ServiceTooLong, GridNotHere,
    NotAPhone, LeastTooLarge; when publishing WishIncomplete, InThePast, WordsPointAtADoor,
    DoorInPublicPlace, MedicineRefused, DoorSeenBefore, DoorOverCap (unless `door`
    answers them).
    """
    at = clock.now()
    community = get_community_of(get_desk(actor_id, area_id))
    wish = start_draft(community.id, words, actor_id=actor_id, at=at)
    keep_private(private or PrivateWords(), wish_id=wish.id)
    if terms is not None:
        keep_terms(wish, terms)
    if care is not None:
        keep_care(wish, care)
    if publish:
        publish_draft(wish, actor_id=actor_id, at=at, door=door)
    return wish.id


@errand
def edit_wish(
    wish_id: int,
    *,
    actor_id: int,
    version: int,
    words: WishWords,
    private: PrivateWords | None = None,
    terms: Terms | None = None,
    care: Care | None = None,
    publish: bool = False,
    door: DoorWord | None = None,
) -> int:
    """Change a wish; `version` is the one the form was opened with. Returns the wish's id.

    A draft changes freely, a published wish in its words while nobody has claimed it, its
    private details until it ends. Raises WishNotFound, StaleForm, TimeIsFixed, ClaimedAlready,
    NoLongerEditable, HouseholdHasOne, and what `draft_wish` raises.
    """
    at = clock.now()
    wish = lock_wish(wish_id)
    ensure_may_write(actor_id, wish)
    if wish.version != version:
        raise StaleForm
    ensure_times(words)
    _ensure_editable(wish, words)
    write_words(wish, words)
    keep_private(private or PrivateWords(), wish_id=wish.id)
    renew_household(wish)
    if terms is not None and terms != terms_of(wish.id):
        _change_terms(wish, terms)
    if care is not None and care != care_of(wish.id):
        _change_care(wish, care)
    take_back(wish.id, actor_id=actor_id, at=at)
    note_event(wish.id, "edit", wish.state, wish.state, actor_id=actor_id, at=at)
    if publish:
        publish_draft(wish, actor_id=actor_id, at=at, door=door)
    else:
        index_wish(wish)
    return wish.id


def _change_terms(wish: Wish, terms: Terms) -> None:
    if wish.state != WishState.DRAFT:
        if wish.places_taken:
            raise ClaimedAlready
        before = terms_of(wish.id)
        if (before.first_to, before.first_hours) != (terms.first_to, terms.first_hours):
            raise TimeIsFixed
    keep_terms(wish, terms)


def _change_care(wish: Wish, care: Care) -> None:
    if wish.state != WishState.DRAFT and wish.places_taken:
        raise ClaimedAlready
    keep_care(wish, care)
    if wish.state != WishState.DRAFT:
        ensure_careful(wish)


def start_draft(community_id: int, words: WishWords, *, actor_id: int, at: datetime) -> Wish:
    """Put a draft with its number into the errand that is open.

    Raises EndBeforeStart, ServiceTooLong, GridNotHere.
    """
    ensure_times(words)
    wish = Wish(
        community_id=community_id, number=take_number(community_id), state=WishState.DRAFT,
        places_taken=0, version=0, gate_secret=secrets.token_bytes(32), created_by_id=actor_id,
        created_at=at,
    )  # fmt: skip
    write_words(wish, words)
    db.session.add(wish)
    db.session.flush()
    index_wish(wish)
    note_event(wish.id, "draft", wish.state, wish.state, actor_id=actor_id, at=at)
    return wish


def _ensure_editable(wish: Wish, words: WishWords) -> None:
    if wish.state == WishState.DRAFT:
        return
    if wish.state not in CLAIMABLE:
        raise NoLongerEditable(state=STATE_LABELS[WishState(wish.state)])
    changes = find_changes(words_of(wish), words)
    if changes & frozenset(PLANNED_BY):
        raise TimeIsFixed
    if not changes:
        return
    if wish.places_taken:
        raise ClaimedAlready
    missing = find_missing(words)
    if missing:
        raise WishIncomplete(missing)
    ensure_public_words(words)
