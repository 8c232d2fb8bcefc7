"""Private details: kept sealed, shown to a few, each look written down."""

from __future__ import annotations

from datetime import datetime, time

from sqlalchemy import insert

from foundation import clock
from foundation.db import db
from foundation.errands import errand
from foundation.phones import normal_phone
from foundation.sealed import door_mark
from wishes.models import Ask, PrivateDetails, PrivateLook, Wish
from wishes.policies.asks import ensure_may_complete
from wishes.policies.private import STAFF, ensure_may_look
from wishes.queries.private import find_details, list_details, list_looked_at
from wishes.refusals import WishNotFound
from wishes.refusals.asks import AskNotFound
from wishes.rules.asking import PrivateWords


def keep_private(
    words: PrivateWords, *, ask_id: int | None = None, wish_id: int | None = None
) -> None:
    """Write what was told, in the errand that is open; what was left empty stays as it is.

    Raises NotAPhone.
    """
    if words.is_empty:
        return
    row = find_details(ask_id=ask_id, wish_id=wish_id)
    if row is None:
        row = PrivateDetails(ask_id=ask_id, wish_id=wish_id)
        db.session.add(row)
    row.name = words.name or row.name
    row.phone = normal_phone(words.phone) if words.phone else row.phone
    row.note = words.note or row.note
    if words.door:
        row.door, row.door_mark = words.door, door_mark(words.door)


def look_at_details(wish_id: int, *, actor_id: int) -> PrivateWords:
    """Open a wish's details for one person, once the look is written down.

    Call it outside any errand: the details themselves must not be kept as an errand's answer.
    Raises WishNotFound, IdentityNotConfirmed, PrivateNotOpen, PrivateClosed.
    """
    _note_look_at_wish(wish_id, actor_id=actor_id)
    wish = db.session.get(Wish, wish_id)
    if wish is None:
        raise WishNotFound
    ensure_may_look(actor_id, wish, at=clock.now())
    return _open(find_details(wish_id=wish_id))


def look_at_ask(ask_id: int, *, actor_id: int) -> PrivateWords:
    """Open an ask's details for its staff, once the look is written down. Raises AskNotFound."""
    note_looks_at_asks([ask_id], actor_id=actor_id)
    return _open(find_details(ask_id=ask_id))


def show_phones_of_asks(ask_ids: list[int], *, actor_id: int) -> dict[int, str]:
    """The phones behind these asks, for a list of calls to make; a look a day is written down.

    Call it outside any errand. Raises AskNotFound.
    """
    rows = {row.ask_id: row.id for row in list_details(ask_ids)}
    fresh = set(rows.values()) - list_looked_at(rows.values(), actor_id, since=_midnight())
    new = [ask_id for ask_id, row_id in rows.items() if ask_id and row_id in fresh]
    if new:
        note_looks_at_asks(new, actor_id=actor_id)
    return {row.ask_id: row.phone for row in list_details(ask_ids) if row.ask_id and row.phone}


def _midnight() -> datetime:
    return clock.from_local(clock.local_day(clock.now()), time.min)


def _open(row: PrivateDetails | None) -> PrivateWords:
    if row is None:
        return PrivateWords()
    return PrivateWords(row.name or "", row.phone or "", row.door or "", row.note or "")


@errand
def _note_look_at_wish(wish_id: int, *, actor_id: int) -> None:
    at = clock.now()
    wish = db.session.get(Wish, wish_id)
    if wish is None:
        raise WishNotFound
    looked_as = ensure_may_look(actor_id, wish, at=at)
    row = find_details(wish_id=wish_id)
    if row is not None:
        _note(row.id, actor_id, looked_as, at)


@errand
def note_looks_at_asks(ask_ids: list[int], *, actor_id: int) -> None:
    """Write one look at each of these asks' details. Raises AskNotFound."""
    at = clock.now()
    for ask_id in ask_ids:
        ask = db.session.get(Ask, ask_id)
        if ask is None:
            raise AskNotFound
        ensure_may_complete(actor_id, ask)
        row = find_details(ask_id=ask_id)
        if row is not None:
            _note(row.id, actor_id, STAFF, at)


def _note(details_id: int, user_id: int, looked_as: str, at: datetime) -> None:
    db.session.execute(
        insert(PrivateLook).values(
            details_id=details_id, user_id=user_id, at=at, looked_as=looked_as
        )
    )
