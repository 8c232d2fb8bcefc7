"""Invitations: written by a desk, handed over as a link, taken up on one page."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from accounts.forms.desk import InviteForm
from accounts.forms.entering import RegisterForm, register_words
from accounts.models import Invitation
from accounts.policies import get_people_desk, list_posts, may_give
from accounts.queries.areas import list_communities
from accounts.queries.invitations import (
    get_invitation,
    get_invitation_by,
    is_pending,
    token_of,
)
from accounts.queries.people import get_person
from accounts.refusals import InvitationNotFound, InvitationOver
from accounts.rules import Role
from accounts.services import inviting
from accounts.services.registering import prepare_newcomer
from accounts.views.blueprint import bp
from accounts.views.door import Answer, let_in
from accounts.views.people import role_label
from foundation import clock
from foundation.access import public, signed_in
from foundation.forms import Form, saying
from foundation.links import draw_qr, whole_link


@bp.route("/desk/<int:area_id>/people/invite", methods=["GET", "POST"])
@signed_in
def invite(area_id: int) -> Answer:
    """Offer somebody a role."""
    area = get_people_desk(current_user.id, area_id)
    form = InviteForm()
    form.offer(list_posts(current_user.id, area))
    if form.validate_on_submit():
        with saying(form):
            offer = inviting.Offer(
                name=form.name.data, email=form.email.data or None, **form.chosen()
            )
            invitation_id = inviting.invite(offer, actor_id=current_user.id)
            return redirect(
                url_for("accounts.invitation_page", area_id=area_id, invitation_id=invitation_id)
            )
    return render_template("accounts/invite.html", form=form, area=area), form.status


def _get_mine(invitation_id: int) -> Invitation:
    """An open invitation this person may give. Raises InvitationNotFound for anybody else."""
    invitation = get_invitation(invitation_id)
    mine = may_give(
        current_user.id,
        Role(invitation.role),
        area=invitation.area,
        unit=invitation.organisation,
    )
    if not mine or not is_pending(invitation, at=clock.now()):
        raise InvitationNotFound
    return invitation


@bp.get("/desk/<int:area_id>/people/invitations/<int:invitation_id>")
@signed_in
def invitation_page(area_id: int, invitation_id: int) -> str:
    """The link and its code, to hand over."""
    area = get_people_desk(current_user.id, area_id)
    invitation = _get_mine(invitation_id)
    link = whole_link(url_for("accounts.accept_invitation", token=token_of(invitation)))
    return render_template(
        "accounts/invitation_page.html", area=area, invitation=invitation, link=link,
        code=draw_qr(link), where=_place(invitation), role=role_label(invitation.role),
    )  # fmt: skip


@bp.post("/desk/<int:area_id>/people/invitations/<int:invitation_id>/withdraw")
@signed_in
def withdraw_invitation(area_id: int, invitation_id: int) -> Answer:
    """Make the link worthless."""
    get_people_desk(current_user.id, area_id)
    inviting.withdraw_invitation(invitation_id, actor_id=current_user.id)
    flash(_("邀请已撤回，链接作废。"), "success")
    return redirect(url_for("accounts.people", area_id=area_id))


def _place(invitation: Invitation) -> str:
    place = invitation.area or invitation.organisation
    return place.name if place is not None else ""


@bp.route("/invitations/<token>", methods=["GET", "POST"])
@public
def accept_invitation(token: str) -> Answer:
    """Take up a role: with the account one has, or with a new one."""
    invitation = get_invitation_by(token)
    if not is_pending(invitation, at=clock.now()):
        raise InvitationOver
    inviting.ensure_host_may(invitation)
    if current_user.is_authenticated:
        return _accept_signed_in(token, invitation)
    first = MultiDict({"name": invitation.name, "contact": invitation.sent_to})
    form = RegisterForm(data=first.to_dict())
    form.home_area.offer(list_communities())
    if form.validate_on_submit():
        with saying(form):
            newcomer = prepare_newcomer(
                form.name.data, language=str(get_locale()), **register_words(form)
            )
            let_in(inviting.register_and_accept(token, newcomer=newcomer), remember=False)
            flash(_("注册好了，您已加入%(place)s。", place=_place(invitation)), "success")
            return redirect(url_for("accounts.profile"))
    return _show(invitation, form)


def _accept_signed_in(token: str, invitation: Invitation) -> Answer:
    form, place = Form(), _place(invitation)
    if form.validate_on_submit():
        with saying(form):
            inviting.accept_invitation(token, actor_id=current_user.id)
            flash(_("您已加入%(place)s。", place=place), "success")
            return redirect(url_for("accounts.profile"))
    return _show(invitation, form)


def _show(invitation: Invitation, form: Form) -> Answer:
    words = {"where": _place(invitation), "role": role_label(invitation.role)}
    host = get_person(invitation.invited_by_id).name
    return render_template(
        "accounts/invitation.html", form=form, invitation=invitation, host=host, **words
    ), form.status
