"""What the street looks at, a column each; days are working days and settings of the place."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from foundation.refusal import N_
from wishes.rules.workdays import is_working_day


class Column(enum.StrEnum):
    """One number of each community."""

    WAITING = "waiting"
    UNCLAIMED = "unclaimed"
    OVERDUE = "overdue"
    UNVERIFIED = "unverified"
    UNHAPPY = "unhappy"
    UNVISITED = "unvisited"
    DOUBTFUL = "doubtful"
    TO_COORDINATE = "to_coordinate"


COLUMN_LABELS = {
    Column.WAITING: N_("待受理>%(days)s日"),
    Column.UNCLAIMED: N_("待认领>%(days)s日"),
    Column.OVERDUE: N_("超期"),
    Column.UNVERIFIED: N_("待核实>%(days)s日"),
    Column.UNHAPPY: N_("不满意"),
    Column.UNVISITED: N_("本月未走访"),
    Column.DOUBTFUL: N_("时长异常"),
    Column.TO_COORDINATE: N_("需街道协调"),
}
COLUMN_NOTES = {
    Column.WAITING: N_("交来后这么多个工作日还没有受理的诉求；暂停计时的不算"),
    Column.UNCLAIMED: N_("发布后这么多个工作日还有名额的心愿；暂停计时的不算"),
    Column.OVERDUE: N_("超过时限的诉求、心愿和转办，按工作日算"),
    Column.UNVERIFIED: N_("报告后这么多个工作日还没有人核实的心愿"),
    Column.UNHAPPY: N_("居民不满意，社区还没有再答的诉求"),
    Column.UNVISITED: N_("这个月要走访、还没有见到的居民；这里只有编号，没有姓名和门牌"),
    Column.DOUBTFUL: N_("本月报告里有补的签退、超时，或报告后改过到场记录的心愿"),
    Column.TO_COORDINATE: N_("上报到街道以上，正在等街道办的诉求和心愿"),
}
COLUMN_DAYS = {
    Column.WAITING: "ASK_WAIT_DAYS",
    Column.UNCLAIMED: "UNCLAIMED_DAYS",
    Column.UNVERIFIED: "UNVERIFIED_DAYS",
}  # the setting that holds each column's days


class Tally(NamedTuple):
    """How many of a column lie in one community, in one of its grids or in none."""

    community_id: int
    grid_id: int | None
    number: int


def late_until(today: date, allowed: int) -> date:
    """The last day on which something may have begun that is late today.

    More than `allowed` working days have passed since then, today included.
    """
    day, passed = today, 0
    while passed <= allowed:
        passed += is_working_day(day)
        day -= timedelta(days=1)
    return day


def sum_at(tallies: Iterable[Tally], communities: set[int], grid_id: int | None = None) -> int:
    """How many lie in these communities, or in one grid of them."""
    return sum(
        each.number
        for each in tallies
        if each.community_id in communities and grid_id in (None, each.grid_id)
    )
