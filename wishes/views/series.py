"""A series as everybody sees it, and the long-term wishes that look for a companion."""

from __future__ import annotations

from typing import Any

from flask import render_template
from flask_login import current_user

from accounts.policies import is_staff_of
from foundation import clock
from foundation.access import public
from wishes.forms.series import OtherTimeForm
from wishes.queries.series import (
    get_public_series,
    list_days,
    list_open_days,
    list_plans_of,
    list_wanted,
)
from wishes.rules.kept_words import unpack
from wishes.rules.series_life import SeriesKind
from wishes.views.blueprint import bp
from wishes.views.series_words import (
    answer_words,
    day_lines,
    hours_words,
    rule_words,
    span_words,
    state_note,
)

SHOWN = 12
__all__ = ["answer_words", "long_term", "series", "show_series"]


@bp.get("/series/<int:series_id>")
@public
def series(series_id: int) -> tuple[str, int]:
    """What comes round when, and the button to take it all."""
    return show_series(series_id, OtherTimeForm(formdata=None))


def show_series(series_id: int, form: OtherTimeForm) -> tuple[str, int]:
    """Draw the page of a series with a form that may carry a refusal."""
    found = get_public_series(series_id)
    at = clock.now()
    user_id = current_user.id if current_user.is_authenticated else None
    ahead = [line for line in day_lines(found, list_days(found.id), at=at) if line.is_ahead]
    page: dict[str, Any] = {
        "series": found,
        "words": unpack(found.words),
        "span": span_words(found),
        "note": state_note(found),
        "ahead": ahead[:SHOWN],
        "more": len(ahead) - SHOWN,
        "open_days": len(list_open_days(found.id, at)) if found.kind != SeriesKind.PLAN else 0,
        "is_companion": user_id is not None and found.claimant_id == user_id,
        "is_staff": bool(user_id and is_staff_of(user_id, found.community_id)),
        "form": form,
    }
    return render_template("wishes/series.html", **page), form.status


@bp.get("/long-term")
@public
def long_term() -> str:
    """长期陪伴: who looks for a companion, and one's own plans above."""
    mine = list_plans_of(current_user.id) if current_user.is_authenticated else []
    return render_template(
        "wishes/long_term.html",
        wanted=[(each, rule_words(each)) for each in list_wanted()],
        mine=[(each, f"{rule_words(each)} {hours_words(each)}".strip()) for each in mine],
    )
