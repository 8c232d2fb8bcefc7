"""A page of the staff desk: the area's name above, its menu beside."""

from __future__ import annotations

from typing import Any

from flask import current_app, render_template

from accounts.models import Area
from accounts.queries.areas import get_community_of
from accounts.rules import AreaKind


def render_desk(template: str, area: Area, **context: Any) -> str:
    """The template with the area's menu."""
    menu = current_app.jinja_env.globals.get("desk_nav")
    entries = menu(area) if callable(menu) else []
    name = area.name
    if area.kind == AreaKind.GRID:  # every community has a first grid
        name = f"{get_community_of(area).name} · {name}"
    return render_template(template, area=area, desk_nav=entries, desk_name=name, **context)
