"""My account: who I am here, how to reach me, what is held about me."""

from __future__ import annotations

import json

from flask import Response, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from accounts.forms.profile import ContactForm, DetailsForm, PartyForm
from accounts.queries.areas import list_communities
from accounts.queries.holdings import get_holdings
from accounts.queries.people import get_person, list_memberships
from accounts.services import profile as errands
from accounts.views.blueprint import bp
from accounts.views.door import Answer
from foundation.access import signed_in
from foundation.forms import saying
from foundation.phones import find_phone, show_phone


@bp.get("/me")
@signed_in
def profile() -> str:
    """My account on one page."""
    person = get_person(current_user.id)
    phone = show_phone(person.phone) if person.phone else None
    roles = list_memberships(person.id)
    party = PartyForm(formdata=None, is_member=person.is_party_member)
    return render_template(
        "accounts/profile.html", person=person, phone=phone, roles=roles, party=party
    )


@bp.route("/me/details", methods=["GET", "POST"])
@signed_in
def change_details() -> Answer:
    """My name and my community."""
    person = get_person(current_user.id)
    form = DetailsForm(name=person.name, home_area=person.home_area_id)
    form.home_area.offer(list_communities())
    if form.validate_on_submit():
        with saying(form):
            errands.change_details(
                current_user.id, name=form.name.data, home_area_id=form.home_area.data
            )
            flash(_("资料改好了。"), "success")
            return redirect(url_for("accounts.profile"))
    confirmed = person.confirmed_at is not None
    return render_template("accounts/details.html", form=form, confirmed=confirmed), form.status


@bp.route("/me/contact", methods=["GET", "POST"])
@signed_in
def change_contact() -> Answer:
    """My phone and my mail address."""
    person = get_person(current_user.id)
    phone = show_phone(person.phone) if person.phone else ""
    form = ContactForm(phone=phone, email=person.email)
    if form.validate_on_submit():
        with saying(form):
            to = errands.Reachable(find_phone(form.phone.data or ""), form.email.data or None)
            errands.change_contact(current_user.id, to=to, current=form.current.data)
            flash(_("联系方式改好了，以后用新的登录。"), "success")
            return redirect(url_for("accounts.profile"))
    return render_template("accounts/contact.html", form=form), form.status


@bp.post("/me/party-membership")
@signed_in
def set_party_membership() -> Answer:
    """Tell that I am a party member, or take it back."""
    form = PartyForm()
    errands.set_party_membership(current_user.id, is_member=form.is_member.data)
    done = _("已记下党员身份。") if form.is_member.data else _("党员身份已撤回，不再显示。")
    flash(done, "success")
    return redirect(url_for("accounts.profile"))


@bp.get("/me/data")
@signed_in
def export() -> Response:
    """Everything that is held about me, as a file."""
    held = get_holdings(get_person(current_user.id))
    text = json.dumps(held, ensure_ascii=False, indent=2, default=str)
    headers = {
        "Content-Disposition": "attachment; filename=micro-wish-my-data.json",
        "Cache-Control": "no-store",
    }
    return Response(text, mimetype="application/json", headers=headers)
