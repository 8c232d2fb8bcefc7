"""Forms of a campaign at the desk: its words, its things, the street's word, who helps."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from communities.forms.fields import (
    DayField,
    LineField,
    PhoneField,
    StoryField,
    WholeNumber,
    choices_of,
)
from foundation import clock
from foundation.forms import Form, row_id
from wishes.rules.asking import PrivateWords
from wishes.rules.campaigns import (
    PLACE_LENGTH,
    REASON_LENGTH,
    TEXT_LENGTH,
    TITLE_LENGTH,
    CampaignWords,
)
from wishes.rules.kinds import CATEGORY_LABELS, Category, WishKind
from wishes.rules.publishing import TITLE_LENGTH as WISH_TITLE
from wishes.rules.publishing import WishWords

LAST_HOUR = time(18)  # the evening of the last day, as for every thing that is needed by a day


def at_most(length: int) -> Length:
    """A sentence that says the bound."""
    return Length(max=length, message=_l("请写在 %(n)s 字以内。", n=length))


class CampaignForm(Form):
    """主题、日子、送到哪里、每件上限."""

    title = LineField(
        _l("专场名称"),
        [DataRequired(_l("请写专场名称，例如“新年微心愿”。")), at_most(TITLE_LENGTH)],
    )
    text = StoryField(_l("写给大家的话"), [Optional(), at_most(TEXT_LENGTH)])
    since = DayField(_l("从哪天"), [InputRequired(_l("请选开始的日子。"))])
    until = DayField(_l("到哪天"), [InputRequired(_l("请选截止的日子。"))])
    place = LineField(_l("统一送到哪里"), [Optional(), at_most(PLACE_LENGTH)])
    price_cap = WholeNumber(
        _l("每件最多几元"), [InputRequired(_l("请填每件的价格上限。"))], most=100000
    )

    def words(self) -> CampaignWords:
        """The form's words; days become moments here, the last one its evening."""
        since: date = self.since.data or clock.local_day(clock.now())
        until: date = self.until.data or since
        return CampaignWords(
            title=self.title.data or "", text=self.text.data or "",
            opens_at=clock.from_local(since, time.min),
            closes_at=clock.from_local(until, LAST_HOUR),
            place=self.place.data or "", price_cap=self.price_cap.data or 1,
        )  # fmt: skip


class ThingForm(Form):
    """One thing, and the household behind it, kept sealed."""

    title = LineField(
        _l("想要什么"),
        [DataRequired(_l("请写想要什么，例如“一个双肩书包”。")), at_most(WISH_TITLE)],
    )
    pieces = WholeNumber(_l("几件"), [InputRequired(_l("请填要几件。"))], most=200, default=1)
    category = SelectField(_l("类别"), default=str(Category.HARDSHIP))
    name = LineField(_l("姓名"), [Optional(), at_most(40)])
    phone = PhoneField(_l("电话"), [Optional()])
    door = LineField(_l("门牌"), [Optional(), at_most(120)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.category.choices = choices_of(CATEGORY_LABELS)

    def words(self) -> WishWords:
        """The public words; the campaign says by when and where to."""
        return WishWords(
            kind=WishKind.ITEM, category=Category(self.category.data), title=self.title.data or "",
            headcount=self.pieces.data,
        )  # fmt: skip

    def private(self) -> PrivateWords:
        """The household, for nobody but its community."""
        return PrivateWords(
            name=self.name.data or "", phone=self.phone.data or "", door=self.door.data or ""
        )


class DraftsForm(Form):
    """Which drafts join."""

    wishes = SelectMultipleField(
        _l("加进专场"), [InputRequired(_l("还没有勾选，请至少勾一个。"))],
        coerce=row_id, validate_choice=False,
    )  # fmt: skip


class ReasonForm(Form):
    """Why the street gives something back."""

    reason = StoryField(
        _l("退回的原因"),
        [DataRequired(_l("请写一句原因，让对方知道下一步怎么做。")), at_most(REASON_LENGTH)],
    )


class BackupsForm(Form):
    """兜底单位, in the order of the list."""

    units = SelectMultipleField(
        _l("兜底单位"), [Optional()], coerce=row_id, widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )  # fmt: skip

    def offer(self, units: Iterable[tuple[int, str]]) -> None:
        """The units that may be named."""
        self.units.choices = [SelectChoice(unit_id, name) for unit_id, name in units]


class KeeperForm(Form):
    """A volunteer for the delivery point."""

    number = LineField(
        _l("志愿者编号"), [DataRequired(_l("请填志愿者编号，在“我的”里能看到。")), at_most(20)]
    )


class AnswerForm(Form):
    """What the resident said about another thing."""

    answer = RadioField(
        _l("居民怎么说"),
        [InputRequired(_l("请选居民的答复。"))],
        choices=[
            SelectChoice("yes", _l("同意换")),
            SelectChoice("no", _l("不换，还是想要原来的")),
        ],
    )
    how = LineField(_l("怎么问的"), [Optional(), at_most(120)])
