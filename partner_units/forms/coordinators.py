"""Who coordinates: one more colleague, or a hand-over."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.validators import DataRequired, Email, InputRequired, Length, Optional

from accounts.queries.rosters import Colleague
from foundation.forms import Form, row_id


def _offer(field: Any, colleagues: list[Colleague]) -> None:
    """Fill a list with names and staff numbers."""
    field.choices = [
        (each.user_id, " · ".join(filter(None, (each.name, each.staff_number))))
        for each in colleagues
    ]


class AppointForm(Form):
    """A colleague who coordinates too."""

    person = SelectField(_l("同事"), coerce=row_id, validators=[InputRequired()])

    def offer(self, colleagues: list[Colleague]) -> AppointForm:
        """Say who can be chosen."""
        _offer(self.person, colleagues)
        return self


class HandOverForm(Form):
    """A colleague who takes over; its field has another name, both forms share a page."""

    heir = SelectField(_l("接手的同事"), coerce=row_id, validators=[InputRequired()])

    def offer(self, colleagues: list[Colleague]) -> HandOverForm:
        """Say who can be chosen."""
        _offer(self.heir, colleagues)
        return self


class InviteForm(Form):
    """Somebody who is not on the roster yet."""

    name = StringField(
        _l("姓名"),
        validators=[
            DataRequired(_l("请填写姓名。")),
            Length(max=40, message=_l("最多 40 个字。")),
        ],
    )
    email = StringField(
        _l("邮箱"),
        validators=[
            Optional(),
            Email(_l("邮箱写得不完整，例如 name@example.com。")),
            Length(max=254, message=_l("这个邮箱太长了。")),
        ],
    )
