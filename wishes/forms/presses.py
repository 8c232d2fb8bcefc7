"""The forms of a press: signed, acknowledged, ended."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import DateField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from foundation.forms import Form

LONG = Length(max=1000, message=_l("太长了，最多 %(max)d 个字，请写短一些。"))
SHORT = Length(max=40, message=_l("太长了，最多 %(max)d 个字，请写短一些。"))


class PressForm(Form):
    """督办: the words, the leader who signs, the day."""

    words = TextAreaField(_l("督办要求"), [DataRequired(_l("请写清要办什么。")), LONG])
    leader_name = StringField(
        _l("签发领导"), [DataRequired(_l("请写签发领导的姓名，督办要有人签发。")), SHORT]
    )
    leader_post = StringField(_l("职务"), [DataRequired(_l("请写签发领导的职务。")), SHORT])
    until = DateField(_l("最晚哪天办好"), [DataRequired(_l("请选一天。"))])


class AcknowledgeForm(Form):
    """签收: what will be done, until when."""

    words = TextAreaField(_l("打算怎么办"), [DataRequired(_l("请写清打算怎么办。")), LONG])
    until = DateField(_l("哪天办好"), [DataRequired(_l("请选一天。"))])


class EndForm(Form):
    """通报: how it ended, for everybody under the area."""

    words = TextAreaField(_l("通报内容"), [DataRequired(_l("请写清办得怎么样。")), LONG])
