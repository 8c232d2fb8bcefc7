"""关注: follow a community, choose mail, and see all of them together."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from communities.policies import get_public_community
from communities.queries.announcements import list_for_follower
from communities.views.blueprint import bp
from foundation import clock
from foundation.access import signed_in
from wishes.queries.board import list_cards
from wishes.queries.following import list_followed
from wishes.rules.board import Filter
from wishes.services.following import choose_mail, follow_community, unfollow_community
from wishes.views.cards import draw_cards

ONE = "/communities/<int:area_id>"
SHOWN = 12


@bp.get("/communities/mine")
@signed_in
def mine() -> str:
    """What the communities I follow announce, and whom they need."""
    at = clock.now()
    followed = list_followed(current_user.id)
    rows = list_cards(
        Filter(followed=True), at=at, limit=SHOWN + 1, reader_id=current_user.id
    ) if followed else []  # fmt: skip
    return render_template(
        "communities/mine.html",
        followed=followed,
        announcements=list_for_follower(current_user.id, today=clock.local_day(at)),
        cards=draw_cards(rows[:SHOWN]),
        has_more=len(rows) > SHOWN,
    )


@bp.post(f"{ONE}/follow")
@signed_in
def follow_this(area_id: int) -> Response:
    """Follow one; announcements come in the app, by mail only when asked for."""
    name = get_public_community(area_id).name
    follow_community(area_id, actor_id=current_user.id)
    flash(_("关注了%(name)s。它的公告会出现在您的通知里。", name=name), "success")
    return redirect(url_for("communities.page", area_id=area_id))


@bp.post(f"{ONE}/unfollow")
@signed_in
def unfollow_this(area_id: int) -> Response:
    """Stop following one."""
    name = get_public_community(area_id).name
    unfollow_community(area_id, actor_id=current_user.id)
    flash(_("不再关注%(name)s了。", name=name), "success")
    return redirect(url_for("communities.page", area_id=area_id))


@bp.post(f"{ONE}/follow/mail/<int:yes>")
@signed_in
def follow_by_mail(area_id: int, yes: int) -> Response:
    """Its announcements by mail too, or no longer."""
    choose_mail(area_id, actor_id=current_user.id, by_mail=yes == 1)
    flash(
        _("以后也发邮件给您。") if yes == 1 else _("以后不再发邮件，通知里照样看得到。"), "success"
    )
    return redirect(url_for("communities.mine"))
