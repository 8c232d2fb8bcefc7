"""A volunteer's visit: who was met, and the ask it raises."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from foundation.forms import Form
from wishes.rules.asking import TITLE_LENGTH
from wishes.rules.rounds import OUTCOME_LABELS


class MyVisitForm(Form):
    """One visit."""

    outcome = RadioField(_l("见到人没有"), [InputRequired(_l("请选一种。"))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.outcome.choices = [SelectChoice(str(k), _(v)) for k, v in OUTCOME_LABELS.items()]


class MyAskForm(Form):
    """What the neighbour wants done; the card knows the rest."""

    title = StringField(
        _l("想请人做什么"),
        [
            DataRequired(_l("请写一句话，说清想请人做什么。")),
            Length(max=TITLE_LENGTH, message=_l("太长了，最多 %(max)d 个字，请写短一些。")),
        ],
        filters=[lambda text: " ".join((text or "").split())],
    )
