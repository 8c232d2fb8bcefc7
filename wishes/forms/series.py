"""What a companion says about a plan, and why it ends."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from foundation.forms import Form


class OtherTimeForm(Form):
    """Which time would suit, or why it ends."""

    words = StringField(
        _l("想说的话"), [DataRequired(_l("请写一句，对方好安排。")), Length(max=200)]
    )
