"""The receiving list: staff of the place, and keepers, tick off many things at once."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from accounts.policies import is_staff_of
from foundation.access import signed_in
from foundation.forms import LAST_ROW, row_id, saying
from wishes.forms.campaigns import TicksForm
from wishes.policies.campaigns import find_receiving
from wishes.queries.campaigns import get_campaign
from wishes.queries.receiving import PAGE, Step, count_steps, list_coming
from wishes.services.receiving import check_many, receive_many
from wishes.views.blueprint import bp

RECEIVING = "/campaigns/<int:campaign_id>/receiving"


@bp.get(RECEIVING)
@signed_in
def receiving(campaign_id: int) -> tuple[str, int]:
    """Who brings what: coming, received, checked, handed over."""
    return _show(campaign_id, TicksForm(formdata=None))


@bp.post(f"{RECEIVING}/receive")
@signed_in
def receive_ticked(campaign_id: int) -> Response | tuple[str, int]:
    """收到了: all that is ticked, or nothing."""
    form = TicksForm()
    if form.validate_on_submit():
        with saying(form):
            n = receive_many(campaign_id, actor_id=current_user.id, claim_ids=form.ticked)
            flash(_("收到 %(n)s 个心愿的东西，请验收。", n=n), "success")
            return _back(campaign_id, Step.COMING)
    return _show(campaign_id, form)


@bp.post(f"{RECEIVING}/check")
@signed_in
def check_ticked(campaign_id: int) -> Response | tuple[str, int]:
    """合格: all that is ticked, or nothing."""
    form = TicksForm()
    if form.validate_on_submit():
        with saying(form):
            n = check_many(campaign_id, actor_id=current_user.id, claim_ids=form.ticked)
            flash(_("%(n)s 个心愿的东西验收合格，可以送了。", n=n), "success")
            return _back(campaign_id, Step.RECEIVED)
    return _show(campaign_id, form)


def _back(campaign_id: int, step: Step) -> Response:
    words = request.args.get("q") or None
    return redirect(url_for("wishes.receiving", campaign_id=campaign_id, step=step, q=words))


def _show(campaign_id: int, form: TicksForm) -> tuple[str, int]:
    campaign = get_campaign(campaign_id)
    places = find_receiving(current_user.id, campaign)
    asked = request.args.get("step")
    step = Step(asked) if asked in set(Step) else Step.COMING
    words = (request.args.get("q") or "").strip()[:40]
    offset = min(request.args.get("start", 0, type=row_id), LAST_ROW // 2)
    rows = list_coming(campaign_id, places=places, step=step, words=words, offset=offset)
    page: dict[str, Any] = {
        "campaign": campaign, "form": form, "step": step, "words": words, "rows": rows[:PAGE],
        "chips": _chips(campaign_id, step, count_steps(campaign_id, places=places)),
        "ticked": set(form.ticked),
        "send_to": _sending(campaign_id, step, words),
        "staff_of": {
            community_id: is_staff_of(current_user.id, community_id)
            for community_id in sorted({row.community_id for row in rows})
        },
        "next_url": _url(campaign_id, step, words, offset + PAGE) if len(rows) > PAGE else None,
        "first_url": _url(campaign_id, step, words) if offset else None,
    }  # fmt: skip
    return render_template("wishes/receiving.html", **page), form.status


def _url(campaign_id: int, step: Step, words: str = "", offset: int = 0) -> str:
    return url_for(
        "wishes.receiving", campaign_id=campaign_id, step=step, q=words or None,
        start=offset or None,
    )  # fmt: skip


def _sending(campaign_id: int, step: Step, words: str) -> str | None:
    doing = {Step.COMING: "wishes.receive_ticked", Step.RECEIVED: "wishes.check_ticked"}
    if step not in doing:
        return None
    return url_for(doing[step], campaign_id=campaign_id, step=step, q=words or None)


def _chips(campaign_id: int, step: Step, counts: dict[Step, int]) -> list[tuple[str, str, bool]]:
    labels = {
        Step.COMING: _("还没送来 %(n)s", n=counts[Step.COMING]),
        Step.RECEIVED: _("待验收 %(n)s", n=counts[Step.RECEIVED]),
        Step.CHECKED: _("待送达 %(n)s", n=counts[Step.CHECKED]),
        Step.HANDED_OVER: _("已送达 %(n)s", n=counts[Step.HANDED_OVER]),
    }
    return [(_url(campaign_id, each), labels[each], each is step) for each in Step]
