"""A page of the street's desk, with its menu."""

from __future__ import annotations

from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _

from accounts.models import Area
from wishes.queries.ratings import count_unhappy
from wishes.rules.life import AskState


def render_street(template: str, area: Area, **context: Any) -> str:
    """The template with the street's menu; `waiting` of the context is counted in it."""
    waiting = context.get("waiting")
    number = len(waiting) if waiting is not None else None
    unhappy = count_unhappy(area, frozenset({AskState.REOPENED}))
    nav = [
        (url_for("oversight.home", area_id=area.id), _("四色灯"), None, False),
        (
            url_for("oversight.verification", area_id=area.id),
            _("要街道核实"),
            number,
            bool(number),
        ),
        (
            url_for("oversight.unhappy", area_id=area.id),
            _("不满意"),
            unhappy or None,
            unhappy > 0,
        ),
        (url_for("oversight.wishes", area_id=area.id), _("全部心愿"), None, False),
    ]
    return render_template(
        f"oversight/{template}", area=area, desk_nav=nav, desk_name=area.name, **context
    )
