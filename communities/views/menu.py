"""服务菜单 of a community: for its staff to order from, for everybody to read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from accounts.models import Area
from accounts.rules.skills import WEEKDAY_LABELS
from communities.policies import get_public_community
from communities.views.blueprint import bp
from communities.views.desk_page import render_desk
from communities.views.desks import my_worker_desk
from communities.views.wish_forms import Page, make_form
from foundation.access import public, signed_in
from foundation.forms import saying
from wishes.models import Offer
from wishes.queries.dispatches import list_for_community
from wishes.queries.offers import MenuFilter, MenuLine, get_orderable, list_menu, list_slots
from wishes.rules.kinds import CATEGORY_LABELS, Category, WishKind
from wishes.services.inviting import order_from
from wishes.views.matching_words import say_slots
from wishes.views.offers import this_month

MENU = "/desk/<int:area_id>/menu"


@dataclass(frozen=True)
class Dish:
    """One offer in words."""

    line: MenuLine
    who: str
    when: str

    @property
    def is_full(self) -> bool:
        """Whether this month's orders are all taken."""
        return self.line.used >= self.line.per_month


@bp.get(MENU)
@signed_in
def menu(area_id: int) -> str:
    """What can be ordered here, and what was ordered."""
    desk = my_worker_desk(area_id)
    return render_desk(
        "communities/menu.html", desk, dishes=_dishes(desk, is_staff=True),
        asked=list_for_community(desk.id), **_filter_words(),
    )  # fmt: skip


@bp.get("/communities/<int:area_id>/menu")
@public
def public_menu(area_id: int) -> str:
    """What units and volunteers offer to this community, for its residents to know."""
    area = get_public_community(area_id)
    return render_template(
        "communities/public_menu.html", community=area, dishes=_dishes(area, is_staff=False),
        **_filter_words(),
    )  # fmt: skip


@bp.route(f"{MENU}/<int:offer_id>", methods=["GET", "POST"])
@signed_in
def order(area_id: int, offer_id: int) -> Page:
    """Order from the menu: the form of a wish, filled in from the offer."""
    desk = my_worker_desk(area_id)
    offer = get_orderable(offer_id, desk.id)
    form = make_form(desk, _words_of(offer))
    if "add_tool" in request.form:
        form.add_tool()
    elif form.validate_on_submit():
        with saying(form):
            wish_id = order_from(
                offer_id, area_id=desk.id, actor_id=current_user.id, words=form.words(),
                private=form.private(), care=form.care(),
            )  # fmt: skip
            flash(_("点单了，对方会收到通知。回复会出现在这里。"), "success")
            return redirect(url_for("communities.invite_page", area_id=desk.id, wish_id=wish_id))
    form.pad_tools()
    page = render_desk(
        "communities/order.html", desk, form=form, wish=None, is_draft=False, is_order=True,
        ask=None, kept=[], price_cap=current_app.config["ITEM_PRICE_CAP"], offer=offer,
        who=_name_of(offer), offer_when=say_slots(list_slots([offer.id]).get(offer.id, ())),
    )  # fmt: skip
    return page, form.status


def _words_of(offer: Offer) -> dict[str, Any]:
    return {
        "kind": str(WishKind.SERVICE),
        "title": offer.title,
        "category": str(offer.category),
        "headcount": offer.people,
        "contact": str(current_user.id),
    }


def _name_of(offer: Offer) -> str:
    if offer.organisation is not None:
        return offer.organisation.short_name
    return offer.user.name if offer.user else ""


def _dishes(area: Area, *, is_staff: bool) -> list[Dish]:
    found = list_menu(area.id, _read_filter(), month=this_month())
    return [Dish(line, _who(line, is_staff=is_staff), say_slots(line.slots)) for line in found]


def _who(line: MenuLine, *, is_staff: bool) -> str:
    """Who offers it; strangers read only a volunteer's family name."""
    if line.unit_name is not None:
        return line.unit_name
    name = line.person_name or ""
    return name if is_staff else _("志愿者 %(name)s", name=name[:1] + "＊" * max(0, len(name) - 1))


def _read_filter() -> MenuFilter:
    kind, day = request.args.get("kind", ""), request.args.get("day", "")
    known = day.isascii() and day.isdigit() and len(day) == 1 and int(day) < len(WEEKDAY_LABELS)
    return MenuFilter(
        category=Category(kind) if kind in set(Category) else None,
        weekday=int(day) if known else None,
    )


def _filter_words() -> dict[str, Any]:
    chosen = _read_filter()
    return {
        "chosen_kind": str(chosen.category or ""),
        "chosen_day": "" if chosen.weekday is None else str(chosen.weekday),
        "kinds": [(str(code), _(label)) for code, label in CATEGORY_LABELS.items()],
        "days": [(str(at), _(label)) for at, label in enumerate(WEEKDAY_LABELS)],
    }
