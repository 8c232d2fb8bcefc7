"""Checking in and out: which wish, which digits, which tools come back."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectMultipleField, StringField
from wtforms.validators import AnyOf, InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from foundation.forms import Form, row_id

ARRIVE, LEAVE = "arrive", "leave"
TAP_ARRIVE, TAP_LEAVE = "tap_arrive", "tap_leave"


class ScanForm(Form):
    """The button that was pressed, and borrowed tools that come back with it."""

    side = StringField(
        _l("到达或离开"),
        [AnyOf((ARRIVE, LEAVE, TAP_ARRIVE, TAP_LEAVE), _l("请点“到达”或“离开”。"))],
    )
    returned = SelectMultipleField(
        _l("借的工具还了"),
        coerce=row_id,
        choices=[],
        validate_choice=False,
        widget=ListWidget(),
        option_widget=CheckboxInput(),
    )

    def offer_tools(self, tools: Iterable[tuple[int, str]]) -> None:
        """The borrowed tools to tick, as (pledge id, name)."""
        self.returned.choices = list(tools)

    @property
    def is_arriving(self) -> bool:
        """Whether it is an arrival."""
        return self.side.data in (ARRIVE, TAP_ARRIVE)

    @property
    def is_tap(self) -> bool:
        """Whether the person says so without a code."""
        return self.side.data in (TAP_ARRIVE, TAP_LEAVE)


class CheckInForm(ScanForm):
    """The same with the wish and the digits typed."""

    wish = RadioField(
        _l("哪个心愿"),
        [InputRequired(_l("请先选一个心愿。"))],
        coerce=row_id,
        choices=[],
        validate_choice=False,
    )
    code = StringField(_l("六位数字"), [Length(max=40, message=_l("只要六位数字。"))])

    def offer_wishes(self, wishes: Iterable[tuple[int, str]]) -> None:
        """The wishes to choose from, as (id, words)."""
        self.wish.choices = list(wishes)
