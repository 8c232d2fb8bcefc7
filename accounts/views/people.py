"""The people of an area: who works here, whom we invited, who waits for a look at their card."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from accounts.forms.desk import EndForm
from accounts.models import Area, Membership, User
from accounts.policies import (
    get_people_desk,
    list_posts,
    may_confirm,
    may_give,
    may_hand_reset,
    may_take_back,
    works_at,
)
from accounts.queries.invitations import list_pending
from accounts.queries.people import get_person
from accounts.queries.staff import (
    find_person_by,
    get_membership,
    list_staff,
    list_unconfirmed,
    list_units_at,
)
from accounts.rules import ROLE_LABELS, Role, tidy
from accounts.services import passwords, staffing
from accounts.views.blueprint import bp
from accounts.views.door import Answer
from foundation import clock
from foundation.access import signed_in
from foundation.forms import saying
from foundation.links import draw_qr, whole_link
from foundation.phones import mask_phone


@bp.get("/desk/<int:area_id>/people")
@signed_in
def people(area_id: int) -> str:
    """Staff, invitations, units, and volunteers awaiting a look at their identity card."""
    area = get_people_desk(current_user.id, area_id)
    works_here = works_at(current_user.id, area_id)
    wanted = tidy(request.args.get("q", ""))[:80] if works_here else ""
    found = find_person_by(wanted) if wanted else None
    return render_template(
        "accounts/people.html",
        area=area,
        works_here=works_here,
        staff=[_staff_row(each) for each in list_staff(area)],
        may_invite=bool(list_posts(current_user.id, area)),
        invitations=list_pending(area, at=clock.now()),
        units=list_units_at(area),
        wanted=wanted,
        found=_person_row(found, area) if found else None,
        waiting=list_unconfirmed(area, but=current_user.id) if works_here else None,
        person_row=lambda person: _person_row(person, area),
        role_label=role_label,
    )


def role_label(role: str) -> str:
    """The word for a role."""
    label: str = _(ROLE_LABELS[Role(role)])
    return label


def _staff_row(membership: Membership) -> dict[str, Any]:
    own = membership.user_id == current_user.id
    role = Role(membership.role)
    may_end = not own and may_give(current_user.id, role, area=membership.area, unit=None)
    return {"membership": membership, "may_end": may_end}


def _person_row(person: User, area: Area) -> dict[str, Any]:
    me = current_user.id
    is_confirmed = person.confirmed_at is not None
    return {
        "person": person,
        "phone": mask_phone(person.phone) if person.phone else None,
        "may_confirm": not is_confirmed and may_confirm(me, person, area_id=area.id),
        "may_take_back": is_confirmed and may_take_back(me, person, area_id=area.id),
        "may_reset": may_hand_reset(me, person, area_id=area.id),
    }


@bp.post("/desk/<int:area_id>/people/<int:user_id>/confirm")
@signed_in
def confirm(area_id: int, user_id: int) -> Answer:
    """One tap: the worker has seen the identity card."""
    get_people_desk(current_user.id, area_id)
    staffing.confirm_identity(user_id, actor_id=current_user.id, area_id=area_id)
    flash(_("%(name)s 的身份已核对。", name=get_person(user_id).name), "success")
    return redirect(url_for("accounts.people", area_id=area_id))


@bp.post("/desk/<int:area_id>/people/<int:user_id>/take-back")
@signed_in
def take_back(area_id: int, user_id: int) -> Answer:
    """Take a confirmation back."""
    get_people_desk(current_user.id, area_id)
    staffing.take_back_confirmation(user_id, actor_id=current_user.id, area_id=area_id)
    flash(_("%(name)s 的身份核对已撤回。", name=get_person(user_id).name), "success")
    return redirect(url_for("accounts.people", area_id=area_id))


@bp.post("/desk/<int:area_id>/people/<int:user_id>/reset-link")
@signed_in
def hand_reset(area_id: int, user_id: int) -> Answer:
    """A link to a new password for a neighbour who stands at the counter; shown once."""
    area = get_people_desk(current_user.id, area_id)
    passwords.hand_reset_link(user_id, actor_id=current_user.id, area_id=area_id)
    link = whole_link(passwords.reset_path(user_id))
    return render_template(
        "accounts/reset_link.html",
        area=area,
        person=get_person(user_id),
        link=link,
        code=draw_qr(link),
    )


@bp.route("/desk/<int:area_id>/people/memberships/<int:membership_id>", methods=["GET", "POST"])
@signed_in
def end_membership(area_id: int, membership_id: int) -> Answer:
    """End a role, with a reason."""
    area = get_people_desk(current_user.id, area_id)
    membership = get_membership(membership_id)
    role, place = Role(membership.role), membership.area
    if place is None or not may_give(current_user.id, role, area=place, unit=None):
        abort(404)
    name, form = membership.user.name, EndForm()
    if form.validate_on_submit():
        with saying(form):
            staffing.end_membership(membership_id, actor_id=current_user.id, why=form.why.data)
            flash(_("%(name)s 的岗位已结束。", name=name), "success")
            return redirect(url_for("accounts.people", area_id=area_id))
    words = {"name": name, "role": role_label(role), "where": place.name}
    return render_template(
        "accounts/end_membership.html", form=form, area=area, **words
    ), form.status
