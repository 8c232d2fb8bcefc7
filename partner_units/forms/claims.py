"""Claiming for a unit: how many, who, which tools."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from foundation.forms import Form, row_id
from partner_units.queries.claims import Candidate
from wishes.rules.kinds import PROVISION_LABELS, Provision

PLACES_MOST = 2000


class TicksField(SelectMultipleField):
    """Several of a list, as rows to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def _places() -> IntegerField:
    wrong = _l("请填 1 到 2000 的整数。")
    return IntegerField(
        _l("人数"),
        validators=[InputRequired(wrong), NumberRange(1, PLACES_MOST, message=wrong)],
    )


def write_person(candidate: Candidate) -> str:
    """A colleague as the unit knows them: name and staff number."""
    if candidate.staff_number is None:
        return candidate.name
    return _("%(name)s（工号 %(number)s）", name=candidate.name, number=candidate.staff_number)


class BlockForm(Form):
    """A block of places (or pieces), names now or later, tools."""

    places = _places()
    named = TicksField(_l("谁去（可以以后再排）"), coerce=row_id, validators=[Optional()])
    tools = TicksField(_l("我们带这些工具"), coerce=row_id, validators=[Optional()])

    def validate(self, extra_validators: Any = None) -> bool:
        """Names alone say how many."""
        if not "".join(self.places.raw_data or []).strip() and self.named.data:
            self.places.raw_data = [str(len(self.named.data))]
            self.places.data, self.places.process_errors = len(self.named.data), []
        return bool(super().validate(extra_validators))

    def offer(
        self, people: list[Candidate], tools: list[tuple[int, str, int, Provision]]
    ) -> BlockForm:
        """Say who and what can be ticked."""
        offer_people(self.named, people)
        self.tools.choices = [
            (number, f"{name} ×{quantity} · {_(PROVISION_LABELS[provision])}")
            for number, name, quantity, provision in tools
        ]
        return self


def offer_people(field: Any, people: list[Candidate]) -> None:
    """Fill a field with colleagues; those who are busy stay known, the page shows why."""
    field.choices = [(each.user_id, write_person(each)) for each in people]


class NamesForm(Form):
    """Names for places that are held already."""

    named = TicksField(_l("再排谁去"), coerce=row_id, validators=[Optional()])


class NumberForm(Form):
    """Another number of places."""

    places = _places()


class WithdrawForm(Form):
    """Why the unit cannot come."""

    why = StringField(
        _l("原因"),
        validators=[Optional(), Length(max=200, message=_l("原因最多 200 个字。"))],
    )
