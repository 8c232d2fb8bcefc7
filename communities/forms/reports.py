"""Forms of completion: the report, pictures, verification, items on their way."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf.file import MultipleFileField
from wtforms import BooleanField, HiddenField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from communities.forms.fields import LineField, StoryField, WholeNumber
from foundation.forms import Form, row_id
from wishes.rules.kinds import PHOTO_LABELS, PhotoPurpose
from wishes.rules.proof import Decision

SHOWN = (PhotoPurpose.BEFORE, PhotoPurpose.AFTER)


class ReportForm(Form):
    """完成: what was done, with or without pictures."""

    text = StoryField(
        _l("做了什么"),
        [
            DataRequired(_l("请写一两句做了什么，比如“换了卧室和走廊的灯泡”。")),
            Length(max=2000, message=_l("请写在 2000 字以内。")),
        ],
    )
    before = MultipleFileField(_l("服务前的照片"), [Optional()])
    after = MultipleFileField(_l("服务后的照片"), [Optional()])
    overrun_reason = LineField(
        _l("为什么比计划长"),
        [Optional(), Length(max=200, message=_l("请写在 200 字以内。"))],
    )


class PhotosForm(Form):
    """Pictures added by the community."""

    purpose = SelectField(
        _l("拍的是"),
        choices=[SelectChoice(str(each), _l(PHOTO_LABELS[each])) for each in SHOWN],
        default=str(PhotoPurpose.AFTER),
    )
    photos = MultipleFileField(_l("照片"), [InputRequired(_l("请先选照片。"))])


class PurposeForm(Form):
    """What one picture shows."""

    purpose = SelectField(
        _l("拍的是"), choices=[SelectChoice(str(each), _l(PHOTO_LABELS[each])) for each in SHOWN]
    )


class PublicForm(Form):
    """One picture goes on the public pages, once somebody has looked at it."""

    looked = BooleanField(
        _l("看过了：没有人脸，没有门牌号"),
        [DataRequired(_l("公开前请先看一遍有没有人脸和门牌号，再打勾。"))],
    )


class BlurForm(Form):
    """Squares of a picture that nobody should recognise."""

    squares = SelectMultipleField(
        _l("要遮住的格子"),
        [InputRequired(_l("请先点要遮住的格子。"))],
        coerce=int,
        validate_choice=False,
    )


class DecisionForm(Form):
    """核实: one button each, a reason when something is wrong."""

    seen = HiddenField()

    decision = SelectField(
        _l("决定"),
        choices=[SelectChoice(str(each), str(each)) for each in Decision],
        coerce=str,
    )
    overrun_allowed = BooleanField(_l("超出计划的时间也算"))
    reason = StoryField(
        _l("原因"), [Optional(), Length(max=300, message=_l("请写在 300 字以内。"))]
    )


class BatchForm(Form):
    """Several small services at once; whatever changed meanwhile is said by the service."""

    wishes = SelectMultipleField(_l("一起核实"), coerce=row_id, validate_choice=False)


class ReceiveForm(Form):
    """收到: how many pieces came."""

    pieces = WholeNumber(_l("收到几件"), [InputRequired(_l("请填收到的件数，比如 1。"))], most=2000)


class CheckForm(Form):
    """验收: as wished, or why not; the second button says which."""

    is_refused = BooleanField(_l("不合格"))

    reason = LineField(
        _l("不合适的原因"), [Optional(), Length(max=200, message=_l("请写在 200 字以内。"))]
    )


class HandOverForm(Form):
    """送达: the receipt, and a word if there is one."""

    receipt = MultipleFileField(_l("签收照片"), [Optional()])
    text = LineField(_l("说明"), [Optional(), Length(max=200, message=_l("请写在 200 字以内。"))])
