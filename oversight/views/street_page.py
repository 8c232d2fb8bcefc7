"""A page of the street's desk, with its menu."""

from __future__ import annotations

from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from accounts.models import Area
from accounts.policies import get_desk
from accounts.rules import Role
from foundation import clock
from oversight.views.blueprint import bp
from wishes.queries.overdue import list_overdue
from wishes.queries.ratings import count_unhappy
from wishes.queries.referrals import Place, count_to_do
from wishes.queries.spot_checks import count_contradictions
from wishes.rules.life import AskState

Entry = tuple[str, str, int | None, bool]  # url, label, count, hot: somebody should look


def my_area(area_id: int) -> Area:
    """The street, district or city that the signed-in person looks over. Raises AreaNotFound."""
    return get_desk(current_user.id, area_id, [Role.SUPERVISOR])


def render_street(template: str, area: Area, **context: Any) -> str:
    """The template with the street's menu; `waiting` and `all_late` of the context are counted."""
    return render_template(
        f"oversight/{template}", area=area, desk_nav=_menu(area, context), desk_name=area.name,
        **context,
    )  # fmt: skip


def _menu(area: Area, context: dict[str, Any]) -> list[Entry]:
    waiting, all_late = context.get("waiting"), context.get("all_late")
    number = len(waiting) if waiting is not None else None
    late = len(list_overdue(area, at=clock.now()) if all_late is None else all_late)
    unhappy = count_unhappy(area, frozenset({AskState.REOPENED}))
    moving = count_to_do(Place(area_id=area.id))
    contradicting = count_contradictions(area.id)
    pages = [
        ("home", _("各社区"), None, False),
        ("overdue", _("超期"), late or None, late > 0),
        ("referrals", _("转办"), moving or None, moving > 0),
        ("presses", _("督办与通报"), None, False),
        ("verification", _("要街道核实"), number, bool(number)),
        ("unhappy", _("不满意"), unhappy or None, unhappy > 0),
        ("checks", _("抽查"), contradicting or None, contradicting > 0),
        ("reports", _("月报"), None, False),
        ("wishes", _("全部心愿"), None, False),
        ("campaigns", _("心愿专场"), None, False),
        ("departments", _("部门"), None, False),
        ("folders", _("迎检包"), None, False),
    ]
    elsewhere = {"campaigns": "communities.campaigns"}  # a page that both desks share
    return [
        (url_for(elsewhere.get(page, f"oversight.{page}"), area_id=area.id), label, count, hot)
        for page, label, count, hot in pages
    ]


@bp.record_once
def _offer(state: object) -> None:
    app = state.app  # type: ignore[attr-defined]  # Flask's BlueprintSetupState
    app.jinja_env.globals["street_nav"] = lambda area: _menu(area, {})
