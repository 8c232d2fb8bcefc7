"""Forms of the spot check: which month, what a call found, what the street did."""

from __future__ import annotations

from datetime import date

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from foundation.forms import Form
from wishes.rules.spot_checks import CALL_LABELS, month_before

MONTHS = 12
LONG = Length(max=500, message=_l("太长了，最多 %(max)d 个字，请写短一些。"))


def month_from(text: object) -> date:
    """The first day of '2026-10'. Raises ValueError."""
    return text if isinstance(text, date) else date.fromisoformat(f"{text}-01")


class MonthForm(Form):
    """A month that is over; the service says no to any other."""

    month = SelectField(_l("哪个月"), coerce=month_from, validate_choice=False)

    def offer(self, today: date) -> None:
        """The last twelve months, the latest first."""
        months = [month_before(today)]
        while len(months) < MONTHS:
            months.append(month_before(months[-1]))
        self.month.choices = [SelectChoice(f"{each:%Y-%m}", f"{each:%Y-%m}") for each in months]


class CallForm(Form):
    """What the resident said."""

    outcome = RadioField(
        _l("回访结果"), [InputRequired(_l("请选一个回访结果。"))],
        choices=[SelectChoice(str(each), _l(label)) for each, label in CALL_LABELS.items()],
    )  # fmt: skip
    words = TextAreaField(_l("居民怎么说"), [Optional(), LONG])


class SettleForm(Form):
    """What was found and done about a contradiction."""

    words = TextAreaField(_l("核对后怎么处理的"), [DataRequired(_l("请写明怎么处理的。")), LONG])
