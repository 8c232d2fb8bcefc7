"""The resident's A5 slip: printing makes new codes, the paper before it ends."""

from __future__ import annotations

from typing import NamedTuple

from flask import flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from markupsafe import Markup

from communities.views.blueprint import bp
from communities.views.desks import my_desk
from communities.views.wish_forms import WISH, Page
from foundation import labels
from foundation.access import signed_in
from foundation.links import draw_qr, whole_link
from wishes.models import Claim, Slip, Wish
from wishes.queries.completion import get_wish_under
from wishes.queries.ratings import find_rating_code
from wishes.queries.serving import list_claims
from wishes.queries.slips import find_live_slip
from wishes.rules.codes import show_ask_code
from wishes.services.slips import print_slip


class Paper(NamedTuple):
    """What the paper says; all texts."""

    title: str
    number_label: str
    when_label: str
    place_label: str
    people_label: str
    community_name: str
    community_phone: str
    tools_label: str
    arrive_code: str
    leave_code: str
    rate_code: str
    rate_address: str
    rate_qr: Markup


@bp.route(f"{WISH}/slip", methods=["GET", "POST"])
@signed_in
def slip(area_id: int, wish_id: int) -> Page:
    """POST makes fresh codes and shows the paper; opening the page again makes none."""
    desk = my_desk(area_id)
    get_wish_under(desk, wish_id)
    back = url_for("communities.wish_desk", area_id=area_id, wish_id=wish_id)
    if request.method == "GET":
        return redirect(back)
    slip_id = print_slip(wish_id, actor_id=current_user.id)
    printed = find_live_slip(wish_id)
    if printed is None or printed.id != slip_id:
        flash(_("这张单子已经被后来打印的代替，请重新打印。"), "warning")
        return redirect(back)
    paper = _paper(get_wish_under(desk, wish_id), printed, list_claims(wish_id))
    response = make_response(render_template("communities/slip.html", slip=paper, back_url=back))
    response.headers["Cache-Control"] = "no-store"
    return response


def _paper(wish: Wish, printed: Slip, claims: list[Claim]) -> Paper:
    tools = [tool.name for tool in wish.tools]
    rate_code = find_rating_code(wish.id) or ""
    return Paper(
        title=wish.title,
        number_label=_("第 %(n)s 号", n=f"{wish.number:04d}"),
        when_label=labels.when_span(wish.starts_at, wish.ends_at),
        place_label=_("您家里"),
        people_label=_who(wish, claims),
        community_name=wish.community.name,
        community_phone=wish.community.phone or "",
        tools_label=labels.listed(tools) if tools else _("不需要工具"),
        arrive_code=_spaced(printed.arrive_code),
        leave_code=_spaced(printed.leave_code),
        rate_code=show_ask_code(rate_code),
        rate_address=whole_link(url_for("communities.find_rating_code")),
        rate_qr=draw_qr(whole_link(url_for("communities.rate_slip", code=rate_code))),
    )


def _who(wish: Wish, claims: list[Claim]) -> str:
    """Names of who comes, the unit beside them; places without a name are counted."""
    people = []
    for claim in claims:
        unit = claim.organisation.short_name if claim.organisation else _("志愿者")
        people += [_("%(name)s（%(unit)s）", name=p.user.name, unit=unit) for p in claim.named]
        unnamed = claim.places - len(claim.named)
        if unnamed:
            people.append(_("%(unit)s %(n)s 人", unit=unit, n=unnamed))
    open_places = (wish.headcount or 0) - wish.places_taken
    if open_places > 0:
        people.append(_("还有 %(n)s 人没定", n=open_places))
    return labels.listed(people)


def _spaced(code: str) -> str:
    return f"{code[:3]} {code[3:]}"
