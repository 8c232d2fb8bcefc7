"""Who may enter: every view says so under its route, or the application does not start."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Flask, current_app
from flask_login import current_user

View = TypeVar("View", bound=Callable[..., Any])

_MARK = "_who_may_enter"


class UndeclaredView(RuntimeError):
    """An endpoint does not say who may enter it."""


def public(view: View) -> View:
    """Anybody may open this page."""
    setattr(view, _MARK, "public")
    return view


def signed_in(view: View) -> View:
    """Only a signed-in person may open this page; others are sent to sign in and come back."""

    @wraps(view)
    def enter(*args: Any, **kwargs: Any) -> Any:
        if not current_user.is_authenticated:
            return current_app.login_manager.unauthorized()  # type: ignore[attr-defined]  # Flask-Login hangs it there
        return view(*args, **kwargs)

    setattr(enter, _MARK, "signed_in")
    return cast("View", enter)


def who_may_enter(view: Callable[..., Any]) -> str | None:
    """The declaration a view carries, None when it carries none."""
    return getattr(view, _MARK, None)


def ensure_declared(app: Flask) -> None:
    """Raise UndeclaredView for the first endpoint that does not say who may enter."""
    for endpoint, view in app.view_functions.items():
        if who_may_enter(view) is None:
            raise UndeclaredView(f"{endpoint}: say @public or @signed_in under its route")
