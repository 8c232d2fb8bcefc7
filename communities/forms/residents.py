"""Forms of residents' cards: the card, looking for one, a sheet of them, taking one back."""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from accounts.models import Area
from communities.forms.asks import at_most
from communities.forms.fields import (
    DayField,
    LineField,
    PhoneField,
    StoryField,
    choices_of,
    grid_choices,
)
from foundation.forms import Form
from foundation.sealed import SealBroken, seal, unseal
from wishes.rules.residents import (
    BEST_TIME_LABELS,
    DOOR_LENGTH,
    NAME_LENGTH,
    NOTE_LENGTH,
    BestTime,
    ResidentWords,
)

WORDS_LENGTH = 60


def tag_choices(tags: Iterable[str]) -> list[SelectChoice]:
    """Tags in the reader's language; a place's own as they are written."""
    return [SelectChoice(tag, _(tag)) for tag in tags]


class TagsField(SelectMultipleField):
    """Several of the tags, each to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class ResidentForm(Form):
    """A card: only what a visit or a wish needs."""

    name = LineField(_l("姓名"), [DataRequired(_l("请填写姓名。")), at_most(NAME_LENGTH)])
    phone = PhoneField(_l("电话"), [Optional()])
    door = LineField(_l("门牌"), [DataRequired(_l("请填写门牌。")), at_most(DOOR_LENGTH)])
    grid = SelectField(_l("网格"), validators=[Optional()])
    tags = TagsField(_l("标签"), [Optional()])
    best_time = SelectField(_l("方便的时间"), default=str(BestTime.ANY))
    note = StoryField(_l("给上门的人的提醒"), [Optional(), at_most(NOTE_LENGTH)])

    def __init__(
        self, *args: Any, grids: Iterable[Area] = (), tags: Iterable[str] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.grid.choices = grid_choices(_("不分网格"), grids)
        self.tags.choices = tag_choices(tags)
        self.best_time.choices = choices_of(BEST_TIME_LABELS)

    def words(self, grid_id: int | None = None) -> ResidentWords:
        """What was typed; a grid's own desk gives its grid."""
        chosen = int(self.grid.data) if self.grid.data else None
        return ResidentWords(
            name=self.name.data or "", door=self.door.data or "", phone=self.phone.data or "",
            tags=tuple(self.tags.data or ()), best_time=BestTime(self.best_time.data),
            note=self.note.data or "", grid_id=grid_id or chosen,
        )  # fmt: skip


class NewResidentForm(ResidentForm):
    """A new card: somebody asked the person first."""

    consent = BooleanField(
        _l("我问过本人或家人，同意社区记下这些，用来走访和办心愿。"),
        [DataRequired(_l("请先问过本人或家人，同意了再勾选。"))],
    )
    consent_on = DayField(_l("哪天问的"), [InputRequired(_l("请填问的那一天。"))])

    @property
    def asked_on(self) -> date:
        """The day, once the form is valid."""
        assert self.consent_on.data is not None  # noqa: S101 - InputRequired saw to it
        return self.consent_on.data


class SearchForm(Form):
    """Whom one looks for; posted, so that no name stands in an address or a log."""

    words = LineField(_l("姓名、门牌或电话"), [Optional(), at_most(WORDS_LENGTH)])
    tag = SelectField(_l("标签"), [Optional()])

    def __init__(self, *args: Any, tags: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tag.choices = [SelectChoice("", _("全部标签")), *tag_choices(tags)]


class EraseForm(Form):
    """The person asked to be forgotten."""

    sure = BooleanField(
        _l("本人或家人要求删除，我知道删了找不回来。"),
        [DataRequired(_l("请勾选确认，再删除。"))],
    )


class ResidentSheetForm(Form):
    """A sheet of residents."""

    file = FileField(_l("居民表格"), [FileRequired(_l("请先选一个 Excel（.xlsx）或 CSV 文件。"))])


class ImportResidentsForm(Form):
    """The rows of the preview, sealed, carried along until somebody confirms them."""

    lines = HiddenField(validators=[InputRequired()])
    consent = BooleanField(
        _l("表里的人都问过，同意社区记下这些，用来走访和办心愿。"),
        [DataRequired(_l("请先问过本人或家人，同意了再勾选。"))],
    )
    consent_on = DayField(_l("哪天问的"), [InputRequired(_l("请填问的那一天。"))])

    @property
    def asked_on(self) -> date:
        """The day, once the form is valid."""
        assert self.consent_on.data is not None  # noqa: S101 - InputRequired saw to it
        return self.consent_on.data


def carry_lines(lines: Sequence[ResidentWords], purpose: str) -> str:
    """Rows as the preview's page carries them: nobody reads them there, nobody bends them."""
    rows = [
        [each.name, each.door, each.phone, list(each.tags), str(each.best_time), each.note,
         each.grid_id]
        for each in lines
    ]  # fmt: skip
    packed = base64.b64encode(zlib.compress(json.dumps(rows, ensure_ascii=False).encode()))
    return base64.b64encode(seal(packed.decode(), purpose=purpose)).decode()


def read_lines(carried: str, purpose: str) -> list[ResidentWords] | None:
    """The rows as they were shown; None when they are another page's, or somebody bent them."""
    try:
        packed = unseal(base64.b64decode(carried, validate=True), purpose=purpose)
    except (SealBroken, binascii.Error, ValueError):
        return None
    rows = json.loads(zlib.decompress(base64.b64decode(packed)))
    return [
        ResidentWords(name, door, phone, tuple(tags), BestTime(best), note, grid_id)
        for name, door, phone, tags, best, note, grid_id in rows
    ]
