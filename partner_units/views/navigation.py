"""The frame of the unit's desk: its menu and its name."""

from __future__ import annotations

from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _

from accounts.models import Organisation
from accounts.queries.people import get_unit, list_coordinator_ids
from accounts.queries.rosters import count_roster
from wishes.queries.dispatches import count_waiting_for_unit
from wishes.queries.referrals import Place, count_to_do

NavEntry = tuple[str, str, int | None, bool]


def unit_nav(unit_id: int) -> list[NavEntry]:
    """The menu: (url, label, count, hot); one coordinator alone is one too few."""
    pages = ("home", "orders", "offers", "roster", "coordinators", "record", "reporting")
    home, orders, offers, roster, people, record, reporting = (
        url_for(f"partner_units.{page}", unit_id=unit_id) for page in pages
    )
    waiting = count_waiting_for_unit(unit_id)
    coordinators = len(list_coordinator_ids(unit_id))
    is_department = get_unit(unit_id).is_department
    moving = count_to_do(Place(unit_id=unit_id))
    referrals = url_for("partner_units.referrals", unit_id=unit_id)
    return [
        (home, _("我们的认领"), None, False),
        *([(referrals, _("转办"), moving, moving > 0)] if moving or is_department else []),
        (orders, _("派单"), waiting or None, waiting > 0),
        (offers, _("服务菜单"), None, False),
        (roster, _("名册"), count_roster(unit_id)[0], False),
        (people, _("联络员"), coordinators, coordinators < 2),
        (record, _("服务记录"), None, False),
        (reporting, _("双报到"), None, False),
    ]


def desk_page(template: str, unit: Organisation, **words: Any) -> str:
    """A page of the unit's desk."""
    return render_template(
        f"partner_units/{template}",
        unit=unit,
        desk_nav=unit_nav(unit.id),
        desk_name=unit.short_name,
        **words,
    )
