"""今天要办的: the few things only I can do, each in one tap, the phone number beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from flask import url_for
from flask_babel import gettext as _
from flask_login import current_user

from accounts.models import Area
from accounts.rules import AreaKind
from communities.policies import may_publish_at
from communities.views.blueprint import bp
from communities.views.desk_page import render_desk
from communities.views.desks import my_desk
from communities.views.level_todos import as_todos
from communities.views.slips import late_label, title_of, waited
from foundation import clock, labels
from foundation.access import signed_in
from foundation.phones import show_phone
from wishes.models import Ask, NoShow
from wishes.policies.residents import looks_after
from wishes.queries.asks import list_waiting as list_waiting_asks
from wishes.queries.days import Loose, list_call_backs, list_open_checkouts
from wishes.queries.desk import DeskRow, list_lacking, list_lane, list_unreported
from wishes.queries.least import Thin, list_thin
from wishes.queries.no_shows import list_appeals
from wishes.queries.ratings import list_reopened
from wishes.queries.reviewing import list_to_review
from wishes.queries.rounds import list_standings
from wishes.queries.verification import Waiting
from wishes.queries.verification import list_waiting as list_reported
from wishes.rules.kinds import KIND_LABELS, WishKind
from wishes.rules.life import Light
from wishes.rules.rounds import is_due, is_overdue
from wishes.services.private import show_phones_of_asks

FEW = 6


@dataclass(frozen=True)
class Todo:
    """What the todo macro draws."""

    title: str
    note: str
    url: str
    late: str | None = None
    phone: str | None = None
    phone_label: str | None = None
    action_url: str | None = None
    action_label: str | None = None
    link_url: str | None = None
    link_label: str | None = None
    quiet: bool = False
    hidden: dict[str, str] | None = None


class Group(NamedTuple):
    """One kind of thing to do."""

    title: str
    todos: list[Todo]


@bp.get("/desk/<int:area_id>")
@signed_in
def today(area_id: int) -> str:
    """The morning page."""
    desk, at = my_desk(area_id), clock.now()
    decides = may_publish_at(current_user.id, desk)
    groups = [
        *(_levels(desk) if decides else []),
        Group(_("不满意"), _unhappy(desk) if decides else []),
        Group(_("受理") if decides else _("补充情况"), _asks(desk, at, decides=decides)),
        Group(_("等您审核"), _reviews(desk) if decides else []),
        *(
            [Group(_("人数不够"), [_thin(t, desk) for t in list_thin(desk, at=at, limit=FEW)])]
            if decides
            else []
        ),
        Group(_("缺人"), [_lacking(row, desk) for row in list_lacking(desk, at=at, limit=FEW)]),
        *(_on_the_day(desk, at) if desk.kind == AreaKind.COMMUNITY else []),
        Group(_("待核实"), _reported(desk)),
        Group(_("“没来”的申诉"), _appeals(desk)),
        Group(_("走访"), _to_visit(desk, at)),
        *(_writing(desk, at) if decides else []),
    ]
    return render_desk(
        "communities/today.html", desk, groups=[group for group in groups if group.todos],
        may_publish=decides,
        today_label=labels.day(at),
    )  # fmt: skip


def _levels(desk: Area) -> list[Group]:
    pressed, moving = as_todos(desk.id, Todo, few=FEW)
    return [Group(_("督办待签收"), pressed), Group(_("上报与交办"), moving)]


def _asks(desk: Area, at: datetime, *, decides: bool) -> list[Todo]:
    waiting = list_waiting_asks(desk, limit=FEW)
    phones = show_phones_of_asks([ask.id for ask in waiting], actor_id=current_user.id)
    return [_ask(ask, desk, phones.get(ask.id), at, decides=decides) for ask in waiting]


def _ask(ask: Ask, desk: Area, phone: str | None, at: datetime, *, decides: bool) -> Todo:
    page = url_for("communities.ask_desk", area_id=desk.id, ask_id=ask.id)
    where = ask.grid.name if ask.grid is not None else _("还没分网格")
    return Todo(
        title=ask.title,
        note=_("%(day)s · %(where)s", day=labels.ago_days(ask.asked_at), where=where),
        url=page,
        late=waited(ask, at),
        phone=phone,
        phone_label=show_phone(phone) if phone else None,
        action_url=f"{page}/accept" if decides else None,
        action_label=_("受理"),
        link_url=None if decides else f"{page}/complete",
        link_label=_("补充"),
    )


def _reviews(desk: Area) -> list[Todo]:
    """Only what this person may pass: not what they wrote."""
    rows = list_to_review(desk, user_id=current_user.id, limit=FEW)
    return [
        Todo(
            title=row.wish.title,
            note=_("%(who)s提交，发布前请看一遍", who=row.asked_by.name),
            url=_wish(desk, row.wish_id),
            link_url=_wish(desk, row.wish_id),
            link_label=_("去看"),
        )
        for row in rows
    ]


def _unhappy(desk: Area) -> list[Todo]:
    return [
        Todo(
            title=ask.title,
            note=_("居民不满意，等您二次答复"),
            url=url_for("communities.ask_desk", area_id=desk.id, ask_id=ask.id),
            link_url=url_for("communities.answer_again", area_id=desk.id, ask_id=ask.id),
            link_label=_("二次答复"),
        )
        for ask in list_reopened(desk, limit=FEW)
    ]


def _thin(thin: Thin, desk: Area) -> Todo:
    """Too few people: one tap to go ahead, the wish's page to cancel."""
    return Todo(
        title=thin.title,
        note=labels.when(thin.starts_at),
        late=_("只有 %(people)s 人，最少要 %(least)s 人", people=thin.people, least=thin.least),
        url=_wish(desk, thin.wish_id),
        action_url=f"{_wish(desk, thin.wish_id)}/go-ahead",
        action_label=_("照常办"),
    )


def _lacking(row: DeskRow, desk: Area) -> Todo:
    missing = (row.headcount or 0) - row.places_taken
    return Todo(
        title=title_of(row),
        note=labels.when(row.starts_at),
        late=_("还差 %(n)s 人", n=missing),
        url=_wish(desk, row.id),
        link_url=_wish(desk, row.id),
        link_label=_("看看"),
        quiet=True,
    )


def _on_the_day(desk: Area, at: datetime) -> list[Group]:
    open_ones = list_open_checkouts(desk.id, at=at)[:FEW]
    calls = list_call_backs(desk.id)[:FEW]
    return [
        Group(_("未签退"), [_loose(each, desk, _("补签退")) for each in open_ones]),
        Group(_("回访"), [_loose(each, desk, _("去回访")) for each in calls]),
    ]


def _loose(each: Loose, desk: Area, label: str) -> Todo:
    url = url_for("communities.day_sheet", area_id=desk.id, wish_id=each.wish_id)
    return Todo(
        title=_("%(name)s · %(title)s", name=each.name, title=each.title),
        note=labels.when(each.arrived_at),
        url=url,
        phone=each.phone,
        phone_label=show_phone(each.phone) if each.phone else None,
        link_url=url,
        link_label=label,
    )


def _to_visit(desk: Area, at: datetime) -> list[Todo]:
    """Today's round as one line, for those whose round it is."""
    if not looks_after(current_user.id, desk.id):
        return []
    day = clock.local_day(at)
    due = [each for each in list_standings(desk, today=day) if is_due(each, day)]
    late = sum(is_overdue(each, day) for each in due)
    url = url_for("communities.rounds", area_id=desk.id)
    todo = Todo(
        title=_("今天该走访 %(n)s 户", n=len(due)),
        note=_("方便的时间在前，按门牌排"),
        url=url,
        late=_("%(n)s 户超期", n=late) if late else None,
        link_url=url,
        link_label=_("去走访"),
    )
    return [todo] if due else []


def _reported(desk: Area) -> list[Todo]:
    """Only reports that this person may verify: not their own."""
    waiting = list_reported(desk, user_id=current_user.id)
    return [_report(each, desk) for each in waiting if not each.is_own][:FEW]


def _report(each: Waiting, desk: Area) -> Todo:
    url = url_for("communities.verify", area_id=desk.id, wish_id=each.wish_id)
    is_item = each.kind == WishKind.ITEM
    people = _(KIND_LABELS[each.kind]) if is_item else _("%(n)s 人", n=each.people)
    ordinary = each.opening is None  # small and nothing stands out: one tap
    return Todo(
        title=each.title,
        note=_("%(people)s · %(by)s 提交", people=people, by=each.reported_by),
        late=_("已等 %(days)s 个工作日", days=each.working_days) if each.is_late else None,
        url=url,
        action_url=url_for("communities.verification", area_id=desk.id) if ordinary else None,
        action_label=_("核实，记 %(time)s", time=labels.hours_words(each.minutes)),
        hidden={"wishes": str(each.wish_id), "from": "today"},
        link_url=url,
        link_label=_("打开核实"),
    )


def _appeals(desk: Area) -> list[Todo]:
    """Only those that this person may answer: not what they noted themselves."""
    rows = list_appeals(desk, user_id=current_user.id, limit=FEW)
    return [_appeal(row, desk) for row in rows]


def _appeal(row: NoShow, desk: Area) -> Todo:
    url = url_for("communities.no_show", area_id=desk.id, no_show_id=row.id)
    return Todo(
        title=_("%(name)s · %(title)s", name=row.user.name, title=row.wish.title),
        note=row.appeal or "",
        url=url,
        link_url=url,
        link_label=_("答复"),
    )


def _writing(desk: Area, at: datetime) -> list[Group]:
    late = list_unreported(desk, at=at, limit=FEW)
    drafts = list_lane(desk, Light.GREY, limit=FEW)
    return [
        Group(_("做完没有"), [_unreported(row, desk, at) for row in late]),
        Group(_("草稿"), [_draft(row, desk) for row in drafts]),
    ]


def _unreported(row: DeskRow, desk: Area, at: datetime) -> Todo:
    return Todo(
        title=title_of(row),
        note=labels.when(row.starts_at),
        late=late_label(row.state, row.ends_at, at=at),
        url=_wish(desk, row.id),
        link_url=url_for("communities.report", area_id=desk.id, wish_id=row.id),
        link_label=_("填完成情况"),
    )


def _draft(row: DeskRow, desk: Area) -> Todo:
    return Todo(
        title=title_of(row),
        note=_("第 %(n)s 号", n=f"{row.number:04d}"),
        url=_wish(desk, row.id),
        link_url=url_for("communities.edit_wish", area_id=desk.id, wish_id=row.id),
        link_label=_("补全"),
        quiet=True,
    )


def _wish(desk: Area, wish_id: int) -> str:
    return url_for("communities.wish_desk", area_id=desk.id, wish_id=wish_id)
