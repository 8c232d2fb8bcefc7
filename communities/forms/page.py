"""The form of the community's own page."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FieldList, FormField
from wtforms.validators import Optional, ValidationError

from communities.forms.asks import at_most
from communities.forms.fields import LineField, StoryField
from communities.services.page import NumberWords, PageWords
from foundation.forms import Form, LineForm

MOST_NUMBERS = 20


class NumberForm(LineForm):
    """One useful number; short ones (120, 96xxx) are numbers too."""

    label = LineField(_l("名称"), [Optional(), at_most(30)])
    phone = LineField(_l("号码"), [Optional(), at_most(30)])
    note = LineField(_l("说明"), [Optional(), at_most(60)])

    def validate_phone(self, field: LineField) -> None:
        """A name needs a number to tap."""
        digits = [char for char in field.data or "" if char.isdecimal()]
        if self.label.data and len(digits) < 3:
            raise ValidationError(_("请填能拨打的号码。"))


class PageForm(Form):
    """About, address, phone, useful numbers."""

    phone = LineField(_l("社区电话"), [Optional(), at_most(30)])
    address = LineField(_l("地址"), [Optional(), at_most(120)])
    about = StoryField(_l("社区介绍"), [Optional(), at_most(1000)])
    numbers = FieldList(FormField(NumberForm), _l("常用电话"), max_entries=MOST_NUMBERS)

    def pad(self, more: int = 1) -> None:
        """Blank lines at the end, to fill in."""
        for _line in range(more):
            if len(self.numbers.entries) < MOST_NUMBERS:
                self.numbers.append_entry()

    def words(self) -> PageWords:
        """What the page says."""
        return PageWords(
            self.phone.data or None, self.address.data or None, self.about.data or None
        )

    def number_words(self) -> list[NumberWords]:
        """The lines that have a name."""
        lines: list[Any] = [entry.form for entry in self.numbers.entries]
        return [
            NumberWords(line.label.data, line.phone.data or "", line.note.data or None)
            for line in lines
            if line.label.data
        ]
