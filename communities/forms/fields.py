"""Fields that take what people type: full-width digits, a date with 年月日, a phone with spaces."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from wtforms import DateField, IntegerField, StringField, TextAreaField, TimeField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError
from wtforms.widgets import TextInput

from accounts.models import Area
from foundation.phones import find_phone, show_phone

DAY_FORMATS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d")
TIME_FORMATS = ("%H:%M", "%H:%M:%S", "%H点%M分", "%H点")


def choices_of(labels: Mapping[Any, str]) -> list[SelectChoice]:
    """The codes of a label table as choices, in the reader's language."""
    return [SelectChoice(str(code), _(label)) for code, label in labels.items()]


def grid_choices(none: str, grids: Iterable[Area]) -> list[SelectChoice]:
    """The grids of a community, and a word for none of them."""
    return [SelectChoice("", none), *(SelectChoice(str(grid.id), grid.name) for grid in grids)]


def plain(text: str) -> str:
    """One spelling of what was typed: full width as half width, no spaces around."""
    return unicodedata.normalize("NFKC", text).replace("\u2212", "-").strip()


def tidy(text: str | None) -> str:
    """A text as kept: line ends of one kind, no control characters, no spaces around.

    The joiner inside an emoji (👩‍🔧) stays.
    """
    lines = (text or "").replace("\r\n", "\n").replace("\r", "\n")
    spaced = "".join(" " if char.isspace() and char != "\n" else char for char in lines)
    return "".join(c for c in spaced if c in "\n\u200d" or c.isprintable()).strip()


class LineField(StringField):
    """One line of text, tidied."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Keep the line without line ends and control characters."""
        if valuelist:
            self.data = tidy(valuelist[0]).replace("\n", " ")


class StoryField(TextAreaField):
    """Several lines of text, tidied."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Keep the text with line ends of one kind."""
        if valuelist:
            self.data = tidy(valuelist[0])


class WholeNumber(IntegerField):
    """A whole number between `least` and `most`; what was typed wrongly stays to be seen."""

    widget = TextInput()  # type=number would throw away what was typed wrongly

    def __init__(self, *args: Any, least: int = 1, most: int, **kwargs: Any) -> None:
        super().__init__(*args, render_kw={"inputmode": "numeric"}, **kwargs)
        self.least, self.most = least, most

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read '３', '2 人' and '1,000'; refuse 1.5, words and what is out of bounds."""
        self.data = None
        typed = plain(valuelist[0]) if valuelist else ""
        if not typed:
            self.raw_data = None  # a blank is nothing: InputRequired and Optional take it so
            return
        bare = re.sub(r"[,，\s]|[人件个名把张]$", "", typed)
        if not re.fullmatch(r"[+-]?\d{1,9}", bare):
            raise ValueError(_("请填整数，例如 2，不要写小数或文字。"))
        self.data = int(bare)

    def pre_validate(self, form: Any) -> None:
        """Say the bound that was passed."""
        if self.data is None:
            return
        if self.data < self.least:
            raise ValidationError(_("至少填 %(least)s。", least=self.least))
        if self.data > self.most:
            raise ValidationError(_("最多 %(most)s，更多的请分成几个心愿。", most=self.most))


class DayField(DateField):
    """A day, from the native input or typed."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read '2026-11-28', '2026年11月28日', full width too."""
        self.data = None
        typed = plain(valuelist[0]) if valuelist else ""
        if not typed:
            return
        self.data = _read(typed, DAY_FORMATS, _("日期看不懂，请写成 2026-11-28 这样。")).date()


class ClockField(TimeField):
    """A time of day, from the native input or typed."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read '9:00', '09：00', '9点30分'."""
        self.data = None
        typed = plain(valuelist[0]) if valuelist else ""
        if not typed:
            return
        self.data = _read(typed, TIME_FORMATS, _("时间看不懂，请写成 9:30 这样。")).time()


def _read(typed: str, formats: tuple[str, ...], sentence: str) -> datetime:
    for pattern in formats:
        try:
            return datetime.strptime(typed, pattern)  # noqa: DTZ007 - a wall clock, the zone follows
        except ValueError:
            continue
    raise ValueError(sentence)


class PhoneField(StringField):
    """A telephone number; `data` is what was typed until it is valid, then E.164."""

    def process_data(self, value: str | None) -> None:
        """Show a stored number as people dial it."""
        self.data = show_phone(value) if value and value.startswith("+") else value

    def process_formdata(self, valuelist: list[str]) -> None:
        """Keep the number as stored. Raises ValueError with a sentence."""
        typed = plain(valuelist[0]) if valuelist else ""
        self.data = None
        if not typed:
            return
        self.data = find_phone(typed)
        if self.data is None:
            raise ValueError(_("这个电话号码不对，请填 11 位手机号，或带区号的座机号。"))

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return self.data or ""
