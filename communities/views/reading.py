"""公告 for everybody: its page and its picture."""

from __future__ import annotations

from typing import Any, NamedTuple

from flask import render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from accounts.policies import works_at
from communities.models import Announcement
from communities.policies import get_public_community
from communities.queries.announcements import get_announcement_of, get_read
from communities.refusals.announcements import AnnouncementNotFound
from communities.views.blueprint import bp
from foundation import clock, media
from foundation.access import public

ONE = "/communities/<int:area_id>/announcements/<int:announcement_id>"
FIVE_MINUTES = 300  # a picture taken down is gone from caches soon


class NoticePicture(NamedTuple):
    """What `thumb` draws; width and height are those of the small size, pixels."""

    url: str
    thumb_url: str
    alt: str
    width: int
    height: int


@bp.app_template_global()
def notice_picture(row: Any) -> NoticePicture | None:
    """The picture of an announcement, None without one."""
    if row.photo_key is None:
        return None
    share = min(1.0, media.SMALL / max(row.photo_width, row.photo_height))

    def at(size: int) -> str:
        return url_for(
            "communities.announcement_photo", area_id=row.area_id, announcement_id=row.id,
            size=size,
        )  # fmt: skip

    return NoticePicture(
        at(media.LARGE), at(media.SMALL), _("公告“%(title)s”的照片", title=row.title),
        round(row.photo_width * share), round(row.photo_height * share),
    )  # fmt: skip


@bp.get(ONE)
@public
def announcement(area_id: int, announcement_id: int) -> str:
    """One announcement; an old one says that it is over, one that was taken down is not there."""
    area, today = get_public_community(area_id), clock.local_day(clock.now())
    found = get_read(area.id, announcement_id, today=today)
    return render_template(
        "communities/announcement.html", community=area, announcement=found,
        is_over=found.last_day < today,
    )  # fmt: skip


@bp.get(f"{ONE}/photo/<int:size>")
@public
def announcement_photo(area_id: int, announcement_id: int, size: int) -> Response:
    """One size of its picture, for everybody who may read it and for the community's staff."""
    found = get_announcement_of(area_id, announcement_id)
    is_open = _is_open(found)
    if not is_open and not _is_staff(area_id):
        raise AnnouncementNotFound
    if found.photo_key is None or size not in media.SIZES:
        raise AnnouncementNotFound
    with media.open_photo(found.photo_key, size) as stored:
        answer = Response(stored.read(), mimetype="image/jpeg")
    answer.set_etag(f"{found.photo_key}-{size}")
    if is_open:
        answer.cache_control.public = True
        answer.cache_control.max_age = FIVE_MINUTES
    else:
        answer.cache_control.private = True
        answer.cache_control.no_cache = True
    return answer.make_conditional(request)


def _is_open(found: Announcement) -> bool:
    today = clock.local_day(clock.now())
    return found.first_day <= today and found.taken_down_at is None


def _is_staff(area_id: int) -> bool:
    return bool(current_user.is_authenticated and works_at(current_user.id, area_id))
