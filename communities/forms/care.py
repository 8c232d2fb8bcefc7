"""安全: what a wish says of its risk, whom it asks for; and why a draft goes back."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Form as PlainForm
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from accounts.rules.skills import SKILL_LABELS, Skill
from communities.forms.asks import at_most
from communities.forms.fields import LineField, StoryField, WholeNumber, choices_of
from foundation.forms import Form
from wishes.rules.caring import NOTE_LENGTH, OLDEST, YOUNGEST, Care
from wishes.rules.reviewing import REASON_LENGTH


class CareFields(PlainForm):
    """The fields of a wish's care, mixed into its form; an ordinary wish leaves them empty."""

    risk_note = StoryField(_l("有什么危险，怎么防护"), [Optional(), at_most(NOTE_LENGTH)])
    insurance_note = LineField(_l("参加的人有什么保险"), [Optional(), at_most(NOTE_LENGTH)])
    min_age = WholeNumber(_l("至少几岁"), [Optional()], least=YOUNGEST, most=OLDEST)
    needs_skill = SelectField(_l("要会什么"), default="")

    def offer_care(self) -> None:
        """The choices, in the reader's language."""
        self.needs_skill.choices = [SelectChoice("", _("谁都可以来")), *choices_of(SKILL_LABELS)]

    def care(self) -> Care:
        """The care in plain values."""
        return Care(
            risk_note=self.risk_note.data or "",
            insurance_note=self.insurance_note.data or "",
            min_age=self.min_age.data,
            skill=Skill(self.needs_skill.data) if self.needs_skill.data else None,
        )

    @property
    def has_care(self) -> bool:
        """Whether anything is said or asked, or was typed wrongly."""
        names = ("risk_note", "insurance_note", "min_age", "needs_skill")
        return any(self[name].errors or self[name].data for name in names)


def care_on(care: Care) -> dict[str, Any]:
    """Stored care as the form shows it."""
    return {
        "risk_note": care.risk_note,
        "insurance_note": care.insurance_note,
        "min_age": care.min_age,
        "needs_skill": str(care.skill or ""),
    }


class ReturnForm(Form):
    """Why a draft is returned; that there is a reason is the errand's to ask."""

    reason = LineField(_l("为什么退回"), [Optional(), at_most(REASON_LENGTH)])
