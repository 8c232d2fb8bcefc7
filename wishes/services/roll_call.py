"""Roll call: a leader notes for several people at once who came, left, or did not come."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from foundation import clock
from foundation.errands import errand
from wishes.models import Attendance, Place, Wish
from wishes.queries.attendance import find_attendance
from wishes.refusals.attendance import AbsenceTooEarly, NothingToMark, TimeNeeded
from wishes.rules.proof import Proof
from wishes.rules.roll_call import ABSENCES, NOW_UNTIL, Mark, Times
from wishes.services import marking
from wishes.services.no_shows import record_no_show


@errand
def call_roll(
    wish_id: int,
    *,
    actor_id: int,
    mark: Mark,
    user_ids: Iterable[int],
    moment: datetime | None = None,
    why: str | None = None,
) -> list[int]:
    """Note the same for everybody ticked whom it fits. Returns the ids it was noted for.

    `moment` is UTC; None means now, which long after the end is refused for arrivals and
    departures (TimeNeeded): it would invent hours. Grade B. Raises WishNotFound,
    WishClosedForAttendance, CannotMarkSelf, NobodyTicked, NotSeatedHere, NothingToMark,
    AbsenceTooEarly and what `ensure_possible` raises.
    """
    at = clock.now()
    wanted = set(user_ids)
    wish = marking.open_sheet(wish_id, actor_id=actor_id, user_ids=wanted)
    places = marking.seats_of(wish, wanted)
    stroke = _Stroke(wish, mark, moment, actor_id=actor_id, at=at, why=why)
    done = [place.user_id for place in places if stroke.note(place)]
    if not done:
        raise NothingToMark
    if mark is Mark.HERE:
        marking.start_service(wish, actor_id=actor_id, at=at)
    return done


class _Stroke:
    """One mark on its way down the list."""

    def __init__(
        self,
        wish: Wish,
        mark: Mark,
        moment: datetime | None,
        *,
        actor_id: int,
        at: datetime,
        why: str | None,
    ) -> None:
        self.wish, self.mark, self.moment = wish, mark, moment
        self.actor_id, self.at, self.why = actor_id, at, why
        self.starts_at, self.ends_at = marking.planned(wish)
        if mark in ABSENCES and at < self.starts_at:
            raise AbsenceTooEarly
        if mark in (Mark.HERE, Mark.LEFT) and moment is None and at > self.ends_at + NOW_UNTIL:
            raise TimeNeeded

    def note(self, place: Place) -> bool:
        """Note it for one person; False when it does not fit them."""
        kept = find_attendance(self.wish.id, place.user_id)
        if self.mark is Mark.HERE:
            return (kept is None or kept.arrived_at is None) and self._here(place)
        if self.mark in ABSENCES:
            return (kept is None or not (kept.arrived_at or kept.absence)) and self._absent(place)
        if kept is None or kept.arrived_at is None:
            return False
        if self.mark is Mark.LEFT:
            return kept.left_at is None and self._left(kept, place)
        return kept.resident_confirmed_at is None and self._confirmed(kept)

    def _here(self, place: Place) -> bool:
        moment = self.moment or self.at
        marking.ensure_possible(self.wish, place.user.name, Times(moment), at=self.at)
        kept = marking.attendance_of(self.wish, place)
        marking.set_arrival(
            kept, moment, Proof.ROLL_CALL, actor_id=self.actor_id, at=self.at, why=self.why
        )
        return True

    def _left(self, kept: Attendance, place: Place) -> bool:
        moment = self.moment or self.at
        times = Times(kept.arrived_at, moment, kept.break_minutes)
        marking.ensure_possible(self.wish, place.user.name, times, at=self.at)
        marking.enter_leaving(
            kept, moment, ends_at=self.ends_at, actor_id=self.actor_id, at=self.at, why=self.why
        )
        return True

    def _absent(self, place: Place) -> bool:
        kept = marking.attendance_of(self.wish, place)
        kept.absence = ABSENCES[self.mark]
        marking.note(
            kept, "absent", None, kept.absence, actor_id=self.actor_id, at=self.at, why=self.why
        )
        if self.mark is Mark.NO_SHOW:
            record_no_show(self.wish, place.user_id, actor_id=self.actor_id, at=self.at)
        return True

    def _confirmed(self, kept: Attendance) -> bool:
        kept.resident_confirmed_at = self.at
        marking.note(kept, "confirm", None, None, actor_id=self.actor_id, at=self.at, why=self.why)
        return True
