"""A believable month: which wish gets how far, and when."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from random import Random

from sqlalchemy import update

from app.demo.announcing import tell_announcements
from app.demo.asking import tell_asks
from app.demo.campaigns import tell_campaigns
from app.demo.changing import tell_changes
from app.demo.dispatching import tell_dispatch
from app.demo.folders import ask_for_folder
from app.demo.giving import Gift
from app.demo.guests import tell_guests
from app.demo.levels import tell_levels
from app.demo.lines import tell_lines
from app.demo.neighbourhood import Community, Town, build_town
from app.demo.opinions import tell_opinions
from app.demo.people import People
from app.demo.pictures import Drawing
from app.demo.reporting import tell_reports
from app.demo.rounds_of_duty import tell_rounds
from app.demo.serving import SERVED, Story
from app.demo.timeline import Days, Diary, Timeline
from app.demo.visiting import tell_visits
from app.demo.wishes import REAL, Completion, read_completions
from communities.services.register import import_rows, take_in
from foundation import clock
from foundation.db import db
from foundation.errands import errand
from foundation.outbox import MailState, Message, mark_read
from wishes.models import Wish
from wishes.rules.kinds import Category, Venue
from wishes.services.backing import run_campaigns
from wishes.services.clocks import run_due
from wishes.services.feedback import run_feedback
from wishes.services.series_starting import make_all_due
from wishes.services.stepping_up import run_levels

BEGINS = -38  # days from today: the town is founded
IMPORTS = -32  # the registers come in
HOURS = ((9, 0), (9, 30), (10, 0), (14, 0), (14, 30), (15, 0), (18, 30))
REAL_ROWS = 71
BUSY_FIRST = (0, 1, 0, 2, 3, 0, 4, 5)  # whose row it is: the first community has most
SERVICES = (  # the first community's come first, so that its desk shows every light
    ["waiting", "late", "partial", "open", "coming", "waiting", "verified", "open"]
    + ["verified"] * 6 + ["unreported", "unfulfilled", "again", "expired", "cancelled", "late"]
    + ["coming", "open", "verified", "partial", "unreported", "verified", "coming", "open"]
    + ["verified"] * 4 + ["waiting", "partial"]
)  # fmt: skip
THINGS = (
    ["verified"] * 8 + ["waiting", "checked", "received", "refused"] + ["claimed"] * 2
    + ["open"] * 6
)  # fmt: skip
MADE_OTHERWISE = 9  # wishes of today and of the asks
QUIRKS = ("", "no_show", "corrected", "", "no_show", "overrun", "", "forgot", "excused")
OUTCOME_DAYS = {
    "verified": (-24, -4), "again": (-20, -8), "unfulfilled": (-15, -6), "late": (-11, -8),
    "waiting": (-2, -1), "unreported": (-2, -1), "expired": (-14, -4), "cancelled": (2, 6),
    "coming": (1, 9), "partial": (1, 7), "open": (2, 12),
}  # fmt: skip


@dataclass
class Month:
    """Everything the stories share."""

    town: Town
    days: Days
    rng: Random
    timeline: Timeline
    diary: Diary
    by_row: dict[int, Completion]
    own: list[Completion]
    has_pictures: bool = True
    used_picture: Drawing | None = None
    last_picture: Drawing | None = None
    draft_ids: dict[int, tuple[Community, int]] = field(default_factory=dict)
    quirks: Iterator[str] = field(default_factory=lambda: itertools.cycle(QUIRKS))
    is_picture_reused: bool = False

    def quirk(self, completion: Completion, outcome: str) -> str:
        """What goes differently at this service; one report shows an old picture again."""
        if outcome == "unreported":
            return "forgot"
        if outcome not in SERVED:
            return ""
        if outcome == "late" and completion.motif != "talk" and not self.is_picture_reused:
            self.is_picture_reused = True
            return "used_before"
        if completion.count > 1:
            return next(self.quirks)
        return "tap" if completion.venue is Venue.HOME and self.rng.random() < 0.4 else ""


def seed_month(*, people: int, wishes: int, seed: int, pictures: bool = True) -> Month:
    """Make the demo in an empty database; the same seed on the same day makes the same month."""
    until, rng = clock.now(), Random(seed)  # noqa: S311 - example data
    days = Days(clock.local_day(until))
    town = build_town(People(rng), rng, begins=days.at(BEGINS, 9), volunteers=people)
    lines = read_completions()
    month = Month(
        town=town, days=days, rng=rng, timeline=Timeline(until),
        diary=Diary(town.volunteer_ids, rng, keen=town.keen_id),
        by_row={line.row: line for line in lines if line.row},
        own=[line for line in lines if not line.row], has_pictures=pictures,
    )  # fmt: skip
    _import_registers(month)
    _tell_real_rows(month)
    tell_asks(month)
    tell_announcements(month)
    tell_opinions(month)
    tell_levels(month)
    tell_dispatch(month)
    tell_lines(month)
    tell_changes(month)
    tell_visits(month)
    tell_guests(month)
    _tell_today(month)
    tell_campaigns(month)
    tell_rounds(month)
    tell_reports(month)
    _tell_more(month, wishes - REAL_ROWS - MADE_OTHERWISE)
    for day in range(IMPORTS, 1):
        month.timeline.add(days.at(day, 23, 50), _sweep)
    for person in (*town.volunteer_ids, *(unit.coordinator_id for unit in town.units)):
        month.timeline.add(days.at(-3, 21), partial(mark_read, person))
    month.timeline.run()
    ask_for_folder(month)
    keep_letters()
    return month


@errand
def keep_letters() -> None:
    """No letter of the demo is ever sent: nobody lives at example.test."""
    waiting = update(Message).where(Message.mail_state == MailState.WAITING)
    db.session.execute(waiting.values(mail_state=MailState.NO_ADDRESS, next_try_at=None))


def _sweep() -> None:
    run_due()
    run_levels()
    run_campaigns()
    make_all_due(clock.now())
    run_feedback(clock.now())


def _import_registers(month: Month) -> None:
    """Each community takes its own rows of the one file, through the importer."""
    data, town = REAL.read_bytes(), month.town
    for at, community in enumerate(town.communities):
        worker = community.reporter()
        mine = [row for row in range(REAL_ROWS) if BUSY_FIRST[row % len(BUSY_FIRST)] == at]
        with clock.at(month.days.at(IMPORTS, 9, 10 + at)):
            batch_id, _ = take_in(community.id, actor_id=worker, data=data, filename="心愿台账.csv")
            made = import_rows(
                batch_id, actor_id=worker, area_id=community.id, lines=[row + 2 for row in mine]
            )
        for row, wish_id in zip(mine, made, strict=True):
            month.draft_ids[row + 1] = community, wish_id


def _tell_real_rows(month: Month) -> None:
    rows = [row for row in month.draft_ids if row in month.by_row]
    services = [row for row in rows if not month.by_row[row].is_item]
    things = [row for row in rows if month.by_row[row].is_item]
    month.rng.shuffle(services)
    month.rng.shuffle(things)
    first = month.town.communities[0]
    services.sort(key=lambda row: month.draft_ids[row][0] is not first)
    for at, row in enumerate(services):
        community, wish_id = month.draft_ids[row]
        outcome = SERVICES[at % len(SERVICES)]
        tell_service(month, community, month.by_row[row], outcome, wish_id=wish_id)
    for at, row in enumerate(things):
        _tell_thing(month, row, THINGS[at % len(THINGS)])


def tell_service(
    month: Month, community: Community, completion: Completion, outcome: str, *,
    wish_id: int = 0,
) -> None:  # fmt: skip
    """Give a service its day and its quirk, and tell its story."""
    first, last = OUTCOME_DAYS[outcome]
    starts_at = month.days.at(month.rng.randint(first, last), *month.rng.choice(HOURS))
    imported = db.session.get(Wish, wish_id) if wish_id else None
    category = imported.category if imported else completion.category or Category.OTHER
    published = starts_at - timedelta(hours=month.rng.randint(75, 170))
    if outcome in ("open", "coming", "partial", "cancelled"):
        published = min(published, month.days.at(-month.rng.randint(2, 5), 10))
    Story(
        month, community, completion, starts_at, outcome, wish_id=wish_id,
        category=category,
        published_at=max(published, month.days.at(IMPORTS, 12)),
        quirk=month.quirk(completion, outcome),
    ).tell()  # fmt: skip


def _tell_thing(month: Month, row: int, outcome: str) -> None:
    community, wish_id = month.draft_ids[row]
    early = outcome in ("verified", "waiting", "refused")
    published = month.days.at(-month.rng.randint(*((9, 24) if early else (3, 6))), 11)
    Gift(
        month, community, month.by_row[row], published_at=published, outcome=outcome,
        needed_by=month.days.at(month.rng.randint(6, 20), 18), wish_id=wish_id,
        category=db.session.get_one(Wish, wish_id).category,
    ).tell()  # fmt: skip


def _tell_today(month: Month) -> None:
    """Three services today at the first community, one more elsewhere."""
    here, there = month.town.communities[0], month.town.communities[3]
    lecture, medicine, lamps, soup = (month.own[at] for at in (0, 1, 5, 7))
    plan: list[tuple[Community, Completion, datetime]] = [
        (here, lecture, month.days.at(0, 9, 30)),
        (here, medicine, month.days.at(0, 14, 30)),
        (here, lamps, month.days.at(0, 19, 0)),
        (there, soup, month.days.at(0, 20, 0)),
    ]
    for community, completion, starts_at in plan:
        Story(
            month, community, completion, starts_at, "today",
            published_at=month.days.at(-4, 15), quirk="forgot" if completion is lecture else "",
        ).tell()  # fmt: skip


def _tell_more(month: Month, count: int) -> None:
    """Wishes of our own, in the same proportions, until there are as many as asked for."""
    for at in range(max(count, 0)):
        community = month.town.communities[at % len(month.town.communities)]
        completion = month.own[at % len(month.own)]
        tell_service(month, community, completion, SERVICES[at * 7 % len(SERVICES)])
