"""Taking places: how many, and which tools one brings. How many are left, only the errand knows."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectMultipleField
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from foundation.forms import Form, row_id

MOST_PLACES = 200


class ClaimForm(Form):
    """Places (the first is one's own) and tools to bring."""

    places = IntegerField(
        _l("一共占几个名额"),
        [Optional(), NumberRange(1, MOST_PLACES, _l("请填 1 到 200 之间的整数。"))],
        default=1,
    )
    tools = SelectMultipleField(
        _l("我能带"),
        coerce=row_id,
        choices=[],
        validate_choice=False,
        widget=ListWidget(),
        option_widget=CheckboxInput(),
    )

    def offer(self, tools: Iterable[tuple[int, str]]) -> None:
        """The tools to tick, as (id, words); ticks already made stay."""
        self.tools.choices = list(tools)

    @property
    def wanted_places(self) -> int:
        """How many places; nothing written means one."""
        return 1 if self.places.data is None else int(self.places.data)
