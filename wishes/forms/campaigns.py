"""Giving in a campaign, ticking off what arrives, offering something else."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, RadioField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, NumberRange, Optional

from foundation.forms import Form, row_id
from wishes.rules.campaigns import MOST_AT_ONCE

MYSELF = "me"


class GiveForm(Form):
    """These wishes, or a number of them; for oneself or for a unit; with or without a name."""

    wishes = SelectMultipleField(_l("要认领的心愿"), coerce=row_id, validate_choice=False)
    number = IntegerField(
        _l("一共认领几个"),
        [Optional(), NumberRange(1, MOST_AT_ONCE, _l("请填 1 到 500 之间的整数。"))],
    )
    who = RadioField(_l("以谁的名义"), default=MYSELF)
    anonymous = BooleanField(_l("不公开名字"), [Optional()])

    def offer(self, units: Iterable[tuple[int, str]]) -> None:
        """The person, and the units they speak for."""
        mine = [SelectChoice(str(unit_id), name) for unit_id, name in units]
        self.who.choices = [SelectChoice(MYSELF, _("我自己")), *mine]

    @property
    def unit_id(self) -> int | None:
        """The unit that gives, None for the person."""
        return None if self.who.data in (None, MYSELF) else int(self.who.data)

    @property
    def ticked(self) -> list[int]:
        """The ticks, none twice."""
        return sorted(set(self.wishes.data or []))


class TicksForm(Form):
    """Which things came."""

    claims = SelectMultipleField(_l("到了哪些"), coerce=row_id, validate_choice=False)

    @property
    def ticked(self) -> list[int]:
        """The ticks, none twice."""
        return sorted(set(self.claims.data or []))


class OfferForm(Form):
    """Another thing."""

    offered = StringField(
        _l("想换成什么"),
        [
            DataRequired(_l("请写想换成什么，例如“同款的加厚棉袄，L 码”。")),
            Length(max=120, message=_l("请写在 120 字以内。")),
        ],
        filters=[lambda text: " ".join((text or "").split())],
    )
