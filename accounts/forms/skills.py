"""What I can do and when I have time."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, SelectMultipleField
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from accounts.forms.fields import optional_line
from accounts.rules.skills import (
    OWN_WORDS_LENGTH,
    SKILL_LABELS,
    SLOT_LABELS,
    WEEK,
    WEEKDAY_LABELS,
    HelpWords,
    Skill,
    read_slot,
    sort_slots,
    write_slot,
)
from foundation.forms import Form


class TicksField(SelectMultipleField):
    """Several of a list, as rows to tick; what is not on the list is refused."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class WeekField(TicksField):
    """The slots of a week to tick; drawn as a grid by `slot_grid`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, validators=[Optional()], **kwargs)
        self.choices = [
            (write_slot((day, slot)), f"{_(WEEKDAY_LABELS[day])} {_(SLOT_LABELS[slot])}")
            for day, slot in WEEK
        ]


class HelpForm(Form):
    """Skills, own words, the week, days away."""

    skills = TicksField(_l("我会的"), validators=[Optional()])
    own_words = optional_line(_l("别的本事"), OWN_WORDS_LENGTH)
    slots = WeekField(_l("哪些时候有空"))
    away_from = DateField(_l("不在，从"), [Optional()])
    away_until = DateField(_l("到"), [Optional()])
    birth_year = optional_line(_l("出生年份"), 4)
    asks_welcome = BooleanField(_l("社区有合适的心愿，可以来邀请我"))

    def __init__(self, told: HelpWords) -> None:
        super().__init__(
            skills=sorted(told.skills), own_words=told.own_words,
            slots=[write_slot(each) for each in sort_slots(told.slots)],
            away_from=told.away_from, away_until=told.away_until,
            asks_welcome=told.asks_welcome, birth_year=str(told.birth_year or ""),
        )  # fmt: skip
        self.skills.choices = [(str(code), _(label)) for code, label in SKILL_LABELS.items()]

    def words(self) -> HelpWords:
        """What was told, in plain values."""
        return HelpWords(
            skills=frozenset(Skill(code) for code in self.skills.data or []),
            own_words=self.own_words.data or "",
            slots=frozenset(read_slot(each) for each in self.slots.data or []),
            away_from=self.away_from.data,
            away_until=self.away_until.data,
            asks_welcome=bool(self.asks_welcome.data),
            birth_year=self._year(),
        )

    def _year(self) -> int | None:
        """The year as a number; what is none is left to the errand to refuse."""
        typed = self.birth_year.data or ""
        if not typed:
            return None
        return int(typed) if typed.isdecimal() else 0
