"""The form of an announcement."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField
from wtforms.validators import DataRequired, InputRequired, Optional, ValidationError

from communities.forms.asks import at_most
from communities.forms.fields import DayField, LineField, StoryField
from communities.rules.announcements import TEXT_LENGTH, TITLE_LENGTH, USUAL
from communities.services.announcing import AnnouncementWords
from foundation.forms import Form


class AnnouncementForm(Form):
    """What, from when to when, and a picture that somebody looked at."""

    title = LineField(
        _l("标题"), [DataRequired(_l("请写标题，一句话说清是什么事。")), at_most(TITLE_LENGTH)]
    )
    text = StoryField(
        _l("内容"), [DataRequired(_l("请写内容：什么事、什么时候、找谁。")), at_most(TEXT_LENGTH)]
    )
    first = DayField(_l("从哪天起"), [InputRequired(_l("请选开始日期。"))])
    last = DayField(_l("到哪天止"), [InputRequired(_l("请选结束日期，到期自动撤下。"))])
    photo = FileField(_l("照片"), [Optional()])
    looked = BooleanField(_l("照片看过了：没有人脸，没有门牌号"))
    drop = BooleanField(_l("去掉现在的照片"))

    def __init__(self, *, today: date, **kwargs: Any) -> None:
        super().__init__(**{"data": {"first": today, "last": today + USUAL}, **kwargs})

    def validate_looked(self, field: BooleanField) -> None:
        """A picture goes to everybody, so somebody has looked at it."""
        if self.uploads and not field.data:
            raise ValidationError(_("请先看看照片，没有人脸和门牌号再勾选。"))

    @property
    def uploads(self) -> list[Any]:
        """The chosen file, or none."""
        return [self.photo.data] if self.photo.data and self.photo.data.filename else []

    def words(self) -> AnnouncementWords:
        """The words and days."""
        assert self.first.data is not None  # noqa: S101 - InputRequired
        assert self.last.data is not None  # noqa: S101 - InputRequired
        return AnnouncementWords(
            self.title.data or "", self.text.data or "", self.first.data, self.last.data
        )
