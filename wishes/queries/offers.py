"""Reads of the service menu."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from accounts.models import Area, Organisation, User
from accounts.queries.areas import get_area
from accounts.rules.skills import Slot, WeekSlot
from foundation.db import db
from wishes.models import Offer, OfferArea, OfferMonth, OfferSlot
from wishes.refusals.dispatch import OfferNotFound
from wishes.rules.kinds import Category
from wishes.rules.offers import OfferState, OfferWords


class MenuLine(NamedTuple):
    """One offer on a community's menu; `used` counts this month's orders."""

    id: int
    category: Category
    title: str
    text: str
    when_words: str
    people: int
    minutes: int
    per_month: int
    serves: int | None
    unit_name: str | None
    person_name: str | None
    used: int
    slots: tuple[WeekSlot, ...] = ()


class OwnOffer(NamedTuple):
    """One offer of one's own."""

    id: int
    state: OfferState
    category: Category
    title: str
    when_words: str
    per_month: int
    used: int


class MenuFilter(NamedTuple):
    """What of the menu is shown."""

    category: Category | None = None
    weekday: int | None = None


def covering(community_id: int) -> list[int]:
    """The areas whose offers come to a community: itself and those above."""
    return [int(part) for part in get_area(community_id).path.strip("/").split("/") if part]


def list_menu(community_id: int, chosen: MenuFilter, *, month: str) -> list[MenuLine]:
    """The active offers that come to a community, by category and title; two statements."""
    here = select(OfferArea.offer_id).where(OfferArea.area_id.in_(covering(community_id)))
    query = (
        select(
            Offer.id, Offer.category, Offer.title, Offer.text, Offer.when_words, Offer.people,
            Offer.minutes, Offer.per_month, Offer.serves, Organisation.short_name, User.name,
            func.coalesce(OfferMonth.used, 0),
        )
        .outerjoin(Organisation, Organisation.id == Offer.organisation_id)
        .outerjoin(User, User.id == Offer.user_id)
        .outerjoin(OfferMonth, (OfferMonth.offer_id == Offer.id) & (OfferMonth.month == month))
        .where(Offer.state == OfferState.ACTIVE, Offer.id.in_(here))
        .order_by(Offer.category, Offer.title, Offer.id)
        .limit(200)
    )  # fmt: skip
    if chosen.category is not None:
        query = query.where(Offer.category == chosen.category)
    if chosen.weekday is not None:
        timed = select(OfferSlot.offer_id)
        then = timed.where(OfferSlot.weekday == chosen.weekday)
        query = query.where(or_(Offer.id.in_(then), Offer.id.not_in(timed)))
    rows = [MenuLine._make((*row, ())) for row in db.session.execute(query)]
    slots = list_slots([row.id for row in rows])
    return [row._replace(slots=slots.get(row.id, ())) for row in rows]


def list_slots(offer_ids: list[int]) -> dict[int, tuple[WeekSlot, ...]]:
    """The slots of several offers."""
    found: dict[int, tuple[WeekSlot, ...]] = {}
    query = select(OfferSlot.offer_id, OfferSlot.weekday, OfferSlot.slot)
    rows = db.session.execute(query.where(OfferSlot.offer_id.in_(offer_ids)).order_by(OfferSlot.id))
    for offer_id, weekday, slot in rows:
        found[offer_id] = (*found.get(offer_id, ()), (weekday, Slot(slot)))
    return found


def list_own(
    *, organisation_id: int | None = None, user_id: int | None = None, month: str
) -> list[OwnOffer]:
    """The offers of a unit or of a person, drafts included."""
    query = (
        select(
            Offer.id, Offer.state, Offer.category, Offer.title, Offer.when_words,
            Offer.per_month, func.coalesce(OfferMonth.used, 0),
        )
        .outerjoin(OfferMonth, (OfferMonth.offer_id == Offer.id) & (OfferMonth.month == month))
        .where(Offer.organisation_id == organisation_id, Offer.user_id == user_id)
        .order_by(Offer.id.desc())
        .limit(100)
    )  # fmt: skip
    return [OwnOffer._make(row) for row in db.session.execute(query)]


def get_offer(offer_id: int) -> Offer:
    """An offer by id. Raises OfferNotFound."""
    offer = db.session.get(Offer, offer_id)
    if offer is None:
        raise OfferNotFound
    return offer


def get_orderable(offer_id: int, community_id: int) -> Offer:
    """An active offer that comes to the community. Raises OfferNotFound."""
    offer = get_offer(offer_id)
    here = select(OfferArea.area_id).where(
        OfferArea.offer_id == offer_id, OfferArea.area_id.in_(covering(community_id))
    )
    if offer.state == OfferState.DRAFT or db.session.execute(here).first() is None:
        raise OfferNotFound
    return offer


def words_of_offer(offer: Offer) -> OfferWords:
    """A stored offer in plain values."""
    areas = db.session.scalars(select(OfferArea.area_id).where(OfferArea.offer_id == offer.id))
    return OfferWords(
        category=offer.category, title=offer.title, text=offer.text,
        when_words=offer.when_words, people=offer.people, minutes=offer.minutes,
        per_month=offer.per_month, serves=offer.serves, area_ids=frozenset(areas),
        slots=frozenset(list_slots([offer.id]).get(offer.id, ())),
    )  # fmt: skip


def list_coverable() -> list[Area]:
    """Every street with its communities, for the ticks of an offer."""
    query = select(Area).where(Area.kind.in_(["street", "community"]))
    areas = list(db.session.scalars(query.order_by(Area.path)))
    return sorted(areas, key=lambda area: (area.path.split("/")[:-2], area.name))


def take_month(offer_id: int, month: str, *, most: int) -> bool:
    """Count one more order in a month unless it is full: one guarded UPDATE on one row."""
    session = db.session()
    make = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    first = make(OfferMonth).values(offer_id=offer_id, month=month, used=0)
    session.execute(first.on_conflict_do_nothing())
    more = (
        update(OfferMonth)
        .where(OfferMonth.offer_id == offer_id, OfferMonth.month == month, OfferMonth.used < most)
        .values(used=OfferMonth.used + 1)
        .returning(OfferMonth.used)
        .execution_options(synchronize_session=False)
    )
    return session.execute(more).first() is not None


def give_back_month(offer_id: int, month: str) -> None:
    """An order that came to nothing leaves room for another."""
    db.session.execute(
        update(OfferMonth)
        .where(OfferMonth.offer_id == offer_id, OfferMonth.month == month, OfferMonth.used > 0)
        .values(used=OfferMonth.used - 1)
        .execution_options(synchronize_session=False)
    )
