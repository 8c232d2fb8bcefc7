"""The menu of a desk: what waits, counted; global `desk_nav(area)` of the templates."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext as _
from flask_login import current_user

from accounts.models import Area
from accounts.policies.reporting import reads_reports_at
from accounts.queries.reporting import count_reports_waiting
from communities.policies import may_publish_at
from communities.views.blueprint import bp
from foundation import clock
from wishes.policies.residents import looks_after
from wishes.queries.asks import count_by_state
from wishes.queries.desk import count_wishes
from wishes.queries.feedback import count_drafts_at
from wishes.queries.presses import count_unsigned
from wishes.queries.referrals import Place, count_to_do
from wishes.rules.life import AskState, Light

# url (none: a heading), label, count, hot: somebody should look
Entry = tuple[str, str, int | None, bool]


def desk_nav(area: Area) -> list[Entry]:
    """The menu of a community's or a grid's desk, in the order of a morning."""
    asks = count_by_state(area)
    waiting = asks.get(AskState.SUBMITTED, 0) + asks.get(AskState.REOPENED, 0)
    lights = count_wishes(area)
    open_ones, reported = lights[Light.RED], lights[Light.BLUE]
    pages = [
        ("communities.today", _("今天要办的"), None, False),
        ("communities.asks", _("居民诉求"), waiting or None, waiting > 0),
        ("communities.wishes", _("心愿"), open_ones or None, False),
        ("communities.day", _("今日签到"), None, False),
        ("communities.verification", _("待核实"), reported or None, reported > 0),
    ]
    if looks_after(current_user.id, area.id):
        pages.append(("communities.rounds", _("走访"), None, False))
    if may_publish_at(current_user.id, area):
        moving = count_to_do(Place(area_id=area.id)) + count_unsigned(area.id)
        pages += [
            ("communities.referrals", _("上报与交办"), moving or None, moving > 0),
            ("communities.quick", _("即办"), None, False),
            _heading(_("安排")),
            ("communities.series_list", _("系列与轮值"), None, False),
            ("communities.menu", _("服务菜单"), None, False),
            ("communities.campaigns", _("心愿专场"), None, False),
            ("communities.templates", _("常用心愿"), None, False),
            _heading(_("本社区")),
            ("accounts.people", _("人员与志愿者"), None, False),
            ("communities.register", _("台账导入导出"), None, False),
            ("communities.announcements", _("公告"), None, False),
            ("communities.folders", _("迎检包"), None, False),
            ("communities.edit_page", _("社区主页"), None, False),
        ]
    pages.append(("communities.residents", _("重点居民"), None, False))
    if reads_reports_at(current_user.id, area.id):
        due = count_reports_waiting(area.id) + count_drafts_at(area.id)
        pages.append(("communities.reporting", _("双报到"), due or None, due > 0))
    return [(_to(page, area), label, count, hot) for page, label, count, hot in pages]


def _heading(label: str) -> Entry:
    """What stands above a group of pages; it leads nowhere."""
    return "", label, None, False


def _to(page: str, area: Area) -> str:
    if not page:
        return ""
    if page == "communities.day":
        today = clock.local_day(clock.now()).isoformat()
        return url_for(page, area_id=area.id, day=today)
    return url_for(page, area_id=area.id)


@bp.record_once
def _offer(state: object) -> None:
    app = state.app  # type: ignore[attr-defined]  # Flask's BlueprintSetupState
    app.jinja_env.globals["desk_nav"] = desk_nav
