"""One line of the service menu, as its owner writes it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from accounts.forms.fields import tidied
from accounts.forms.skills import TicksField, WeekField
from accounts.models import Area
from accounts.rules import AreaKind
from accounts.rules.skills import read_slot, sort_slots, write_slot
from foundation.forms import Form, row_id
from foundation.refusal import Refusal
from wishes.refusals.dispatch import OfferIncomplete
from wishes.rules.kinds import CATEGORY_LABELS, Category
from wishes.rules.offers import (
    MOST_A_MONTH,
    MOST_PEOPLE,
    MOST_SERVED,
    WHEN_LENGTH,
    WORDS_LENGTH,
    OfferWords,
)
from wishes.rules.publishing import TITLE_LENGTH

SHORTEST, LONGEST = 15, 720


def _at_most(length: int) -> Length:
    return Length(max=length, message=_l("最多 %(length)s 个字，请写短一些。", length=length))


def _number(label: Any, least: int, most: int, *, optional: bool = False) -> IntegerField:
    wrong = _l("请填 %(least)s 到 %(most)s 的整数。", least=least, most=most)
    first = Optional() if optional else InputRequired(wrong)
    return IntegerField(label, [first, NumberRange(least, most, message=wrong)])


class OfferForm(Form):
    """What, where, when, how often, for how many."""

    title = StringField(_l("能做什么"), [_at_most(TITLE_LENGTH)], filters=[tidied])
    category = SelectField(_l("类别"))
    text = TextAreaField(_l("说明"), [Optional(), _at_most(WORDS_LENGTH)])
    areas = TicksField(_l("去哪些社区"), coerce=row_id, validators=[Optional()])
    slots = WeekField(_l("哪些时候可以"))
    when_words = StringField(
        _l("时间上还要说的"), [Optional(), _at_most(WHEN_LENGTH)], filters=[tidied]
    )
    people = _number(_l("一次最多来几人"), 1, MOST_PEOPLE)
    minutes = _number(_l("一次大约多少分钟"), SHORTEST, LONGEST)
    per_month = _number(_l("每月最多几次"), 1, MOST_A_MONTH)
    serves = _number(_l("一次能服务多少居民"), 1, MOST_SERVED, optional=True)

    def __init__(self, words: OfferWords, areas: Iterable[Area]) -> None:
        super().__init__(
            title=words.title, category=str(words.category), text=words.text,
            areas=sorted(words.area_ids),
            slots=[write_slot(each) for each in sort_slots(words.slots)],
            when_words=words.when_words, people=words.people, minutes=words.minutes,
            per_month=words.per_month, serves=words.serves,
        )  # fmt: skip
        self.category.choices = [(str(code), _(label)) for code, label in CATEGORY_LABELS.items()]
        self.areas.choices = [(area.id, _area_label(area)) for area in areas]

    def words(self) -> OfferWords:
        """The offer in plain values."""
        return OfferWords(
            category=Category(self.category.data),
            title=self.title.data or "",
            text=(self.text.data or "").strip(),
            when_words=self.when_words.data or "",
            people=self.people.data,
            minutes=self.minutes.data,
            per_month=self.per_month.data,
            serves=self.serves.data,
            area_ids=frozenset(self.areas.data or []),
            slots=frozenset(read_slot(each) for each in self.slots.data or []),
        )

    def refuse(self, refusal: Refusal) -> None:
        """What is missing stands at its own field."""
        super().refuse(refusal)
        if isinstance(refusal, OfferIncomplete):
            for name, sentence in refusal.missing:
                self[name].errors = [*self[name].errors, _(sentence)]


def _area_label(area: Area) -> str:
    if area.kind == AreaKind.STREET:
        return _("%(street)s（全部社区）", street=area.name)
    return area.name
