"""Roster and joining: one colleague, a sheet, a code."""

from __future__ import annotations

import json
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from accounts.services.rosters import RosterLine
from foundation.forms import Form
from foundation.phones import find_phone, is_phone
from partner_units.rules.roster_rows import NAME_MOST, NUMBER_MOST, plain


def _tidy(text: str | None) -> str | None:
    return plain(text) if text else text


class ColleagueForm(Form):
    """One colleague for the roster."""

    name = StringField(
        _l("姓名"),
        filters=[_tidy],
        validators=[
            DataRequired(_l("请填写姓名。")),
            Length(max=NAME_MOST, message=_l("姓名最多 40 个字。")),
        ],
    )
    phone = StringField(_l("手机号"), validators=[DataRequired(_l("请填写手机号。"))])
    staff_number = StringField(
        _l("工号"),
        filters=[_tidy],
        validators=[Optional(), Length(max=NUMBER_MOST, message=_l("工号最多 30 个字。"))],
    )

    def validate_phone(self, field: Any) -> None:
        """A number that can be called."""
        if not is_phone(field.data):
            raise ValidationError(_l("这个电话号码不对，请填 11 位手机号。"))

    def line(self) -> RosterLine:
        """What was typed, as the roster keeps it."""
        return RosterLine(
            name=self.name.data,
            phone=find_phone(self.phone.data) or "",
            staff_number=self.staff_number.data or None,
        )


class SheetForm(Form):
    """A sheet of colleagues."""

    file = FileField(_l("名册表格"), validators=[FileRequired(_l("请选一个文件。"))])


class ImportForm(Form):
    """The rows of the preview, carried along until they are confirmed."""

    lines = HiddenField(validators=[InputRequired()])

    def read_lines(self) -> list[RosterLine] | None:
        """The rows as they were shown; None when somebody bent them."""
        try:
            return [_read_line(row) for row in json.loads(self.lines.data)]
        except (ValueError, TypeError):
            return None


def write_lines(lines: list[RosterLine]) -> str:
    """Rows as the preview carries them."""
    rows = [[each.name, each.phone, each.staff_number] for each in lines]
    return json.dumps(rows, ensure_ascii=False)


def _read_line(row: Any) -> RosterLine:
    """One carried row. Raises ValueError or TypeError when somebody bent it."""
    name, phone, number = row
    if not all(isinstance(text, str) and text for text in (name, phone, number or "-")):
        raise ValueError
    if len(name) > NAME_MOST or len(number or "") > NUMBER_MOST or find_phone(phone) != phone:
        raise ValueError
    return RosterLine(name=name, phone=phone, staff_number=number or None)


class JoinForm(Form):
    """The unit's code."""

    code = StringField(
        _l("加入码"),
        validators=[
            DataRequired(_l("请输入联络员给您的加入码。")),
            Length(max=40, message=_l("加入码没有这么长，请再看一眼。")),
        ],
    )
