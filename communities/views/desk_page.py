"""A page of the staff desk: the area's name above, its menu beside."""

from __future__ import annotations

from typing import Any

from flask import current_app, render_template

from accounts.models import Area


def render_desk(template: str, area: Area, **context: Any) -> str:
    """The template with the area's menu."""
    menu = current_app.jinja_env.globals.get("desk_nav")
    entries = menu(area) if callable(menu) else []
    return render_template(template, area=area, desk_nav=entries, desk_name=area.name, **context)
