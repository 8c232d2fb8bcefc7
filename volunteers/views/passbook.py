"""爱心存折: the book as its holder reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from foundation import clock
from foundation.access import signed_in
from foundation.labels import hours, hours_words, time_of_day
from love_bank.queries import Sums, get_sums
from love_bank.rules import GRADE_LABELS, STAR_MINUTES, Grade, star_of
from volunteers.queries.passbook import PAGE, BookRow, list_book, list_given
from volunteers.views.blueprint import bp


@dataclass(frozen=True)
class Cover:
    """The cover of the book in words."""

    number_label: str
    total_minutes: int
    parts: list[str]
    star_label: str
    next_label: str | None
    percent: int


@dataclass(frozen=True)
class Line:
    """One ruled line of the book."""

    date_label: str
    weekday_label: str
    what: str
    minutes: int
    grade_label: str | None
    details: list[str]
    balance_label: str
    back: bool
    pending: bool


@bp.get("/passbook")
@signed_in
def passbook() -> str:
    """Cover and one page of the book; older lines by its own numbering."""
    at, before = clock.now(), _before(request.args.get("before", ""))
    rows = list_book(current_user.book_id, before=before, limit=PAGE + 1)
    shown = rows[:PAGE]
    older = url_for("volunteers.passbook", before=shown[-1].seq) if len(rows) > PAGE else None
    return render_template(
        "volunteers/passbook.html",
        book=_cover(get_sums(current_user.book_id, at=at)),
        lines=[_line(row, at) for row in shown],
        seal=_seal(shown),
        older_url=older,
        first_url=url_for("volunteers.passbook") if before else None,
        given=list_given(current_user.id) if before is None else [],
        holder=current_user.name,
    )


def _before(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None


def _cover(sums: Sums) -> Cover:
    parts = [
        _("%(grade)s %(length)s", grade=_(GRADE_LABELS[grade]), length=hours_words(minutes))
        for grade in Grade
        if (minutes := sums.by_grade.get(grade, 0))
    ]
    if sums.in_notice:
        parts.append(_("其中公示中 %(length)s", length=hours_words(sums.in_notice)))
    star = star_of(sums.served)
    names = [_("还未到一星"), _("一星"), _("二星"), _("三星"), _("四星"), _("五星")]
    steps = (0, *STAR_MINUTES)
    if star.next_minutes is None:
        label, missing, percent = _("★ 五星志愿者"), None, 100
    else:
        goal = hours_words(star.next_minutes)
        label = _("☆ %(star)s %(goal)s", star=names[star.level + 1], goal=goal)
        missing = _("还差 %(length)s", length=hours_words(star.missing))
        reached = sums.served - steps[star.level]
        percent = reached * 100 // (star.next_minutes - steps[star.level])
    return Cover(current_user.volunteer_number, sums.served, parts, label, missing, percent)


def _line(row: BookRow, at: datetime) -> Line:
    first = row.is_credit and (row.revision or 1) == 1
    day = clock.local(row.starts_at if first else row.recorded_at)
    weekdays = (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))
    pending = row.is_credit and row.available_on > at and row.reversed_by_seq is None
    return Line(
        date_label=_date(day),
        weekday_label=weekdays[day.weekday()],
        what=_what(row),
        minutes=row.minutes if row.is_credit else -row.minutes,
        grade_label=_(GRADE_LABELS[row.grade]) if row.is_credit else None,
        details=_credit_details(row, at) if row.is_credit else _reversal_details(row),
        balance_label=hours(row.served_after),
        back=not row.is_credit,
        pending=pending,
    )


def _date(day: datetime) -> str:
    same_year = day.year == clock.local(clock.now()).year
    return f"{day.month}.{day.day:02d}" if same_year else f"{day.year}.{day.month}.{day.day:02d}"


def _what(row: BookRow) -> str:
    title = row.title or _("一次服务")
    if not row.is_credit:
        on = _date(clock.local(row.starts_at))
        return _("更正：划去 %(day)s %(title)s", day=on, title=title)
    if (row.revision or 1) > 1:
        return _("更正后：%(title)s", title=title)
    return title


def _credit_details(row: BookRow, at: datetime) -> list[str]:
    """When, against what plan; who recorded it, with whom, what shows it; the notice period."""
    if row.arrived_at and row.left_at and row.planned_from and row.planned_until:
        planned = int((row.planned_until - row.planned_from).total_seconds() // 60)
        seen = _("%(from)s–%(to)s，计划 %(length)s") % {
            "from": time_of_day(row.arrived_at),
            "to": time_of_day(row.left_at),
            "length": hours_words(planned),
        }
    else:
        seen = f"{time_of_day(row.starts_at)}–{time_of_day(row.ends_at)}"
    if (row.revision or 1) > 1:
        seen = _("%(day)s %(seen)s", day=_date(clock.local(row.starts_at)), seen=seen)
    if row.unit_name:
        seen = _("%(seen)s · 随%(unit)s参加", seen=seen, unit=row.unit_name)
    shown = [_("%(community)s记录并核实", community=row.community_name or _("社区"))]
    if row.together:
        shown.append(_("与 %(n)s 人同往", n=row.together))
    if row.photos:
        shown.append(_("照片 %(n)s 张", n=row.photos))
    details = [seen, " · ".join(shown)]
    if row.reversed_by_seq is not None:
        details.append(_("已被第 %(number)s 笔划去", number=f"{row.reversed_by_seq:04d}"))
    elif row.available_on > at:
        left = (clock.local_day(row.available_on) - clock.local_day(at)).days
        details.append(_("公示中，还有 %(n)s 天", n=left) if left else _("公示中，今天期满"))
    return details


def _reversal_details(row: BookRow) -> list[str]:
    return [_("对应第 %(number)s 笔", number=f"{row.struck_seq or 0:04d}")]


def _seal(rows: list[BookRow]) -> list[str] | None:
    """The recording community of the latest credit, with its month."""
    credited = [row for row in rows if row.is_credit and row.community_name]
    if not credited:
        return None
    month = clock.local(credited[0].recorded_at)
    return [credited[0].community_name or "", _("已核实"), f"{month.year}.{month.month:02d}"]
