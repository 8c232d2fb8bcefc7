"""Asks at the desk: what waits first, or what most neighbours want."""

from __future__ import annotations

from flask import request, url_for
from flask_babel import gettext as _

from accounts.models import Area
from communities.views.blueprint import bp
from communities.views.desk_page import render_desk
from communities.views.desks import my_desk
from communities.views.slips import waited
from foundation import clock
from foundation.access import signed_in
from foundation.forms import row_id
from foundation.refusal import N_
from wishes.models import Ask
from wishes.queries.asks import count_by_state, list_at_desk
from wishes.queries.supports import count_supports, list_wanted_at_desk
from wishes.rules.life import AskState

PAGE = 20
MOST_WANTED = 50
TABS = {
    "waiting": (AskState.SUBMITTED,),
    "unhappy": (AskState.REOPENED, AskState.FOLLOWED_UP),
    "accepted": (AskState.ACCEPTED,),
    "replied": (AskState.ANSWERED, AskState.RETURNED, AskState.PASSED_ON),
    "done": (AskState.DONE, AskState.RATED),
}
TAB_LABELS = {
    "waiting": N_("待受理"),
    "unhappy": N_("不满意"),
    "accepted": N_("已受理"),
    "replied": N_("已回复"),
    "done": N_("已办结"),
}


@bp.get("/desk/<int:area_id>/asks")
@signed_in
def asks(area_id: int) -> str:
    """The asks of a desk, what waits first."""
    desk = my_desk(area_id)
    tab = request.args.get("tab", "waiting")
    tab = tab if tab in TABS else "waiting"
    wanted = request.args.get("order") == "wanted"
    before = request.args.get("before", type=row_id)
    waits = tab in ("waiting", "unhappy")  # who waits longest comes first
    if wanted:
        rows = [row.ask for row in list_wanted_at_desk(desk, TABS[tab], limit=MOST_WANTED)]
    else:
        rows = list_at_desk(desk, TABS[tab], before=before, oldest_first=waits, limit=PAGE + 1)
    shown, numbers = rows if wanted else rows[:PAGE], count_by_state(desk)
    return render_desk(
        "communities/asks.html",
        desk,
        asks=shown,
        supports=count_supports(ask.id for ask in shown),
        orders=_orders(desk, tab, wanted=wanted),
        late={ask.id: waited(ask, clock.now()) for ask in shown if tab == "waiting"},
        tabs=[_tab(desk, name, tab, numbers) for name in TABS],
        next_url=None if wanted else _next_url(desk, tab, rows),
    )


def _orders(desk: Area, tab: str, *, wanted: bool) -> list[tuple[str, str, bool]]:
    page = "communities.asks"
    return [
        (url_for(page, area_id=desk.id, tab=tab), _("按时间"), not wanted),
        (url_for(page, area_id=desk.id, tab=tab, order="wanted"), _("最想要"), wanted),
    ]


def _tab(desk: Area, name: str, chosen: str, numbers: dict[AskState, int]) -> tuple[str, str, bool]:
    n = sum(numbers.get(state, 0) for state in TABS[name])
    url = url_for("communities.asks", area_id=desk.id, tab=name)
    return url, _("%(tab)s %(n)s", tab=_(TAB_LABELS[name]), n=n), name == chosen


def _next_url(desk: Area, tab: str, rows: list[Ask]) -> str | None:
    if len(rows) <= PAGE:
        return None
    return url_for("communities.asks", area_id=desk.id, tab=tab, before=rows[PAGE - 1].id)
