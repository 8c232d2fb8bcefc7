"""公告 at the desk: listed, written, changed, taken down."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from accounts.models import Area
from communities.forms.announcements import AnnouncementForm
from communities.models import Announcement
from communities.queries.announcements import get_announcement_of, list_at_desk
from communities.rules.announcements import STANDING_LABELS, Standing, standing_of
from communities.services.announcing import (
    announce,
    change_announcement,
    keep_picture,
    take_down,
)
from communities.views.blueprint import bp
from communities.views.desk_page import render_desk
from communities.views.desks import my_worker_desk
from foundation import clock
from foundation.access import signed_in
from foundation.forms import saying

DESK = "/desk/<int:area_id>/announcements"
ONE = f"{DESK}/<int:announcement_id>"
ORDER = (Standing.SHOWN, Standing.COMING, Standing.OVER, Standing.TAKEN_DOWN)
Page = Response | tuple[str, int]


@bp.get(DESK)
@signed_in
def announcements(area_id: int) -> str:
    """What hangs, what will, what did."""
    desk = my_worker_desk(area_id)
    today = clock.local_day(clock.now())
    groups: dict[Standing, list[Announcement]] = {each: [] for each in ORDER}
    for row in list_at_desk(desk.id):
        groups[_standing(row)].append(row)
    return render_desk(
        "communities/announcements.html", desk, today=today,
        groups=[(_(STANDING_LABELS[key]), rows) for key, rows in groups.items() if rows],
        may_change=_is_alive,
    )  # fmt: skip


@bp.route(f"{DESK}/new", methods=["GET", "POST"])
@signed_in
def new_announcement(area_id: int) -> Page:
    """Write one; with today as its first day the followers hear of it at once."""
    desk = my_worker_desk(area_id)
    form = AnnouncementForm(today=clock.local_day(clock.now()))
    if form.validate_on_submit():
        with saying(form), keep_picture(form.uploads) as picture:
            announce(desk.id, actor_id=current_user.id, words=form.words(), picture=picture)
            flash(_("公告发了。到期自动撤下，不用再管。"), "success")
            return redirect(url_for("communities.announcements", area_id=area_id))
        desk = my_worker_desk(area_id)
    return _form_page(desk, form, None)


@bp.route(f"{ONE}/edit", methods=["GET", "POST"])
@signed_in
def edit_announcement(area_id: int, announcement_id: int) -> Page:
    """Change words, days or picture; nobody is told a second time."""
    desk = my_worker_desk(area_id)
    found = get_announcement_of(desk.id, announcement_id)
    standing = {
        "title": found.title, "text": found.text, "first": found.first_day, "last": found.last_day,
    }  # fmt: skip
    form = AnnouncementForm(today=clock.local_day(clock.now()), data=standing)
    if form.validate_on_submit():
        with saying(form), keep_picture(form.uploads) as picture:
            change_announcement(
                desk.id, announcement_id, actor_id=current_user.id, words=form.words(),
                picture=picture, drop_picture=form.drop.data,
            )  # fmt: skip
            flash(_("公告改好了。"), "success")
            return redirect(url_for("communities.announcements", area_id=area_id))
        desk = my_worker_desk(area_id)
        found = get_announcement_of(desk.id, announcement_id)
    return _form_page(desk, form, found)


@bp.post(f"{ONE}/take-down")
@signed_in
def take_down_announcement(area_id: int, announcement_id: int) -> Response:
    """Off every page now."""
    desk = my_worker_desk(area_id)
    take_down(desk.id, announcement_id, actor_id=current_user.id)
    flash(_("公告撤下了，别人看不到了。"), "success")
    return redirect(url_for("communities.announcements", area_id=area_id))


def _standing(row: Announcement) -> Standing:
    today = clock.local_day(clock.now())
    return standing_of(
        row.first_day, row.last_day, today=today, taken_down=row.taken_down_at is not None
    )


def _is_alive(row: Announcement) -> bool:
    return _standing(row) in (Standing.SHOWN, Standing.COMING)


def _form_page(desk: Area, form: AnnouncementForm, found: Announcement | None) -> Page:
    page = render_desk("communities/announcement_form.html", desk, form=form, announcement=found)
    return page, form.status
