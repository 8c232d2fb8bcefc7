"""The register's columns, the same on the page and in the sheet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from flask_babel import gettext as _

from communities.queries.register_lines import RegisterLine
from foundation import labels
from foundation.sheets import Cell
from wishes.rules.kinds import (
    CATEGORY_LABELS,
    KIND_LABELS,
    PROVISION_LABELS,
    VENUE_LABELS,
    Provision,
    WishKind,
)
from wishes.rules.life import STATE_LABELS


def columns_of() -> list[str]:
    """The columns' names."""
    return [
        _("编号"), _("类型"), _("类别"), _("心愿内容"), _("状态"), _("开始"), _("结束"),
        _("方式"), _("地点"), _("需要人数或件数"), _("已认领"), _("认领方"), _("所需工具"),
        _("到场人数"), _("服务时长"), _("送到件数"), _("登记时间"),
    ]  # fmt: skip


def row_of(line: RegisterLine) -> list[Cell]:
    """One wish in these columns; hours as Excel can sum them."""
    item = line.kind == WishKind.ITEM
    return [
        f"{line.number:04d}", _(KIND_LABELS[line.kind]), _(CATEGORY_LABELS[line.category]),
        line.title, _(STATE_LABELS[line.state]), None if item else line.starts_at, line.ends_at,
        None if item else _(VENUE_LABELS[line.venue]), line.public_place, line.headcount,
        line.places_taken, claimed_by(line), tools_of(line.tools), None if item else line.came,
        timedelta(minutes=line.minutes) if line.minutes else None,
        line.handed_over if item else None, line.created_at,
    ]  # fmt: skip


def claimed_by(line: RegisterLine) -> str:
    """Units and people with their places."""
    return labels.listed(
        name if places == 1 else _("%(name)s（%(n)s）", name=name, n=places)
        for name, places in line.claimed_by
    )


def tools_of(tools: Iterable[tuple[str, int, Provision]]) -> str:
    """Name, number and who brings it, of each tool."""
    return labels.listed(
        _("%(tool)s × %(n)s（%(provision)s）", tool=name, n=quantity,
          provision=_(PROVISION_LABELS[provision]))
        for name, quantity, provision in tools
    )  # fmt: skip
