"""The day sheet: roll call for several, paper typed in line by line, a name on the spot."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from flask_babel import lazy_gettext as _l
from wtforms import FieldList, FormField, HiddenField, SelectField, SelectMultipleField, StringField
from wtforms.validators import AnyOf, DataRequired, Length, Optional

from communities.forms.fields import ClockField, LineField, WholeNumber
from foundation import clock
from foundation.forms import Form, LineForm, row_id
from wishes.models import Wish
from wishes.rules.proof import arrival_window
from wishes.rules.roll_call import MOST_BREAK, Mark, SheetLine, Times
from wishes.services.marking import planned

MOST_LINES = 2000


class RollCallForm(Form):
    """Who is ticked, which mark, and when (empty: now)."""

    people = SelectMultipleField(_l("人"), coerce=row_id, choices=[], validate_choice=False)
    mark = StringField(_l("记什么"), [AnyOf([str(mark) for mark in Mark], _l("请点一个按钮。"))])
    at = ClockField(_l("时间，不填就是现在"), [Optional()])
    why = LineField(_l("说明"), [Optional(), Length(max=200, message=_l("最多写 200 个字。"))])


class SheetLineForm(LineForm):
    """One person's line; `seen` is what the page showed."""

    user_id = HiddenField()
    seen = HiddenField()
    arrived = ClockField(_l("到达"), [Optional()])
    left = ClockField(_l("离开"), [Optional()])
    breaks = WholeNumber(_l("休息几分钟"), [Optional()], least=0, most=MOST_BREAK)


class SheetForm(Form):
    """The whole sheet at once."""

    lines = FieldList(FormField(SheetLineForm), _l("名单"), max_entries=MOST_LINES)
    why = LineField(_l("改动原因"), [Optional(), Length(max=200, message=_l("最多写 200 个字。"))])

    def show(self, people: Iterable[tuple[int, Times]]) -> None:
        """Fill the lines with what is noted so far."""
        for user_id, times in people:
            times = times.to_the_minute()
            self.lines.append_entry(
                {
                    "user_id": user_id,
                    "seen": write_times(times),
                    "arrived": _wall(times.arrived_at),
                    "left": _wall(times.left_at),
                    "breaks": times.break_minutes or None,
                }
            )

    def read(self, wish: Wish) -> list[SheetLine]:
        """The lines as typed, in UTC; what was not touched keeps its very moment."""
        found = []
        for entry in self.lines.entries:
            line = entry.form
            seen = read_times(line.seen.data)
            typed = Times(
                _moment(line.arrived.data, seen.arrived_at, wish),
                _moment(line.left.data, seen.left_at, wish),
                line.breaks.data or 0,
            )
            found.append(SheetLine(_id(line.user_id.data), seen, typed))
        return found


class SpotForm(Form):
    """A colleague by volunteer number, on one of the unit's free places."""

    claim = SelectField(_l("单位"), coerce=row_id, choices=[], validate_choice=False)
    number = StringField(
        _l("志愿者编号"),
        [DataRequired(_l("请填 12 位志愿者编号，在对方的存折封面上。")), Length(max=40)],
    )


class ReturnForm(Form):
    """One button."""


def moment_on(wish: Wish, typed: time) -> datetime:
    """The moment a wall clock means on this wish's day; UTC. Past midnight, the next day."""
    starts_at, ends_at = planned(wish)
    opens = arrival_window(starts_at, ends_at)[0]
    first, last = clock.local_day(opens), clock.local_day(ends_at)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    moments = [clock.from_local(day, typed) for day in days]
    return next((moment for moment in moments if moment >= opens), moments[-1])


def write_times(times: Times) -> str:
    """What a line showed, for its hidden field."""
    parts = [moment.isoformat() if moment else "" for moment in (times.arrived_at, times.left_at)]
    return "|".join([*parts, str(times.break_minutes)])


def read_times(text: str | None) -> Times:
    """What a line showed; a broken field reads as an empty line and is refused as stale."""
    try:
        arrived, left, breaks = (text or "").split("|")
        moments = [datetime.fromisoformat(part) if part else None for part in (arrived, left)]
        return Times(moments[0], moments[1], int(breaks))
    except ValueError:
        return Times()


def _id(text: str | None) -> int:
    """A line's person; a broken field is nobody, and the service refuses the line."""
    try:
        return row_id(text)
    except ValueError:
        return 0


def _wall(moment: datetime | None) -> time | None:
    return clock.local(moment).time() if moment else None


def _moment(typed: time | None, seen: datetime | None, wish: Wish) -> datetime | None:
    if typed is None:
        return None
    return seen if seen and _wall(seen) == typed.replace(second=0) else moment_on(wish, typed)
