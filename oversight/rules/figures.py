"""The figures of a month: one function counts them, one says which rows stand behind each."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from foundation.refusal import N_
from love_bank.rules import Grade


class Outcome(enum.StrEnum):
    """What became of an ask."""

    ANSWERED = "answered"
    SOLVED = "solved"
    RAISED = "raised"
    RETURNED = "returned"
    OPEN = "open"


class Level(enum.StrEnum):
    """The highest level an ask has reached."""

    COMMUNITY = "community"
    STREET = "street"
    CITY = "city"
    UNIT = "unit"


@dataclass(frozen=True)
class AskRow:
    """An ask handed in that month; `days` are working days until its first outcome."""

    id: int
    title: str
    community_id: int
    outcome: Outcome
    level: Level
    days: int | None


@dataclass(frozen=True)
class WishRow:
    """A wish whose planned end lay in the month; `helped`: how many it reached when verified."""

    id: int
    title: str
    community_id: int
    on_time: bool
    helped: int


@dataclass(frozen=True)
class ServiceRow:
    """One person's standing credit for a service that began in the month."""

    id: int  # the wish's
    title: str
    community_id: int
    person: str
    unit: str | None
    minutes: int
    grade: Grade


@dataclass(frozen=True)
class MonthRows:
    """Everything a month's figures are counted from."""

    asks: Sequence[AskRow]
    wishes: Sequence[WishRow]
    services: Sequence[ServiceRow]

    def at(self, community_id: int) -> MonthRows:
        """Those of one community."""
        return MonthRows(
            [row for row in self.asks if row.community_id == community_id],
            [row for row in self.wishes if row.community_id == community_id],
            [row for row in self.services if row.community_id == community_id],
        )


class Figure(enum.StrEnum):
    """One number of the report."""

    ASKS = "asks"
    ANSWERED = "answered"
    SOLVED = "solved"
    RAISED = "raised"
    RETURNED = "returned"
    OPEN = "open"
    QUICK = "quick"
    AT_COMMUNITY = "at_community"
    AT_STREET = "at_street"
    AT_CITY = "at_city"
    AT_UNIT = "at_unit"
    WISHES = "wishes"
    ON_TIME = "on_time"
    SERVICES = "services"
    HELPED = "helped"
    MINUTES = "minutes"
    MINUTES_A = "minutes_a"
    MINUTES_B = "minutes_b"
    MINUTES_C = "minutes_c"
    UNITS = "units"


# The Chinese words are also the names of the fields in a Word template.
FIGURE_LABELS = {
    Figure.ASKS: N_("诉求总数"),
    Figure.ANSWERED: N_("答复件数"),
    Figure.SOLVED: N_("解决件数"),
    Figure.RAISED: N_("提级件数"),
    Figure.RETURNED: N_("退回件数"),
    Figure.OPEN: N_("在办件数"),
    Figure.QUICK: N_("限期内有结果"),
    Figure.AT_COMMUNITY: N_("社区办理"),
    Figure.AT_STREET: N_("街道办理"),
    Figure.AT_CITY: N_("市里办理"),
    Figure.AT_UNIT: N_("部门办理"),
    Figure.WISHES: N_("到期心愿"),
    Figure.ON_TIME: N_("按时兑现"),
    Figure.SERVICES: N_("服务人次"),
    Figure.HELPED: N_("受益人次"),
    Figure.MINUTES: N_("服务时长"),
    Figure.MINUTES_A: N_("扫码时长"),
    Figure.MINUTES_B: N_("点名时长"),
    Figure.MINUTES_C: N_("补录时长"),
    Figure.UNITS: N_("参与单位数"),
}
HOURS = frozenset({Figure.MINUTES, Figure.MINUTES_A, Figure.MINUTES_B, Figure.MINUTES_C})
OUTCOMES = {
    Figure.ANSWERED: Outcome.ANSWERED,
    Figure.SOLVED: Outcome.SOLVED,
    Figure.RAISED: Outcome.RAISED,
    Figure.RETURNED: Outcome.RETURNED,
    Figure.OPEN: Outcome.OPEN,
}
LEVELS = {
    Figure.AT_COMMUNITY: Level.COMMUNITY,
    Figure.AT_STREET: Level.STREET,
    Figure.AT_CITY: Level.CITY,
    Figure.AT_UNIT: Level.UNIT,
}
GRADES = {Figure.MINUTES_A: Grade.A, Figure.MINUTES_B: Grade.B, Figure.MINUTES_C: Grade.C}
Row = AskRow | WishRow | ServiceRow
Numbers = dict[str, int]


def rows_behind(figure: Figure, rows: MonthRows, *, quick_days: int) -> Sequence[Row]:
    """The rows that a figure counts or sums."""
    if figure in OUTCOMES:
        return [row for row in rows.asks if row.outcome is OUTCOMES[figure]]
    if figure in LEVELS:
        return [row for row in rows.asks if row.level is LEVELS[figure]]
    if figure in GRADES:
        return [row for row in rows.services if row.grade is GRADES[figure]]
    match figure:
        case Figure.ASKS:
            return rows.asks
        case Figure.QUICK:
            return [row for row in rows.asks if row.days is not None and row.days <= quick_days]
        case Figure.WISHES:
            return rows.wishes
        case Figure.ON_TIME:
            return [row for row in rows.wishes if row.on_time]
        case Figure.HELPED:
            return [row for row in rows.wishes if row.helped]
        case Figure.UNITS:
            return [row for row in rows.services if row.unit]
        case _:
            return rows.services


def count_figures(rows: MonthRows, *, quick_days: int) -> Numbers:
    """Every figure: people and things counted, minutes summed, units once each."""
    return {
        str(figure): _number(figure, rows_behind(figure, rows, quick_days=quick_days))
        for figure in Figure
    }


def _number(figure: Figure, rows: Iterable[Row]) -> int:
    kept = list(rows)
    if figure in HOURS:
        return sum(row.minutes for row in kept if isinstance(row, ServiceRow))
    if figure is Figure.HELPED:
        return sum(row.helped for row in kept if isinstance(row, WishRow))
    if figure is Figure.UNITS:
        return len({row.unit for row in kept if isinstance(row, ServiceRow)})
    return len(kept)


def share(part: int, whole: int) -> int | None:
    """Whole per cent; None of nothing."""
    return round(100 * part / whole) if whole else None


@dataclass(frozen=True)
class Report:
    """A month in numbers: of the whole area, and of each community by name."""

    month: date
    total: Numbers
    places: list[tuple[int, str, Numbers]]

    def as_kept(self) -> dict[str, object]:
        """As a finished report keeps it."""
        return {"total": self.total, "places": [list(place) for place in self.places]}
