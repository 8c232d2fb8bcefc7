"""Forms of the rounds: a visit, the ask it raises, the plan."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Optional

from communities.forms.asks import at_most
from communities.forms.fields import LineField, StoryField, WholeNumber, choices_of
from communities.forms.residents import tag_choices
from foundation.forms import Form
from wishes.rules.asking import TEXT_LENGTH, TITLE_LENGTH
from wishes.rules.asking import WORDS_LENGTH as WHEN_LENGTH
from wishes.rules.kinds import CATEGORY_LABELS, Category
from wishes.rules.rounds import LONGEST_MONTH, OUTCOME_LABELS, WORDS_LENGTH

MOST_DOORS = 200


class VisitForm(Form):
    """Who was met; words where there is something to say."""

    outcome = RadioField(_l("见到人没有"), [InputRequired(_l("请选一种。"))])
    words = StoryField(_l("记一句"), [Optional(), at_most(WORDS_LENGTH)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.outcome.choices = choices_of(OUTCOME_LABELS)


class RaiseForm(Form):
    """An ask from a visit: the card knows the rest."""

    title = LineField(
        _l("想请人做什么"),
        [DataRequired(_l("请写一句话，说清想请人做什么。")), at_most(TITLE_LENGTH)],
    )
    category = SelectField(_l("类别"), default=str(Category.OTHER))
    text = StoryField(_l("具体情况"), [Optional(), at_most(TEXT_LENGTH)])
    when = LineField(_l("什么时候方便"), [Optional(), at_most(WHEN_LENGTH)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.category.choices = choices_of(CATEGORY_LABELS)


class RuleForm(Form):
    """每月几趟 for a tag."""

    tag = SelectField(_l("标签"))
    times = WholeNumber(_l("每月几趟"), [InputRequired(_l("请填每月几趟，0 是不走访。"))],
                        least=0, most=LONGEST_MONTH)  # fmt: skip

    def __init__(self, *args: Any, tags: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tag.choices = tag_choices(tags)


class HelperForm(Form):
    """A volunteer for the rounds, by number or phone."""

    person = LineField(
        _l("志愿者号或手机号"), [DataRequired(_l("请填志愿者号或手机号。")), at_most(40)]
    )
    places = WholeNumber(_l("最多几户"), [InputRequired(_l("请填最多几户。"))], most=MOST_DOORS)


class AssignForm(Form):
    """Who calls on a resident."""

    helper = SelectField(_l("谁来走访"), [Optional()])

    def __init__(self, *args: Any, helpers: Iterable[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [SelectChoice(str(helper_id), name) for helper_id, name in helpers]
        self.helper.choices = [SelectChoice("", _("网格员")), *named]
