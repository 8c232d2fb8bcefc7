"""专场 for everybody: its page with progress, giving several at once, the poster, what I gave."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from accounts.queries.people import list_units_of
from accounts.rules import Role
from foundation import clock
from foundation.access import public, signed_in
from foundation.forms import LAST_ROW, row_id, saying
from foundation.links import draw_qr, whole_link
from wishes.forms.campaigns import GiveForm
from wishes.models import Campaign
from wishes.policies.campaigns import may_receive
from wishes.queries.campaigns import (
    PAGE,
    Progress,
    count_free,
    count_progress,
    get_public_campaign,
    list_backups,
    list_public_campaigns,
    list_things,
)
from wishes.queries.receiving import list_given
from wishes.rules.campaigns import is_running
from wishes.services.giving import give_some, give_these
from wishes.views.blueprint import bp

Answer = tuple[str, int]


@bp.get("/campaigns")
@public
def campaigns() -> str:
    """The campaigns that the streets let out, the running ones first."""
    at = clock.now()
    found = list_public_campaigns()
    return render_template(
        "wishes/campaigns.html",
        running=[each for each in found if each.closes_at > at],
        over=[each for each in found if each.closes_at <= at],
        progress=count_progress([each.id for each in found]),
        nothing=Progress(),
        now=at,
    )


@bp.get("/campaigns/<int:campaign_id>")
@public
def campaign(campaign_id: int) -> Answer:
    """One campaign: progress, its things, and how to claim several at once."""
    return _show(get_public_campaign(campaign_id), GiveForm(formdata=None))


@bp.post("/campaigns/<int:campaign_id>/give")
@signed_in
def give(campaign_id: int) -> Response | Answer:
    """Claim what is ticked, or a number of any, all or nothing."""
    chosen = get_public_campaign(campaign_id)
    form = _offered(GiveForm())
    if form.validate_on_submit():
        giver = {
            "actor_id": current_user.id, "organisation_id": form.unit_id,
            "anonymous": form.anonymous.data,
        }  # fmt: skip
        with saying(form):
            if "some" in request.form:
                made = give_some(campaign_id, number=form.number.data or 0, **giver)
            else:
                made = give_these(campaign_id, wish_ids=form.ticked, **giver)
            flash(_("认领了 %(n)s 个心愿，谢谢。请看下面送到哪里。", n=len(made)), "success")
            return redirect(url_for("wishes.campaign_mine", campaign_id=campaign_id))
    return _show(chosen, form)


@bp.get("/campaigns/<int:campaign_id>/mine")
@signed_in
def campaign_mine(campaign_id: int) -> str:
    """What I, and the units I speak for, hold in it, and where to bring it."""
    chosen = get_public_campaign(campaign_id)
    units = [unit.id for unit in list_units_of(current_user.id, Role.COORDINATOR)]
    given = list_given(campaign_id, user_id=current_user.id, unit_ids=units)
    return render_template("wishes/campaign_mine.html", campaign=chosen, given=given)


@bp.get("/campaigns/<int:campaign_id>/poster")
@public
def campaign_poster(campaign_id: int) -> str:
    """A sheet to print and hang up, with a code that opens the campaign."""
    chosen = get_public_campaign(campaign_id)
    link = whole_link(url_for("wishes.campaign", campaign_id=campaign_id))
    return render_template(
        "wishes/campaign_poster.html", campaign=chosen, link=link, code=draw_qr(link),
        free=count_free(campaign_id),
    )  # fmt: skip


def _offered(form: GiveForm) -> GiveForm:
    signed = current_user.is_authenticated
    units = list_units_of(current_user.id, Role.COORDINATOR) if signed else []
    form.offer((unit.id, unit.name) for unit in units)
    return form


def _show(chosen: Campaign, form: GiveForm) -> Answer:
    at = clock.now()
    only_free = request.args.get("show") != "all"
    after = request.args.get("after", 0, type=row_id)
    rows = list_things(chosen.id, only_free=only_free, after=min(after, LAST_ROW), limit=PAGE + 1)
    signed = current_user.is_authenticated
    page: dict[str, Any] = {
        "campaign": chosen,
        "form": _offered(form),
        "progress": count_progress([chosen.id]).get(chosen.id, Progress()),
        "free": count_free(chosen.id),
        "things": rows[:PAGE],
        "backups": list_backups(chosen.id),
        "running": is_running(chosen.state, chosen.opens_at, chosen.closes_at, at=at),
        "is_over": chosen.closes_at <= at,
        "may_receive": signed and may_receive(current_user.id, chosen),
        **_ways(chosen, only_free=only_free, after=after, rows=rows),
    }
    return render_template("wishes/campaign.html", **page), form.status


def _ways(chosen: Campaign, *, only_free: bool, after: int, rows: list[Any]) -> dict[str, Any]:
    """Links of the page: filters, pages, and where its form is sent."""
    show = None if only_free else "all"

    def to(endpoint: str, **more: Any) -> str:
        return url_for(endpoint, campaign_id=chosen.id, **more)

    here = {"show": show, "after": after or None}
    return {
        "chips": [
            (to("wishes.campaign"), _("还没人认领"), only_free),
            (to("wishes.campaign", show="all"), _("全部"), not only_free),
        ],
        "give_url": to("wishes.give", **here),
        "next_url": to("wishes.campaign", show=show, after=rows[PAGE - 1].id)
        if len(rows) > PAGE
        else None,
        "first_url": to("wishes.campaign", show=show) if after else None,
    }
