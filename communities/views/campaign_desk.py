"""One campaign at the desk: where it stands, the street's word, 兜底单位 and keepers."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from accounts.models import Area
from accounts.queries.staff import list_units
from accounts.rules import AreaKind
from communities.forms.campaigns import BackupsForm, KeeperForm, ReasonForm
from communities.views.blueprint import bp
from communities.views.campaigns import ONE, campaign_page, my_campaign_desk, state_word
from foundation.access import signed_in
from foundation.forms import Form, saying
from wishes.models import Campaign
from wishes.policies.campaigns import ensure_may_change, may_change, may_decide, may_receive
from wishes.queries.campaigns import (
    Progress,
    count_progress,
    get_campaign_under,
    list_backups,
    list_keepers,
    list_shares,
)
from wishes.rules.campaigns import CampaignState
from wishes.services.campaigning import (
    add_keeper,
    approve_campaign,
    name_backups,
    remove_keeper,
    return_campaign,
)
from wishes.services.letting_in import approve_wishes, publish_ready, return_wishes

Answer = Response | tuple[str, int]


def open_campaign(area_id: int, campaign_id: int) -> tuple[Area, Campaign]:
    """The desk and the campaign, or 404."""
    area = my_campaign_desk(area_id)
    return area, get_campaign_under(area, campaign_id)


def to_campaign(area_id: int, campaign_id: int) -> Response:
    """Back to the campaign's page at this desk."""
    return redirect(url_for("communities.campaign", area_id=area_id, campaign_id=campaign_id))


@bp.get(ONE)
@signed_in
def campaign(area_id: int, campaign_id: int) -> tuple[str, int]:
    """How far it has come, and what the street still has to decide."""
    return _show(area_id, campaign_id)


def _show(
    area_id: int, campaign_id: int, wrong: ReasonForm | None = None, community_id: int = 0
) -> tuple[str, int]:
    """The page, with the reason that was refused in its place; 0 stands for the campaign."""
    area, found = open_campaign(area_id, campaign_id)

    def reason_for(place: int) -> ReasonForm:
        form = wrong if wrong is not None and place == community_id else ReasonForm(formdata=None)
        form.reason.id = form.reason.label.field_id = f"reason-{place}"
        return form

    user_id = current_user.id
    shares = list_shares(found.id)
    is_street = area.kind != AreaKind.COMMUNITY
    page = campaign_page(
        "communities/campaign.html", area, campaign=found, state_word=state_word(found),
        shares=shares if is_street or found.area_id == area.id
        else [each for each in shares if each.community_id == area.id],
        is_community=not is_street, reason_for=reason_for, backups=list_backups(found.id),
        progress=count_progress([found.id]).get(found.id, Progress()),
        may_decide=may_decide(user_id, found), may_change=may_change(user_id, found),
        may_receive=may_receive(user_id, found), is_open=found.state == CampaignState.OPEN,
    )  # fmt: skip
    return page, wrong.status if wrong else 200


@bp.post(f"{ONE}/approve")
@signed_in
def approve_the_campaign(area_id: int, campaign_id: int) -> Answer:
    """同意: it is out, with the wishes that are in it."""
    open_campaign(area_id, campaign_id)
    approve_campaign(campaign_id, actor_id=current_user.id)
    publish_ready(campaign_id)
    flash(_("同意了，心愿从开始日起公开。"), "success")
    return to_campaign(area_id, campaign_id)


@bp.post(f"{ONE}/return")
@signed_in
def return_the_campaign(area_id: int, campaign_id: int) -> Answer:
    """退回, with a reason."""
    open_campaign(area_id, campaign_id)
    form = ReasonForm()
    if form.validate_on_submit():
        with saying(form):
            return_campaign(campaign_id, actor_id=current_user.id, reason=form.reason.data or "")
            flash(_("退回了，社区会看到原因。"), "success")
            return to_campaign(area_id, campaign_id)
    return _show(area_id, campaign_id, form)


@bp.post(f"{ONE}/of/<int:community_id>/approve")
@signed_in
def approve_share(area_id: int, campaign_id: int, community_id: int) -> Answer:
    """Let a community's waiting wishes in."""
    open_campaign(area_id, campaign_id)
    n = approve_wishes(campaign_id, actor_id=current_user.id, community_id=community_id)
    publish_ready(campaign_id)
    flash(_("同意了 %(n)s 个心愿。", n=n), "success")
    return to_campaign(area_id, campaign_id)


@bp.post(f"{ONE}/of/<int:community_id>/return")
@signed_in
def return_share(area_id: int, campaign_id: int, community_id: int) -> Answer:
    """Give a community's waiting wishes back."""
    open_campaign(area_id, campaign_id)
    form = ReasonForm()
    if form.validate_on_submit():
        with saying(form):
            n = return_wishes(
                campaign_id, actor_id=current_user.id, community_id=community_id,
                reason=form.reason.data or "",
            )  # fmt: skip
            flash(_("退回了 %(n)s 个心愿，社区会看到原因。", n=n), "success")
            return to_campaign(area_id, campaign_id)
    return _show(area_id, campaign_id, form, community_id)


@bp.route(f"{ONE}/people", methods=["GET"])
@signed_in
def campaign_people(area_id: int, campaign_id: int) -> Answer:
    """Which units step in near the end, and who ticks off at the delivery point."""
    return _people(area_id, campaign_id)


def _people(area_id: int, campaign_id: int, wrong: Form | None = None) -> tuple[str, int]:
    area, found = open_campaign(area_id, campaign_id)
    ensure_may_change(current_user.id, found)
    backups = wrong if isinstance(wrong, BackupsForm) else _backups_form(found, filled=False)
    keeper = wrong if isinstance(wrong, KeeperForm) else KeeperForm(formdata=None)
    page = campaign_page(
        "communities/campaign_people.html", area, campaign=found, backups=backups, keeper=keeper,
        keepers=list_keepers(found.id),
    )  # fmt: skip
    return page, wrong.status if wrong else 200


def _backups_form(found: Campaign, *, filled: bool) -> BackupsForm:
    named = [unit.id for unit in list_backups(found.id)]
    form = BackupsForm() if filled else BackupsForm(formdata=None, data={"units": named})
    form.offer((unit.id, unit.name) for unit in list_units())
    return form


@bp.post(f"{ONE}/backups")
@signed_in
def set_backups(area_id: int, campaign_id: int) -> Answer:
    """Name the 兜底单位."""
    _area, found = open_campaign(area_id, campaign_id)
    form = _backups_form(found, filled=True)
    if form.validate_on_submit():
        with saying(form):
            name_backups(
                campaign_id, actor_id=current_user.id, unit_ids=list(form.units.data or [])
            )
            flash(_("兜底单位记好了。"), "success")
            return _to_people(area_id, campaign_id)
    return _people(area_id, campaign_id, form)


@bp.post(f"{ONE}/keepers")
@signed_in
def new_keeper(area_id: int, campaign_id: int) -> Answer:
    """Let a volunteer tick off what arrives."""
    open_campaign(area_id, campaign_id)
    form = KeeperForm()
    if form.validate_on_submit():
        with saying(form):
            add_keeper(campaign_id, actor_id=current_user.id, number=form.number.data or "")
            flash(_("加上了。把专场的收货清单发给这位志愿者。"), "success")
            return _to_people(area_id, campaign_id)
    return _people(area_id, campaign_id, form)


@bp.post(f"{ONE}/keepers/<int:user_id>/remove")
@signed_in
def drop_keeper(area_id: int, campaign_id: int, user_id: int) -> Answer:
    """Take a volunteer off the list."""
    open_campaign(area_id, campaign_id)
    remove_keeper(campaign_id, actor_id=current_user.id, user_id=user_id)
    flash(_("撤下了。"), "success")
    return _to_people(area_id, campaign_id)


def _to_people(area_id: int, campaign_id: int) -> Response:
    return redirect(
        url_for("communities.campaign_people", area_id=area_id, campaign_id=campaign_id)
    )
