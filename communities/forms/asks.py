"""The forms of asks: a resident's own, what staff write down for others, and the answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, MultipleFileField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from accounts.models import Area
from communities.forms.fields import LineField, PhoneField, StoryField, choices_of, grid_choices
from foundation.forms import Form
from wishes.rules.asking import TEXT_LENGTH, TITLE_LENGTH, WORDS_LENGTH, AskWords, PrivateWords
from wishes.rules.kinds import CATEGORY_LABELS, CHANNEL_LABELS, Category, Channel


def at_most(letters: int) -> Length:
    """A length that is said in a sentence; what was typed stays in the field."""
    return Length(max=letters, message=_l("太长了，最多 %(max)d 个字，请写短一些。"))


class AskForm(Form):
    """What, when, where in free words, and private details that only the community reads."""

    title = LineField(
        _l("想请人做什么"),
        [
            DataRequired(_l("请写一句话，说清想请人做什么。")),
            at_most(TITLE_LENGTH),
        ],
    )
    category = SelectField(_l("类别"))
    text = StoryField(
        _l("具体情况"),
        [
            Optional(),
            at_most(TEXT_LENGTH),
        ],
    )
    when = LineField(_l("什么时候方便"), [Optional(), at_most(WORDS_LENGTH)])
    where = LineField(_l("大概在哪里"), [Optional(), at_most(WORDS_LENGTH)])
    grid = SelectField(_l("所在网格"), validators=[Optional()])
    photos = MultipleFileField(_l("照片"), [Optional()])
    is_public = RadioField(
        _l("给谁看"),
        choices=[SelectChoice("", _l("只给社区看")), SelectChoice("yes", _l("邻居也能看到"))],
        default="",
    )
    name = LineField(_l("怎么称呼"), [Optional(), at_most(40)])
    phone = PhoneField(_l("电话"), [Optional()])
    door = LineField(_l("门牌"), [Optional(), at_most(120)])

    def __init__(self, *args: Any, grids: Iterable[Area] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.category.choices = choices_of(CATEGORY_LABELS)
        self.grid.choices = grid_choices(_("不清楚"), grids)
        if not self.category.data:
            self.category.data = str(Category.OTHER)

    def words(self) -> AskWords:
        """What the neighbours may read, and the free words."""
        return AskWords(
            title=self.title.data or "",
            category=Category(self.category.data),
            text=self.text.data or "",
            where=self.where.data or "",
            when=self.when.data or "",
            is_public=self.is_public.data == "yes",
        )

    def private(self) -> PrivateWords:
        """What only the community reads."""
        return PrivateWords(
            name=self.name.data or "", phone=self.phone.data or "", door=self.door.data or ""
        )

    @property
    def grid_id(self) -> int | None:
        """The chosen grid."""
        return int(self.grid.data) if self.grid.data else None


class PublicAskForm(AskForm):
    """A resident asks: with the sentence about what happens to the details."""

    consent = BooleanField(
        _l("我同意社区用这些信息联系我、安排上门；办完三天后电话和门牌不再显示。"),
        [DataRequired(_l("请勾选同意，社区才能联系您。"))],
    )


class CompleteAskForm(AskForm):
    """补充: what the grid worker found out; details left empty stay as they were."""

    note = StoryField(
        _l("给上门的人的提醒"),
        [Optional(), at_most(300)],
    )

    def private(self) -> PrivateWords:
        """The details and the reminder."""
        told = super().private()
        return PrivateWords(told.name, told.phone, told.door, self.note.data or "")


class EnterAskForm(CompleteAskForm):
    """Staff write down what somebody said on the phone, at the door, on paper."""

    channel = RadioField(
        _l("怎么知道的"),
        [InputRequired(_l("请选一种。"))],
        default=str(Channel.PHONE),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = {code: name for code, name in CHANNEL_LABELS.items() if code != Channel.ONLINE}
        self.channel.choices = choices_of(told)


class ReplyForm(Form):
    """Answer publicly, return, or pass on: one form with one choice."""

    how = RadioField(
        _l("怎么处理"),
        [InputRequired(_l("请选一种。"))],
        choices=[
            SelectChoice("answer", _l("答复")),
            SelectChoice("return", _l("退回补充")),
            SelectChoice("pass_on", _l("转办")),
        ],
        default="answer",
    )
    to = LineField(_l("转给谁"), [Optional(), at_most(80)])
    words = StoryField(
        _l("写给居民的话"),
        [
            DataRequired(_l("请写一句，居民会看到。")),
            at_most(1000),
        ],
    )


class CodeForm(Form):
    """The follow code somebody keyed in."""

    class Meta(Form.Meta):
        """A search by GET changes nothing, so it carries no token."""

        csrf = False

    code = LineField(_l("查询码"), [DataRequired(_l("请填 8 位查询码。"))])
