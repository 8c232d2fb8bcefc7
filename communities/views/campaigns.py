"""专场 at the desk of a street or a community: listed, proposed, changed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from accounts.models import Area
from accounts.policies import get_desk
from accounts.refusals import AreaNotFound
from accounts.rules import AreaKind
from communities.forms.campaigns import CampaignForm
from communities.views.blueprint import bp
from communities.views.desk_page import render_desk
from foundation import clock
from foundation.access import signed_in
from foundation.forms import saying
from wishes.models import Campaign
from wishes.policies.campaigns import ensure_may_change
from wishes.queries.campaigns import (
    Progress,
    count_progress,
    get_campaign_under,
    list_campaigns_for,
)
from wishes.rules.campaigns import CAMPAIGN_LABELS, CampaignState
from wishes.services.campaigning import change_campaign, propose_campaign

DESK = "/desk/<int:area_id>/campaigns"
ONE = f"{DESK}/<int:campaign_id>"
DAYS = 30


def my_campaign_desk(area_id: int) -> Area:
    """The street or community where the person works. Raises AreaNotFound."""
    area = get_desk(current_user.id, area_id)
    if area.kind not in (AreaKind.STREET, AreaKind.COMMUNITY):
        raise AreaNotFound
    return area


def campaign_page(template: str, area: Area, **context: Any) -> str:
    """A page of the desk: a community's own menu, or the street's."""
    context["back_to"] = url_for("communities.campaigns", area_id=area.id)
    if area.kind == AreaKind.COMMUNITY:
        return render_desk(template, area, **context)
    menu = current_app.jinja_env.globals.get("street_nav")
    nav = menu(area) if callable(menu) else []
    return render_template(template, area=area, desk_nav=nav, desk_name=area.name, **context)


def state_word(campaign: Campaign) -> str:
    """Where a campaign stands, in words."""
    if campaign.state != CampaignState.OPEN:
        return str(_(CAMPAIGN_LABELS[CampaignState(campaign.state)]))
    now = clock.now()
    if campaign.closes_at <= now:
        return str(_("已截止"))
    return str(_("进行中") if campaign.opens_at <= now else _("同意了，还没到日子"))


@bp.get(DESK)
@signed_in
def campaigns(area_id: int) -> str:
    """The campaigns of the street, and those that wait for its word."""
    area = my_campaign_desk(area_id)
    found = list_campaigns_for(area)
    return campaign_page(
        "communities/campaigns.html", area, campaigns=found, state_word=state_word,
        progress=count_progress([each.id for each in found]), nothing=Progress(),
    )  # fmt: skip


@bp.route(f"{DESK}/new", methods=["GET", "POST"])
@signed_in
def new_campaign(area_id: int) -> Response | tuple[str, int]:
    """Propose a campaign; the street's own is out at once."""
    area = my_campaign_desk(area_id)
    today = clock.local_day(clock.now())
    form = CampaignForm(
        data={
            "since": today, "until": today + timedelta(days=DAYS),
            "price_cap": current_app.config["ITEM_PRICE_CAP"],
        }
    )  # fmt: skip
    if form.validate_on_submit():
        with saying(form):
            made = propose_campaign(area.id, actor_id=current_user.id, words=form.words())
            is_street = area.kind == AreaKind.STREET
            said = _("专场发布了，社区可以加心愿。") if is_street else _("交给街道了，同意后公开。")
            flash(said, "success")
            return redirect(url_for("communities.campaign", area_id=area.id, campaign_id=made))
    return _form_page(area, form, None)


@bp.route(f"{ONE}/edit", methods=["GET", "POST"])
@signed_in
def edit_campaign(area_id: int, campaign_id: int) -> Response | tuple[str, int]:
    """Change a proposal and hand it in again."""
    area = my_campaign_desk(area_id)
    found = get_campaign_under(area, campaign_id)
    ensure_may_change(current_user.id, found)
    form = CampaignForm(
        data={
            "title": found.title, "text": found.text, "place": found.place,
            "since": clock.local_day(found.opens_at), "until": clock.local_day(found.closes_at),
            "price_cap": found.price_cap,
        }
    )  # fmt: skip
    if form.validate_on_submit():
        with saying(form):
            change_campaign(campaign_id, actor_id=current_user.id, words=form.words())
            flash(_("改好了，又交给街道了。"), "success")
            return redirect(
                url_for("communities.campaign", area_id=area.id, campaign_id=campaign_id)
            )
        found = get_campaign_under(area, campaign_id)
    return _form_page(area, form, found)


def _form_page(area: Area, form: CampaignForm, found: Campaign | None) -> tuple[str, int]:
    page = campaign_page(
        "communities/campaign_form.html", area, form=form, campaign=found,
        is_street=area.kind == AreaKind.STREET,
    )  # fmt: skip
    return page, form.status
