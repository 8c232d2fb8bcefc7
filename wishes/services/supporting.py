"""附议: a neighbour backs a public ask, once a person and once a household."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.dialects import postgresql, sqlite

from accounts.queries.people import get_person
from foundation import clock
from foundation.db import db
from foundation.errands import errand
from foundation.phones import normal_phone
from foundation.sealed import phone_marks
from wishes.models import Ask, AskSupport
from wishes.queries.private import find_details
from wishes.queries.supports import (
    find_home_mark,
    get_public_ask,
    has_household_supported,
    has_supported,
)
from wishes.refusals.supporting import (
    AlreadySupported,
    HouseholdSupported,
    OwnAsk,
    PhoneNeeded,
    SupportClosed,
    TooManySupports,
)
from wishes.rules.life import ASK_OPEN
from wishes.services.flood import Source, count_in_window


@errand
def support_ask(
    community_id: int,
    ask_id: int,
    *,
    actor_id: int | None = None,
    phone: str = "",
    sources: Sequence[Source] = (),
) -> int:
    """Back an ask with an account, or with a telephone number that is not kept. Returns its id.

    Raises AskNotFound, SupportClosed, PhoneNeeded, NotAPhone, OwnAsk, AlreadySupported,
    HouseholdSupported, TooManySupports. 一人一户算一次.
    """
    ask = get_public_ask(community_id, ask_id)
    if ask.state not in ASK_OPEN:
        raise SupportClosed
    number = _number_of(actor_id, phone)
    marks = phone_marks(number) if number else []
    door = find_home_mark(actor_id, community_id) if actor_id is not None else None
    _ensure_not_own(ask, actor_id, number, door)
    _ensure_first(ask_id, actor_id, marks, door)
    count_in_window(sources, at=clock.now(), full=TooManySupports)
    if not _insert(ask_id, actor_id, marks, door):
        _ensure_first(ask_id, actor_id, marks, door)
        raise AlreadySupported
    return ask_id


def _number_of(actor_id: int | None, phone: str) -> str | None:
    if actor_id is not None:
        return get_person(actor_id).phone
    if not phone.strip():
        raise PhoneNeeded
    return normal_phone(phone)


def _ensure_not_own(ask: Ask, actor_id: int | None, number: str | None, door: bytes | None) -> None:
    if actor_id is not None and ask.asked_by_id == actor_id:
        raise OwnAsk
    details = find_details(ask_id=ask.id)
    if details is None:
        return
    if (number and details.phone == number) or (door and details.door_mark == door):
        raise OwnAsk


def _ensure_first(
    ask_id: int, actor_id: int | None, marks: Sequence[bytes], door: bytes | None
) -> None:
    if has_supported(ask_id, user_id=actor_id, phone_marks=marks):
        raise AlreadySupported
    if door is not None and has_household_supported(ask_id, door):
        raise HouseholdSupported


def _insert(ask_id: int, actor_id: int | None, marks: Sequence[bytes], door: bytes | None) -> bool:
    """The table decides between two devices that press at the same moment."""
    session = db.session()
    dialect = session.get_bind().dialect.name
    make = postgresql.insert if dialect == "postgresql" else sqlite.insert
    row = make(AskSupport).values(
        ask_id=ask_id, user_id=actor_id, phone_mark=marks[0] if marks else None,
        door_mark=door, at=clock.now(),
    )  # fmt: skip
    made = session.execute(row.on_conflict_do_nothing().returning(AskSupport.id))
    return made.scalar_one_or_none() is not None
