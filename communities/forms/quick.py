"""Forms of 即办: an urgent call, and who is on the team."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from accounts.models import Area
from accounts.rules.skills import SKILL_LABELS, WEEKDAY_LABELS, Skill
from communities.forms.asks import at_most
from communities.forms.care import CareFields
from communities.forms.fields import (
    ClockField,
    LineField,
    PhoneField,
    StoryField,
    choices_of,
    grid_choices,
)
from foundation.forms import Form
from foundation.refusal import Refusal
from wishes.refusals.publishing import WishIncomplete
from wishes.rules.asking import PrivateWords
from wishes.rules.kinds import CATEGORY_LABELS, Category, Venue, WishKind
from wishes.rules.publishing import PLACE_LENGTH, TITLE_LENGTH, WishWords
from wishes.rules.quick import Duty


class QuickForm(CareFields, Form):
    """A telephone call that cannot wait: what, roughly where, the door."""

    title = LineField(
        _l("什么急事"), [DataRequired(_l("请写一句话，说清要做什么。")), at_most(TITLE_LENGTH)]
    )
    category = SelectField(_l("类别"), default=str(Category.REPAIR))
    grid = SelectField(_l("网格"), validators=[Optional()])
    public_place = LineField(_l("大概在哪里"), [Optional(), at_most(PLACE_LENGTH)])
    name = LineField(_l("居民怎么称呼"), [Optional(), at_most(40)])
    phone = PhoneField(_l("居民电话"), [Optional()])
    door = LineField(_l("门牌"), [Optional(), at_most(120)])
    note = StoryField(_l("给上门的人的提醒"), [Optional(), at_most(300)])

    def __init__(self, *args: Any, grids: Iterable[Area] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.category.choices = choices_of(CATEGORY_LABELS)
        self.grid.choices = grid_choices(_("不分网格"), grids)
        self.offer_care()
        self.needs_skill.choices = [SelectChoice("", _("谁去都行")), *choices_of(SKILL_LABELS)]

    def words(self) -> WishWords:
        """What everybody may read; the times are the errand's."""
        grid = next((str(c.label) for c in self._grids() if c.value == self.grid.data), "")
        return WishWords(
            kind=WishKind.SERVICE, category=Category(self.category.data),
            title=self.title.data or "", venue=Venue.HOME,
            grid_id=int(self.grid.data) if self.grid.data else None,
            public_place=self.public_place.data or (grid if self.grid.data else ""),
            headcount=1, tools_answered=True,
        )  # fmt: skip

    def private(self) -> PrivateWords:
        """What only the one who goes may read."""
        return PrivateWords(
            name=self.name.data or "", phone=self.phone.data or "", door=self.door.data or "",
            note=self.note.data or "",
        )  # fmt: skip

    @property
    def skill(self) -> Skill | None:
        """Whom the call needs."""
        return Skill(self.needs_skill.data) if self.needs_skill.data else None

    def refuse(self, refusal: Refusal) -> None:
        """What is missing stands at its own field."""
        super().refuse(refusal)
        if isinstance(refusal, WishIncomplete):
            for name, sentence in refusal.missing:
                if name in self:
                    self[name].errors = [*self[name].errors, _(sentence)]

    def _grids(self) -> list[SelectChoice]:
        return list(self.grid.choices or ())


class MemberForm(Form):
    """Who is on the team, and when."""

    person = LineField(
        _l("手机号或志愿者编号"), [DataRequired(_l("请填手机号或志愿者编号。")), at_most(40)]
    )
    days = SelectMultipleField(
        _l("哪几天值班"), coerce=int, widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )  # fmt: skip
    starts = ClockField(_l("从几点"), [InputRequired(_l("请填几点上班。"))])
    ends = ClockField(_l("到几点"), [InputRequired(_l("请填几点下班。"))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.days.choices = [(day, _(label)) for day, label in enumerate(WEEKDAY_LABELS)]

    def duty(self) -> Duty:
        """The duty in plain values."""
        assert self.starts.data is not None  # noqa: S101 - InputRequired
        assert self.ends.data is not None  # noqa: S101 - InputRequired
        starts, ends = self.starts.data, self.ends.data
        return Duty(
            frozenset(self.days.data or ()), starts.hour * 60 + starts.minute,
            ends.hour * 60 + ends.minute,
        )  # fmt: skip
