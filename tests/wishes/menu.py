"""What the tests of the menu share: offers, orders, who was told what."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from accounts.models import Area, User
from accounts.rules.skills import HelpWords, Skill, WeekSlot
from accounts.services.skills import write_help
from foundation.db import db
from foundation.outbox import Message
from tests.makers import tomorrow
from wishes.models import Wish
from wishes.rules.kinds import Category, WishKind
from wishes.rules.offers import OfferWords
from wishes.rules.publishing import WishWords
from wishes.services.inviting import order_from
from wishes.services.offers import add_offer


def make_offer(
    owner: User, *, area: Area, unit_id: int | None = None, active: bool = True, **more: Any
) -> int:
    """An offer on the menu of an area: three people, four times a month, unless told otherwise."""
    words: dict[str, Any] = {
        "category": Category.HEALTH, "title": "量血压、讲用药", "people": 3,
        "area_ids": frozenset({area.id}),
    }  # fmt: skip
    return add_offer(
        actor_id=owner.id, organisation_id=unit_id, words=OfferWords(**(words | more)),
        active=active,
    )  # fmt: skip


def order_words(**more: Any) -> WishWords:
    """A complete order for two people, two days from now."""
    starts = tomorrow()
    words: dict[str, Any] = {
        "kind": WishKind.SERVICE, "category": Category.HEALTH, "title": "给老人量血压",
        "public_place": "活动室", "starts_at": starts, "ends_at": starts + timedelta(hours=2),
        "headcount": 2, "tools_answered": True,
    }  # fmt: skip
    return WishWords(**(words | more))


def order(offer_id: int, *, area: Area, worker: User, **more: Any) -> int:
    """Order from the menu. Returns the wish."""
    return order_from(offer_id, area_id=area.id, actor_id=worker.id, words=order_words(**more))


def tells(
    person: User, *skills: Skill, slots: frozenset[WeekSlot] = frozenset(), **more: Any
) -> None:
    """The person writes what they can."""
    write_help(person.id, words=HelpWords(skills=frozenset(skills), slots=slots, **more))


def told(kind: str) -> set[int]:
    """Who got a message of this kind."""
    found = db.session.scalars(select(Message.user_id).where(Message.kind == kind))
    return {user_id for user_id in found if user_id is not None}


def version_of(wish_id: int) -> int:
    """The version a page would show."""
    return db.session.get_one(Wish, wish_id).version
