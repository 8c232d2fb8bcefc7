"""Who coordinates the unit: see them, add one, hand over, step down, invite."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from accounts.models import Invitation
from accounts.queries.invitations import get_invitation, token_of
from accounts.queries.rosters import (
    Colleague,
    list_coordinators,
    list_joined,
    list_pending_of_unit,
)
from accounts.refusals import InvitationNotFound
from accounts.rules import Role
from accounts.services.coordinators import appoint, hand_over, step_down
from accounts.services.inviting import Offer, invite, withdraw_invitation
from foundation import clock
from foundation.access import signed_in
from foundation.forms import Form, saying
from foundation.links import whole_link
from partner_units.forms.coordinators import AppointForm, HandOverForm, InviteForm
from partner_units.policies import get_unit_desk
from partner_units.views.blueprint import bp
from partner_units.views.navigation import desk_page


def _colleagues(unit_id: int) -> list[Colleague]:
    """Colleagues who could coordinate: joined, and not doing it already."""
    now_doing = {person.id for _membership, person in list_coordinators(unit_id)}
    return [each for each in list_joined(unit_id) if each.user_id not in now_doing]


def _link(invitation: Invitation) -> str:
    return whole_link(url_for("accounts.accept_invitation", token=token_of(invitation)))


def _page(
    unit_id: int, sent: Form | None = None, *, inviting: InviteForm | None = None
) -> tuple[str, int]:
    unit = get_unit_desk(current_user.id, unit_id)
    colleagues = _colleagues(unit_id)
    sent = sent or inviting
    page = desk_page(
        "coordinators.html", unit,
        coordinators=list_coordinators(unit_id),
        colleagues=colleagues,
        adding=AppointForm(formdata=None).offer(colleagues),
        handing=HandOverForm(formdata=None).offer(colleagues),
        inviting=inviting or InviteForm(formdata=None),
        pending=[(each, _link(each)) for each in list_pending_of_unit(unit_id, at=clock.now())],
        sent=sent,
    )  # fmt: skip
    return page, sent.status if sent else 200


def _back(unit_id: int) -> Response:
    return redirect(url_for("partner_units.coordinators", unit_id=unit_id))


@bp.get("/unit/<int:unit_id>/coordinators")
@signed_in
def coordinators(unit_id: int) -> Any:
    """The coordinators, and what can be done about them."""
    return _page(unit_id)


@bp.post("/unit/<int:unit_id>/coordinators/add")
@signed_in
def add_coordinator(unit_id: int) -> Any:
    """One more coordinator from among the colleagues."""
    get_unit_desk(current_user.id, unit_id)
    form = AppointForm().offer(_colleagues(unit_id))
    if form.validate_on_submit():
        with saying(form):
            appoint(unit_id, actor_id=current_user.id, user_id=form.person.data)
            flash(_("多了一位联络员，已通知本人。"), "success")
            return _back(unit_id)
    return _page(unit_id, form)


@bp.post("/unit/<int:unit_id>/coordinators/hand-over")
@signed_in
def hand_over_to(unit_id: int) -> Any:
    """A colleague takes over, the coordinator steps down."""
    get_unit_desk(current_user.id, unit_id)
    form = HandOverForm().offer(_colleagues(unit_id))
    if form.validate_on_submit():
        with saying(form):
            hand_over(unit_id, actor_id=current_user.id, to_user_id=form.heir.data)
            flash(_("已移交，您不再是联络员。谢谢您。"), "success")
            return redirect(url_for("volunteers.my_claims"))
    return _page(unit_id, form)


@bp.post("/unit/<int:unit_id>/coordinators/step-down")
@signed_in
def leave_desk(unit_id: int) -> Any:
    """Step down while others go on."""
    get_unit_desk(current_user.id, unit_id)
    form = Form()
    if form.validate_on_submit():
        with saying(form):
            step_down(unit_id, actor_id=current_user.id)
            flash(_("您不再是联络员。谢谢您。"), "success")
            return redirect(url_for("volunteers.my_claims"))
    return _page(unit_id, form)


@bp.post("/unit/<int:unit_id>/coordinators/invite")
@signed_in
def invite_coordinator(unit_id: int) -> Any:
    """A one-time link for somebody who is not on the roster."""
    get_unit_desk(current_user.id, unit_id)
    form = InviteForm()
    if form.validate_on_submit():
        with saying(form):
            offer = Offer(
                role=Role.COORDINATOR, name=form.name.data, organisation_id=unit_id,
                email=form.email.data or None,
            )  # fmt: skip
            invite(offer, actor_id=current_user.id)
            flash(_("邀请好了，把下面的链接发给对方。"), "success")
            return _back(unit_id)
    return _page(unit_id, inviting=form)


@bp.post("/unit/<int:unit_id>/coordinators/invitations/<int:invitation_id>/withdraw")
@signed_in
def withdraw_invite(unit_id: int, invitation_id: int) -> Any:
    """Make a link worthless."""
    get_unit_desk(current_user.id, unit_id)
    if get_invitation(invitation_id).organisation_id != unit_id:
        raise InvitationNotFound
    withdraw_invitation(invitation_id, actor_id=current_user.id)
    flash(_("邀请收回了，链接已作废。"), "success")
    return _back(unit_id)
