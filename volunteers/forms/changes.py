"""Who stands in for me, and what I say about a missed service."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from foundation.forms import Form


class WhoForm(Form):
    """The phone or the volunteer number of somebody else."""

    who = StringField(
        _l("对方的手机号或志愿者编号"),
        [DataRequired(_l("请填对方的手机号或志愿者编号。")), Length(max=40)],
    )


class AppealForm(Form):
    """Why it was no no-show."""

    words = TextAreaField(
        _l("您的说明"),
        [
            DataRequired(_l("请写一两句当时的情况。")),
            Length(max=300, message=_l("最多 300 个字，请写短一点。")),
        ],
    )
