"""接龙: what was pasted, and whom each line means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FieldList, HiddenField, SelectField, TextAreaField
from wtforms.validators import DataRequired, Length

from foundation.forms import Form
from foundation.phones import mask_phone
from wishes.queries.chains import Candidate, MatchedLine
from wishes.rules.chains import MOST_LINES

NOBODY = 0
LONGEST = 60_000


class ChainForm(Form):
    """The list as it was copied from the group."""

    text = TextAreaField(
        _l("把群里的接龙粘贴到这里"),
        [
            DataRequired(_l("请先粘贴群里的接龙。")),
            Length(max=LONGEST, message=_l("这段文字太长了，请只粘贴接龙的名单。")),
        ],
    )


class ChosenForm(Form):
    """The same list, and an account for each line that names somebody."""

    text = HiddenField(validators=[DataRequired(), Length(max=LONGEST)])
    people = FieldList(SelectField(coerce=int, validate_choice=False), max_entries=MOST_LINES)

    def offer(self, matched: Sequence[MatchedLine]) -> None:
        """Call each list by its line, and offer the accounts the line may mean."""
        for entry, each in zip(self.people, matched, strict=False):
            entry.label.text = each.line.name or each.line.raw
            nobody = _("不登记") if each.candidates else _("没有找到账号")
            entry.choices = [(NOBODY, nobody)] + [
                (found.user_id, _describe(found)) for found in each.candidates
            ]

    def chosen(self, matched: Sequence[MatchedLine]) -> dict[int, int]:
        """Line → account; lines without one are left out."""
        return dict(self._pairs(matched))

    def _pairs(self, matched: Sequence[MatchedLine]) -> Iterator[tuple[int, int]]:
        for each, user_id in zip(matched, self.people.data, strict=False):
            if user_id:
                yield each.line.line, user_id


def _describe(found: Candidate) -> str:
    parts = [found.name, mask_phone(found.phone) if found.phone else "", found.community or ""]
    parts.append(found.volunteer_number)
    if found.has_claimed:
        parts.append(_("已经认领"))
    return " · ".join(part for part in parts if part)
