"""The corners of the world: what each later errand keeps under an id of its own."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any, Protocol

from sqlalchemy import select

from accounts.models import Area, Organisation, User
from accounts.services.reporting import report_unit
from communities.services.announcing import AnnouncementWords, announce
from foundation import clock
from foundation.db import db, transaction
from oversight.models import MonthlyReport
from tests.makers import make_supervisor, make_volunteer, make_wish
from tests.served import make_attendance, make_served_wish
from tests.wishes.campaigning import bring, words
from tests.wishes.coming import make_lecture_of
from tests.wishes.menu import make_offer
from tests.wishes.on_call import ALWAYS, urgent_words
from tests.wishes.reported import drafted, reported, served_then
from wishes.models import (
    Guest,
    NoShow,
    Press,
    QuickTurn,
    SpotCheck,
    SpotCheckLine,
    Wish,
    WishTemplate,
)
from wishes.queries.series import list_days
from wishes.rules.asking import PrivateWords
from wishes.rules.guests import GuestWords
from wishes.rules.kinds import Category, WishKind
from wishes.rules.proof import Absence
from wishes.rules.publishing import WishWords
from wishes.rules.recurring import ALL_DAYS, Freq, Rule
from wishes.rules.residents import ResidentWords
from wishes.services.campaigning import approve_campaign, propose_campaign
from wishes.services.claiming import claim_wish
from wishes.services.giving import give_these
from wishes.services.guests import sign_up
from wishes.services.inviting import invite as invite_to
from wishes.services.letting_in import publish_ready
from wishes.services.no_shows import record_no_show
from wishes.services.quick import call_out
from wishes.services.referring import refer_wish
from wishes.services.residents import add_resident
from wishes.services.round_plan import add_helper
from wishes.services.series_starting import Hours, start_series
from wishes.services.standing_in import ask_stand_in
from wishes.services.team import add_member
from wishes.services.templates import save_template
from wishes.services.waiting import join_line


class Ground(Protocol):
    """The people and places that the corners lie in."""

    home: Area
    grid: Area
    unit: Organisation
    worker: User
    boss: User
    friend: User
    ids: dict[str, Any]


def one(column: Any, *where: Any) -> int:
    """The one number that fits."""
    return int(db.session.execute(select(column).where(*where).limit(1)).scalar_one())


def _campaign(world: Ground) -> dict[str, int]:
    """A running campaign of the community, with a household's thing that a neighbour took."""
    street = world.home.parent
    assert street is not None
    boss = make_supervisor(street=street)
    campaign_id = propose_campaign(world.home.id, actor_id=world.worker.id, words=words())
    household = PrivateWords(name="南宫奶奶", phone="13755550002", door="99号楼1单元404")
    gift = bring(campaign_id, world.home, worker=world.worker, private=household)
    approve_campaign(campaign_id, actor_id=boss.id)
    publish_ready(campaign_id)
    give_these(campaign_id, actor_id=world.friend.id, wish_ids=[gift], anonymous=True)
    return {"campaign_id": campaign_id, "community_id": world.home.id}


def _asked(world: Ground) -> dict[str, Any]:
    """The unit's offer, and an invitation that waits for the unit's answer."""
    offer_id = make_offer(world.boss, area=world.home, unit_id=world.unit.id)
    wish = make_wish(community=world.home, created_by=world.worker, title="测血压")
    order_id = invite_to(wish.id, actor_id=world.worker.id, organisation_id=world.unit.id)
    return {"offer_id": offer_id, "order_id": order_id}


def _levels(world: Ground) -> dict[str, Any]:
    """A wish that went up to the street, and a press of it."""
    street = world.home.parent
    assert street is not None
    supervisor, street_id = make_supervisor(street=street), street.id
    wish_id = make_wish(community=world.home, created_by=world.worker, title="修路灯").id
    referral_id = refer_wish(wish_id, actor_id=world.worker.id, words="办不了")
    home_id, presser_id = world.home.id, supervisor.id
    with transaction() as session:
        press = Press(
            wish_id=wish_id, by_area_id=street_id, to_area_id=home_id, days_late=1,
            leader_name="王立", leader_post="副主任", words="快办", due_on=clock.now().date(),
            pressed_at=clock.now(), pressed_by_id=presser_id,
        )  # fmt: skip
        session.add(press)
        session.flush()
        press_id = press.id
    return {
        "referral_id": referral_id, "press_id": press_id, "kind": "wish", "matter_id": wish_id,
        "yes": 1,
    }  # fmt: skip


def _looked_after(world: Ground) -> dict[str, int]:
    """A resident's card in the world's grid, and a volunteer on the rounds."""
    home, worker, helper = world.home.id, world.worker.id, make_volunteer()
    words = ResidentWords(
        "诸葛婆婆", "88号楼7单元1105", phone="+8613755550001", tags=("独居老人",),
        note="钥匙在邻居家", grid_id=world.grid.id,
    )  # fmt: skip
    today = clock.local_day(clock.now())
    resident_id = add_resident(home, actor_id=worker, words=words, consent_on=today)
    helper_id = add_helper(home, actor_id=worker, person=helper.phone or "", places=1)
    return {"resident_id": resident_id, "helper_id": helper_id}


def _turns(world: Ground) -> dict[str, Any]:
    """A friend in line, one asked to stand in for them, and a day they did not come."""
    home, worker, friend = world.home, world.worker, world.friend.id
    full = make_wish(community=home, created_by=worker, title="满了的讲座").id
    claim_wish(full, actor_id=make_volunteer().id)
    number = make_volunteer().volunteer_number
    missed = make_served_wish(community=home, created_by=worker).id
    wish = db.session.get_one(Wish, missed)
    make_attendance(wish, db.session.get_one(User, friend), absence=Absence.NO_SHOW)
    by = world.worker.id
    with transaction() as session:
        record_no_show(session.get_one(Wish, missed), friend, actor_id=by, at=clock.now())
    return {
        "turn_id": join_line(full, actor_id=friend),
        "stand_in_id": ask_stand_in(world.ids["wish_id"], actor_id=friend, who=number),
        "no_show_id": one(NoShow.id, NoShow.user_id == friend),
    }


def _recurring(world: Ground) -> dict[str, Any]:
    """A weekly duty of the unit, its first day, and a template."""
    first = clock.local_day(clock.now()) + timedelta(days=20)
    words = WishWords(
        kind=WishKind.SERVICE, category=Category.ELDERLY, title="送午饭", headcount=1,
        public_place="党群服务中心", tools_answered=True,
    )  # fmt: skip
    series_id = start_series(
        world.home.id, actor_id=world.worker.id, words=words, hours=Hours(time(12), time(13)),
        rule=Rule(Freq.WEEKLY, first, weekdays=ALL_DAYS, times=3),
    )  # fmt: skip
    save_template(world.ids["wish_id"], actor_id=world.worker.id, name="午饭")
    return {
        "series_id": series_id, "day_id": list_days(series_id)[0].id,
        "template_id": one(WishTemplate.id),
    }  # fmt: skip


def _overseen(world: Ground) -> dict[str, Any]:
    """A street's draw whose one line is about the wish with the door, and its month's report."""
    street_id, wish_id, october = world.home.parent_id, world.ids["wish_id"], date(2026, 10, 1)
    with transaction() as session:
        check = SpotCheck(
            area_id=street_id, month=october, seed="2026-10/1", percent=5, pool=1,
            drawn_at=clock.now(),
        )  # fmt: skip
        report = MonthlyReport(area_id=street_id, month=october, made_at=clock.now())
        session.add_all([check, report])
        session.flush()
        line = SpotCheckLine(check_id=check.id, wish_id=wish_id, position=1, from_register=False)
        session.add(line)
        session.flush()
        return {
            "check_id": check.id, "line_id": line.id, "report_id": report.id, "figure": "asks",
        }  # fmt: skip


def _announced(world: Ground) -> dict[str, Any]:
    """Something the community announces today."""
    today = clock.local_day(clock.now())
    said = AnnouncementWords("停水", "周三。", today, today)
    return {"announcement_id": announce(world.home.id, actor_id=world.worker.id, words=said)}


def _reported(world: Ground) -> dict[str, int]:
    """A member's report that stood last quarter with a draft card, and the unit's that waits."""
    neighbour = make_volunteer(name="端木同志")
    reporting_id = reported(neighbour, world.home, world.worker)
    served_then(world.home, neighbour)
    card_id = drafted(world.home).id
    report_unit(world.unit.id, actor_id=world.boss.id, community_id=world.home.id, branch="一支部")
    return {"reporting_id": reporting_id, "card_id": card_id}


def _coming(world: Ground) -> dict[str, Any]:
    """A resident who signed up for a lecture of the community."""
    wish_id = make_wish(community=world.home, created_by=world.worker, title="健康讲座").id
    make_lecture_of(wish_id, world.worker)
    sign_up(wish_id, words=GuestWords("上官大娘", "13766660003"))
    return {"guest_id": one(Guest.id)}


def _urgent(world: Ground) -> dict[str, Any]:
    """Somebody on the standing team, and an urgent thing that waits for their answer."""
    home, worker, member = world.home.id, world.worker.id, make_volunteer()
    member_id = add_member(home, actor_id=worker, person=member.phone or "", duty=ALWAYS)
    wish_id = call_out(home, actor_id=worker, words=urgent_words())
    return {"member_id": member_id, "quick_id": one(QuickTurn.id, QuickTurn.wish_id == wish_id)}


CORNERS = (
    _looked_after, _levels, _campaign, _asked, _turns, _recurring, _overseen, _announced, _reported,
    _coming, _urgent,
)  # fmt: skip
