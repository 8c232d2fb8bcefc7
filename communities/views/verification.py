"""核实: one service with all there is to see, or several small ones at once."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from accounts.models import Area
from accounts.policies import get_desk
from accounts.rules import AREA_ROLES
from communities.forms.reports import BatchForm, DecisionForm
from communities.views.blueprint import bp
from communities.views.desk_page import render_desk
from communities.views.people_lines import make_line
from communities.views.reports import WISH
from foundation.access import signed_in
from foundation.errands import part_of_key
from foundation.forms import row_id, say, saying
from foundation.labels import hours_words
from foundation.refusal import Refusal
from wishes.models import Wish
from wishes.policies.verifying import had_a_hand_in
from wishes.queries.completion import (
    count_changed_since_report,
    find_report,
    find_verification,
    get_wish_under,
    list_presences,
)
from wishes.queries.items import list_pledged
from wishes.queries.photos import list_photos
from wishes.queries.verification import list_waiting
from wishes.rules.batching import OPENING_LABELS, Opening
from wishes.rules.life import WishState
from wishes.rules.proof import Decision
from wishes.rules.roll_call import Mark
from wishes.rules.weighing import seen_mark
from wishes.services.completing import verify as verify_wish
from wishes.services.roll_call import call_roll


@bp.app_template_global()
def opening_word(opening: Opening) -> str:
    """Why a report is opened by itself, in the reader's language."""
    return str(_(OPENING_LABELS[opening]))


@bp.route("/desk/<int:area_id>/verification", methods=["GET", "POST"])
@signed_in
def verification(area_id: int) -> Response | tuple[str, int]:
    """What waits here; small services may be ticked and verified together."""
    area = get_desk(current_user.id, area_id, AREA_ROLES)
    form = BatchForm()
    if form.validate_on_submit():
        if form.wishes.data:
            _verify_several(form.wishes.data)
        else:
            flash(_("请先勾选要核实的心愿。"), "error")
        page = "today" if request.form.get("from") == "today" else "verification"
        return redirect(url_for(f"communities.{page}", area_id=area_id))
    waiting = list_waiting(area, user_id=current_user.id)
    page = render_desk(
        "communities/verification.html",
        area,
        form=form,
        together=[each for each in waiting if each.opening is None and not each.is_own],
        one_by_one=[each for each in waiting if each.opening is not None and not each.is_own],
        own=[each for each in waiting if each.is_own],
    )
    return page, form.status


def _verify_several(wish_ids: list[int]) -> None:
    """One errand per wish; what one refuses does not hold the others up."""
    minutes = done = 0
    for wish_id in dict.fromkeys(wish_ids):
        try:
            with part_of_key(str(wish_id)):
                minutes += verify_wish(
                    wish_id, actor_id=current_user.id, decision=Decision.ACCEPTED, in_batch=True
                )
            done += 1
        except Refusal as refusal:
            flash(say(refusal), "error")
    if done:
        words = {"n": done, "hours": hours_words(minutes)}
        flash(_("核实通过 %(n)s 个，%(hours)s记入存折。", **words), "success")


@bp.route(f"{WISH}/verify", methods=["GET", "POST"])
@signed_in
def verify(area_id: int, wish_id: int) -> Response | tuple[str, int]:
    """Everything about one report, and the decision."""
    area = get_desk(current_user.id, area_id, AREA_ROLES)
    wish = get_wish_under(area, wish_id)
    form = DecisionForm()
    if form.validate_on_submit():
        with saying(form):
            return _decide(form, area, wish)
    shown = _look(area, wish)
    form.seen.data = shown.pop("mark")
    return render_desk("communities/verify.html", area, form=form, **shown), form.status


def _look(area: Area, wish: Wish) -> dict[str, Any]:
    """What a verifier sees of one wish."""
    presences = list_presences(wish.id)
    report = find_report(wish.id)
    lines = [make_line(presence) for presence in presences]
    photos = list_photos(wish.id)
    is_own = had_a_hand_in(current_user.id, wish.id)
    is_waiting = wish.state == WishState.REPORTED and report is not None
    street = request.args.get("street", type=row_id)

    def call_back_url(user_id: int) -> str:
        return url_for(
            "communities.call_back",
            area_id=area.id,
            wish_id=wish.id,
            user_id=user_id,
            street=street,
        )

    return {
        "wish": wish,
        "report": report,
        "mark": seen_mark(report.id if report else 0, presences),
        "changed": count_changed_since_report([wish.id]).get(wish.id, 0),
        "lines": lines,
        "overrun": sum(line.overrun for line in lines),
        "minutes": sum(line.minutes for line in lines),
        "photos": photos,
        "used_before": sum(photo.used_before_id is not None for photo in photos),
        "pledged": list_pledged(wish.id),
        "decided": find_verification(wish.id),
        "is_own": is_own,
        "may_decide": is_waiting and not is_own,
        "street": street,
        "call_back_url": call_back_url,
    }


def _decide(form: DecisionForm, area: Area, wish: Wish) -> Response:
    wish_id, area_id, decision = wish.id, area.id, Decision(form.decision.data)
    minutes = verify_wish(
        wish_id,
        actor_id=current_user.id,
        decision=decision,
        reason=form.reason.data or "",
        overrun_allowed=form.overrun_allowed.data,
        seen=form.seen.data or "",
    )
    if decision == Decision.ACCEPTED and minutes:
        flash(_("核实通过，%(hours)s记入存折。", hours=hours_words(minutes)), "success")
    elif decision == Decision.ACCEPTED:
        flash(_("核实通过，已办结。"), "success")
    elif decision == Decision.AGAIN:
        flash(_("已退回重新做，提交的人会收到原因。"), "success")
    else:
        flash(_("已记为未兑现，不记时长。"), "success")
    street = request.args.get("street", type=row_id)
    if street is not None:
        return redirect(url_for("oversight.verification", area_id=street))
    return redirect(url_for("communities.verification", area_id=area_id))


@bp.post(f"{WISH}/verify/call-back/<int:user_id>")
@signed_in
def call_back(area_id: int, wish_id: int, user_id: int) -> Response:
    """The resident says on the telephone that this person came."""
    area = get_desk(current_user.id, area_id, AREA_ROLES)
    get_wish_under(area, wish_id)
    call_roll(wish_id, actor_id=current_user.id, mark=Mark.CONFIRMED, user_ids=[user_id])
    flash(_("回访记下了。"), "success")
    return redirect(
        url_for(
            "communities.verify", area_id=area_id, wish_id=wish_id,
            street=request.args.get("street", type=row_id),
        )
    )  # fmt: skip
