"""不满意: what residents were not content with, what was answered then, and what since."""

from __future__ import annotations

from typing import NamedTuple

from flask import request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from accounts.policies import get_desk
from accounts.rules import Role
from foundation import labels
from foundation.access import signed_in
from foundation.forms import row_id
from foundation.refusal import N_
from oversight.views.blueprint import bp
from oversight.views.street_page import render_street
from wishes.models import Ask
from wishes.queries.completion import find_report
from wishes.queries.ratings import Unhappy, count_unhappy, list_unhappy
from wishes.rules.life import AskMove, AskState
from wishes.rules.rating import RATED_BY_LABELS, RatedBy

PAGE = 30
TABS = {
    "waiting": (frozenset({AskState.REOPENED}), N_("等社区再办")),
    "answered": (frozenset({AskState.FOLLOWED_UP}), N_("已二次答复")),
    "closed": (frozenset({AskState.RATED}), N_("居民已确认")),
}


class Case(NamedTuple):
    """One bad rating as the street reads it."""

    ask: Ask
    words: str
    note: str
    answered: str
    answered_again: str | None
    again_label: str | None


@bp.get("/oversight/<int:area_id>/unhappy")
@signed_in
def unhappy(area_id: int) -> str:
    """Bad ratings of all communities below, latest first."""
    area = get_desk(current_user.id, area_id, [Role.SUPERVISOR])
    tab = request.args.get("tab", "waiting")
    tab = tab if tab in TABS else "waiting"
    before = request.args.get("before", type=row_id)
    rows = list_unhappy(area, TABS[tab][0], before=before, limit=PAGE + 1)
    chips = [
        (
            url_for("oversight.unhappy", area_id=area_id, tab=name),
            _("%(tab)s %(n)s", tab=_(label), n=count_unhappy(area, states)),
            name == tab,
        )
        for name, (states, label) in TABS.items()
    ]
    more = None
    if len(rows) > PAGE:
        last = rows[PAGE - 1].rating.id
        more = url_for("oversight.unhappy", area_id=area_id, tab=tab, before=last)
    cases = [_case(row) for row in rows[:PAGE]]
    return render_street("unhappy.html", area, cases=cases, chips=chips, more=more)


def _case(row: Unhappy) -> Case:
    rating, ask = row.rating, row.ask
    by = f" · {rating.entered_by.name}" if rating.entered_by is not None else ""
    again = row.replies.get(AskMove.ANSWER_AGAIN)
    return Case(
        ask=ask,
        words=rating.words,
        note=f"{_(RATED_BY_LABELS[RatedBy(rating.channel)])} · {labels.when(rating.at)}{by}",
        answered=_answer_then(row),
        answered_again=again.text if again else None,
        again_label=labels.when(again.at) if again else None,
    )


def _answer_then(row: Unhappy) -> str:
    """What was said before the rating: what was done, the report of the wish, the reply."""
    done = row.replies.get(AskMove.FINISH)
    if done is not None:
        return done.text
    report = find_report(row.ask.wish_id) if row.ask.wish_id is not None else None
    return report.text if report is not None else row.ask.reply or ""
