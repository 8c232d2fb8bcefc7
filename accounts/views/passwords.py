"""A forgotten password: a letter, a link, a new one."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from accounts.forms.entering import ForgotForm, PasswordForm, ResetForm
from accounts.queries.areas import list_reachable
from accounts.services import passwords
from accounts.views.blueprint import bp
from accounts.views.door import Answer, let_in
from foundation.access import public, signed_in
from foundation.forms import saying


@bp.route("/forgot", methods=["GET", "POST"])
@public
def forgot() -> Answer:
    """Ask for a letter; the answer is the same for everybody."""
    form = ForgotForm()
    if form.validate_on_submit():
        with saying(form):
            passwords.ask_reset(form.identifier.data)
            return redirect(url_for("accounts.forgot_done"))
    return render_template("accounts/forgot.html", form=form), form.status


@bp.get("/forgot/done")
@public
def forgot_done() -> str:
    """What happens next, and whom to call without a mail address."""
    return render_template("accounts/forgot_done.html", communities=list_reachable())


@bp.route("/reset/<token>", methods=["GET", "POST"])
@public
def reset(token: str) -> Answer:
    """A new password by a letter's link."""
    form = ResetForm()
    person = passwords.get_person_of(token)
    if form.validate_on_submit():
        with saying(form):
            passwords.reset_password(token, password=form.password.data)
            flash(_("新密码设好了，请用它登录。"), "success")
            return redirect(url_for("accounts.sign_in"))
    return render_template("accounts/reset.html", form=form, name=person.name), form.status


@bp.route("/me/password", methods=["GET", "POST"])
@signed_in
def change_password() -> Answer:
    """A new password for who knows the present one; other devices are signed out."""
    form = PasswordForm()
    if form.validate_on_submit():
        user_id = current_user.id
        with saying(form):
            passwords.change_password(
                user_id, current=form.current.data, password=form.password.data
            )
            let_in(user_id, remember=False)
            flash(_("新密码设好了，其他设备都已退出登录。"), "success")
            return redirect(url_for("accounts.profile"))
    return render_template("accounts/change_password.html", form=form), form.status
