"""Who coordinates: one more colleague, or a hand-over."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.validators import Email, InputRequired, Length, Optional

from accounts.queries.rosters import Colleague
from foundation.forms import Form


class ColleagueChoice(Form):
    """One of the colleagues who have joined."""

    person = SelectField(_l("同事"), coerce=int, validators=[InputRequired()])

    def offer(self, colleagues: list[Colleague]) -> ColleagueChoice:
        """Fill the list with names and staff numbers."""
        self.person.choices = [
            (each.user_id, " · ".join(filter(None, (each.name, each.staff_number))))
            for each in colleagues
        ]
        return self


class InviteForm(Form):
    """Somebody who is not on the roster yet."""

    name = StringField(
        _l("姓名"),
        validators=[
            InputRequired(_l("请填写姓名。")),
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
