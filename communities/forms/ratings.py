"""Forms of 附议, of ratings, and of what the community says after its first reply."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.validators import DataRequired, InputRequired, Optional

from communities.forms.asks import CodeForm, at_most
from communities.forms.fields import LineField, PhoneField, StoryField, choices_of
from foundation.forms import Form
from wishes.rules.rating import (
    ENTERED,
    GRADE_LABELS,
    RATED_BY_LABELS,
    WORDS_LENGTH,
    Grade,
    RatedBy,
    RatingWords,
)


class SupportForm(Form):
    """A neighbour without an account is known by the number; it is not kept."""

    phone = PhoneField(_l("您的手机号"))


class RateForm(Form):
    """满意、基本满意、不满意, and the resident's own words."""

    grade = RadioField(_l("办得怎么样"), [InputRequired(_l("请选一种。"))])
    words = StoryField(_l("想说的话"), [Optional(), at_most(WORDS_LENGTH)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.grade.choices = choices_of(GRADE_LABELS)

    def rating(self) -> RatingWords:
        """The grade and the words."""
        return RatingWords(Grade(self.grade.data), self.words.data or "")


class EnterRatingForm(RateForm):
    """Staff write down what the resident said, and how they heard it."""

    heard = RadioField(_l("怎么知道的"), [InputRequired(_l("请选一种。"))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = {code: word for code, word in RATED_BY_LABELS.items() if code in ENTERED}
        self.heard.choices = choices_of(told)

    @property
    def channel(self) -> RatedBy:
        """Call-back or paper."""
        return RatedBy(self.heard.data)


class SayForm(Form):
    """One text that the resident reads, or the note of what the resident said."""

    words = StoryField(
        _l("写给居民的话"),
        [DataRequired(_l("请写一句，居民会看到。")), at_most(1000)],
    )


class HeardForm(Form):
    """How staff heard that the resident is content now."""

    words = LineField(
        _l("居民怎么说的"), [DataRequired(_l("请写一句居民怎么说的。")), at_most(200)]
    )


class RatingCodeForm(CodeForm):
    """The rating code on the slip, or a follow code."""

    code = LineField(_l("评价码"), [DataRequired(_l("请填居民单上的 8 位评价码。"))])
