"""Who could be asked about a wish: a few statements of columns, whatever the number of people."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Executable, exists, func, or_, select

from accounts.models import (
    Agreement,
    Area,
    Organisation,
    PersonSkill,
    PersonSlot,
    User,
    Willingness,
)
from accounts.rules.skills import Skill, Slot, WeekSlot, slots_between
from foundation import clock
from foundation.db import db
from wishes.models import (
    Attendance,
    Claim,
    Commitment,
    Dispatch,
    Offer,
    OfferArea,
    Place,
    Wish,
)
from wishes.queries.offers import covering, list_slots
from wishes.rules.dispatch import DispatchState
from wishes.rules.kinds import Category, WishKind
from wishes.rules.life import WishState
from wishes.rules.matching import (
    SKILLS_FOR,
    Helper,
    Reason,
    UnitFacts,
    WishNeed,
    fits_in_time,
    is_worth_it,
    score,
    why_person,
    why_unit,
)
from wishes.rules.offers import OfferState

MOST_LOOKED_AT = 400
SHOWN = 8
ASKED = (DispatchState.WAITING, DispatchState.DECLINED)  # who said no is not suggested again


class PersonFit(NamedTuple):
    """A volunteer who could be asked; nothing about party membership is ever read."""

    user_id: int
    name: str
    volunteer_number: str
    is_confirmed: bool
    reasons: tuple[Reason, ...]


class UnitFit(NamedTuple):
    """A unit that could be asked."""

    organisation_id: int
    name: str
    reasons: tuple[Reason, ...]


def need_of(wish: Wish) -> WishNeed:
    """What matching looks at in a stored wish."""
    return make_need(
        wish.category, f"{wish.title} {wish.text}", wish.community_id, wish.kind,
        wish.starts_at, wish.ends_at,
    )  # fmt: skip


def make_need(
    category: Category,
    words: str,
    community_id: int,
    kind: WishKind,
    starts_at: datetime | None,
    ends_at: datetime | None,
) -> WishNeed:
    slots: frozenset[WeekSlot] = frozenset()
    day: date | None = None
    if kind == WishKind.SERVICE and starts_at is not None and ends_at is not None:
        slots = slots_between(clock.local(starts_at), clock.local(ends_at))
        day = clock.local_day(starts_at)
    return WishNeed(Category(category), words, community_id, day, slots)


def suggest_people(wish: Wish, *, limit: int = SHOWN) -> list[PersonFit]:
    """Volunteers of the wish's street who fit, best first, with the reasons; four statements.

    Who is busy then, on the wish, asked already or does not want to be asked is left out.
    """
    need = need_of(wish)
    rows = list(db.session.execute(_people_near(wish, need)))
    ids = [row.id for row in rows]
    skills, slots = _skills_of(ids), _slots_of(ids)
    done = _count_done(ids, need.category)
    found = []
    for row in rows:
        person = Helper(
            row.home_area_id, skills.get(row.id, frozenset()), row.own_words or "",
            slots.get(row.id, frozenset()), row.away_from, row.away_until, done.get(row.id, 0),
        )  # fmt: skip
        reasons = why_person(person, need)
        if is_worth_it(reasons) and fits_in_time(person, need):
            found.append(
                PersonFit(row.id, row.name, row.volunteer_number, bool(row.confirmed), reasons)
            )
    return sorted(found, key=lambda fit: -score(fit.reasons))[:limit]


def _people_near(wish: Wish, need: WishNeed) -> Executable:
    """People of the street with something to offer; the likely ones first."""
    street = wish.community.parent or wish.community
    skilled = exists().where(
        PersonSkill.user_id == User.id, PersonSkill.code.in_(sorted(SKILLS_FOR[need.category]))
    )
    timed = exists().where(PersonSlot.user_id == User.id)
    served = exists().where(Attendance.user_id == User.id, Attendance.left_at.is_not(None))
    here = exists().where(Place.wish_id == wish.id, Place.user_id == User.id, Place.live)
    asked = exists().where(
        Dispatch.wish_id == wish.id, Dispatch.user_id == User.id,
        Dispatch.state.in_(ASKED),
    )  # fmt: skip
    return (
        select(
            User.id, User.name, User.volunteer_number, User.home_area_id,
            User.confirmed_at.is_not(None).label("confirmed"), Willingness.own_words,
            Willingness.away_from, Willingness.away_until,
        )
        .join(Area, Area.id == User.home_area_id)
        .outerjoin(Willingness, Willingness.user_id == User.id)
        .where(
            Area.path.startswith(street.path, autoescape=True),
            or_(Willingness.user_id.is_(None), Willingness.asks_welcome),
            or_(skilled, timed, served, Willingness.own_words != ""),
            ~here, ~asked, ~_busy_during(wish),
        )
        .order_by(skilled.desc(), User.home_area_id != wish.community_id, User.id)
        .limit(MOST_LOOKED_AT)
    )  # fmt: skip


def _busy_during(wish: Wish) -> Any:
    return exists().where(
        Commitment.user_id == User.id, Commitment.live,
        Commitment.starts_at < wish.ends_at, Commitment.ends_at > wish.starts_at,
    )  # fmt: skip


def _skills_of(ids: Iterable[int]) -> dict[int, frozenset[Skill]]:
    found: dict[int, frozenset[Skill]] = {}
    query = select(PersonSkill.user_id, PersonSkill.code).where(PersonSkill.user_id.in_(list(ids)))
    for user_id, code in db.session.execute(query):
        found[user_id] = found.get(user_id, frozenset()) | {Skill(code)}
    return found


def _slots_of(ids: Iterable[int]) -> dict[int, frozenset[WeekSlot]]:
    found: dict[int, frozenset[WeekSlot]] = {}
    query = select(PersonSlot.user_id, PersonSlot.weekday, PersonSlot.slot)
    for user_id, day, slot in db.session.execute(query.where(PersonSlot.user_id.in_(list(ids)))):
        found[user_id] = found.get(user_id, frozenset()) | {(day, Slot(slot))}
    return found


def _count_done(ids: Iterable[int], category: Category) -> dict[int, int]:
    """Verified services of this category that each person came to."""
    query = (
        select(Attendance.user_id, func.count())
        .join(Wish, Wish.id == Attendance.wish_id)
        .where(
            Attendance.user_id.in_(list(ids)), Attendance.left_at.is_not(None),
            Wish.state == WishState.VERIFIED, Wish.category == category,
        )
        .group_by(Attendance.user_id)
    )  # fmt: skip
    rows = db.session.execute(query)
    return {row[0]: row[1] for row in rows}


def suggest_units(wish: Wish, *, limit: int = SHOWN) -> list[UnitFit]:
    """Units that fit a wish, best first, with the reasons; four statements."""
    need = need_of(wish)
    offers = _offers_for(wish)
    slots = list_slots([offer_id for offer_id, _title in offers.values()])
    done = _count_done_by_units(need.category)
    found = []
    for unit_id, name, has_agreement, is_here in db.session.execute(_units_near(wish)):
        offer_id, title = offers.get(unit_id, (0, None))
        facts = UnitFacts(
            bool(has_agreement), bool(is_here), title, frozenset(slots.get(offer_id, ())),
            done.get(unit_id, 0),
        )  # fmt: skip
        reasons = why_unit(facts, need)
        if is_worth_it(reasons):
            found.append(UnitFit(unit_id, name, reasons))
    return sorted(found, key=lambda fit: -score(fit.reasons))[:limit]


def _units_near(wish: Wish) -> Executable:
    agreed = exists().where(
        Agreement.organisation_id == Organisation.id, Agreement.area_id == wish.community_id
    )
    held = exists().where(
        Claim.organisation_id == Organisation.id, Claim.wish_id == wish.id, Claim.live
    )
    asked = exists().where(
        Dispatch.organisation_id == Organisation.id, Dispatch.wish_id == wish.id,
        Dispatch.state.in_(ASKED),
    )  # fmt: skip
    is_here = func.coalesce(Organisation.home_area_id == wish.community_id, False)
    query = select(Organisation.id, Organisation.short_name, agreed, is_here)
    return query.where(~held, ~asked).order_by(agreed.desc(), Organisation.id).limit(MOST_LOOKED_AT)


def _offers_for(wish: Wish) -> dict[int, tuple[int, str]]:
    """The active offer of each unit that comes here and is of this kind."""
    here = select(OfferArea.offer_id).where(OfferArea.area_id.in_(covering(wish.community_id)))
    query = select(Offer.organisation_id, Offer.id, Offer.title).where(
        Offer.organisation_id.is_not(None), Offer.state == OfferState.ACTIVE,
        Offer.category == wish.category, Offer.id.in_(here),
    )  # fmt: skip
    rows = db.session.execute(query)
    return {unit_id: (offer_id, title) for unit_id, offer_id, title in rows if unit_id is not None}


def _count_done_by_units(category: Category) -> dict[int, int]:
    query = (
        select(Claim.organisation_id, func.count(func.distinct(Claim.wish_id)))
        .join(Wish, Wish.id == Claim.wish_id)
        .where(
            Claim.organisation_id.is_not(None), Claim.live,
            Wish.state == WishState.VERIFIED, Wish.category == category,
        )
        .group_by(Claim.organisation_id)
    )  # fmt: skip
    rows = db.session.execute(query)
    return {row[0]: row[1] for row in rows if row[0] is not None}
