"""迎检包: ask for a period's folder, see how far it is, fetch it."""

from __future__ import annotations

from flask import flash, redirect, send_file, url_for
from flask_babel import force_locale, get_locale
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from communities.jobs.folders import folder_name
from communities.views.blueprint import bp
from communities.views.desk_page import render_desk
from communities.views.desks import my_worker_desk
from foundation import clock, media
from foundation.access import signed_in
from foundation.forms import saying
from wishes.forms.folders import MASKED, FolderForm, last_month
from wishes.policies.folders import may_have_full
from wishes.queries.folders import get_folder, list_folders
from wishes.services.folders import ask_folder, note_download
from wishes.views.folder_words import folder_lines, is_in_the_making

FOLDERS = "/desk/<int:area_id>/folders"


@bp.route(FOLDERS, methods=["GET", "POST"])
@signed_in
def folders(area_id: int) -> Response | tuple[str, int]:
    """The form, and the community's latest folders."""
    area = my_worker_desk(area_id)
    form = FolderForm(data=last_month(clock.local_day(clock.now())))
    if form.validate_on_submit():
        with saying(form):
            first, last = form.days()
            ask_folder(
                area_id, actor_id=current_user.id, first=first, last=last,
                masked=form.names.data == MASKED, language=str(get_locale()),
            )  # fmt: skip
            flash(_("记下了，后台开始做，做好了会通知您。"), "success")
            return redirect(url_for("communities.folders", area_id=area_id))
        area = my_worker_desk(area_id)
    full = may_have_full(current_user.id, area.id)
    found = list_folders(area.id, full=full)
    page = render_desk(
        "communities/folders.html", area, form=form, full=full, lines=folder_lines(found),
        moving=is_in_the_making(found),
    )  # fmt: skip
    return page, form.status


@bp.get(f"{FOLDERS}/<int:folder_id>.zip")
@signed_in
def folder_file(area_id: int, folder_id: int) -> Response:
    """The folder itself; who fetched it is written down."""
    community_id = my_worker_desk(area_id).id
    note_download(folder_id, actor_id=current_user.id, area_id=community_id)
    folder = get_folder(community_id, folder_id)
    with force_locale(folder.language):
        name = f"{folder_name(folder)}.zip"
    return send_file(
        media.open_file(folder.storage_key), mimetype="application/zip", as_attachment=True,
        download_name=name, max_age=0,
    )  # fmt: skip
