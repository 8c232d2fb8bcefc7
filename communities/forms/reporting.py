"""双报到 at the community: a reason to return, words on a card."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from accounts.rules.reporting import REASON_LENGTH
from foundation.forms import Form
from wishes.rules.feedback import WORDS_LENGTH

TOO_LONG = _l("太长了，最多 %(max)d 个字，请写短一些。")


class ReturnReportForm(Form):
    """Why a report goes back."""

    reason = StringField(
        _l("退回的原因"),
        [
            DataRequired(_l("请写一句退回的原因，对方好知道怎么办。")),
            Length(max=REASON_LENGTH, message=TOO_LONG),
        ],
    )


class SignCardForm(Form):
    """One card: the community's words, and the figures as they were shown."""

    words = TextAreaField(_l("社区的话"), [Optional(), Length(max=WORDS_LENGTH, message=TOO_LONG)])
    seen = HiddenField(validators=[Length(max=80)])


class SignAllForm(Form):
    """Every card that is listed, with the same words; `seen` is "id:figures" of each."""

    words = TextAreaField(
        _l("给每张卡的同一句话"), [Optional(), Length(max=WORDS_LENGTH, message=TOO_LONG)]
    )
    seen = HiddenField(validators=[Length(max=20_000)])

    def read_seen(self) -> list[tuple[int, str]]:
        """The cards of the page; what is no card is left out."""
        pairs = (part.split(":", 1) for part in (self.seen.data or "").split())
        return [
            (int(pair[0]), pair[1])
            for pair in pairs
            if len(pair) == 2 and pair[0].isascii() and pair[0].isdigit() and len(pair[0]) < 19
        ]
