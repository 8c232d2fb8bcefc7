"""The forms of a referral's steps: each checks shape and carries its own names."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from foundation.forms import Form
from wishes.rules.lateness import PAUSE_LABELS
from wishes.rules.referrals import WAY_LABELS, Spot, Way

LONGEST = 1000


def _short() -> Length:
    return Length(max=LONGEST, message=_l("太长了，最多 %(max)d 个字，请写短一些。"))


class SendForm(Form):
    """上报: what the community asks for."""

    words = TextAreaField(
        _l("请上级协调什么"), [DataRequired(_l("请写一句话，说清情况。")), _short()]
    )


class PassOnForm(Form):
    """转办 or 交办: to whom, and what is asked."""

    to = SelectField(
        _l("交给谁"), [DataRequired(_l("请选择交给谁。"))], choices=[], validate_choice=False
    )
    words = TextAreaField(_l("交代什么"), [DataRequired(_l("请写一句话，说清情况。")), _short()])

    def offer(self, targets: Iterable[tuple[str, list[Spot]]]) -> None:
        """The places it may go to, by the way it goes."""
        self.to.choices = [
            (spot.key, _("%(way)s：%(name)s", way=_(WAY_LABELS[Way(way)]), name=spot.name))
            for way, spots in targets
            for spot in spots
        ]


class ResultForm(Form):
    """落实: what was done."""

    result = TextAreaField(_l("办得怎么样"), [DataRequired(_l("请写清做了什么。")), _short()])


class ReasonForm(Form):
    """A return, or a result that is not enough: why."""

    reason = TextAreaField(
        _l("原因"), [DataRequired(_l("退回要写明原因，对方才知道下一步怎么办。")), _short()]
    )


class PauseForm(Form):
    """Why the clock stands still."""

    why = RadioField(_l("在等什么"), [InputRequired(_l("请选一种。"))])
    note = TextAreaField(
        _l("说明"),
        [Optional(), Length(max=200, message=_l("太长了，最多 %(max)d 个字，请写短一些。"))],
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.why.choices = [(str(code), _(label)) for code, label in PAUSE_LABELS.items()]
