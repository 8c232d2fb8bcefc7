"""Makers of 双报到: reports that stood last quarter, and what was served then."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from accounts.models import Area, Organisation, User
from accounts.services.reporting import confirm_report, report_home, report_unit
from foundation import clock
from love_bank.rules import Grade
from tests.makers import make_colleague, make_wish
from tests.partner_units.serving import serve
from wishes.models import FeedbackCard, Wish
from wishes.queries.feedback import list_cards_at
from wishes.rules.feedback import CardState, Quarter, last_ended
from wishes.rules.life import WishState
from wishes.services.feedback import run_feedback, sign_card


def ended_quarter() -> Quarter:
    """The quarter before this one."""
    return last_ended(clock.local_day(clock.now()))


def then(days: int = 40) -> datetime:
    """Nine in the morning of a day of that quarter."""
    return clock.from_local(ended_quarter().first + timedelta(days=days), time(9))


def reported(person: User, community: Area, worker: User, unit: Organisation | None = None) -> int:
    """A member's report of last quarter, confirmed by this worker."""
    unit_id = unit.id if unit else None
    ids = (person.id, community.id, worker.id)
    with clock.at(then(1)):
        report_id = report_home(ids[0], community_id=ids[1], agrees=True, organisation_id=unit_id)
        return confirm_report(report_id, actor_id=ids[2])


def reported_unit(unit: Organisation, community: Area, worker: User, boss: User) -> int:
    """A unit's report of last quarter, confirmed by this worker."""
    ids = (unit.id, community.id, worker.id, boss.id)
    with clock.at(then(1)):
        report_id = report_unit(ids[0], actor_id=ids[3], community_id=ids[1], branch="第一党支部")
        return confirm_report(report_id, actor_id=ids[2])


def served_then(
    community: Area, person: User, unit: Organisation | None = None, *,
    minutes: int = 60, grade: Grade = Grade.A, at: datetime | None = None, on: Wish | None = None,
) -> int:  # fmt: skip
    """One service of last quarter in the book; returns the entry's id."""
    wish = on or make_wish(community=community, state=WishState.VERIFIED, starts_at=at or then())
    return serve(wish, person, unit, minutes=minutes, grade=grade)


def member_of(unit: Organisation, name: str = "王秀英") -> User:
    """A colleague on the unit's roster."""
    return make_colleague(unit=unit, name=name)


def drafted(community: Area) -> FeedbackCard:
    """Let the clock draft, and give the community's newest draft."""
    run_feedback(clock.now())
    return list_cards_at(community.id, CardState.DRAFT)[0]


def seen(card: FeedbackCard) -> str:
    """The figures as the page of a draft carries them."""
    minutes = (card.scanned, card.marked, card.late)
    return "-".join(map(str, (card.wishes, card.people, card.times, *minutes)))


def signed(community: Area, worker: User, words: str = "谢谢") -> int:
    """Draft and sign the newest card; returns its id."""
    card = drafted(community)
    return sign_card(community.id, card.id, actor_id=worker.id, words=words, seen=seen(card))
