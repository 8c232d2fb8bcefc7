"""Forms of the register: a file, what its columns say, which rows, which month."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, FieldList, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from communities.rules.columns import COLUMN_LABELS, Column
from foundation.forms import Form, row_id
from wishes.rules.life import STATE_LABELS, WishState

COLUMN_CHOICES = [SelectChoice(str(column), _l(label)) for column, label in COLUMN_LABELS.items()]
STATE_CHOICES = [
    SelectChoice("", _l("全部状态")),
    *(SelectChoice(str(state), _l(label)) for state, label in STATE_LABELS.items()),
]


class FileForm(Form):
    """A register as a file."""

    file = FileField(_l("台账文件"), [FileRequired(_l("请先选一个 Excel（.xlsx）或 CSV 文件。"))])


class ColumnsForm(Form):
    """What each column says."""

    columns = FieldList(SelectField(choices=COLUMN_CHOICES), max_entries=60)

    def offer(self, headers: Sequence[str]) -> None:
        """Call each list by its column's own name."""
        for entry, header in zip(self.columns, headers, strict=False):
            entry.label.text = header

    def chosen(self) -> list[Column]:
        """The columns in the file's order."""
        return [Column(value) for value in self.columns.data]


class RowsForm(Form):
    """Which rows become drafts."""

    lines = SelectMultipleField(
        _l("导入"), [InputRequired(_l("还没有勾选要导入的行，请至少勾一行。"))],
        coerce=row_id, validate_choice=False,
    )  # fmt: skip
    again = BooleanField(_l("以前导入过的也再导一次"), [Optional()])


class ChoiceForm(Form):
    """Which part of the register is shown or exported."""

    class Meta(Form.Meta):
        """A GET form changes nothing."""

        csrf = False

    month = SelectField(_l("月份"), [Optional()], validate_choice=False)
    state = SelectField(_l("状态"), [Optional()], choices=STATE_CHOICES, validate_choice=False)

    def offer(self, today: date) -> None:
        """The last twelve months and the next two."""
        first = today.replace(day=1)
        months = [SelectChoice("", _("全部月份"))]
        for back in range(-2, 13):
            year, month = divmod(first.year * 12 + first.month - 1 - back, 12)
            day = date(year, month + 1, 1)
            label = _("%(year)s 年 %(month)s 月", year=day.year, month=day.month)
            months.append(SelectChoice(f"{day:%Y-%m}", label))
        self.month.choices = months

    def chosen_month(self) -> date | None:
        """The first day of the month; None for all of them, or for nonsense."""
        found = re.fullmatch(r"(20\d\d)-(0[1-9]|1[0-2])", self.month.data or "")
        return date(int(found[1]), int(found[2]), 1) if found else None

    def chosen_state(self) -> WishState | None:
        """The state; None for all of them, or for nonsense."""
        return WishState(self.state.data) if self.state.data in set(WishState) else None
