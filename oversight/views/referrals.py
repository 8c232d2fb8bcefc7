"""What came up, what went over and down, and which units are departments."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from accounts.queries.departments import list_units_under
from accounts.refusals import UnitNotFound
from accounts.services.departments import close_unit, mark_department
from foundation.access import signed_in
from foundation.forms import Form
from oversight.views.blueprint import bp
from oversight.views.street_page import my_area, render_street
from wishes.queries.referrals import Place
from wishes.views.referral_words import groups_of

UNIT = "/oversight/<int:area_id>/departments/<int:unit_id>"


@bp.get("/oversight/<int:area_id>/referrals")
@signed_in
def referrals(area_id: int) -> str:
    """What waits for this level, and what others have in hand for it."""
    area = my_area(area_id)
    return render_street("referrals.html", area, groups=groups_of(Place(area_id=area.id)))


@bp.get("/oversight/<int:area_id>/departments")
@signed_in
def departments(area_id: int) -> str:
    """The units under the area; those marked as departments get referrals."""
    area = my_area(area_id)
    return render_street("departments.html", area, units=list_units_under(area))


@bp.post(f"{UNIT}/mark/<int:yes>")
@signed_in
def mark_unit(area_id: int, unit_id: int, yes: int) -> Response:
    """Let a unit get referrals, or no more."""
    _ensure_here(area_id, unit_id)
    if Form().validate_on_submit():
        mark_department(unit_id, actor_id=current_user.id, yes=bool(yes))
        flash(_("改好了。"), "success")
    return redirect(url_for("oversight.departments", area_id=area_id))


@bp.post(f"{UNIT}/close/<int:yes>")
@signed_in
def close_department(area_id: int, unit_id: int, yes: int) -> Response:
    """Note that a unit has closed, or is open again."""
    _ensure_here(area_id, unit_id)
    if Form().validate_on_submit():
        close_unit(unit_id, actor_id=current_user.id, closed=bool(yes))
        flash(_("改好了。"), "success")
    return redirect(url_for("oversight.departments", area_id=area_id))


def _ensure_here(area_id: int, unit_id: int) -> None:
    if unit_id not in {unit.id for unit in list_units_under(my_area(area_id))}:
        raise UnitNotFound
