"""What of the service record to show: read from the address, so a view can be kept as a link."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField
from wtforms.validators import Optional

from foundation import clock
from foundation.forms import Form
from love_bank.rules import GRADE_LABELS, Grade
from partner_units.queries.record import Choice
from partner_units.rules.periods import Period, days_of
from partner_units.rules.record import Person
from wishes.rules.kinds import CATEGORY_LABELS, KIND_LABELS, Category, WishKind

PERIOD_LABELS = {
    Period.THIS_MONTH: _l("本月"),
    Period.LAST_MONTH: _l("上月"),
    Period.THIS_QUARTER: _l("本季度"),
    Period.LAST_QUARTER: _l("上季度"),
    Period.THIS_YEAR: _l("今年"),
    Period.LAST_YEAR: _l("去年"),
    Period.ALL: _l("全部"),
    Period.CHOSEN: _l("自选日期"),
}


def write_colleague(person: Person) -> str:
    """A colleague as the unit knows them; one whose line is gone stays nameless."""
    if not person.name:
        return _("已离开的同事")
    if person.staff_number is None:
        return person.name
    return _("%(name)s（%(number)s）", name=person.name, number=person.staff_number)


class RecordForm(Form):
    """Filters of the record."""

    class Meta(Form.Meta):
        """A GET form changes nothing and needs no token."""

        csrf = False

    period = SelectField(_l("时段"), default=Period.THIS_QUARTER)
    since = DateField(_l("从哪天"), validators=[Optional()])
    until = DateField(_l("到哪天"), validators=[Optional()])
    community = SelectField(_l("社区"))
    kind = SelectField(_l("服务或物品"))
    category = SelectField(_l("类别"))
    grade = SelectField(_l("证据"))
    colleague = SelectField(_l("同事"))

    def offer(
        self, communities: list[tuple[int, str]], people: list[tuple[int, Person]]
    ) -> RecordForm:
        """Fill the lists."""
        everything = [("", _("不限"))]
        self.period.choices = list(PERIOD_LABELS.items())
        self.community.choices = everything + [(str(number), name) for number, name in communities]
        self.kind.choices = everything + [(kind, _(KIND_LABELS[kind])) for kind in WishKind]
        self.category.choices = everything + [(each, _(CATEGORY_LABELS[each])) for each in Category]
        self.grade.choices = everything + [(grade, _(GRADE_LABELS[grade])) for grade in Grade]
        self.colleague.choices = everything + [
            (str(number), write_colleague(person)) for number, person in people
        ]
        for field in (self.community, self.kind, self.category, self.grade, self.colleague):
            field.data = field.data or ""
        return self

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Chosen days need one end at least, in the right order."""
        if not super().validate(*args, **kwargs):
            return False
        first, last = self.since.data, self.until.data
        if self.period.data != Period.CHOSEN:
            return True
        if first is None and last is None:
            self.since.errors = [_("请填开始或结束的日期。")]
        elif first and last and first > last:
            self.until.errors = [_("结束的日期不能早于开始的日期。")]
        return not self.errors

    def choice(self) -> Choice:
        """The filters as the query takes them; a view with a mistake shows this quarter."""
        today = clock.local_day(clock.now())
        return Choice(
            days=days_of(
                Period(self.period.data), today, first=self.since.data, last=self.until.data
            ),
            community_id=_number(self.community.data),
            category=Category(self.category.data) if self.category.data else None,
            kind=WishKind(self.kind.data) if self.kind.data else None,
            grade=Grade(self.grade.data) if self.grade.data else None,
            user_id=_number(self.colleague.data),
        )

    def chosen_words(self) -> list[str]:
        """The period and whatever else narrows the view, as the lists call it."""
        fields = (self.community, self.kind, self.category, self.grade, self.colleague)
        said = [str(dict(self.period.choices).get(self.period.data, ""))]
        return said + [dict(field.choices).get(field.data, "") for field in fields if field.data]

    @staticmethod
    def first_choice(today: date) -> Choice:
        """What the page shows before anything is chosen, or when what was chosen is wrong."""
        return Choice(days=days_of(Period.THIS_QUARTER, today))


def _number(text: str | None) -> int | None:
    return int(text) if text else None
