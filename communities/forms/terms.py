"""更多: the terms of a wish, folded under the ordinary form."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Form as PlainForm
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional, ValidationError

from communities.forms.fields import WholeNumber, choices_of
from wishes.rules.publishing import MOST_PEOPLE
from wishes.rules.terms import (
    BELOW_LABELS,
    CIRCLE_LABELS,
    MOST_FIRST_HOURS,
    BelowLeast,
    FirstCircle,
    Terms,
)

RECONFIRM = {"": None, "yes": True, "no": False}


class TermsFields(PlainForm):
    """The fields of a wish's terms, mixed into its form; all of them may stay as they are."""

    least = WholeNumber(_l("最少几个人"), [Optional()], least=2, most=MOST_PEOPLE)
    below = SelectField(_l("到截止时不够人"), default=str(BelowLeast.ASK))
    reconfirm = SelectField(_l("前一天再问一次来不来"), default="")
    first_to = SelectField(_l("先开放给谁"), default="")
    first_hours = WholeNumber(_l("先开放几个小时"), [Optional()], most=MOST_FIRST_HOURS)

    def offer_terms(self) -> None:
        """The choices, in the reader's language."""
        self.below.choices = choices_of(BELOW_LABELS)
        usual = SelectChoice("", _("按惯例（人多或上门的问）"))
        self.reconfirm.choices = [
            usual, SelectChoice("yes", _("要问")), SelectChoice("no", _("不问")),
        ]  # fmt: skip
        self.first_to.choices = [
            SelectChoice("", _("一开始就人人可认领")), *choices_of(CIRCLE_LABELS),
        ]  # fmt: skip

    def validate_first_to(self, field: SelectField) -> None:
        """Whom and how long belong together."""
        hours = self.first_hours
        if field.data and hours.data is None and not hours.process_errors:
            raise ValidationError(_("请填先开放几个小时，1 到 168。"))
        if hours.data is not None and not field.data:
            raise ValidationError(_("请选先开放给谁，或把小时数空着。"))

    def terms(self) -> Terms:
        """The terms in plain values."""
        return Terms(
            least=self.least.data,
            below=BelowLeast(self.below.data),
            reconfirm=RECONFIRM[self.reconfirm.data],
            first_to=FirstCircle(self.first_to.data) if self.first_to.data else None,
            first_hours=self.first_hours.data,
        )

    @property
    def has_terms(self) -> bool:
        """Whether anything is asked beyond the ordinary, or was typed wrongly."""
        names = ("least", "below", "reconfirm", "first_to", "first_hours")
        wrong = any(self[name].errors for name in names)
        return (
            wrong
            or self.least.data is not None
            or bool(self.reconfirm.data or self.first_to.data or self.first_hours.data)
        )


def terms_on(terms: Terms) -> dict[str, Any]:
    """Stored terms as the form shows them."""
    asks = {value: name for name, value in RECONFIRM.items()}
    return {
        "least": terms.least,
        "below": str(terms.below),
        "reconfirm": asks[terms.reconfirm],
        "first_to": str(terms.first_to or ""),
        "first_hours": terms.first_hours,
    }
