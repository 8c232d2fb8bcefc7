"""Answering an invitation: yes with places and names, or no with a reason."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, StringField
from wtforms.validators import Length, NumberRange, Optional

from accounts.forms.fields import tidied
from accounts.forms.skills import TicksField
from foundation.forms import Form, row_id
from wishes.rules.dispatch import REASON_LENGTH

MOST = 2000


class AcceptForm(Form):
    """Yes: the version that was read, how many places (of an open wish), who goes."""

    version = HiddenField()
    places = IntegerField(
        _l("人数"), [Optional(), NumberRange(1, MOST, message=_l("请填 1 到 2000 的整数。"))]
    )
    named = TicksField(_l("谁去（可以以后再排）"), coerce=row_id, validators=[Optional()])

    def offer(self, people: Iterable[tuple[int, str]] = ()) -> AcceptForm:
        """Say who can be named."""
        self.named.choices = list(people)
        return self

    @property
    def seen(self) -> int:
        """The version of the wish that the page showed; -1 for none."""
        typed = self.version.data or ""
        return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else -1


class DeclineForm(Form):
    """No, and why."""

    reason = StringField(
        _l("为什么接不了"),
        [Length(max=REASON_LENGTH, message=_l("原因最多 200 个字。"))],
        filters=[tidied],
    )


class NothingForm(Form):
    """A form of one button: CSRF and the once key."""
