"""The operator's tree of areas, and new partner units."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from accounts.forms.desk import AreaForm, UnitForm
from accounts.models import Area
from accounts.policies import ensure_operator, is_operator, works_at
from accounts.queries.areas import get_area, list_communities, list_tree
from accounts.queries.staff import list_units
from accounts.refusals import OperatorOnly
from accounts.rules import KIND_LABELS, AreaKind, list_kinds_below
from accounts.services import areas as errands
from accounts.views.blueprint import bp
from accounts.views.door import Answer
from foundation.access import signed_in
from foundation.forms import row_id, saying


@bp.get("/areas")
@signed_in
def areas() -> str:
    """The whole tree, and the units."""
    ensure_operator(current_user.id)
    return render_template(
        "accounts/areas.html",
        tree=list_tree(),
        units=list_units(),
        kind_label=lambda kind: _(KIND_LABELS[AreaKind(kind)]),
        has_below=lambda area: bool(list_kinds_below(AreaKind(area.kind))),
    )


@bp.route("/areas/new", methods=["GET", "POST"])
@signed_in
def new_area() -> Answer:
    """Add an area; `parent` is the one it lies in."""
    ensure_operator(current_user.id)
    parent_id = request.args.get("parent", type=row_id)
    parent = get_area(parent_id) if parent_id else None
    form = AreaForm()
    form.offer(list_kinds_below(AreaKind(parent.kind) if parent else None))
    if form.validate_on_submit():
        with saying(form):
            errands.add_area(
                parent_id,
                kind=AreaKind(form.kind.data),
                card=_card(form),
                actor_id=current_user.id,
            )
            flash(_("“%(name)s”加好了。", name=form.name.data), "success")
            return redirect(url_for("accounts.areas"))
    return render_template("accounts/area.html", form=form, parent=parent, area=None), form.status


@bp.route("/areas/<int:area_id>", methods=["GET", "POST"])
@signed_in
def change_area(area_id: int) -> Answer:
    """Rename an area, change its phone and address."""
    ensure_operator(current_user.id)
    area = get_area(area_id)
    form = AreaForm(
        name=area.name, phone=area.phone, address=area.address, second_look=area.second_look
    )
    del form.kind
    if form.validate_on_submit():
        with saying(form):
            errands.change_area(area_id, card=_card(form), actor_id=current_user.id)
            flash(_("改好了。"), "success")
            return redirect(url_for("accounts.areas"))
    return render_template("accounts/area.html", form=form, parent=None, area=area), form.status


def _card(form: AreaForm) -> errands.AreaCard:
    return errands.AreaCard(
        name=form.name.data, phone=form.phone.data or None, address=form.address.data or None,
        second_look=bool(form.second_look.data),
    )  # fmt: skip


def _communities_of_mine() -> list[Area]:
    everywhere = list_communities()
    if is_operator(current_user.id):
        return everywhere
    return [area for area in everywhere if works_at(current_user.id, area.id)]


@bp.route("/units/new", methods=["GET", "POST"])
@signed_in
def new_unit() -> Answer:
    """Register a partner unit and invite its coordinator."""
    mine = _communities_of_mine()
    if not mine:
        raise OperatorOnly
    form = UnitForm(home_area=request.args.get("area", type=row_id) or mine[0].id)
    form.home_area.offer(mine)
    if form.validate_on_submit():
        with saying(form):
            card = errands.UnitCard(
                name=form.name.data,
                short_name=form.short_name.data,
                home_area_id=form.home_area.data,
                coordinator_name=form.coordinator_name.data,
                coordinator_email=form.coordinator_email.data or None,
            )
            invitation_id = errands.open_unit(card, actor_id=current_user.id)
            flash(_("单位登记好了。把下面的链接交给联络员。"), "success")
            return redirect(
                url_for(
                    "accounts.invitation_page",
                    area_id=form.home_area.data,
                    invitation_id=invitation_id,
                )
            )
    return render_template("accounts/new_unit.html", form=form), form.status
