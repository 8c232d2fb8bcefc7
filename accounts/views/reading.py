"""How a person reads: language and 长辈模式, one tap on every page."""

from __future__ import annotations

from flask import abort, current_app, redirect, request, session
from flask_login import current_user

from accounts.services import profile
from accounts.views.blueprint import bp
from accounts.views.door import Answer, next_path
from foundation.access import public


def _ensure_own_form() -> None:
    """Signed-in people's choice is stored, so it must come from a page of ours."""
    if current_user.is_authenticated:
        current_app.extensions["csrf"].protect()


@bp.post("/language")
@public
def set_language() -> Answer:
    """Read in another language from now on, here and in mails."""
    _ensure_own_form()
    language = request.form.get("language", "")
    if language not in current_app.config["LANGUAGES"]:
        abort(400)
    session["language"] = language
    if current_user.is_authenticated:
        profile.set_language(current_user.id, language=language)
    return redirect(next_path())


@bp.post("/reading")
@public
def set_reading() -> Answer:
    """Switch 长辈模式 on or off."""
    _ensure_own_form()
    elder = request.form.get("elder") == "1"
    session["elder"] = elder
    if current_user.is_authenticated:
        profile.set_reading(current_user.id, elder_mode=elder)
    return redirect(next_path())
