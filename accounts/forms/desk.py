"""Forms of those who look after people, areas and units."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import InputRequired, Optional

from accounts.forms.fields import AreaField, ensure_email, line, optional_line, tidied
from accounts.models import Area, Organisation
from accounts.rules import KIND_LABELS, ROLE_LABELS, AreaKind, Role
from foundation.forms import Form

Given = tuple[Role, Area | Organisation]


class InviteForm(Form):
    """Whom to invite as what. `post` is 'role@area:7' or 'role@unit:3'."""

    post = SelectField(_l("请他担任"), [InputRequired(_l("请选一个岗位。"))], coerce=str)
    name = line(_l("姓名"), _l("请填被邀请人的姓名。"))
    email = StringField(_l("邮箱"), [Optional(), ensure_email], filters=[tidied])

    def offer(self, posts: Sequence[Given]) -> None:
        """Offer these roles at these places."""
        self.post.choices = [
            (post_value(role, place), f"{place.name} · {_(ROLE_LABELS[role])}")
            for role, place in posts
        ]

    def chosen(self) -> dict[str, Any]:
        """Role and place as the service takes them."""
        role, _at, place = self.post.data.partition("@")
        kind, _colon, number = place.partition(":")
        at = "organisation_id" if kind == "unit" else "area_id"
        return {"role": Role(role), at: int(number)}


def post_value(role: Role, place: Area | Organisation) -> str:
    """How the form names a role at a place."""
    kind = "unit" if isinstance(place, Organisation) else "area"
    return f"{role}@{kind}:{place.id}"


class EndForm(Form):
    """Why a role ends."""

    why = line(_l("原因（本人会看到）"), _l("请写一句原因，例如“调到别的社区”。"), 200)


class AreaForm(Form):
    """An area's public card."""

    kind = SelectField(_l("这是"), coerce=str)
    name = line(_l("名称"), _l("请填名称，例如“天图社区”。"), 60)
    phone = optional_line(_l("电话"), 30)
    address = optional_line(_l("地址"), 120)
    second_look = BooleanField(_l("心愿发布前，要另一位同事先看一遍"))

    def offer(self, kinds: Sequence[AreaKind]) -> None:
        """Offer the levels that may lie here."""
        self.kind.choices = [(str(kind), _(KIND_LABELS[kind])) for kind in kinds]


class UnitForm(Form):
    """A partner unit and its first coordinator."""

    name = line(_l("单位全称"), _l("请填单位全称。"), 80)
    short_name = line(_l("简称"), _l("请填简称，心愿卡上用。"), 30)
    home_area = AreaField(_l("和哪个社区共建"))
    coordinator_name = line(_l("联络员姓名"), _l("请填联络员姓名。"))
    coordinator_email = StringField(_l("联络员邮箱"), [Optional(), ensure_email], filters=[tidied])
