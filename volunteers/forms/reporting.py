"""双报到 of a member: which community, which unit may see it, the consent."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from accounts.forms.fields import AreaField
from accounts.models import Area, Organisation
from foundation.forms import Form


class ReportHomeForm(Form):
    """One report; a unit that is not chosen sees nothing."""

    community = AreaField(_l("居住社区"))
    unit = SelectField(_l("也让单位看到"), [Optional()])
    agrees = BooleanField(
        _l("我是中共党员，同意居住社区看到我的报到；选了单位的，单位也看到"),
        [InputRequired(_l("请先勾选同意，居住社区才能看到您的报到。"))],
    )

    def offer(self, communities: Iterable[Area], units: Iterable[Organisation]) -> ReportHomeForm:
        """Offer these communities and the person's own units."""
        self.community.offer(list(communities))
        named: list[Any] = [SelectChoice(str(unit.id), unit.name) for unit in units]
        self.unit.choices = [SelectChoice("", _("不给单位看")), *named]
        return self

    @property
    def unit_id(self) -> int | None:
        """The chosen unit."""
        return int(self.unit.data) if self.unit.data else None
