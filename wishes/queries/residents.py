"""Reads of residents' cards: one place's, found by name, door, phone or tag.

Name and tag are sealed, so they are looked for by opening the desk's own cards (3,000 take a few
dozen milliseconds); a whole door is looked up by its mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload
from sqlalchemy.sql.elements import ColumnElement

from accounts.models import Area, User
from accounts.rules import AreaKind
from foundation.db import db
from foundation.sealed import door_marks
from foundation.settings import words_setting
from wishes.models import (
    Ask,
    Resident,
    ResidentLook,
    ResidentMatter,
    RoundHelper,
    Visit,
    VisitRule,
    Wish,
)
from wishes.refusals.residents import HelperNotFound, ResidentNotFound
from wishes.rules.residents import DEFAULT_TAGS, TAG_LENGTH, Look, door_order, fits, split_tags


class Card(NamedTuple):
    """A resident in a list, opened."""

    id: int
    name: str
    door: str
    phone: str | None
    tags: tuple[str, ...]
    best_time: str
    note: str | None
    grid: str | None
    helper: str | None


def lives_at(desk: Area) -> ColumnElement[bool]:
    """The living cards of a community, or of one grid."""
    place = Resident.grid_id if desk.kind == AreaKind.GRID else Resident.community_id
    return (place == desk.id) & Resident.erased_at.is_(None)


def get_at_desk(desk: Area, resident_id: int) -> Resident:
    """A card of this desk. Raises ResidentNotFound for another desk's and an erased one."""
    query = select(Resident).where(Resident.id == resident_id, lives_at(desk))
    options = (joinedload(Resident.grid), joinedload(Resident.consent_by))
    found = db.session.scalars(query.options(*options)).one_or_none()
    if found is None:
        raise ResidentNotFound
    return found


def get_living(resident_id: int) -> Resident:
    """A card that was not erased; who may know of it is the policy's. Raises ResidentNotFound."""
    found = db.session.get(Resident, resident_id)
    if found is None or found.erased_at is not None:
        raise ResidentNotFound
    return found


def lock_resident(resident_id: int) -> Resident:
    """A card, locked until the errand ends. Raises ResidentNotFound."""
    query = select(Resident).where(Resident.id == resident_id).with_for_update()
    found = db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise ResidentNotFound
    return found


def list_cards(desk: Area, *, tag: str = "", words: str = "") -> list[Card]:
    """The cards of a desk in the order of their doors; `words` is a name, a door or a phone."""
    if words and re.search(r"\d", words):
        at_door = _read_cards(lives_at(desk) & Resident.door_mark.in_(door_marks(words)))
        if at_door:
            return [card for card in at_door if not tag or tag in card.tags]
    cards = [card for card in _read_cards(lives_at(desk)) if not tag or tag in card.tags]
    if words:
        cards = [c for c in cards if fits(words, name=c.name, door=c.door, phone=c.phone)]
    return cards


def list_cards_of(resident_ids: Iterable[int]) -> list[Card]:
    """These living cards in the order of their doors."""
    ids = list(resident_ids)
    return _read_cards(Resident.id.in_(ids) & Resident.erased_at.is_(None)) if ids else []


def _read_cards(where: ColumnElement[bool]) -> list[Card]:
    query = (
        select(
            Resident.id, Resident.name, Resident.door, Resident.phone, Resident.tags,
            Resident.best_time, Resident.note, Area.name, User.name,
        )
        .outerjoin(Area, Area.id == Resident.grid_id)
        .outerjoin(RoundHelper, RoundHelper.id == Resident.helper_id)
        .outerjoin(User, User.id == RoundHelper.user_id)
        .where(where)
    )  # fmt: skip
    cards = [
        Card(number, name or "", door or "", phone, split_tags(tags), best or "", *rest)
        for number, name, door, phone, tags, best, *rest in db.session.execute(query)
    ]
    return sorted(cards, key=lambda card: door_order(card.door))


def list_known_marks(community_id: int) -> set[bytes]:
    """The marks of everybody who has a card at this community."""
    query = select(Resident.person_mark).where(
        Resident.community_id == community_id, Resident.person_mark.is_not(None)
    )
    return {bytes(mark) for mark in db.session.scalars(query) if mark}


def is_known(community_id: int, marks: Iterable[bytes], *, but: int | None = None) -> bool:
    """Whether somebody else has a card under one of these marks."""
    query = select(Resident.id).where(
        Resident.community_id == community_id, Resident.person_mark.in_(list(marks))
    )
    return any(found != but for found in db.session.scalars(query))


def known_tags() -> list[str]:
    """The tags of this place: the setting RESIDENT_TAGS, or the usual ones."""
    own = [tag[:TAG_LENGTH] for tag in words_setting("RESIDENT_TAGS")]
    return list(dict.fromkeys(own or DEFAULT_TAGS))


def list_rules(community_id: int) -> list[VisitRule]:
    """The community's rules of visiting, the most frequent first."""
    query = select(VisitRule).where(VisitRule.community_id == community_id)
    return list(db.session.scalars(query.order_by(VisitRule.times.desc(), VisitRule.id)))


def list_helpers(community_id: int) -> list[RoundHelper]:
    """Volunteers on the rounds of a community."""
    query = (
        select(RoundHelper)
        .where(RoundHelper.community_id == community_id, RoundHelper.ended_at.is_(None))
        .options(joinedload(RoundHelper.user))
    )
    return list(db.session.scalars(query.order_by(RoundHelper.id)))


def get_helper(community_id: int, helper_id: int) -> RoundHelper:
    """A live helper of this community. Raises HelperNotFound."""
    helper = db.session.get(RoundHelper, helper_id, options=[joinedload(RoundHelper.user)])
    if helper is None or helper.community_id != community_id or helper.ended_at is not None:
        raise HelperNotFound
    return helper


def list_mine(user_id: int) -> list[int]:
    """The residents whom a volunteer was asked to look in at."""
    query = (
        select(Resident.id)
        .join(RoundHelper, RoundHelper.id == Resident.helper_id)
        .where(
            RoundHelper.user_id == user_id,
            RoundHelper.ended_at.is_(None),
            Resident.erased_at.is_(None),
        )
    )
    return list(db.session.scalars(query))


def list_visits(resident_id: int, *, limit: int | None = 12) -> list[Visit]:
    """Visits to a resident, the latest first."""
    query = select(Visit).where(Visit.resident_id == resident_id)
    query = query.options(joinedload(Visit.visitor)).order_by(Visit.on_day.desc(), Visit.id.desc())
    return list(db.session.scalars(query.limit(limit)))


class LookLine(NamedTuple):
    """Who looked at a card, when, as what."""

    name: str
    at: datetime
    looked_as: Look


def list_looks(resident_id: int, *, limit: int | None = 12) -> list[LookLine]:
    """Who looked at a card, the latest first."""
    query = (
        select(User.name, ResidentLook.at, ResidentLook.looked_as)
        .join(User, User.id == ResidentLook.user_id)
        .where(ResidentLook.resident_id == resident_id)
        .order_by(ResidentLook.id.desc())
    )
    rows = db.session.execute(query.limit(limit))
    return [LookLine(name, at, Look(looked_as)) for name, at, looked_as in rows]


def list_seen_since(user_id: int, looked_as: Look, since: datetime) -> set[int]:
    """Whose cards the person has opened as this since then."""
    query = select(ResidentLook.resident_id).where(
        ResidentLook.user_id == user_id,
        ResidentLook.looked_as == looked_as,
        ResidentLook.at >= since,
    )
    return set(db.session.scalars(query))


def list_asks_of(resident_id: int) -> list[Ask]:
    """Asks that began at this card, the latest first."""
    query = select(Ask).join(ResidentMatter, ResidentMatter.ask_id == Ask.id)
    query = query.where(ResidentMatter.resident_id == resident_id).order_by(Ask.id.desc())
    return list(db.session.scalars(query))


def list_wishes_of(resident_id: int) -> list[Wish]:
    """Wishes that began at this card, by themselves or through an ask, the latest first."""
    ids = select(func.coalesce(ResidentMatter.wish_id, Ask.wish_id))
    ids = ids.outerjoin(Ask, Ask.id == ResidentMatter.ask_id)
    ids = ids.where(ResidentMatter.resident_id == resident_id)
    query = select(Wish).where(Wish.id.in_(ids)).order_by(Wish.id.desc())
    return list(db.session.scalars(query))
