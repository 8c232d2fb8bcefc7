"""Forms of participants: signing up, the seats, the count of the day."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Optional

from communities.forms.asks import at_most
from communities.forms.fields import LineField, PhoneField, WholeNumber
from foundation.forms import Form, row_id
from wishes.rules.guests import (
    MOST_OTHERS,
    MOST_PEOPLE,
    MOST_SEATS,
    NAME_LENGTH,
    NOTE_LENGTH,
    GuestWords,
)


class EnterGuestForm(Form):
    """Who comes, and with how many."""

    name = LineField(
        _l("怎么称呼"), [DataRequired(_l("请写怎么称呼，例如“孙奶奶”。")), at_most(NAME_LENGTH)]
    )
    phone = PhoneField(_l("电话"), [InputRequired(_l("请填能打通的电话，有变化好通知。"))])
    people = SelectField(_l("一共几位"), coerce=int, default=1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people.choices = [
            SelectChoice(number, _("%(n)s 位", n=number)) for number in range(1, MOST_PEOPLE + 1)
        ]

    def words(self) -> GuestWords:
        """What was written."""
        return GuestWords(self.name.data or "", self.phone.data or "", self.people.data)


class JoinForm(EnterGuestForm):
    """A resident's own sign-up: with the sentence about what happens to the details."""

    consent = BooleanField(
        _l("我同意社区用称呼和电话联系我，结束后删除。"),
        [DataRequired(_l("请勾选同意，社区才能给您留座位。"))],
    )


class SeatsForm(Form):
    """How many seats, for whom, and whether names are still taken."""

    capacity = WholeNumber(
        _l("居民座位"), [InputRequired(_l("请填能坐多少位，例如 30。"))], most=MOST_SEATS
    )
    note = LineField(_l("给居民的话"), [Optional(), at_most(NOTE_LENGTH)])
    is_open = BooleanField(_l("现在可以报名"), default=True)


class CountForm(Form):
    """受益人次: who was ticked, and how many more came."""

    came = SelectMultipleField(_l("来了的"), coerce=row_id, validate_choice=False)
    others = WholeNumber(
        _l("没勾上的，另有几人"),
        [InputRequired(_l("请填人数；没有别人来，就填 0。"))],
        least=0,
        most=MOST_OTHERS,
    )
