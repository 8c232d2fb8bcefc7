"""The form of a wish: what, when, where, how many people, which tools; private details apart."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional, ValidationError

from accounts.models import Area
from communities.forms.asks import at_most
from communities.forms.care import CareFields
from communities.forms.fields import (
    ClockField,
    DayField,
    LineField,
    PhoneField,
    StoryField,
    WholeNumber,
    choices_of,
    grid_choices,
)
from communities.forms.terms import TermsFields
from foundation import clock
from foundation.forms import Form, LineForm
from foundation.refusal import Refusal
from wishes.refusals.changes import DoorCrowded, DoorVisit
from wishes.refusals.publishing import WishIncomplete
from wishes.rules.asking import PrivateWords
from wishes.rules.doors import DoorWord
from wishes.rules.kinds import (
    CATEGORY_LABELS,
    PROVISION_LABELS,
    VENUE_LABELS,
    Category,
    Provision,
    Venue,
    WishKind,
)
from wishes.rules.publishing import (
    MOST_PEOPLE,
    MOST_TOOLS,
    PLACE_LENGTH,
    TEXT_LENGTH,
    TITLE_LENGTH,
    TOOL_LENGTH,
    ToolWords,
    WishWords,
)

LAST_MINUTE = time(23, 59)
MOST_LINES = 20


class ToolForm(LineForm):
    """One tool line; a line without a name is no line."""

    name = LineField(_l("工具"), [Optional(), at_most(TOOL_LENGTH)])
    quantity = WholeNumber(_l("数量"), [Optional()], most=MOST_TOOLS)
    provision = SelectField(_l("谁来备"), default=str(Provision.COMMUNITY))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.provision.choices = choices_of(PROVISION_LABELS)


class WishForm(CareFields, TermsFields, Form):
    """A wish as a worker writes it. It checks shape; completeness is the service's."""

    version = HiddenField()
    kind = HiddenField(default=str(WishKind.SERVICE))
    title = LineField(_l("心愿标题"), [at_most(TITLE_LENGTH)])
    category = SelectField(_l("类别"), default=str(Category.OTHER))
    text = StoryField(_l("情况说明"), [Optional(), at_most(TEXT_LENGTH)])
    venue = RadioField(_l("在哪里做"), default=str(Venue.CENTRE))
    grid = SelectField(_l("网格"), validators=[Optional()])
    public_place = LineField(_l("公开的地点"), [at_most(PLACE_LENGTH)])
    day = DayField(_l("日期"))
    starts = ClockField(_l("开始"))
    ends = ClockField(_l("结束"))
    needed_by = DayField(_l("最晚哪天要"))
    headcount = WholeNumber(_l("要几个人"), most=MOST_PEOPLE)
    tools = FieldList(FormField(ToolForm), _l("所需工具"), max_entries=MOST_LINES)
    no_tools = BooleanField(_l("不需要工具"))
    contact = SelectField(_l("社区联系人"))
    name = LineField(_l("居民怎么称呼"), [Optional(), at_most(40)])
    phone = PhoneField(_l("居民电话"), [Optional()])
    door = LineField(_l("门牌"), [Optional(), at_most(120)])
    door_seen = BooleanField(_l("我看过了，照样发布"))
    door_reason = LineField(_l("为什么还要上门"), [Optional(), at_most(120)])
    note = StoryField(_l("给上门的人的提醒"), [Optional(), at_most(300)])

    def __init__(
        self,
        *args: Any,
        grids: Iterable[Area] = (),
        contacts: Iterable[tuple[int, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.visits: tuple[DoorVisit, ...] = ()
        self.category.choices = choices_of(CATEGORY_LABELS)
        self.venue.choices = choices_of(VENUE_LABELS)
        self.offer_terms()
        self.offer_care()
        self.grid.choices = grid_choices(_("不分网格"), grids)
        self.contact.choices = [SelectChoice(str(user_id), name) for user_id, name in contacts]
        if self.is_item:
            self.public_place.label.text = _("送到哪里")
            self.headcount.label.text = _("要几件")

    @property
    def is_item(self) -> bool:
        """Whether this is about a thing."""
        return bool(self.kind.data == str(WishKind.ITEM))

    def validate_starts(self, field: ClockField) -> None:
        """A day and its time belong together, else one of them would be lost."""
        if self.is_item:
            return
        if self.day.data and not field.data and not self.day.errors and not field.errors:
            raise ValidationError(_("请选开始时间，或把日期也空着。"))
        if field.data and not self.day.data and not self.day.errors:
            raise ValidationError(_("请选日期，或把时间也空着。"))

    def validate_ends(self, field: ClockField) -> None:
        """An end needs a start."""
        if not self.is_item and field.data and not self.starts.data and not self.starts.errors:
            raise ValidationError(_("请先选开始时间。"))

    def validate_no_tools(self, field: BooleanField) -> None:
        """Either tools or none."""
        if field.data and any(entry.form.name.data for entry in self.tools.entries):
            raise ValidationError(_("上面写了工具，就不用勾这一项。"))

    def add_tool(self) -> None:
        """One more blank line."""
        if len(self.tools.entries) < MOST_LINES:
            self.tools.append_entry()

    def pad_tools(self) -> None:
        """At least two lines to fill in, one of them blank."""
        while len(self.tools.entries) < 2:
            self.tools.append_entry()

    def words(self) -> WishWords:
        """What everybody may read, in plain values."""
        tools = () if self.is_item else self._tools()
        starts, ends = self._times()
        return WishWords(
            kind=WishKind.ITEM if self.is_item else WishKind.SERVICE,
            category=Category(self.category.data),
            title=self.title.data or "",
            text=self.text.data or "",
            venue=Venue.CENTRE if self.is_item else Venue(self.venue.data),
            grid_id=int(self.grid.data) if self.grid.data else None,
            public_place=self._place(),
            starts_at=starts,
            ends_at=ends,
            headcount=self.headcount.data,
            tools=tools,
            tools_answered=self.is_item or bool(tools) or bool(self.no_tools.data),
            contact_id=int(self.contact.data) if self.contact.data else None,
        )

    def private(self) -> PrivateWords:
        """What only a few may read."""
        return PrivateWords(
            name=self.name.data or "",
            phone=self.phone.data or "",
            door=self.door.data or "",
            note=self.note.data or "",
        )

    def door_word(self) -> DoorWord:
        """What was said to the warning of many visits to one household."""
        return DoorWord(bool(self.door_seen.data), self.door_reason.data or "")

    def refuse(self, refusal: Refusal) -> None:
        """What is missing stands at its own field, each with a link in the summary."""
        super().refuse(refusal)
        if isinstance(refusal, DoorCrowded):
            self.visits = refusal.visits
        if isinstance(refusal, WishIncomplete):
            for name, sentence in refusal.missing:
                self[name].errors = [*self[name].errors, _(sentence)]

    def _place(self) -> str:
        """Where everybody may read it is; at home the grid's name will do."""
        at_home = not self.is_item and self.venue.data == str(Venue.HOME)
        if at_home and self.grid.data and not self.public_place.data:
            return next((str(name) for value, name in self._grids() if value == self.grid.data), "")
        return self.public_place.data or ""

    def _grids(self) -> list[tuple[str, str]]:
        return [(str(choice.value), str(choice.label)) for choice in self.grid.choices or ()]

    def _tools(self) -> tuple[ToolWords, ...]:
        lines = [entry.form for entry in self.tools.entries if entry.form.name.data]
        return tuple(
            ToolWords(line.name.data, line.quantity.data or 1, Provision(line.provision.data))
            for line in lines
        )

    def _times(self) -> tuple[datetime | None, datetime | None]:
        if self.is_item:
            if not self.needed_by.data:
                return None, None
            by = clock.from_local(self.needed_by.data, LAST_MINUTE)
            return by, by
        if not self.day.data or not self.starts.data:
            return None, None
        starts = clock.from_local(self.day.data, self.starts.data)
        if not self.ends.data:
            return starts, None
        return starts, clock.from_local(self.day.data, self.ends.data)


class CancelForm(Form):
    """Why a wish is cancelled."""

    words = LineField(
        _l("为什么取消"), [DataRequired(_l("请写一句原因，认领的人会看到。")), at_most(200)]
    )
