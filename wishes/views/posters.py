"""A wish on A4: what, when, where, whom it needs, and a code that opens its page."""

from __future__ import annotations

from flask import render_template, url_for
from flask_babel import gettext as _

from foundation.access import public
from foundation.links import draw_qr, whole_link
from wishes.queries.wish_page import get_visible_wish, list_page_tools
from wishes.refusals import WishNotFound
from wishes.rules.kinds import PROVISION_LABELS
from wishes.rules.life import CLAIMABLE
from wishes.views.blueprint import bp


@bp.get("/wishes/<int:wish_id>/poster")
@public
def poster(wish_id: int) -> str:
    """For a wish that can still be claimed; any other is not found."""
    wish = get_visible_wish(wish_id, None)
    if wish.state not in CLAIMABLE:
        raise WishNotFound
    link = whole_link(url_for("wishes.wish_page", wish_id=wish.id))
    tools = [
        _("%(name)s（%(how)s）", name=each.name, how=_(PROVISION_LABELS[each.provision]))
        for each in list_page_tools(wish_id)
    ]
    return render_template(
        "wishes/poster.html", wish=wish, tools=tools, link=link, code=draw_qr(link)
    )
