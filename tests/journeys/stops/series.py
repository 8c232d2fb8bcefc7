"""The pages of series, rotas, long-term wishes and templates."""

from __future__ import annotations

from datetime import time, timedelta

from foundation import clock
from foundation.db import db
from tests.journeys.neighbourhood import LONG, Neighbourhood
from tests.journeys.stops.stop import Ids, Stop
from wishes.queries.series import list_days
from wishes.rules.kinds import Category, WishKind
from wishes.rules.publishing import WishWords
from wishes.rules.recurring import ALL_DAYS, Freq, Rule
from wishes.services.long_term import claim_long_term, post_long_term, propose_plan
from wishes.services.series_changing import cancel_day
from wishes.services.series_starting import Hours, Turn, start_series
from wishes.services.templates import save_template

EVENING = Hours(time(21, 0), time(22, 0))  # nobody of the town is busy then


def list_stops(town: Neighbourhood) -> list[Stop]:
    """All of them."""
    people = {name: person.id for name, person in town.people.items()}
    rule = _rule(times=9)
    rota = _rota(town, people, rule)
    day_id = list_days(rota)[2].id
    waiting, proposed = _long_term(town, people, rule)
    save_template(town.ids["open"], actor_id=people["worker"], name="")
    db.session.rollback()
    desk: Ids = {"area_id": town.community.id}
    return [
        Stop("visitor", "wishes.long_term"),
        Stop("visitor", "wishes.series", {"series_id": rota}),
        Stop("visitor", "wishes.series", {"series_id": waiting}),
        Stop("volunteer", "wishes.long_term"),
        Stop("volunteer", "wishes.series", {"series_id": proposed}),
        Stop("worker", "communities.series_list", desk),
        Stop("worker", "communities.series_list", {**desk, "ended": "1"}),
        Stop("worker", "communities.new_series", desk),
        Stop("worker", "communities.new_series", {**desk, "kind": "rota"}),
        Stop("worker", "communities.new_long_term", desk),
        Stop("worker", "communities.templates", desk),
        *(
            Stop("worker", f"communities.{name}", {**desk, "series_id": rota})
            for name in ("series", "series_rule", "series_month")
        ),
        Stop("worker", "communities.series", {**desk, "series_id": proposed}),
        Stop("worker", "communities.series_plan", {**desk, "series_id": proposed}),
        Stop("worker", "communities.series_day", {**desk, "series_id": rota, "day_id": day_id}),
    ]


def _rule(times: int) -> Rule:
    first = clock.local_day(clock.now()) + timedelta(days=1)
    return Rule(Freq.WEEKLY, first, weekdays=ALL_DAYS, times=times)


def _words(title: str) -> WishWords:
    return WishWords(
        kind=WishKind.SERVICE, category=Category.ELDERLY, title=title, headcount=1,
        public_place="党群服务中心", tools_answered=True,
    )  # fmt: skip


def _rota(town: Neighbourhood, people: dict[str, int], rule: Rule) -> int:
    turns = [
        Turn("韩冰", user_id=people["colleague"]),
        Turn(town.unit.short_name, organisation_id=town.unit.id),
    ]
    rota = start_series(
        town.community.id, actor_id=people["worker"], words=_words(LONG), hours=EVENING,
        rule=rule, turns=turns, is_rota=True, ahead_days=7,
    )  # fmt: skip
    first = list_days(rota)[0].id
    cancel_day(rota, first, actor_id=people["worker"], why="停水检修")
    return rota


def _long_term(town: Neighbourhood, people: dict[str, int], rule: Rule) -> tuple[int, int]:
    waiting, proposed = (
        post_long_term(
            town.community.id, actor_id=people["worker"], words=_words("陪独住的李奶奶说说话"),
            time_words="周末白天，看双方方便",
        )
        for _turn in range(2)
    )  # fmt: skip
    claim_long_term(proposed, actor_id=people["volunteer"])
    propose_plan(proposed, actor_id=people["worker"], hours=EVENING, rule=rule)
    return waiting, proposed
