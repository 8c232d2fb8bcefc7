"""Register, sign in, sign out, and the texts one agrees to."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_login import current_user, logout_user

from accounts.forms.entering import RegisterForm, SignInForm, register_words
from accounts.queries.areas import list_communities
from accounts.rules import WORDING, ConsentKind
from accounts.services import registering, signing_in
from accounts.views.blueprint import bp
from accounts.views.door import Answer, let_in, next_path, renew_session
from foundation.access import public
from foundation.forms import saying


@bp.route("/register", methods=["GET", "POST"])
@public
def register() -> Answer:
    """Open an account and come in."""
    if current_user.is_authenticated:
        return redirect(next_path())
    form = RegisterForm()
    form.home_area.offer(list_communities())
    if form.validate_on_submit():
        with saying(form):
            newcomer = registering.prepare_newcomer(
                form.name.data, language=str(get_locale()), **register_words(form)
            )
            let_in(registering.register(newcomer), remember=False)
            flash(_("注册好了，%(name)s，欢迎。", name=newcomer.name), "success")
            return redirect(next_path(url_for("accounts.profile")))
    return render_template("accounts/register.html", form=form, next=_asked_next()), form.status


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> Answer:
    """Come in with phone or address and password."""
    if current_user.is_authenticated:
        return redirect(next_path())
    form = SignInForm()
    if form.validate_on_submit():
        with saying(form):
            user_id = signing_in.sign_in(form.identifier.data, password=form.password.data)
            after = next_path()
            let_in(user_id, remember=form.remember.data)
            return redirect(after)
    return render_template("accounts/sign_in.html", form=form, next=_asked_next()), form.status


def _asked_next() -> str | None:
    return next_path() if "next" in request.values else None


@bp.post("/sign-out")
@public
def sign_out() -> Answer:
    """Go out on this device."""
    logout_user()
    renew_session()
    flash(_("已退出登录。"), "info")
    return redirect(url_for("wishes.board"))


@bp.get("/terms")
@public
def terms() -> str:
    """What one agrees to."""
    return render_template("accounts/terms.html", wording=WORDING[ConsentKind.TERMS])


@bp.get("/privacy")
@public
def privacy() -> str:
    """What is kept about a person, why, for how long, and who sees it."""
    return render_template("accounts/privacy.html", wording=WORDING[ConsentKind.TERMS])
