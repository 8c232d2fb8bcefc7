"""The form of an inspection folder: from when until when, and whose names are told."""

from __future__ import annotations

from datetime import date, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from foundation.forms import Form

MASKED, FULL = "masked", "full"


class WholeDay(DateField):
    """A day as the native input sends it, or typed like 2026-11-28."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read an ISO date; what is none gets a sentence."""
        self.data = None
        typed = valuelist[0].strip() if valuelist else ""
        if not typed:
            return
        try:
            self.data = date.fromisoformat(typed)
        except ValueError:
            raise ValueError(_("日期看不懂，请写成 2026-11-28 这样。")) from None


class PeriodForm(Form):
    """The two days; both belong to the period."""

    first = WholeDay(_l("从哪天"), [InputRequired(_l("请选开始日期。"))])
    last = WholeDay(_l("到哪天"), [InputRequired(_l("请选结束日期。"))])

    def days(self) -> tuple[date, date]:
        """Both days of a form that is valid."""
        first, last = self.first.data, self.last.data
        assert first is not None  # noqa: S101 - InputRequired
        assert last is not None  # noqa: S101 - the same
        return first, last


class FolderForm(PeriodForm):
    """A community's own folder: names masked, or in full."""

    names = RadioField(
        _l("个人信息"), [InputRequired(_l("请选一项。"))], default=MASKED,
        choices=[
            SelectChoice(MASKED, _l("隐去姓名和电话")), SelectChoice(FULL, _l("完整姓名")),
        ],
    )  # fmt: skip


def last_month(today: date) -> dict[str, date]:
    """The days that the form proposes: the month before this one."""
    last = today.replace(day=1) - timedelta(days=1)
    return {"first": last.replace(day=1), "last": last}
