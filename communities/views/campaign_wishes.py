"""A community's things in a campaign: written one by one, or brought as drafts of a register."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from accounts.models import Area
from communities.forms.campaigns import DraftsForm, ThingForm
from communities.views.blueprint import bp
from communities.views.campaign_desk import Answer
from communities.views.campaigns import ONE, campaign_page
from communities.views.desks import my_worker_desk
from foundation.access import signed_in
from foundation.forms import LAST_ROW, fill_in, row_id, saying
from wishes.models import Campaign
from wishes.queries.campaigns import get_campaign_under, list_drafts, list_own_things
from wishes.services.letting_in import add_thing, join_wishes, publish_ready, take_out

OURS = f"{ONE}/wishes"
SHOWN = 50


def _open(area_id: int, campaign_id: int) -> tuple[Area, Campaign]:
    area = my_worker_desk(area_id)
    return area, get_campaign_under(area, campaign_id)


@bp.route(OURS, methods=["GET", "POST"])
@signed_in
def campaign_wishes(area_id: int, campaign_id: int) -> Answer:
    """Our things; a new one is written here in four fields."""
    area, found = _open(area_id, campaign_id)
    form = ThingForm()
    if form.validate_on_submit():
        with saying(form):
            add_thing(
                campaign_id, actor_id=current_user.id, community_id=area.id, words=form.words(),
                private=form.private(),
            )  # fmt: skip
            publish_ready(campaign_id)
            flash(_("加上了。再写下一个，或回到专场。"), "success")
            return _to_ours(area_id, campaign_id)
        found = get_campaign_under(area, campaign_id)
    after = min(request.args.get("after", 0, type=row_id), LAST_ROW)
    rows = list_own_things(campaign_id, area.id, after=after, limit=SHOWN + 1)
    page = campaign_page(
        "communities/campaign_wishes.html", area, campaign=found, form=form, things=rows[:SHOWN],
        next_url=_ours(area_id, campaign_id, rows[SHOWN - 1].id) if len(rows) > SHOWN else None,
        first_url=_ours(area_id, campaign_id) if after else None,
    )  # fmt: skip
    return page, form.status


@bp.route(f"{OURS}/drafts", methods=["GET", "POST"])
@signed_in
def campaign_drafts(area_id: int, campaign_id: int) -> Answer:
    """Bring drafts of things, as they came with a register; what cannot join says why."""
    area, found = _open(area_id, campaign_id)
    form = DraftsForm()
    left: list[tuple[str, str]] = []
    if form.validate_on_submit():
        with saying(form):
            said = join_wishes(
                campaign_id, actor_id=current_user.id, community_id=area.id,
                wish_ids=sorted(set(form.wishes.data or [])),
            )  # fmt: skip
            publish_ready(campaign_id)
            flash(_("%(n)s 个心愿进了专场。", n=said["joined"]), "success")
            if not said["left"]:
                return _to_ours(area_id, campaign_id)
            left = _why(said["left"])
        found = get_campaign_under(area, campaign_id)
    page = campaign_page(
        "communities/campaign_drafts.html", area, campaign=found, form=form, left=left,
        drafts=list_drafts(area.id),
    )  # fmt: skip
    return page, form.status


def _why(left: list[list[Any]]) -> list[tuple[str, str]]:
    return [(f"{number:04d}", fill_in(sentence, params)) for number, sentence, params in left]


@bp.post(f"{OURS}/<int:wish_id>/out")
@signed_in
def take_wish_out(area_id: int, campaign_id: int, wish_id: int) -> Answer:
    """Take a draft out again."""
    _open(area_id, campaign_id)
    take_out(campaign_id, actor_id=current_user.id, wish_id=wish_id)
    flash(_("退出专场了，还是草稿。"), "success")
    return _to_ours(area_id, campaign_id)


def _ours(area_id: int, campaign_id: int, after: int | None = None) -> str:
    return url_for(
        "communities.campaign_wishes", area_id=area_id, campaign_id=campaign_id, after=after
    )


def _to_ours(area_id: int, campaign_id: int) -> Response:
    return redirect(_ours(area_id, campaign_id))
