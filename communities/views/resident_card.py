"""One resident's card: what is known, who came, who looked; what may begin here."""

from __future__ import annotations

from io import BytesIO

from flask import flash, redirect, send_file, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from accounts.models import Area
from accounts.queries.areas import get_community_of
from communities.forms.residents import EraseForm
from communities.forms.rounds import AssignForm, VisitForm
from communities.policies import may_publish_at
from communities.views.blueprint import bp
from communities.views.register import XLSX
from communities.views.residents import RESIDENT, Page, card_url, private_page
from foundation import labels
from foundation.access import signed_in
from foundation.forms import Form, row_id, saying
from foundation.phones import show_phone
from foundation.sheets import Cell, write_sheet
from wishes.models import Resident
from wishes.policies.residents import get_care_desk
from wishes.queries.residents import (
    get_at_desk,
    list_asks_of,
    list_helpers,
    list_looks,
    list_visits,
    list_wishes_of,
)
from wishes.rules.residents import BEST_TIME_LABELS, LOOK_LABELS, BestTime, split_tags
from wishes.rules.rounds import OUTCOME_LABELS, Outcome
from wishes.services.resident_looks import note_export, note_look
from wishes.services.residents import erase_resident
from wishes.services.round_plan import assign_resident
from wishes.services.visiting import draft_for_resident, record_visit


@bp.get(RESIDENT)
@signed_in
def resident(area_id: int, resident_id: int) -> Page:
    """The card; opening it is written down."""
    get_at_desk(get_care_desk(current_user.id, area_id), resident_id)
    note_look(resident_id, actor_id=current_user.id)
    return _show(area_id, resident_id, VisitForm(data={"outcome": str(Outcome.MET)}))


def _show(
    area_id: int, resident_id: int, form: VisitForm, assign: AssignForm | None = None
) -> Page:
    desk = get_care_desk(current_user.id, area_id)
    card = get_at_desk(desk, resident_id)
    chosen = assign or _assign_form(card, filled=False)
    return private_page(
        "communities/resident.html", desk, resident=card, pairs=pairs_of(card), form=form,
        assign=chosen, visits=list_visits(card.id), looks=list_looks(card.id),
        asks=list_asks_of(card.id), wishes=list_wishes_of(card.id),
        may_publish=may_publish_at(current_user.id, get_community_of(desk)),
        status=max(form.status, chosen.status),
    )  # fmt: skip


def pairs_of(card: Resident) -> list[tuple[str, str]]:
    """What is known of a resident, as facts."""
    told = [
        (_("门牌"), card.door),
        (_("电话"), show_phone(card.phone) if card.phone else None),
        (_("网格"), card.grid.name if card.grid is not None else None),
        (_("标签"), labels.listed(_(tag) for tag in split_tags(card.tags))),
        (_("方便"), _(BEST_TIME_LABELS[BestTime(card.best_time or BestTime.ANY)])),
        (_("提醒"), card.note),
        (_("走访"), _("每月 %(n)s 趟", n=card.visits_wanted) if card.visits_wanted else None),
        (_("同意"), _("%(day)s，%(name)s 问的", day=labels.day(card.consent_on),
                     name=card.consent_by.name)),
    ]  # fmt: skip
    return [(name, value) for name, value in told if value]


def _assign_form(card: Resident, *, filled: bool = True) -> AssignForm:
    helpers = [
        (helper.id, _("%(name)s（%(taken)s/%(places)s 户）", name=helper.user.name,
                      taken=helper.taken, places=helper.places))
        for helper in list_helpers(card.community_id)
    ]  # fmt: skip
    more = {} if filled else {"formdata": None}
    return AssignForm(helpers=helpers, data={"helper": str(card.helper_id or "")}, **more)


@bp.post(f"{RESIDENT}/assign")
@signed_in
def assign(area_id: int, resident_id: int) -> Page:
    """Ask a volunteer to call on this person, or the grid worker again."""
    card = get_at_desk(get_care_desk(current_user.id, area_id), resident_id)
    form = _assign_form(card)
    if form.validate():
        helper_id = row_id(form.helper.data) if form.helper.data else None
        with saying(form):
            assign_resident(resident_id, actor_id=current_user.id, helper_id=helper_id)
            flash(_("走访人改好了。"), "success")
            return redirect(card_url(area_id, resident_id))
    return _show(area_id, resident_id, VisitForm(formdata=None), form)


@bp.post(f"{RESIDENT}/visit")
@signed_in
def visit(area_id: int, resident_id: int) -> Page:
    """One tap: met, or not at home; words from the card's own form."""
    get_at_desk(get_care_desk(current_user.id, area_id), resident_id)
    form = VisitForm()
    if form.validate():
        with saying(form):
            outcome = Outcome(form.outcome.data)
            record_visit(
                resident_id, actor_id=current_user.id, outcome=outcome,
                words=form.words.data or "",
            )  # fmt: skip
            flash(_("记下了：%(what)s。", what=_(OUTCOME_LABELS[outcome])), "success")
            return redirect(url_for("communities.rounds", area_id=area_id))
    return _show(area_id, resident_id, form)


@bp.post(f"{RESIDENT}/wish")
@signed_in
def resident_wish(area_id: int, resident_id: int) -> Page:
    """A draft for this person; door and phone are behind it already."""
    desk = get_care_desk(current_user.id, area_id)
    get_at_desk(desk, resident_id)
    community_id = get_community_of(desk).id
    if not Form().validate():
        return redirect(card_url(area_id, resident_id))
    wish_id = draft_for_resident(resident_id, actor_id=current_user.id)
    flash(_("草稿建好了，姓名、电话和门牌已加密放好。公开的话里别写身份和门牌。"), "success")
    return redirect(url_for("communities.edit_wish", area_id=community_id, wish_id=wish_id))


@bp.route(f"{RESIDENT}/erase", methods=["GET", "POST"])
@signed_in
def erase(area_id: int, resident_id: int) -> Page:
    """Forget the person, when they ask for it."""
    desk = get_care_desk(current_user.id, area_id)
    get_at_desk(desk, resident_id)
    form = EraseForm()
    if form.validate_on_submit():
        with saying(form):
            in_hand = erase_resident(resident_id, actor_id=current_user.id)
            _say_erased(in_hand)
            return redirect(url_for("communities.residents", area_id=area_id))
        desk = get_care_desk(current_user.id, area_id)
    return private_page("communities/resident_erase.html", desk, form=form, status=form.status,
                        resident_id=resident_id)  # fmt: skip


def _say_erased(in_hand: int) -> None:
    flash(_("删除了。姓名、电话、门牌、标签和走访记的话都不在了。"), "success")
    if in_hand:
        said = ngettext(
            "还有 %(num)d 件事没办完，那里的门牌和电话办结三天后不再显示。",
            "还有 %(num)d 件事没办完，那里的门牌和电话办结三天后不再显示。", in_hand,
        )  # fmt: skip
        flash(said, "warning")


@bp.get(f"{RESIDENT}.xlsx")
@signed_in
def resident_sheet(area_id: int, resident_id: int) -> Response:
    """Everything that is kept of one person, for that person."""
    desk: Area = get_care_desk(current_user.id, area_id)
    get_at_desk(desk, resident_id)
    note_export(resident_id, actor_id=current_user.id)
    card = get_at_desk(get_care_desk(current_user.id, area_id), resident_id)
    return send_file(
        BytesIO(write_sheet([_("内容"), _("记录")], _everything(card), _("居民卡"))),
        mimetype=XLSX, as_attachment=True, max_age=0, download_name=_("居民卡") + ".xlsx",
    )  # fmt: skip


def _everything(card: Resident) -> list[list[Cell]]:
    rows: list[list[Cell]] = [[_("姓名"), card.name]]
    rows += [[name, value] for name, value in pairs_of(card)]
    for each in list_visits(card.id, limit=None):
        said = [_(OUTCOME_LABELS[each.outcome]), each.visitor.name, each.words or ""]
        rows.append([labels.when(each.at), " ".join(word for word in said if word)])
    for look in list_looks(card.id, limit=None):
        said = [_(LOOK_LABELS[look.looked_as]), look.name]
        rows.append([labels.when(look.at), " ".join(said)])
    return rows
