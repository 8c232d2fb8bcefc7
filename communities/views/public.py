"""The community's own page, for everybody: announcements, wishes, pictures, numbers, figures."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from accounts.policies import is_staff_of
from communities.forms.page import PageForm
from communities.policies import get_public_community
from communities.queries.announcements import list_shown
from communities.queries.page import get_figures, list_numbers, list_partners
from communities.services.page import save_page
from communities.views.blueprint import bp
from communities.views.desk_page import render_desk
from communities.views.desks import my_worker_desk
from communities.views.reply_words import reply_note
from communities.views.visitors import my_id
from foundation import clock
from foundation.access import public, signed_in
from foundation.forms import saying
from wishes.queries.asks import list_answered
from wishes.queries.board import list_cards
from wishes.queries.following import is_following
from wishes.queries.guests import list_joinable
from wishes.queries.photos import list_album
from wishes.queries.spot_checks import list_rates
from wishes.queries.supports import list_wanted
from wishes.rules.board import Filter, Show
from wishes.views.cards import make_card
from wishes.views.check_words import month_name, rate_words

SHOWN = 8
PICTURES = 8
FEW_WANTED = 3
CHECKS = 1


@bp.get("/communities/<int:area_id>")
@public
def page(area_id: int) -> str:
    """One community as its neighbours see it."""
    area, at = get_public_community(area_id), clock.now()
    today, reader = clock.local_day(at), my_id()
    since, until = month_of(today)
    answered = list_answered(area.id)
    rows = list_cards(Filter(show=Show.WAITING, area_id=area.id), at=at, limit=SHOWN + 1)
    return render_template(
        "communities/page.html",
        community=area,
        cards=[make_card(row) for row in rows[:SHOWN]],
        has_more=len(rows) > SHOWN,
        photos=list_album(area.id, limit=PICTURES),
        numbers=list_numbers(area.id),
        partners=list_partners(area.id),
        figures=get_figures(area, since=since, until=until),
        answered=answered,
        replies={ask.id: reply_note(ask) for ask in answered},
        joinable=list_joinable(area.id, at=at, limit=SHOWN),
        wanted=list_wanted(area.id, limit=FEW_WANTED),
        checks=[
            (month_name(rate.month), rate_words(rate))
            for rate in list_rates([area.id], months=CHECKS).get(area.id, ())
        ],
        announcements=list_shown(area.id, today=today),
        is_following=reader is not None and is_following(reader, area.id),
        is_staff=reader is not None and is_staff_of(reader, area.id),
    )


@bp.route("/desk/<int:area_id>/page", methods=["GET", "POST"])
@signed_in
def edit_page(area_id: int) -> Response | tuple[str, int]:
    """Staff write the page: about, phone, useful numbers."""
    desk = my_worker_desk(area_id)
    rows = [
        {"label": row.label, "phone": row.phone, "note": row.note} for row in list_numbers(desk.id)
    ]
    words = {"phone": desk.phone, "address": desk.address, "about": desk.about, "numbers": rows}
    form = PageForm(data=words)
    if "add_number" in request.form:
        form.pad()
    elif form.validate_on_submit():
        with saying(form):
            save_page(
                desk.id, actor_id=current_user.id, words=form.words(), numbers=form.number_words()
            )
            flash(_("社区主页改好了。"), "success")
            return redirect(url_for("communities.page", area_id=area_id))
    if not form.is_submitted():
        form.pad(2 if not rows else 1)
    return render_desk("communities/edit_page.html", desk, form=form), form.status


def month_of(day: date) -> tuple[datetime, datetime]:
    """The local month of a day as UTC moments: from its first midnight to the next one's."""
    first = day.replace(day=1)
    following = (first + timedelta(days=32)).replace(day=1)
    return clock.from_local(first, time.min), clock.from_local(following, time.min)
