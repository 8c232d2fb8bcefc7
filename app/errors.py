"""Error pages: each a sentence that says what to do next."""

from __future__ import annotations

from flask import Flask, render_template
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from foundation.db import db
from foundation.forms import say
from foundation.refusal import Refusal

PAGES = {404: "errors/404.html", 410: "errors/410.html"}
OWN_PAGE = frozenset({403, 404, 413, 429, 500})


def _refused(refusal: Refusal) -> tuple[str, int]:
    page = PAGES.get(refusal.status, "errors/refusal.html")
    return render_template(page, sentence=say(refusal)), refusal.status


def _csrf(_error: CSRFError) -> tuple[str, int]:
    sentence = _("页面放得太久，或者换了账号。请返回上一页，刷新后再提交一次。")
    return render_template("errors/refusal.html", sentence=sentence), 400


def _http(error: HTTPException) -> tuple[str, int] | HTTPException:
    code = error.code or 500
    if code < 400:
        return error
    if code in OWN_PAGE:
        return render_template(f"errors/{code}.html"), code
    sentence = _("这个请求没有看懂。请返回上一页，刷新后再试。")
    return render_template("errors/refusal.html", sentence=sentence), code


def _broken(error: Exception) -> tuple[str, int]:
    db.session.rollback()
    return render_template("errors/500.html"), 500


def init_errors(app: Flask) -> None:
    """Hang the error pages on the app."""
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(500, _broken)
