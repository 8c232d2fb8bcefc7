"""The forms of a series: the rule, one day, the plan of a long-term wish, a template."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from communities.forms.asks import at_most
from communities.forms.fields import ClockField, DayField, LineField, WholeNumber, choices_of
from communities.forms.wishes import WishForm
from foundation import clock
from foundation.forms import Form, row_id
from foundation.refusal import Refusal
from wishes.refusals.publishing import InThePast
from wishes.rules.publishing import MOST_PEOPLE
from wishes.rules.recurring import (
    FREQ_LABELS,
    HOLIDAY_LABELS,
    LAST,
    MAKE_UP_LABELS,
    NTH_LABELS,
    Freq,
    Holidays,
    MakeUp,
    Rule,
)
from wishes.services.series_starting import Hours
from wishes.views.series_words import WEEKDAYS

MOST_TYPED = 1_000_000  # more than a series may hold: the rule says how many it may
AHEAD = {"": _l("现在一次都发布"), "7": _l("每次提前 1 周"), "14": _l("每次提前 2 周")}


class RuleForm(Form):
    """How often, from when to when, until when, and what about holidays."""

    freq = RadioField(_l("多久一次"), default=str(Freq.WEEKLY))
    weekdays = SelectMultipleField(
        _l("星期几"), [Optional()], coerce=int, choices=[], widget=ListWidget(),
        option_widget=CheckboxInput(),
    )  # fmt: skip
    every = WholeNumber(_l("每隔几天、几周或几个月"), [Optional()], most=12, default=1)
    nth = SelectField(_l("每月的第几个"), default="1")
    starts = ClockField(_l("开始"), [DataRequired(_l("请填开始时间。"))])
    ends = ClockField(_l("结束"), [DataRequired(_l("请填结束时间。"))])
    first_day = DayField(_l("从哪天起"), [DataRequired(_l("请选从哪天起。"))])
    last_day = DayField(_l("最后一天"), [Optional()])
    times = WholeNumber(_l("或者一共几次"), [Optional()], most=MOST_TYPED)
    holidays = SelectField(_l("碰上放假"), default=str(Holidays.SKIP))
    make_up = SelectField(_l("碰上周末补班"), default=str(MakeUp.SAME))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.freq.choices = choices_of(FREQ_LABELS)
        self.weekdays.choices = [(at, _(label)) for at, label in enumerate(WEEKDAYS)]
        self.nth.choices = choices_of(NTH_LABELS)
        self.holidays.choices = choices_of(HOLIDAY_LABELS)
        self.make_up.choices = choices_of(MAKE_UP_LABELS)

    def rule(self) -> Rule:
        """The rule in plain values."""
        assert self.first_day.data is not None  # noqa: S101 - DataRequired looked
        return Rule(
            freq=Freq(self.freq.data), first=self.first_day.data,
            weekdays=tuple(sorted(self.weekdays.data or ())), every=self.every.data or 1,
            nth=int(self.nth.data or LAST), last=self.last_day.data, times=self.times.data,
            holidays=Holidays(self.holidays.data), make_up=MakeUp(self.make_up.data),
        )  # fmt: skip

    def hours(self) -> Hours:
        """From when to when on each day."""
        return Hours(self.starts.data, self.ends.data)

    def refuse(self, refusal: Refusal) -> None:
        """What is past stands at the first day."""
        super().refuse(refusal)
        if isinstance(refusal, InThePast) and "day" not in self._fields:
            self.first_day.errors = [*self.first_day.errors, *self.refusals]
            self.refusals = []


class SeriesForm(RuleForm, WishForm):
    """A series as a worker writes it: the words of each day, and the rule."""

    members = TextAreaField(_l("轮流来的人"), [Optional(), at_most(2000)])
    ahead = SelectField(_l("什么时候发布"), default="")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ahead.choices = [SelectChoice(days, str(label)) for days, label in AHEAD.items()]

    def validate_starts(self, field: ClockField) -> None:
        """The day is the rule's."""

    def lines(self) -> list[str]:
        """Who takes turns, a line each."""
        return [line.strip() for line in (self.members.data or "").splitlines() if line.strip()]

    def ahead_days(self) -> int | None:
        """How many days before each wish is published; None: all at once."""
        return int(self.ahead.data) if self.ahead.data else None

    def refuse(self, refusal: Refusal) -> None:
        """The first day stands for the day of a single wish."""
        super().refuse(refusal)
        self.first_day.errors = [*self.first_day.errors, *self.day.errors]
        self.day.errors = []


class LongTermForm(WishForm):
    """A long-term wish: the time in words, the rest by agreement."""

    time_words = LineField(
        _l("什么时候方便"), [DataRequired(_l("请写什么时候方便，例如：周末白天。")), at_most(120)]
    )


class DayForm(Form):
    """Other times and people on one day."""

    starts = ClockField(_l("开始"), [DataRequired(_l("请填开始时间。"))])
    ends = ClockField(_l("结束"), [DataRequired(_l("请填结束时间。"))])
    headcount = WholeNumber(_l("要几个人"), [Optional()], most=MOST_PEOPLE)


class DutyForm(Form):
    """Who comes instead."""

    member = LineField(
        _l("这天换谁来"),
        [DataRequired(_l("请写志愿者编号、姓名，或单位简称。")), at_most(60)],
    )


class SwapForm(Form):
    """Which other day to change places with."""

    other = SelectField(_l("和哪天对调"), coerce=row_id)

    def __init__(self, *args: Any, days: Iterable[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.other.choices = list(days)


class ChangeRuleForm(RuleForm):
    """Another rule from a day on, and why."""

    why = LineField(
        _l("为什么改"), [DataRequired(_l("请写一句原因，排好的人会看到。")), at_most(200)]
    )


class TemplateForm(Form):
    """What a template is called."""

    name = LineField(_l("叫什么"), [Optional(), at_most(40)])


def from_tomorrow() -> Any:
    """The first day that a new form offers."""
    return clock.local_day(clock.now()) + timedelta(days=1)
