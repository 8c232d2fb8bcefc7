"""What comes round in the first community: a noon rota, a weekly lesson, two long-term wishes."""

from __future__ import annotations

from datetime import date, time, timedelta
from functools import partial
from typing import TYPE_CHECKING

from foundation import clock
from wishes.queries.series import list_days
from wishes.rules.kinds import Category, Venue, WishKind
from wishes.rules.publishing import WishWords
from wishes.rules.recurring import Freq, Rule
from wishes.services.duty import put_on_duty
from wishes.services.long_term import agree, claim_long_term, post_long_term, propose_plan
from wishes.services.series_changing import cancel_day
from wishes.services.series_starting import Hours, Turn, start_series
from wishes.services.templates import save_template

if TYPE_CHECKING:
    from app.demo.month import Month

NOON = Hours(time(11, 0), time(12, 30))
EVENING = Hours(time(20, 30), time(21, 30))  # the month's stories end before
DAWN = Hours(time(7, 0), time(8, 0))


def tell_rounds(month: Month) -> None:
    """Put them on the timeline: the week before last, so that there is a past and a future."""
    month.timeline.add(month.days.at(-3, 16), partial(_start, month))
    month.timeline.add(month.days.at(-2, 9), partial(_keep_company, month))


def _words(title: str, category: Category, place: str, people: int, text: str = "") -> WishWords:
    return WishWords(
        kind=WishKind.SERVICE, category=category, title=title, text=text, venue=Venue.CENTRE,
        public_place=place, headcount=people, tools_answered=True,
    )  # fmt: skip


def _start(month: Month) -> None:
    home, first = month.town.communities[0], _tomorrow()
    units = [Turn(unit.name, organisation_id=unit.id) for unit in month.town.units[:4]]
    rota = start_series(
        home.id, actor_id=home.reporter(), hours=NOON, turns=units, is_rota=True, ahead_days=14,
        words=_words("老年食堂午间帮厨", Category.ELDERLY, "老年食堂", 3),
        rule=Rule(Freq.WEEKLY, first, weekdays=(0, 2, 4), last=first + timedelta(days=60)),
    )  # fmt: skip
    days = list_days(rota)
    put_on_duty(
        rota, days[3].id, actor_id=home.reporter(),
        turn=Turn(month.town.units[4].name, organisation_id=month.town.units[4].id),
    )  # fmt: skip
    cancel_day(rota, days[5].id, actor_id=home.reporter(), why="食堂检修，这天不开火")
    start_series(
        home.id, actor_id=home.reporter(), hours=EVENING,
        words=_words("教老人用手机", Category.TRAINING, "党群服务中心二楼", 2),
        rule=Rule(Freq.WEEKLY, first, weekdays=(3,), times=8),
    )  # fmt: skip
    lesson = next(row.wish_id for row in list_days(rota) if row.wish_id)
    save_template(lesson or 0, actor_id=home.reporter(), name="食堂帮厨")


def _keep_company(month: Month) -> None:
    home, person = month.town.communities[0], month.town.keen_id
    said = (
        ("陪李奶奶说说话", "周末白天，看双方方便", "听她讲讲从前，帮着读读报。"),
        ("带小航做功课", "放学后，一周一两次", "小学三年级，数学要人陪着做。"),
    )
    made = [
        post_long_term(
            home.id, actor_id=home.reporter(), time_words=when,
            words=_words(title, Category.ELDERLY, "第一网格", 1, text),
        )
        for title, when, text in said
    ]  # fmt: skip
    claim_long_term(made[0], actor_id=person)
    rule = Rule(Freq.WEEKLY, _tomorrow(), weekdays=(6,), times=10)
    propose_plan(made[0], actor_id=home.reporter(), hours=DAWN, rule=rule)
    agree(made[0], actor_id=person)


def _tomorrow() -> date:
    return clock.local_day(clock.now()) + timedelta(days=1)
