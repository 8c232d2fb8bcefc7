"""大家在提的: a community's public asks, most wanted first, each on a page, and 附议."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from accounts.models import Area
from communities.forms.ratings import SupportForm
from communities.policies import get_public_community
from communities.views.blueprint import bp
from communities.views.reply_words import later_replies, reply_note, verdict_of
from communities.views.visitors import my_id, sources_of
from foundation.access import public
from foundation.forms import row_id, saying
from wishes.models import Ask
from wishes.queries.photos import list_open_ask_photos
from wishes.queries.ratings import find_rating
from wishes.queries.supports import (
    count_supports,
    get_public_ask,
    has_supported,
    list_wanted,
)
from wishes.rules.life import ASK_OPEN, PUBLIC
from wishes.rules.supporting import SUPPORTS_PER_ADDRESS, SUPPORTS_PER_VISITOR
from wishes.services.supporting import support_ask

PAGE = 30
ASK = "/communities/<int:area_id>/asks/<int:ask_id>"


@bp.get("/communities/<int:area_id>/asks")
@public
def wanted(area_id: int) -> str:
    """Public asks that are not closed, the most wanted first."""
    community = get_public_community(area_id)
    skip = min(request.args.get("skip", 0, type=row_id), 10_000)
    rows = list_wanted(community.id, limit=PAGE + 1, skip=skip)
    more = url_for("communities.wanted", area_id=area_id, skip=skip + PAGE)
    return render_template(
        "communities/wanted.html",
        community=community,
        wanted=rows[:PAGE],
        replies={row.ask.id: reply_note(row.ask) for row in rows},
        next_url=more if len(rows) > PAGE else None,
        first_url=url_for("communities.wanted", area_id=area_id) if skip else None,
    )


@bp.get(ASK)
@public
def public_ask(area_id: int, ask_id: int) -> Response | tuple[str, int]:
    """One public ask as its neighbours see it: nothing of the person who asked."""
    community = get_public_community(area_id)
    return _show(community, get_public_ask(area_id, ask_id), SupportForm(formdata=None))


@bp.post(f"{ASK}/support")
@public
def support(area_id: int, ask_id: int) -> Response | tuple[str, int]:
    """附议: with an account in one tap, else by telephone number."""
    community = get_public_community(area_id)
    get_public_ask(area_id, ask_id)
    form = SupportForm()
    if form.validate():
        with saying(form):
            support_ask(
                area_id, ask_id, actor_id=my_id(), phone=form.phone.data or "",
                sources=sources_of(SUPPORTS_PER_VISITOR, SUPPORTS_PER_ADDRESS, what="support "),
            )  # fmt: skip
            flash(_("附议好了，社区会看到有多少人想要。"), "success")
            return redirect(url_for("communities.public_ask", area_id=area_id, ask_id=ask_id))
    return _show(community, get_public_ask(area_id, ask_id), form)


def _show(community: Area, ask: Ask, form: SupportForm) -> tuple[str, int]:
    me = my_id()
    page = render_template(
        "communities/public_ask.html",
        community=community,
        ask=ask,
        form=form,
        supports=count_supports([ask.id])[ask.id],
        is_open=ask.state in ASK_OPEN,
        is_mine=me is not None and ask.asked_by_id == me,
        has_backed=me is not None and has_supported(ask.id, user_id=me),
        took=reply_note(ask),
        later=later_replies(ask.id),
        verdict=verdict_of(find_rating(ask_id=ask.id)),
        photos=list_open_ask_photos(ask.id),
        wish_id=ask.wish_id if ask.wish is not None and ask.wish.state in PUBLIC else None,
        signed_in=current_user.is_authenticated,
    )
    return page, form.status
