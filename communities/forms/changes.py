"""The forms of a published wish that changes: its plan, its number, words to its people."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField
from wtforms.validators import DataRequired, InputRequired

from communities.forms.asks import at_most
from communities.forms.fields import ClockField, DayField, LineField, StoryField, WholeNumber
from communities.forms.wishes import LAST_MINUTE
from foundation import clock
from foundation.forms import LAST_ROW, Form
from foundation.refusal import Refusal
from wishes.models import Wish
from wishes.refusals.changes import SomeAreBusy
from wishes.rules.changes import MESSAGE_LENGTH, Plan
from wishes.rules.kinds import WishKind
from wishes.rules.publishing import MOST_PEOPLE, PLACE_LENGTH

MOST_LEAVING = 2000


class PlanForm(Form):
    """When and where a wish takes place from now on, and why."""

    version = HiddenField()
    leaving = HiddenField()
    day = DayField(_l("日期"), [InputRequired(_l("请选日期。"))])
    starts = ClockField(_l("开始"))
    ends = ClockField(_l("结束"))
    public_place = LineField(
        _l("公开的地点"), [DataRequired(_l("请写集合点，或者只写网格。")), at_most(PLACE_LENGTH)]
    )
    words = LineField(
        _l("为什么改"), [DataRequired(_l("请写一句原因，认领的人会看到。")), at_most(120)]
    )

    def __init__(self, *, wish: Wish, **kwargs: Any) -> None:
        self.is_item = wish.kind == WishKind.ITEM
        self.refused_busy = False
        super().__init__(data=_standing(wish), **kwargs)
        if self.is_item:
            del self.starts, self.ends
        else:
            self.starts.validators = [InputRequired(_l("请选开始时间。"))]
            self.ends.validators = [InputRequired(_l("请选结束时间。"))]

    def plan(self) -> Plan:
        """The plan in plain values, UTC."""
        assert self.day.data is not None  # noqa: S101 - DataRequired
        place = self.public_place.data or ""
        if self.is_item:
            by = clock.from_local(self.day.data, LAST_MINUTE)
            return Plan(by, by, place)
        return Plan(self._moment(self.starts), self._moment(self.ends), place)

    def leaving_ids(self) -> list[int]:
        """Who was named before the second press."""
        typed = (self.leaving.data or "").split(",")[:MOST_LEAVING]
        ids = [int(part) for part in typed if part.isascii() and part.isdigit() and len(part) < 19]
        return [number for number in ids if number <= LAST_ROW]

    def version_number(self) -> int:
        """The version of the wish that the form was opened with."""
        typed = self.version.data or ""
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else -1

    def refuse(self, refusal: Refusal) -> None:
        """Who is busy is kept for the second press."""
        super().refuse(refusal)
        if isinstance(refusal, SomeAreBusy):
            self.leaving.data = ",".join(str(user_id) for user_id in refusal.user_ids)
            self.refused_busy = True

    def _moment(self, field: ClockField) -> datetime:
        assert self.day.data is not None  # noqa: S101 - DataRequired
        assert field.data is not None  # noqa: S101 - InputRequired
        return clock.from_local(self.day.data, field.data)


def _standing(wish: Wish) -> dict[str, Any]:
    starts = clock.local(wish.starts_at) if wish.starts_at else None
    ends = clock.local(wish.ends_at) if wish.ends_at else None
    return {
        "version": str(wish.version),
        "day": starts.date() if starts else None,
        "starts": starts.time() if starts else None,
        "ends": ends.time() if ends else None,
        "public_place": wish.public_place,
    }


class NumberForm(Form):
    """How many people (or pieces) from now on."""

    headcount = WholeNumber(
        _l("要几个人"), validators=[InputRequired(_l("请填人数。"))], most=MOST_PEOPLE
    )


class LetterForm(Form):
    """A few words to everybody on one wish."""

    text = StoryField(
        _l("写什么"), [DataRequired(_l("请写要告诉他们的话。")), at_most(MESSAGE_LENGTH)]
    )


class AnswerForm(Form):
    """Why a no-show counts, or does not."""

    words = LineField(_l("理由"), [DataRequired(_l("请写一句理由，本人会看到。")), at_most(200)])
