"""Roster and joining: one colleague, a sheet, a code."""

from __future__ import annotations

import json
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, StringField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

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
            InputRequired(_l("请填写姓名。")),
            Length(max=NAME_MOST, message=_l("姓名最多 40 个字。")),
        ],
    )
    phone = StringField(_l("手机号"), validators=[InputRequired(_l("请填写手机号。"))])
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
            rows = json.loads(self.lines.data)
            lines = [RosterLine(*row) for row in rows]
        except (ValueError, TypeError):
            return None
        return lines if all(map(_is_whole, lines)) else None


def write_lines(lines: list[RosterLine]) -> str:
    """Rows as the preview carries them."""
    rows = [[each.name, each.phone, each.staff_number] for each in lines]
    return json.dumps(rows, ensure_ascii=False)


def _is_whole(line: RosterLine) -> bool:
    texts = (line.name, line.phone, line.staff_number or "-")
    return (
        all(isinstance(text, str) and text for text in texts)
        and len(line.name) <= NAME_MOST
        and len(line.staff_number or "") <= NUMBER_MOST
        and find_phone(line.phone) == line.phone
    )


class JoinForm(Form):
    """The unit's code."""

    code = StringField(
        _l("加入码"),
        validators=[
            InputRequired(_l("请输入联络员给您的加入码。")),
            Length(max=40, message=_l("加入码没有这么长，请再看一眼。")),
        ],
    )
