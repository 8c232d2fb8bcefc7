"""Friends on the places of one's own claim, by volunteer number."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from foundation.forms import Form


class FriendForm(Form):
    """One friend's volunteer number, spaces or not."""

    number = StringField(
        _l("朋友的志愿者编号"),
        [DataRequired(_l("请填朋友的志愿者编号，12 位数字，在存折封面上。")), Length(max=40)],
    )


class NothingForm(Form):
    """A form of one button: CSRF and the once key."""
