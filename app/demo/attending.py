"""The day itself: who comes, how it is proved, and what goes wrong."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from foundation import clock
from foundation.db import db
from wishes.models import Attendance, Slip, Wish
from wishes.rules.kinds import Venue
from wishes.rules.proof import rotating_code
from wishes.rules.roll_call import Mark, SheetLine, Times
from wishes.services.attending import arrive, leave
from wishes.services.roll_call import call_roll
from wishes.services.sheet import enter_sheet

if TYPE_CHECKING:
    from app.demo.serving import Story


ABSENT = {"no_show": Mark.NO_SHOW, "excused": Mark.EXCUSED}


def attend(story: Story) -> None:
    """Put arrivals, departures, absences and corrections on the timeline."""
    rng, add = story.month.rng, story.month.timeline.add
    people = story.people
    for at, person in enumerate(people):
        early, late = rng.randint(-12, 5), rng.randint(-6, 7)
        if story.quirk == "overrun":
            late += 40
        quirk = story.quirk if at == len(people) - 1 else ""
        if quirk in ABSENT:
            add(story.ends_at + timedelta(minutes=20), partial(_mark, story, person, ABSENT[quirk]))
            continue
        by_roll = story.completion.venue is Venue.ONLINE or rng.random() < 0.1
        late = min(late, 10) if by_roll else late  # a roll is called while people are there
        add(story.starts_at + timedelta(minutes=early), partial(_arrive, story, person, by_roll))
        if quirk in ("forgot", "corrected"):
            if quirk == "corrected":
                add(story.ends_at + timedelta(minutes=25), partial(_correct, story, person))
            continue
        add(story.ends_at + timedelta(minutes=late), partial(_leave, story, person, by_roll))


def _mark(story: Story, person: int, mark: Mark) -> None:
    call_roll(story.wish_id, actor_id=story.community.reporter(), mark=mark, user_ids=[person])


def _arrive(story: Story, person: int, by_roll: bool) -> None:
    if by_roll:
        _mark(story, person, Mark.HERE)
    else:
        arrive(story.wish_id, actor_id=person, code=_code(story, person, "arrive_code"))


def _leave(story: Story, person: int, by_roll: bool) -> None:
    if by_roll:
        _mark(story, person, Mark.LEFT)
    else:
        leave(story.wish_id, actor_id=person, code=_code(story, person, "leave_code"))


def _code(story: Story, person: int, side: str) -> str | None:
    """What the person reads: the screen's digits, the slip's, or nothing (an own tap)."""
    if story.completion.venue is not Venue.HOME:
        wish = db.session.get_one(Wish, story.wish_id)
        return rotating_code(wish.gate_secret, clock.now())
    if story.quirk == "tap":
        return None
    query = db.select(Slip).where(Slip.wish_id == story.wish_id, Slip.live)
    return str(getattr(db.session.scalars(query).one(), side))


def _correct(story: Story, person: int) -> None:
    """The worker writes down when somebody left who forgot to check out."""
    query = db.select(Attendance).where(
        Attendance.wish_id == story.wish_id, Attendance.user_id == person
    )
    seen = db.session.scalars(query).one()
    here = Times(seen.arrived_at, seen.left_at, seen.break_minutes).to_the_minute()
    left = Times(here.arrived_at, _minute(story.ends_at), 0)
    enter_sheet(
        story.wish_id, actor_id=story.community.reporter(),
        lines=[SheetLine(user_id=person, seen=here, typed=left)], why="走时忘了签退，大家都看见了",
    )  # fmt: skip


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)
