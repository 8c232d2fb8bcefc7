"""双报到 of a unit: which community, which party organisation."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from accounts.forms.fields import AreaField, line
from accounts.rules.reporting import BRANCH_LENGTH
from foundation.forms import Form


class ReportUnitForm(Form):
    """One report of the unit."""

    community = AreaField(_l("单位所在社区"))
    branch = line(
        _l("党组织名称"), _l("请填写党组织名称，例如“第一党支部”。"), length=BRANCH_LENGTH
    )
