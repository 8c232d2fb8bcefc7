"""The service menu of the demo: offers, skills, orders that were taken, declined or still wait."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from accounts.rules.skills import HelpWords, Skill, Slot
from accounts.services.skills import write_help
from app.demo.caring import care_for
from app.demo.neighbourhood import Community, Unit
from foundation.db import db
from wishes.models import Dispatch, Offer, Wish
from wishes.rules.kinds import Category, WishKind
from wishes.rules.life import WishState
from wishes.rules.offers import OfferWords
from wishes.rules.publishing import WishWords
from wishes.services.answering import accept, decline
from wishes.services.inviting import invite, order_from
from wishes.services.offers import add_offer

if TYPE_CHECKING:
    from app.demo.month import Month

SKILLS = (
    (Skill.ELECTRICS, Skill.APPLIANCES), (Skill.COMPANY, Skill.COOKING), (Skill.PHONES,),
    (Skill.MEDICINE, Skill.FIRST_AID), (Skill.CLEANING, Skill.CARRYING), (Skill.TUTORING,),
    (Skill.HAIRCUT,), (Skill.ARTS, Skill.PHOTOS),
)  # fmt: skip
OWN_WORDS = ("磨刀、修自行车", "", "", "量血压", "", "写作业", "剪纸", "")
WEEKEND = frozenset({(5, Slot.MORNING), (5, Slot.AFTERNOON), (6, Slot.MORNING)})
TEXT = "带齐自己的工具来，社区备桌椅和热水就行。"


class Line(NamedTuple):
    """One offer: whose (the unit's place in the list), what."""

    unit: int
    category: Category
    title: str
    people: int
    per_month: int


MENU = (
    Line(0, Category.REPAIR, "检查老旧线路、换插座", 3, 4),
    Line(1, Category.STUDY, "给孩子讲绘本", 2, 4),
    Line(2, Category.HEALTH, "量血压、测血糖、讲用药", 4, 4),
    Line(3, Category.TRAINING, "教老人用手机", 6, 6),
    Line(5, Category.LECTURE, "普法讲座、家事咨询", 2, 2),
)


def tell_dispatch(month: Month) -> None:
    """Skills and offers three weeks ago, orders in the last two days."""
    days, add = month.days, month.timeline.add
    for at, person in enumerate(month.town.volunteer_ids[: len(SKILLS) * 2]):
        add(days.at(-20, 20, at), partial(_tell_skills, person, at))
    add(days.at(-19, 9), partial(_write_menu, month))
    orders: tuple[tuple[int, str, int, Callable[[int], None] | None], ...] = (
        (2, "给楼里老人量血压", 6, _take),
        (3, "教老人用手机预约挂号", 7, None),
        (5, "讲讲家里的事怎么立遗嘱", 8, _decline),
    )
    for at, (unit, title, day, answer) in enumerate(orders):
        add(days.at(-2, 9, 10 * at), partial(_order, month, unit, title, day))
        if answer is not None:
            add(days.at(-1, 10, 10 * at), partial(_answer, month.town.units[unit], answer))
    add(days.at(-1, 11), partial(_invite_keen, month))


def _tell_skills(person: int, at: int) -> None:
    skills = frozenset(SKILLS[at % len(SKILLS)])
    slots = WEEKEND if at % 3 == 0 else frozenset()
    words = OWN_WORDS[at % len(OWN_WORDS)]
    write_help(person, words=HelpWords(skills=skills, own_words=words, slots=slots))


def _write_menu(month: Month) -> None:
    areas = frozenset(community.id for community in month.town.communities)
    for line in MENU:
        unit = month.town.units[line.unit]
        add_offer(
            actor_id=unit.coordinator_id, organisation_id=unit.id, active=True,
            words=OfferWords(
                category=line.category, title=line.title, text=TEXT, people=line.people,
                minutes=90, per_month=line.per_month, area_ids=areas,
                when_words="提前一周约",
            ),
        )  # fmt: skip
    keen = OfferWords(
        category=Category.REPAIR, title="修小家电", people=1, minutes=120, per_month=2,
        area_ids=frozenset({month.town.communities[0].id}), slots=WEEKEND,
    )  # fmt: skip
    add_offer(actor_id=month.town.keen_id, words=keen, active=True)


def _order(month: Month, unit: int, title: str, day: int) -> None:
    here: Community = month.town.communities[0]
    query = select(Offer).where(Offer.organisation_id == month.town.units[unit].id)
    offer = db.session.scalars(query).one()
    starts = month.days.at(day, 9, 30)
    words = WishWords(
        kind=WishKind.SERVICE, category=offer.category, title=title, public_place="党群服务中心",
        starts_at=starts, ends_at=starts + timedelta(minutes=90), headcount=offer.people,
        tools_answered=True,
    )  # fmt: skip
    order_from(
        offer.id, area_id=here.id, actor_id=here.reporter(), words=words, care=care_for(words)
    )


def _answer(unit: Unit, answer: Callable[[int], None]) -> None:
    query = select(Dispatch.id).where(Dispatch.organisation_id == unit.id)
    answer(db.session.scalars(query).one())


def _take(dispatch_id: int) -> None:
    asked = db.session.get_one(Dispatch, dispatch_id)
    actor, version = _answerer(asked), asked.wish.version
    accept(dispatch_id, actor_id=actor, version=version)


def _decline(dispatch_id: int) -> None:
    actor = _answerer(db.session.get_one(Dispatch, dispatch_id))
    decline(dispatch_id, actor_id=actor, reason="那天开庭，下周三下午可以")


def _answerer(asked: Dispatch) -> int:
    offer = asked.offer
    return offer.created_by_id if offer else asked.asked_by_id


def _invite_keen(month: Month) -> None:
    """The volunteer of the demo account has an invitation to answer, when a wish is open."""
    here = month.town.communities[0]
    query = (
        select(Wish.id)
        .where(
            Wish.community_id == here.id, Wish.state == WishState.OPEN,
            Wish.kind == WishKind.SERVICE, Wish.places_taken == 0,
            Wish.starts_at > month.days.at(2, 0),
        )
        .order_by(Wish.starts_at, Wish.id)
        .limit(1)
    )  # fmt: skip
    wish_id = db.session.scalars(query).first()
    if wish_id is not None:
        invite(wish_id, actor_id=here.reporter(), user_id=month.town.keen_id)
